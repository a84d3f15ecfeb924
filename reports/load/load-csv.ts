/** The series of a load run as CSV (RFC 4180): a line a point, for spreadsheets and plots of one's own. */
import { Histogram, type HistogramData, type LoadPoint, type LoadResult } from '#results';

const percentile = (data: HistogramData | undefined, percent: number): number | undefined =>
  data === undefined ? undefined : Histogram.from(data).percentile(percent);

const COLUMNS: readonly (readonly [string, (point: LoadPoint) => number | undefined])[] = [
  ['at_ms', ({ atMs }) => atMs],
  ['connections', ({ connections }) => connections],
  ['connections_wanted', ({ wanted }) => wanted],
  ['sent', ({ sent }) => sent],
  ['received', ({ received }) => received],
  ['late', ({ late }) => late],
  ['blocked', ({ blocked }) => blocked],
  ['errors', ({ errors }) => errors],
  ['latency_p50_ms', ({ latency }) => percentile(latency, 50)],
  ['latency_p95_ms', ({ latency }) => percentile(latency, 95)],
  ['latency_p99_ms', ({ latency }) => percentile(latency, 99)],
  ['latency_max_ms', ({ latency }) => percentile(latency, 100)],
  ['connect_p50_ms', ({ connect }) => percentile(connect, 50)],
  ['connect_p99_ms', ({ connect }) => percentile(connect, 99)],
  ['busy', ({ busy }) => busy],
  ['lag_ms', ({ lagMs }) => lagMs],
  ['rss_bytes', ({ rss }) => rss],
];

export function renderLoadCsv({ series }: LoadResult): string {
  const lines = series.points.map((point) => COLUMNS.map(([, of]) => of(point) ?? '').join(','));
  return `${[COLUMNS.map(([name]) => name).join(','), ...lines].join('\r\n')}\r\n`;
}
