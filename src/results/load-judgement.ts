/** What a load run's numbers say: thresholds, and the answer in one sentence. Used by the engines and by merging alike. */
import { endedEarly } from './ended-early.ts';
import { Histogram } from './histogram.ts';
import type { CounterName, RateName, TrendName } from './load-metrics.ts';
import type {
  LoadConclusion,
  LoadHealth,
  LoadInvariant,
  LoadMetrics,
  LoadPoint,
  LoadRun,
  LoadThreshold,
} from './load-result.ts';
import { compare, metricKind, type Threshold } from './load-thresholds.ts';

/** The observed value; undefined where there is no data. */
export function observe(threshold: Threshold, metrics: LoadMetrics, measuredMs: number): number | undefined {
  const { metric, aggregation, percentile } = threshold;
  switch (metricKind(metric)) {
    case 'trend': {
      const data = metrics.trends[metric as TrendName];
      return data === undefined ? undefined : ofTrend(Histogram.from(data), aggregation, percentile);
    }
    case 'counter': {
      const count = metrics.counters[metric as CounterName];
      if (aggregation === 'count') return hasSubject(metric as CounterName, metrics) ? count : undefined;
      return measuredMs > 0 ? (count * 1000) / measuredMs : undefined;
    }
    case 'rate': {
      const rate = metrics.rates[metric as RateName];
      return rate === undefined || rate.total === 0 ? undefined : rate.passed / rate.total;
    }
    case undefined:
      return undefined;
  }
}

/** "Nothing was lost" says something only where something was expected. */
const SUBJECT: { readonly [Name in CounterName]?: readonly CounterName[] } = {
  messages_lost: ['messages_expected'],
  messages_undelivered: ['messages_expected'],
  messages_duplicated: ['messages_expected'],
  messages_reordered: ['messages_expected'],
  messages_corrupted: ['messages_expected'],
};

function hasSubject(name: CounterName, { counters }: LoadMetrics): boolean {
  const subjects = SUBJECT[name];
  return subjects === undefined || counters[name] > 0 || subjects.some((one) => counters[one] > 0);
}

function ofTrend(histogram: Histogram, aggregation: Threshold['aggregation'], percentile = 50): number | undefined {
  switch (aggregation) {
    case 'min':
      return histogram.min;
    case 'max':
      return histogram.max;
    case 'avg':
      return histogram.mean;
    case 'med':
      return histogram.percentile(50);
    case 'percentile':
      return histogram.percentile(percentile);
    case 'count':
      return histogram.count;
    case 'rate':
      return undefined;
  }
}

/** A threshold without data fails. `points` tell when one of latency was first crossed, if they can. */
export function judgeThresholds(
  thresholds: readonly Threshold[],
  metrics: LoadMetrics,
  measuredMs: number,
  points: readonly LoadPoint[] = [],
): readonly LoadThreshold[] {
  return thresholds.map((threshold) => {
    const { metric, expression, comparison, limit } = threshold;
    const observed = observe(threshold, metrics, measuredMs);
    const passed = observed !== undefined && compare(observed, comparison, limit);
    const crossedMs = passed ? undefined : firstCrossed(threshold, points);
    return {
      metric,
      expression,
      limit,
      passed,
      ...(observed === undefined ? {} : { observed }),
      ...(crossedMs === undefined ? {} : { crossedMs }),
    };
  });
}

function firstCrossed(threshold: Threshold, points: readonly LoadPoint[]): number | undefined {
  const { metric, aggregation, percentile, comparison, limit } = threshold;
  if (metric !== 'message_latency' && metric !== 'connect_time') return undefined;
  for (const point of points) {
    const data = metric === 'message_latency' ? point.latency : point.connect;
    const observed = data === undefined ? undefined : ofTrend(Histogram.from(data), aggregation, percentile);
    if (observed !== undefined && !compare(observed, comparison, limit)) return point.atMs;
  }
  return undefined;
}

export interface LoadFindings {
  readonly label: string;
  readonly thresholds: readonly LoadThreshold[];
  readonly invariants: readonly LoadInvariant[];
  readonly health: LoadHealth;
  readonly metrics: LoadMetrics;
  readonly ended?: LoadRun['ended'];
  /** 130 or 143, where a signal ended the run. */
  readonly signalled?: number;
}

/** Exit codes of DESIGN.md. */
export function concludeLoad(findings: LoadFindings): LoadConclusion {
  const { label, thresholds, invariants, health, metrics, ended, signalled } = findings;
  const broken = invariants.filter((one) => one.broken > 0);
  const crossed = thresholds.filter(({ passed }) => !passed);
  const how = endedEarly(ended);
  const measured =
    metrics.counters.messages_sent + metrics.counters.connections_opened + metrics.counters.connections_failed;
  const [worst] = broken;
  const say = (verdict: LoadConclusion['verdict'], exitCode: number, sentence: string): LoadConclusion => ({
    exitCode: signalled ?? exitCode,
    verdict: signalled === undefined ? verdict : 'interrupted',
    sentence: `${sentence}${how}`,
  });
  if (worst !== undefined) {
    const keys = worst.requirements.length === 0 ? '' : ` [${worst.requirements.join(', ')}]`;
    return say(
      'crossed',
      1,
      `${label} broke a promise of the standard under load: ${worst.name}, ${times(worst.broken)}${keys}`,
    );
  }
  if (health.verdict === 'invalid') {
    return say(
      'invalid',
      6,
      `invalid: ${health.reasons[0] ?? 'the generator did not keep its schedule'}; nothing is said about ${label}`,
    );
  }
  if (measured === 0 && metrics.counters.messages_expected === 0) {
    return say(
      'not-measured',
      ended === 'broker-down' ? 1 : 3,
      `nothing was measured, so nothing is known about ${label}`,
    );
  }
  if (crossed.length > 0) {
    const [first] = crossed;
    const more = crossed.length === 1 ? '' : `, and ${crossed.length - 1} more`;
    return say(
      'crossed',
      1,
      `${label} crossed ${crossed.length} of ${thresholds.length} thresholds: ${told(first as LoadThreshold)}${more}`,
    );
  }
  if (ended === 'broker-down') return say('crossed', 1, `${label} went down`);
  if (thresholds.length === 0) return say('held', 0, `${label} was measured; there is no threshold`);
  return say(
    'held',
    0,
    `${label} held ${thresholds.length === 1 ? 'the threshold' : `all ${thresholds.length} thresholds`}`,
  );
}

function told({ metric, expression, observed }: LoadThreshold): string {
  if (observed === undefined) return `${metric} ${expression} has no data`;
  return `${metric} ${expression}, and it is ${Number(observed.toPrecision(5))}`;
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);
