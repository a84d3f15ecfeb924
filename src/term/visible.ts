/** Text of others (brokers, files, users) before it reaches a terminal: nothing in it may move the cursor. */

/** C0, DEL, C1, and what changes the reading direction. */
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Control characters become visible escapes: `\x1b`, `\u202e`. */
export function visible(text: string): string {
  return text.replace(CONTROL, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

const ASCII: Readonly<Record<string, string>> = {
  '→': '>',
  '←': '<',
  '·': '-',
  '–': '-',
  '—': '-',
  '…': '...',
  '≤': '<=',
  '≥': '>=',
  '×': 'x',
  '§': 'section ',
  '’': "'",
  '“': '"',
  '”': '"',
  '\u00a0': ' ',
  '\u202f': ' ',
};

/** For terminals without UTF-8: the nearest ASCII, or the code point written out. */
export function ascii(text: string): string {
  return text.replace(
    /[^\u0000-\u007f]/gu, // oxlint-disable-line no-control-regex
    (character) => ASCII[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
