/** Mutants that no case catches, looked at one by one. `open` may only shrink. */
export const TRIAGE: {
  /** By mutant: why no client can tell, or why it is allowed. */
  readonly equivalent: Readonly<Record<string, string>>;
  /** A case is missing. */
  readonly open: readonly string[];
} = {
  equivalent: {},
  open: [],
};
