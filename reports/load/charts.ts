/** What is drawn of a load run, as data: the static drawing and the interactive one are made of the same. */
import { Histogram, type LoadPoint, type LoadResult, type TrendName } from '#results';

export interface Line {
  readonly name: string;
  /** As many as the chart has `xs`; null where nothing was measured. */
  readonly values: readonly (number | null)[];
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  /** Of the vertical axis: `ms`, `/s`, `%`; empty: a number. */
  readonly unit: string;
  /** Milliseconds since the run began, or percentages of a percentile plot. */
  readonly xs: readonly number[];
  readonly lines: readonly Line[];
  /** Latencies spread over decades. */
  readonly logarithmic: boolean;
}

/** Only those that have something to show. */
export function chartsOf(result: LoadResult): readonly Chart[] {
  const { points, intervalMs } = result.series;
  const xs = points.map(({ atMs }) => atMs);
  const perSecond = (of: (point: LoadPoint) => number): readonly number[] =>
    points.map((point) => (of(point) * 1000) / intervalMs);
  const charts: readonly Chart[] = [
    linear('messages', 'Messages', '/s', xs, [
      { name: 'sent', values: perSecond(({ sent }) => sent) },
      { name: 'received', values: perSecond(({ received }) => received) },
    ]),
    {
      ...linear('latency', 'Latency from the intended send', 'ms', xs, percentileLines(points, 'latency')),
      logarithmic: true,
    },
    linear('connections', 'Connections', '', xs, [
      { name: 'open', values: points.map(({ connections }) => connections) },
      { name: 'wanted', values: points.map(({ wanted }) => wanted) },
    ]),
    { ...linear('connect', 'Time to connect', 'ms', xs, percentileLines(points, 'connect')), logarithmic: true },
    linear('errors', 'Errors and sends after their time', '/s', xs, [
      { name: 'errors', values: perSecond(({ errors }) => errors) },
      { name: 'late (generator)', values: perSecond(({ late }) => late) },
      { name: 'blocked (broker)', values: perSecond(({ blocked }) => blocked) },
    ]),
    linear('health', 'Busiest thread of the generator', '%', xs, [
      { name: 'busy', values: points.map(({ busy }) => (busy === undefined ? null : busy * 100)) },
    ]),
    linear('lag', 'Longest delay of the generator', 'ms', xs, [
      { name: 'loop lag', values: points.map(({ lagMs }) => lagMs ?? null) },
    ]),
  ];
  return charts.filter(({ lines }) => lines.some(({ values }) => values.some((value) => value !== null && value > 0)));
}

const linear = (id: string, title: string, unit: string, xs: readonly number[], lines: readonly Line[]): Chart => ({
  id,
  title,
  unit,
  xs,
  lines,
  logarithmic: false,
});

const PERCENTILES = [50, 95, 99, 100] as const;

function percentileLines(points: readonly LoadPoint[], of: 'latency' | 'connect'): readonly Line[] {
  const histograms = points.map((point) => {
    const data = point[of];
    return data === undefined ? undefined : Histogram.from(data);
  });
  return PERCENTILES.map((percent) => ({
    name: percent === 100 ? 'max' : `p${percent}`,
    values: histograms.map((one) => one?.percentile(percent) ?? null),
  }));
}

/** Of the whole distributions: how slow are the slowest? */
export const DISTRIBUTION_PERCENTS = [0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 100] as const;

const DISTRIBUTIONS: readonly (readonly [TrendName, string])[] = [
  ['message_latency', 'from the intended send'],
  ['message_latency_sent', 'from the actual send'],
  ['connect_time', 'connect'],
];

export function distributionChart({ metrics }: LoadResult): Chart | undefined {
  const lines = DISTRIBUTIONS.flatMap(([name, title]): Line[] => {
    const data = metrics.trends[name];
    if (data === undefined || data.count === 0) return [];
    const histogram = Histogram.from(data);
    return [{ name: title, values: DISTRIBUTION_PERCENTS.map((percent) => histogram.percentile(percent) ?? null) }];
  });
  if (lines.length === 0) return undefined;
  return {
    id: 'distribution',
    title: 'Percentiles of the measured stages',
    unit: 'ms',
    xs: DISTRIBUTION_PERCENTS.map((_, index) => index),
    lines,
    logarithmic: true,
  };
}
