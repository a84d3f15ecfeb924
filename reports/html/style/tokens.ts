/** Colours and type. Each text colour has at least 4.5 : 1 on `--bg`, `--panel` and its own tint, in both themes. */
import { VERDICT_MARKS, VERDICTS, type Verdict } from '#spec';

const LIGHT_VERDICTS = {
  pass: '#1b6e35',
  fail: '#b3201a',
  warn: '#835000',
  observed: '#1c5a9c',
  skip: '#5e6167',
  inconclusive: '#663a9c',
  error: '#9c1458',
  'not-run': '#5e6167',
} as const satisfies Readonly<Record<Verdict, string>>;

const DARK_VERDICTS = {
  pass: '#72c98b',
  fail: '#ff9087',
  warn: '#e8b95f',
  observed: '#8bbdf5',
  skip: '#a0a4ab',
  inconclusive: '#c8aaf3',
  error: '#ff97c2',
  'not-run': '#a0a4ab',
} as const satisfies Readonly<Record<Verdict, string>>;

const verdictTokens = (colours: Readonly<Record<Verdict, string>>): string =>
  VERDICTS.map((verdict) => `--${verdict}:${colours[verdict]};`).join('');

const LIGHT = `color-scheme:light;--bg:#faf9f7;--panel:#fff;--sunk:#f3f1ed;--ink:#1c1d20;--dim:#5b5e64;--line:#e2dfd9;--strong:#c9c5bd;--accent:#0a58a6;--fail-tint:#fdeeec;--warn-tint:#fcf4e3;--error-tint:#fcebf3;--inconclusive-tint:#f4eefb;--mark:#ffe9a8;--out:#1c5a9c;--in:#7a4a00;${verdictTokens(LIGHT_VERDICTS)}`;

const DARK = `color-scheme:dark;--bg:#141619;--panel:#1a1d21;--sunk:#101215;--ink:#e7e6e3;--dim:#a0a4ab;--line:#2b2f35;--strong:#454b54;--accent:#8bbdf5;--fail-tint:#33191a;--warn-tint:#2d2414;--error-tint:#331726;--inconclusive-tint:#261d34;--mark:#57450f;--out:#8bbdf5;--in:#e8b95f;${verdictTokens(DARK_VERDICTS)}`;

/** The symbol stands before the word; where it can be said, it is not read aloud. */
const MARKS = VERDICTS.map(
  (verdict) =>
    `.v.${verdict}{color:var(--${verdict})}.v.${verdict}::before{content:"${VERDICT_MARKS[verdict].mark} ";content:"${VERDICT_MARKS[verdict].mark} "/""}.b-${verdict}{fill:var(--${verdict})}`,
).join('\n');

export const TOKENS: string = `
:root{${LIGHT}
--sans:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;
--mono:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}
:root[data-theme=dark]{${DARK}}
@media print{:root,:root:not([data-theme=light]),:root[data-theme=dark]{${LIGHT}}}
${MARKS}
`;
