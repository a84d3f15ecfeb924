/** What became of the mutants, and the rate. */
import type { SourceMutant } from './schemata.ts';
import { triageOf, type SourceClass } from './triage.ts';

/**
 * `endless`: it doesn't come to an end. `same`: cases come there, and it makes no difference to what is worked out
 * there. `unreached`: no case comes there. `dead`: a broker that nobody alters doesn't come there; not tried.
 */
export type SourceOutcome =
  'caught' | 'reported' | 'unusable' | 'crashed' | 'endless' | 'survived' | 'same' | 'unreached' | 'dead';

export interface SourceFate extends SourceMutant {
  readonly outcome: SourceOutcome;
  readonly by?: string | undefined;
  readonly ran: number;
  readonly differed: readonly string[];
}

const KILLED: readonly SourceOutcome[] = ['caught', 'reported', 'unusable', 'crashed', 'endless'];

export const isKilled = ({ outcome }: Pick<SourceFate, 'outcome'>): boolean => KILLED.includes(outcome);

/** What the triage says of one that was not killed; undefined: nothing yet. */
export function classOf(fate: SourceFate): SourceClass | undefined {
  if (isKilled(fate)) return undefined;
  return isOfAlterations(fate) ? 'alteration' : triageOf(fate.id)?.is;
}

/** The text says it: on a broker that nobody alters it is never reached, or always worked out as the change would. */
const isOfAlterations = ({ settled, outcome }: SourceFate): boolean =>
  outcome === 'dead' || (settled === 'value' && outcome !== 'survived');

export interface Score {
  readonly all: number;
  readonly killed: number;
  /** No client in memory can tell: equivalent, of the alterations, or proved elsewhere. Left out of the rate. */
  readonly leftOut: number;
  /** Share of the others, 0 to 1; 1 where there are none. */
  readonly rate: number;
  /** The same without what a server may do and what no client can tell: of what a client could hold against a server. */
  readonly held: number;
}

const LEFT_OUT: readonly (SourceClass | undefined)[] = ['equivalent', 'alteration', 'elsewhere'];

/** Killed, a gap, or not yet looked at. */
const HELD: readonly (SourceClass | 'killed' | undefined)[] = ['killed', 'gap', undefined];

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

export function scoreOf(fates: readonly SourceFate[]): Score {
  const killed = fates.filter((fate) => isKilled(fate)).length;
  const leftOut = fates.filter((fate) => LEFT_OUT.includes(classOf(fate))).length;
  const counted = fates.length - leftOut;
  const open = fates.filter((fate) => HELD.includes(isKilled(fate) ? 'killed' : classOf(fate))).length;
  return { all: fates.length, killed, leftOut, rate: share(killed, counted), held: share(killed, open) };
}

export const percent = (rate: number): string => `${(Math.floor(rate * 1000) / 10).toFixed(1)} %`;

export function rateText(fates: readonly SourceFate[]): string {
  const { all, killed, leftOut, rate, held } = scoreOf(fates);
  return `${killed} of ${all - leftOut} killed (${percent(rate)}; ${percent(held)} of what a client could hold against a server)`;
}

/** Not killed, and the triage doesn't say why. */
export const unexplained = (fates: readonly SourceFate[]): SourceFate[] =>
  fates.filter((fate) => !isKilled(fate) && classOf(fate) === undefined);

/** Entries of the triage that are killed by now. */
export const staleTriage = (fates: readonly SourceFate[]): string[] =>
  fates.filter((fate) => isKilled(fate) && triageOf(fate.id)?.mutants.includes(fate.id) === true).map(({ id }) => id);

export function summary(fates: readonly SourceFate[]): string {
  const outcomes = new Map<string, number>();
  for (const { outcome } of fates) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const { leftOut } = scoreOf(fates);
  return [
    '',
    `${fates.length} mutants: ${[...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}.`,
    `${rateText(fates)}, without ${leftOut} that are equivalent, of the alterations, or proved elsewhere; ${unexplained(fates).length} not yet explained.`,
    ...staleTriage(fates).map((id) => `stale in the triage: ${id}`),
  ].join('\n');
}
