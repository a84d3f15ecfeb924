/** What of `#results` the script of k6 may see: the folder's own door leads to code for Node, which k6's types don't know. */
export { Histogram, type HistogramData } from '../../../src/results/histogram.ts';
export {
  COUNTER_NAMES,
  RATE_NAMES,
  TREND_NAMES,
  type CounterName,
  type RateName,
  type TrendName,
} from '../../../src/results/load-metrics.ts';
export { compare, metricKind, type Threshold } from '../../../src/results/load-thresholds.ts';
