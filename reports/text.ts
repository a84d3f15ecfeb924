/** Text from brokers, files and users, made safe to show. */

/** Controls, separators that break lines, marks that turn the direction of text, halves of surrogate pairs. */
const HIDDEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Nearly all text; the other expression is much slower. */
const PLAIN = /^[ -~\t\n]*$/;

/** What cannot be seen, or would change how the rest is seen, as `\u{7}`. Tabs and line ends stay. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replaceAll(HIDDEN, (char) => `\\u{${char.charCodeAt(0).toString(16).toUpperCase()}}`);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const SPECIAL = /[&<>"']/;

/** For text and quoted attributes of HTML and XML alike. */
export function escapeMarkup(text: string): string {
  const shown = visible(text);
  return SPECIAL.test(shown) ? shown.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? '') : shown;
}

/** `8.2 s`, `310 ms`, `0.4 ms`. */
export function duration(ms: number): string {
  if (ms >= 60_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms >= 10 ? Math.round(ms) : ms.toFixed(1)} ms`;
}

/** `1,204`. */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 case`, `2 cases`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${grouped(n)} ${n === 1 ? one : many}`;
}
