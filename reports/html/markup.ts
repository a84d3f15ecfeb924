/** Markup that escapes what it is given: a string is text, only `Markup` is markup. */
import { escapeMarkup } from '../text.ts';

/** Made by `html` and `raw` only. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Part = Markup | string | number | undefined | false | readonly Part[];

const tightened = new WeakMap<TemplateStringsArray, readonly string[]>();

const BLOCK =
  '(?:article|caption|d[dlt]|details|div|dialog|form|h[1-6]|header|li|main|nav|ol|p|section|summary|t(?:able|body|d|h|head|r)|ul)';
const BEFORE_BLOCK = new RegExp(`\\n(?=</?${BLOCK}\\b)`, 'g');
const AFTER_BLOCK = new RegExp(`(</?${BLOCK}(?: [^<>]*)?>)\\n`, 'g');

/** Indentation of the source says nothing in the page, nor do line ends around blocks. */
function tight(strings: TemplateStringsArray): readonly string[] {
  const known =
    tightened.get(strings) ??
    strings.map((one) => one.replaceAll(/\n\s*/g, '\n').replaceAll(BEFORE_BLOCK, '').replaceAll(AFTER_BLOCK, '$1'));
  tightened.set(strings, known);
  return known;
}

/** html`<b>${text}</b>`: text is escaped, also in quoted attributes; nothing stands for undefined and false. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const strings = tight(template);
  let text = '';
  let next = strings[0] ?? '';
  for (const [index, part] of parts.entries()) {
    const before = next;
    const value = written(part);
    next = strings[index + 1] ?? '';
    if (value === '' && before.endsWith(EMPTY_CLASS) && next.startsWith('"')) {
      // Where nothing stands for the class of an element it has none.
      text += before.slice(0, -EMPTY_CLASS.length);
      next = next.slice(1);
    } else text += before + value;
  }
  return new Markup(text + next);
}

const EMPTY_CLASS = ' class="';

/** For what this folder wrote itself: style, script, escaped JSON. */
export function raw(text: string): Markup {
  return new Markup(text);
}

export const NOTHING: Markup = new Markup('');

function written(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return (part as readonly Part[]).map(written).join('');
  return escapeMarkup(String(part));
}

/** JSON for a script element: nothing in it can end the element or begin a comment. */
export function embeddedJson(value: unknown): Markup {
  return raw(JSON.stringify(value).replaceAll('<', String.raw`\u003C`));
}
