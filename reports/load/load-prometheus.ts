/** A load run while it goes on, in the text format of Prometheus (version 0.0.4): counters of the whole run, durations in seconds. */
import { COUNTER_NAMES, COUNTERS, Histogram, TREND_NAMES, TRENDS } from '#results';
import type { CounterName, HistogramData, LoadPoint, TrendName } from '#results';

export const PROMETHEUS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export interface LoadSnapshot {
  /** What stands in the labels of `mqttspec_load_info`. */
  readonly info: Readonly<Record<string, string>>;
  readonly stage: string;
  /** Milliseconds since the run began. */
  readonly atMs: number;
  /** Of the newest second. */
  readonly point: LoadPoint | undefined;
  /** Of the whole run, until now; what only the end can tell (losses) is absent. */
  readonly counters: { readonly [Name in CounterName]?: number };
  /** Deliveries that came, repetitions too. */
  readonly deliveries: number;
  readonly errors: number;
  /** `message_latency` and `connect_time` of the whole run, the others of the measured stages. */
  readonly trends: { readonly [Name in TrendName]?: HistogramData };
}

const PREFIX = 'mqttspec_load_';

/** Upper bounds of buckets, in seconds. */
const BOUNDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
] as const;

/** Empty but for a comment before the first run. */
export function renderPrometheus(snapshot: LoadSnapshot | undefined): string {
  if (snapshot === undefined) return '# no load run has begun\n';
  const { info, stage, atMs, point, counters, deliveries, errors, trends } = snapshot;
  const families = [
    family('info', 'gauge', 'what is run, always 1', [['', info, 1]]),
    family('stage', 'gauge', 'the stage that the run is in, always 1', [['', { stage }, 1]]),
    gauge('elapsed_seconds', 'time since the run began', atMs / 1000),
    ...(point === undefined ? [] : gauges(point)),
    counter('deliveries', 'deliveries that came, repetitions too', deliveries),
    counter('errors', 'errors of all kinds', errors),
    ...COUNTER_NAMES.flatMap((name) => {
      const value = counters[name];
      return value === undefined ? [] : [counter(name, COUNTERS[name], value)];
    }),
    ...TREND_NAMES.flatMap((name) => {
      const data = trends[name];
      return data === undefined ? [] : [histogram(name, data)];
    }),
  ];
  return families.join('');
}

function gauges({ connections, wanted, busy, lagMs, rss }: LoadPoint): string[] {
  return [
    gauge('connections', 'connections that are open', connections),
    gauge('connections_wanted', 'connections that should be open', wanted),
    ...(busy === undefined ? [] : [gauge('generator_busy_ratio', 'time that the busiest thread was on a core', busy)]),
    ...(lagMs === undefined
      ? []
      : [gauge('generator_lag_seconds', 'longest delay of a tick in the newest second', lagMs / 1000)]),
    ...(rss === undefined ? [] : [gauge('generator_resident_bytes', 'resident memory of the generator', rss)]),
  ];
}

const counter = (name: string, help: string, value: number): string =>
  family(`${name}_total`, 'counter', help, [['', {}, value]]);

const gauge = (name: string, help: string, value: number): string => family(name, 'gauge', help, [['', {}, value]]);

function histogram(name: TrendName, data: HistogramData): string {
  const all = Histogram.from(data);
  const whole = name === 'message_latency' || name === 'connect_time';
  const samples: Sample[] = BOUNDS.map((le) => ['_bucket', { le: String(le) }, all.countUpTo(le * 1000)]);
  return family(`${name}_seconds`, 'histogram', `${TRENDS[name]} (${whole ? 'whole run' : 'measured stages'})`, [
    ...samples,
    ['_bucket', { le: '+Inf' }, data.count],
    ['_sum', {}, data.sum / 1e6],
    ['_count', {}, data.count],
  ]);
}

type Sample = readonly [suffix: string, labels: Readonly<Record<string, string>>, value: number];

function family(
  name: string,
  type: 'counter' | 'gauge' | 'histogram',
  help: string,
  samples: readonly Sample[],
): string {
  const full = `${PREFIX}${name}`;
  const lines = samples.map(([suffix, labels, value]) => `${full}${suffix}${labelled(labels)} ${value}`);
  return `# HELP ${full} ${escaped(help)}\n# TYPE ${full} ${type}\n${lines.join('\n')}\n`;
}

function labelled(labels: Readonly<Record<string, string>>): string {
  const all = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`);
  return all.length === 0 ? '' : `{${all.join(',')}}`;
}

/** In a HELP line a backslash and a line feed are escaped, in a label the quotation mark too. */
const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
