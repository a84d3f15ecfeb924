/** The records of all virtual users, of one process or of many, made one account. Sums and histograms: exact in any order. */
import {
  COUNTER_NAMES,
  Histogram,
  TREND_NAMES,
  type CounterName,
  type HistogramData,
  type LoadDelivery,
  type LoadMetrics,
  type TrendName,
} from '#results';
import type { RecordedDelivery, UserRecord } from './shared/record.ts';

export type RecordsErrorCode = 'K6_NO_RECORDS' | 'K6_OTHER_RUN' | 'K6_TWO_RUNS';

/** Records that don't belong together. */
export class RecordsError extends Error {
  readonly code: RecordsErrorCode;
  override readonly name = 'RecordsError';

  constructor(code: RecordsErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Each virtual user once, in order. Throws where they are of several runs; the same record twice counts once. */
export function uniqueRecords(records: readonly UserRecord[]): readonly UserRecord[] {
  const byUser = new Map<number, UserRecord>();
  const [first] = records;
  if (first === undefined) throw new RecordsError('K6_NO_RECORDS', 'no virtual user has left a record');
  for (const record of records) {
    if (record.runId !== first.runId) {
      throw new RecordsError('K6_OTHER_RUN', `records of two runs: ${first.runId} and ${record.runId}`);
    }
    const known = byUser.get(record.user);
    if (known !== undefined && known.startedAt !== record.startedAt) {
      const sentence = `virtual user ${record.user} has two different records: the script was run twice with the run id ${record.runId}`;
      throw new RecordsError('K6_TWO_RUNS', sentence);
    }
    byUser.set(record.user, record);
  }
  return [...byUser.values()].sort((a, b) => a.user - b.user);
}

export type AllCounters = { readonly [Name in CounterName]: number };

function summed(records: readonly UserRecord[], of: 'counters' | 'whole'): { [Name in CounterName]: number } {
  const sum = (name: CounterName): number => records.reduce((total, record) => total + (record[of][name] ?? 0), 0);
  return Object.fromEntries(COUNTER_NAMES.map((name) => [name, sum(name)])) as { [Name in CounterName]: number };
}

/** Nothing more was to come: everybody waited to the end. */
const quiet = (records: readonly UserRecord[]): boolean => records.every((one) => one.complete && one.quiet);

/** What is missing is lost where all waited for it; where the run was cut off, only what a later message of its lane has overtaken. */
function divided(
  missing: number,
  gaps: number,
  waited: boolean,
): { readonly lost: number; readonly undelivered: number } {
  const lost = waited ? missing : Math.min(missing, gaps);
  return { lost, undelivered: missing - lost };
}

export function joinedDelivery(records: readonly UserRecord[]): readonly LoadDelivery[] {
  return ([0, 1, 2] as const).map((qos) => {
    const sum = (name: keyof RecordedDelivery): number =>
      records.reduce((total, { delivery }) => total + (delivery[qos]?.[name] ?? 0), 0);
    const expected = Math.max(sum('expected'), sum('delivered'));
    return {
      qos,
      sent: sum('sent'),
      acknowledged: sum('acknowledged'),
      expected,
      delivered: sum('delivered'),
      ...divided(expected - sum('delivered'), sum('gaps'), quiet(records)),
      duplicated: sum('duplicated'),
      reordered: sum('reordered'),
      corrupted: sum('corrupted'),
      unexpected: sum('unexpected'),
    };
  });
}

export interface JoinedMetrics {
  readonly metrics: LoadMetrics;
  readonly whole: AllCounters;
}

export function joinedMetrics(records: readonly UserRecord[]): JoinedMetrics {
  const gaps = records.reduce((sum, { delivery }) => sum + delivery.reduce((all, one) => all + one.gaps, 0), 0);
  const complete = (of: 'counters' | 'whole'): AllCounters => {
    const counters = summed(records, of);
    counters.messages_expected = Math.max(counters.messages_expected, counters.messages_received);
    const missing = counters.messages_expected - counters.messages_received;
    const { lost, undelivered } = divided(missing, gaps, quiet(records));
    const broken = records.reduce(
      (sum, { invariants }) => sum + invariants.reduce((all, one) => all + one.broken, 0),
      0,
    );
    return { ...counters, messages_lost: lost, messages_undelivered: undelivered, invariants_broken: broken };
  };
  const counters = complete('counters');
  const whole = complete('whole');
  return { metrics: { trends: joinedTrends(records), counters, rates: rates(records, counters, whole) }, whole };
}

/** Connections are opened in the set-up, too: those of the whole run count. */
function rates(records: readonly UserRecord[], counters: AllCounters, whole: AllCounters): LoadMetrics['rates'] {
  const total = (of: (record: UserRecord) => number): number => records.reduce((sum, record) => sum + of(record), 0);
  const answered = joinedDelivery(records).filter(({ qos }) => qos > 0);
  const share = (passed: number, of: number) => (of > 0 ? { passed, total: of } : undefined);
  const all = {
    delivered: share(counters.messages_received, counters.messages_expected),
    connected: share(whole.connections_opened, whole.connections_opened + whole.connections_failed),
    acknowledged: share(
      answered.reduce((sum, one) => sum + one.acknowledged, 0),
      answered.reduce((sum, one) => sum + one.sent, 0),
    ),
    on_time: share(
      total(({ sends }) => sends.onTime),
      total(({ sends }) => sends.onTime + sends.late + sends.blocked),
    ),
  };
  return Object.fromEntries(Object.entries(all).filter(([, rate]) => rate !== undefined));
}

function joinedTrends(records: readonly UserRecord[]): LoadMetrics['trends'] {
  const joined: [TrendName, HistogramData][] = [];
  for (const name of TREND_NAMES) {
    const all = records.flatMap(({ trends }) => trends[name] ?? []);
    if (all.length > 0) joined.push([name, mergedData(all)]);
  }
  return Object.fromEntries(joined);
}

export function mergedData(all: readonly HistogramData[]): HistogramData {
  return Histogram.merged(all.map((one) => Histogram.from(one))).toJSON();
}
