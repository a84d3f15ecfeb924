export { alignResults, comparisonKey } from './align.ts';
export type { AlignedRow } from './align.ts';
export type * from './events.ts';
export { readRunResult } from './read-run-result.ts';
export { ResultsFileError } from './results-file-error.ts';
export type { ResultsFileErrorCode } from './results-file-error.ts';
export * from './run-result.ts';
export { maskCommand, RESULT_LIMITS, writeRunResult } from './write-run-result.ts';
export { conclude, EXIT_CODES, type ConclusionInput } from './conclude.ts';
