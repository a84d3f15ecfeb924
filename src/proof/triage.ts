/** Mutants that no case catches, looked at one by one. */
import { ALLOWED } from './triage-allowed.ts';
import { EQUIVALENT } from './triage-equivalent.ts';
import { OPEN } from './triage-open.ts';

export interface Reasoned {
  readonly reason: string;
  readonly mutants: readonly string[];
}

export const TRIAGE: {
  /** By mutant: why no client can tell. */
  readonly equivalent: Readonly<Record<string, string>>;
  /** By mutant: why a server may do so. */
  readonly allowed: Readonly<Record<string, string>>;
  /** A case is missing. */
  readonly open: readonly string[];
} = {
  equivalent: byMutant(EQUIVALENT),
  allowed: byMutant(ALLOWED),
  open: OPEN,
};

function byMutant(groups: readonly Reasoned[]): Readonly<Record<string, string>> {
  return Object.fromEntries(groups.flatMap(({ reason, mutants }) => mutants.map((id) => [id, reason])));
}
