/** Mutants that no case catches, looked at one by one. */
import { ALLOWED } from './triage-allowed.ts';
import { COVERED } from './triage-covered.ts';
import { EQUIVALENT } from './triage-equivalent.ts';
import { OPEN } from './triage-open.ts';
import { UNREACHED } from './triage-unreached.ts';
import type { FaultName } from '#spec';

export interface Reasoned {
  readonly reason: string;
  readonly mutants: readonly string[];
}

export const TRIAGE: {
  /** By mutant: why no client can tell. */
  readonly equivalent: Readonly<Record<string, string>>;
  /** By mutant: why a server may do so. */
  readonly allowed: Readonly<Record<string, string>>;
  /** By mutant: the named fault that does the same where it shows. */
  readonly covered: Readonly<Record<string, FaultName>>;
  /** By mutant: why no case comes to where it could show. */
  readonly unreached: Readonly<Record<string, string>>;
  /** A case is missing. */
  readonly open: readonly string[];
} = {
  equivalent: byMutant(EQUIVALENT),
  allowed: byMutant(ALLOWED),
  covered: COVERED,
  unreached: byMutant(UNREACHED),
  open: OPEN,
};

function byMutant(groups: readonly Reasoned[]): Readonly<Record<string, string>> {
  return Object.fromEntries(groups.flatMap(({ reason, mutants }) => mutants.map((id) => [id, reason])));
}

/** All mutants that the triage names. */
export const triaged = (): readonly string[] => [
  ...TRIAGE.open,
  ...[TRIAGE.equivalent, TRIAGE.allowed, TRIAGE.covered, TRIAGE.unreached].flatMap((group) => Object.keys(group)),
];
