/** Thresholds in the language that k6 users know: `message_latency: p(99)<50`, `delivered: rate>0.99`, `messages_lost: count==0`. */
import { COUNTER_NAMES, RATE_NAMES, TREND_NAMES } from './load-metrics.ts';

export type Aggregation = 'min' | 'max' | 'avg' | 'med' | 'count' | 'rate' | 'percentile';
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!=';

export interface Threshold {
  readonly metric: string;
  /** As written. */
  readonly expression: string;
  readonly aggregation: Aggregation;
  /** 0 to 100, of `percentile`. */
  readonly percentile?: number;
  readonly comparison: Comparison;
  readonly limit: number;
}

export type MetricKind = 'trend' | 'counter' | 'rate';

/** What each kind can be asked. A trend in milliseconds; `rate` of a counter is per second of the measured time, of a rate the share. */
const AGGREGATIONS: { readonly [Kind in MetricKind]: readonly Aggregation[] } = {
  trend: ['min', 'max', 'avg', 'med', 'percentile', 'count'],
  counter: ['count', 'rate'],
  rate: ['rate'],
};

const WRITTEN: { readonly [Kind in MetricKind]: string } = {
  trend: 'p(99)<50, med<10, avg<10, min<1, max<500 or count>0',
  counter: 'count==0 or rate>1000',
  rate: 'rate>0.99',
};

const names = (list: readonly string[]): ReadonlySet<string> => new Set(list);
const KINDS: readonly (readonly [MetricKind, ReadonlySet<string>])[] = [
  ['trend', names(TREND_NAMES)],
  ['counter', names(COUNTER_NAMES)],
  ['rate', names(RATE_NAMES)],
];

/** All metrics that a threshold can name. */
export const METRIC_NAMES: readonly string[] = [...TREND_NAMES, ...COUNTER_NAMES, ...RATE_NAMES];

export function metricKind(name: string): MetricKind | undefined {
  return KINDS.find(([, known]) => known.has(name))?.[0];
}

/** A threshold that cannot be meant; `metric` and `expression` are what was written. */
export class ThresholdError extends Error {
  readonly code = 'THRESHOLD';
  override readonly name = 'ThresholdError';
  /** True where the metric is unknown; else the expression is what is wrong. */
  readonly unknownMetric: boolean;

  constructor(message: string, unknownMetric: boolean) {
    super(message);
    this.unknownMetric = unknownMetric;
  }
}

const EXPRESSION =
  /^(min|max|avg|med|count|rate|p\((\d+(?:\.\d+)?)\))(<=|>=|===|==|!=|<|>)(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/;

/** Throws `ThresholdError` on an unknown metric, an unknown form, or an aggregation that the metric does not have. */
export function parseThreshold(metric: string, expression: string): Threshold {
  const kind = metricKind(metric);
  if (kind === undefined) throw new ThresholdError(`there is no metric '${metric}'`, true);
  const match = EXPRESSION.exec(expression.replaceAll(/\s+/g, ''));
  if (match === null) {
    throw new ThresholdError(`'${expression}' is not a threshold of ${metric}: write ${WRITTEN[kind]}`, false);
  }
  const [, word = '', percentile, comparison = '', limit = ''] = match;
  const aggregation = percentile === undefined ? (word as Aggregation) : 'percentile';
  if (!AGGREGATIONS[kind].includes(aggregation)) {
    throw new ThresholdError(`${metric} is a ${kind} and has no ${word}: write ${WRITTEN[kind]}`, false);
  }
  if (percentile !== undefined && Number(percentile) > 100) {
    throw new ThresholdError(`'${expression}': a percentile lies between 0 and 100`, false);
  }
  return {
    metric,
    expression,
    aggregation,
    ...(percentile === undefined ? {} : { percentile: Number(percentile) }),
    comparison: (comparison === '===' ? '==' : comparison) as Comparison,
    limit: Number(limit),
  };
}

export function parseThresholds(map: Readonly<Record<string, readonly string[]>>): Threshold[] {
  return Object.entries(map).flatMap(([metric, all]) => all.map((one) => parseThreshold(metric, one)));
}

export function compare(observed: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case '<':
      return observed < limit;
    case '<=':
      return observed <= limit;
    case '>':
      return observed > limit;
    case '>=':
      return observed >= limit;
    case '==':
      return observed === limit;
    case '!=':
      return observed !== limit;
  }
}
