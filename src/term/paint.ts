/** Colour and marks, as far as the style allows. */
import { VERDICT_MARKS, type Verdict } from '#spec';
import type { Style } from './style.ts';
import { ascii } from './visible.ts';

export interface Paint {
  readonly style: Style;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
  mark(verdict: Verdict): string;
  /** In the colour of the verdict. */
  verdict(verdict: Verdict, text: string): string;
  /** The last step of every rendering: without UTF-8, ASCII. */
  finish(text: string): string;
}

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

const COLOURS = {
  pass: 'green',
  fail: 'red',
  warn: 'yellow',
  observed: 'cyan',
  skip: 'dim',
  inconclusive: 'yellow',
  error: 'red',
  'not-run': 'dim',
} as const satisfies Record<Verdict, keyof typeof CODES>;

export function paintFor(style: Style): Paint {
  const code =
    (name: keyof typeof CODES) =>
    (text: string): string =>
      style.colour ? `\u001b[${CODES[name][0]}m${text}\u001b[${CODES[name][1]}m` : text;
  return {
    style,
    bold: code('bold'),
    dim: code('dim'),
    red: code('red'),
    green: code('green'),
    yellow: code('yellow'),
    cyan: code('cyan'),
    mark: (verdict) => (style.unicode ? VERDICT_MARKS[verdict].mark : VERDICT_MARKS[verdict].ascii),
    verdict: (verdict, text) => code(COLOURS[verdict])(text),
    finish: (text) => (style.unicode ? text : ascii(text)),
  };
}
