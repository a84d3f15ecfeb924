/** What of `#results` the script of k6 may see: the folder's own door leads to code for Node, which k6's types don't know. */
export { Histogram, type HistogramData } from '../../../src/results/histogram.ts';
export type { CounterName, RateName, TrendName } from '../../../src/results/load-metrics.ts';
export { compare, type Threshold } from '../../../src/results/load-thresholds.ts';
