export { alignResults, comparisonKey } from './align.ts';
export type { AlignedRow } from './align.ts';
export type * from './events.ts';
export { readRunResult } from './read-run-result.ts';
export { ResultsFileError } from './results-file-error.ts';
export type { ResultsFileErrorCode } from './results-file-error.ts';
export * from './run-result.ts';
export { maskCommand, RESULT_LIMITS, writeRunResult } from './write-run-result.ts';
export { conclude, EXIT_CODES, type ConclusionInput } from './conclude.ts';
export { Histogram, LARGEST_US, type HistogramData } from './histogram.ts';
export * from './load-metrics.ts';
export * from './load-result.ts';
export {
  compare,
  METRIC_NAMES,
  metricKind,
  parseThreshold,
  parseThresholds,
  ThresholdError,
  type Aggregation,
  type Comparison,
  type MetricKind,
  type Threshold,
} from './load-thresholds.ts';
export * from './load-judgement.ts';
export { compareLoad, spread, type ComparedMeasure, type Spread } from './load-compare.ts';
export { LoadMergeError, mergeLoadResults } from './load-merge.ts';
export { readLoadResult, writeLoadResult } from './read-load-result.ts';
