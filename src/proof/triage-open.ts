/** Mutants that cases come upon and do not notice: a case is missing for each. This list may only shrink. */
export const OPEN: readonly string[] = [];
