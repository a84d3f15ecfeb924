/** What became of the mutants, and the rate. */
import type { SourceMutant } from './schemata.ts';
import { SOURCE_TRIAGE, type SourceClass } from './triage.ts';

/**
 * `endless`: it doesn't come to an end. `same`: cases come there, and it makes no difference to what is worked out
 * there. `unreached`: no case comes there.
 */
export type SourceOutcome = 'caught' | 'reported' | 'crashed' | 'endless' | 'survived' | 'same' | 'unreached';

export interface SourceFate extends SourceMutant {
  readonly outcome: SourceOutcome;
  readonly by?: string | undefined;
  readonly ran: number;
  readonly differed: readonly string[];
}

const KILLED: readonly SourceOutcome[] = ['caught', 'reported', 'crashed', 'endless'];

export const isKilled = ({ outcome }: Pick<SourceFate, 'outcome'>): boolean => KILLED.includes(outcome);

/** What the triage says of one that was not killed; undefined: nothing yet. */
export const classOf = (fate: SourceFate): SourceClass | undefined =>
  isKilled(fate) ? undefined : SOURCE_TRIAGE[fate.id]?.is;

export interface Score {
  readonly all: number;
  readonly killed: number;
  /** No test can tell: left out of the rate. */
  readonly equivalent: number;
  /** Share of those that are not equivalent, 0 to 1; 1 where there are none. */
  readonly rate: number;
}

export function scoreOf(fates: readonly SourceFate[]): Score {
  const killed = fates.filter((fate) => isKilled(fate)).length;
  const equivalent = fates.filter((fate) => classOf(fate) === 'equivalent').length;
  const counted = fates.length - equivalent;
  return { all: fates.length, killed, equivalent, rate: counted === 0 ? 1 : killed / counted };
}

export const percent = (rate: number): string => `${(Math.floor(rate * 1000) / 10).toFixed(1)} %`;

export function rateText(fates: readonly SourceFate[]): string {
  const { all, killed, equivalent, rate } = scoreOf(fates);
  return `${killed} of ${all - equivalent} killed (${percent(rate)})`;
}

/** Not killed, and the triage doesn't say why. */
export const unexplained = (fates: readonly SourceFate[]): SourceFate[] =>
  fates.filter((fate) => !isKilled(fate) && classOf(fate) === undefined);

/** Entries of the triage that are killed by now. */
export const staleTriage = (fates: readonly SourceFate[]): string[] =>
  fates.filter((fate) => isKilled(fate) && SOURCE_TRIAGE[fate.id] !== undefined).map(({ id }) => id);

export function summary(fates: readonly SourceFate[]): string {
  const outcomes = new Map<string, number>();
  for (const { outcome } of fates) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const { equivalent } = scoreOf(fates);
  return [
    '',
    `${fates.length} mutants: ${[...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}.`,
    `${rateText(fates)}, without ${equivalent} that are equivalent; ${unexplained(fates).length} not yet explained.`,
    ...staleTriage(fates).map((id) => `stale in the triage: ${id}`),
  ].join('\n');
}
