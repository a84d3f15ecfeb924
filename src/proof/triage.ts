/** Mutants that no case catches, looked at one by one. */
import { EQUIVALENT } from './triage-equivalent.ts';
import { OPEN } from './triage-open.ts';

export const TRIAGE: {
  /** By mutant: why no client can tell, or why it is allowed. */
  readonly equivalent: Readonly<Record<string, string>>;
  /** A case is missing. */
  readonly open: readonly string[];
} = {
  equivalent: Object.fromEntries(EQUIVALENT.flatMap(({ reason, mutants }) => mutants.map((id) => [id, reason]))),
  open: OPEN,
};
