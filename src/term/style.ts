/** How much a terminal can show, found out once. */
export interface Style {
  readonly colour: boolean;
  /** False: ASCII only. */
  readonly unicode: boolean;
  /** Columns to lay out for. */
  readonly width: number;
}

export const COLOUR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColourChoice = (typeof COLOUR_CHOICES)[number];

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTty: boolean;
  readonly columns?: number | undefined;
  /** `--color`; wins over the environment. */
  readonly colour?: ColourChoice | undefined;
}

const DEFAULT_WIDTH = 100;

export function detectStyle(from: Surroundings): Style {
  const width = from.columns !== undefined && from.columns > 0 ? from.columns : DEFAULT_WIDTH;
  return { colour: wantsColour(from), unicode: readsUnicode(from.env), width };
}

function wantsColour({ env, isTty, colour }: Surroundings): boolean {
  if (colour === 'always') return true;
  if (colour === 'never') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false;
  return isTty;
}

/** Without any locale the output is what Node writes anyway: UTF-8. */
function readsUnicode(env: Surroundings['env']): boolean {
  if (env['TERM'] === 'dumb') return false;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale === undefined || /utf-?8/i.test(locale);
}

/** A live window needs a terminal that moves its cursor, and somebody who looks at it. */
export function canAnimate(from: Pick<Surroundings, 'env' | 'isTty'>): boolean {
  const ci = from.env['CI'] ?? '';
  return from.isTty && (ci === '' || ci === 'false') && from.env['TERM'] !== 'dumb';
}
