/** What the virtual users saw each second, and what went wrong, together. */
import {
  SERIES_LIMIT,
  type HistogramData,
  type LoadError,
  type LoadInvariant,
  type LoadPoint,
  type LoadSeries,
} from '#results';
import { requirementsOf } from '../engine/invariants.ts';
import { mergedData } from './join-records.ts';
import type { RecordedPoint, UserRecord } from './shared/record.ts';

/** Points of the same second of the schedule, whatever a clock of a machine says. */
export function joinedSeries(records: readonly UserRecord[]): LoadSeries {
  const seconds = Math.max(0, ...records.map(({ points }) => points.length));
  let width = 1;
  while (seconds / width > SERIES_LIMIT) width *= 2;
  const points = Array.from({ length: Math.ceil(seconds / width) }, (_, index) =>
    joinedPoint(
      index * width * 1000,
      records.map((record) => record.points.slice(index * width, (index + 1) * width)),
    ),
  );
  return { intervalMs: width * 1000, points };
}

export function joinedPoint(atMs: number, byUser: readonly (readonly RecordedPoint[])[]): LoadPoint {
  const all = byUser.flat();
  const sum = (of: (one: RecordedPoint) => number): number => all.reduce((total, one) => total + of(one), 0);
  const lasts = byUser.flatMap((points) => points.at(-1) ?? []);
  const histogram = (of: (one: RecordedPoint) => HistogramData | undefined) => {
    const given = all.flatMap((one) => of(one) ?? []);
    return given.length === 0 ? undefined : mergedData(given);
  };
  const latency = histogram((one) => one.latency);
  const connect = histogram((one) => one.connect);
  return {
    atMs,
    connections: lasts.reduce((total, one) => total + one.connections, 0),
    wanted: lasts.reduce((total, one) => total + one.wanted, 0),
    sent: sum((one) => one.sent),
    received: sum((one) => one.received),
    late: sum((one) => one.late),
    blocked: sum((one) => one.blocked),
    errors: sum((one) => one.errors),
    lagMs: Math.max(0, ...all.map((one) => one.lagMs)),
    ...(latency === undefined ? {} : { latency }),
    ...(connect === undefined ? {} : { connect }),
  };
}

/** Errors of one kind are one; the first message stands for all. */
export function joinedErrors(records: readonly UserRecord[]): readonly LoadError[] {
  const joined = new Map<string, LoadError>();
  for (const error of records.flatMap(({ errors }) => errors)) {
    const known = joined.get(error.kind);
    const earlier =
      known !== undefined && known.firstMs <= error.firstMs ? known : { ...error, sample: [error.message] };
    joined.set(error.kind, {
      ...earlier,
      count: (known?.count ?? 0) + error.count,
      lastMs: Math.max(known?.lastMs ?? 0, error.lastMs),
    });
  }
  return [...joined.values()].sort((a, b) => b.count - a.count);
}

export function joinedInvariants(records: readonly UserRecord[]): readonly LoadInvariant[] {
  const [head] = records;
  if (head === undefined) return [];
  return head.invariants.map(({ name }) => {
    const all = records.flatMap(({ invariants }) => invariants.filter((one) => one.name === name));
    const first = all.flatMap((one) => one.first ?? []).sort((a, b) => a.atMs - b.atMs)[0];
    return {
      name,
      requirements: requirementsOf(name, head.config.plan.version),
      checked: all.reduce((sum, one) => sum + one.checked, 0),
      broken: all.reduce((sum, one) => sum + one.broken, 0),
      ...(first === undefined ? {} : { first: { ...first, transcript: [] } }),
    };
  });
}
