/** Compares load runs: what changed, and whether that is more than the runs differ among themselves. */
import { Histogram } from './histogram.ts';
import type { TrendName } from './load-metrics.ts';
import type { LoadResult } from './load-result.ts';

export interface ComparedMeasure {
  /** `message_latency p(99)`. */
  readonly measure: string;
  readonly unit: 'ms' | '' | '/s' | 's';
  /** Medians of the runs of each side, and how far their runs lie apart (least, most). */
  readonly before: Spread;
  readonly after: Spread;
  /** Of the medians: 0.1 is 10 % more. Absent: there was nothing before. */
  readonly change?: number;
  /** `noise`: the ranges overlap, so nothing can be said · `better`, `worse`: they do not. One run has no range to tell noise by. */
  readonly verdict: 'noise' | 'better' | 'worse' | 'same' | 'one-run';
}

export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly runs: number;
}

interface Measure {
  readonly name: string;
  readonly unit: ComparedMeasure['unit'];
  readonly lessIsBetter: boolean;
  readonly of: (result: LoadResult) => number | undefined;
}

const percentile =
  (name: TrendName, percent: number) =>
  ({ metrics }: LoadResult): number | undefined => {
    const data = metrics.trends[name];
    return data === undefined ? undefined : Histogram.from(data).percentile(percent);
  };

const perSecond =
  (name: 'messages_received' | 'messages_sent' | 'connections_opened') =>
  ({ metrics, run }: LoadResult): number | undefined => {
    const count = metrics.counters[name];
    return count === 0 || run.measuredMs === 0 ? undefined : (count * 1000) / run.measuredMs;
  };

const latencies: readonly Measure[] = (
  ['message_latency', 'connect_time', 'connect_tls', 'will_latency', 'retained_latency', 'puback_time'] as const
).flatMap((name) =>
  [50, 99].map((percent): Measure => ({
    name: `${name} p(${percent})`,
    unit: 'ms',
    lessIsBetter: true,
    of: percentile(name, percent),
  })),
);

const MEASURES: readonly Measure[] = [
  ...latencies,
  { name: 'drain_time', unit: 'ms', lessIsBetter: true, of: percentile('drain_time', 100) },
  { name: 'messages_received', unit: '/s', lessIsBetter: false, of: perSecond('messages_received') },
  { name: 'connections_opened', unit: '/s', lessIsBetter: false, of: perSecond('connections_opened') },
  {
    name: 'messages_lost',
    unit: '',
    lessIsBetter: true,
    of: ({ metrics }) => (metrics.counters.messages_expected === 0 ? undefined : metrics.counters.messages_lost),
  },
  { name: 'knee', unit: '/s', lessIsBetter: false, of: ({ knee }) => knee?.held },
];

/** Only what both sides have measured. Runs in which the generator could not keep up are left out. */
export function compareLoad(before: readonly LoadResult[], after: readonly LoadResult[]): readonly ComparedMeasure[] {
  const valid = (results: readonly LoadResult[]): readonly LoadResult[] =>
    results.filter(({ health }) => health.verdict !== 'invalid');
  return MEASURES.flatMap((measure) => {
    const a = spread(valid(before).flatMap((one) => measure.of(one) ?? []));
    const b = spread(valid(after).flatMap((one) => measure.of(one) ?? []));
    if (a === undefined || b === undefined) return [];
    const change = a.median === 0 ? undefined : b.median / a.median - 1;
    return [
      {
        measure: measure.name,
        unit: measure.unit,
        before: a,
        after: b,
        ...(change === undefined ? {} : { change }),
        verdict: verdictOf(a, b, measure.lessIsBetter),
      },
    ];
  });
}

function verdictOf(a: Spread, b: Spread, lessIsBetter: boolean): ComparedMeasure['verdict'] {
  if (a.least === b.least && a.most === b.most && a.median === b.median) return 'same';
  if (a.runs < 2 && b.runs < 2) return 'one-run';
  if (a.least <= b.most && b.least <= a.most) return 'noise';
  return b.median < a.median === lessIsBetter ? 'better' : 'worse';
}

export function spread(values: readonly number[]): Spread | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const [least] = sorted;
  const most = sorted.at(-1);
  if (least === undefined || most === undefined) return undefined;
  const upper = sorted[Math.floor(sorted.length / 2)] as number;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] as number;
  return { median: (upper + lower) / 2, least, most, runs: sorted.length };
}
