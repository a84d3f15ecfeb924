import { Histogram, type HistogramData } from './histogram.ts';
import { SERIES_LIMIT, type LoadPoint, type LoadResult, type LoadSeries } from './load-result.ts';

/** Points by the time since the first of the runs began: runners start one after the other. */
export function mergeSeries(results: readonly LoadResult[]): LoadSeries {
  const starts = results.map(({ run }) => Date.parse(run.startedAt));
  const begin = Math.min(...starts);
  const ends = results.map(
    ({ series }, index) => (starts[index] as number) - begin + (series.points.at(-1)?.atMs ?? 0),
  );
  let intervalMs = Math.max(1000, ...results.map(({ series }) => series.intervalMs));
  while (Math.max(...ends) / intervalMs >= SERIES_LIMIT) intervalMs *= 2;
  const points = new Map<number, LoadPoint>();
  for (const [index, { series }] of results.entries()) {
    const shift = (starts[index] as number) - begin;
    for (const [atMs, point] of coarser(series.points, shift, intervalMs)) {
      const known = points.get(atMs);
      points.set(atMs, known === undefined ? point : beside(known, point));
    }
  }
  return { intervalMs, points: [...points.values()].sort((a, b) => a.atMs - b.atMs) };
}

/** The points of one run on the common grid; several that fall into one are one after the other. */
function coarser(points: readonly LoadPoint[], shift: number, intervalMs: number): Map<number, LoadPoint> {
  const made = new Map<number, LoadPoint>();
  for (const point of points) {
    const atMs = Math.floor((point.atMs + shift) / intervalMs) * intervalMs;
    const known = made.get(atMs);
    made.set(
      atMs,
      known === undefined
        ? { ...point, atMs }
        : {
            ...beside(known, point),
            connections: point.connections,
            wanted: point.wanted,
            ...rssOf(Math.max(known.rss ?? 0, point.rss ?? 0)),
          },
    );
  }
  return made;
}

/** Two that happened at the same time. */
function beside(a: LoadPoint, b: LoadPoint): LoadPoint {
  const latency = joined(a.latency, b.latency);
  const connect = joined(a.connect, b.connect);
  return {
    atMs: a.atMs,
    connections: a.connections + b.connections,
    wanted: a.wanted + b.wanted,
    sent: a.sent + b.sent,
    received: a.received + b.received,
    late: a.late + b.late,
    blocked: a.blocked + b.blocked,
    errors: a.errors + b.errors,
    ...(latency === undefined ? {} : { latency }),
    ...(connect === undefined ? {} : { connect }),
    ...(a.busy === undefined && b.busy === undefined ? {} : { busy: Math.max(a.busy ?? 0, b.busy ?? 0) }),
    ...(a.lagMs === undefined && b.lagMs === undefined ? {} : { lagMs: Math.max(a.lagMs ?? 0, b.lagMs ?? 0) }),
    ...rssOf((a.rss ?? 0) + (b.rss ?? 0)),
  };
}

const rssOf = (rss: number): { rss?: number } => (rss === 0 ? {} : { rss });

function joined(a: HistogramData | undefined, b: HistogramData | undefined): HistogramData | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Histogram.merged([Histogram.from(a), Histogram.from(b)]).toJSON();
}
