/** What one virtual user has counted: it is printed at its end, and the records of all users make the result. */
import type { CounterName, HistogramData, TrendName } from '#results';
import type { ScriptConfig } from './config.ts';

export const RECORD_FORMAT = 'mqttspec/k6-record/1';

export type Counts = { [Name in CounterName]?: number };

/** By QoS of the publication. What is lost is known only when all records are together: `gaps` are what surely is. */
export interface RecordedDelivery {
  sent: number;
  acknowledged: number;
  expected: number;
  delivered: number;
  gaps: number;
  duplicated: number;
  reordered: number;
  corrupted: number;
  unexpected: number;
}

/** One second of the schedule. */
export interface RecordedPoint {
  connections: number;
  wanted: number;
  sent: number;
  received: number;
  late: number;
  blocked: number;
  errors: number;
  lagMs: number;
  latency?: HistogramData;
  connect?: HistogramData;
}

export interface RecordedError {
  readonly kind: string;
  readonly message: string;
  count: number;
  readonly firstMs: number;
  lastMs: number;
}

export interface RecordedInvariant {
  readonly name: string;
  checked: number;
  broken: number;
  first?: { readonly atMs: number; readonly message: string };
}

export interface UserRecord {
  readonly format: typeof RECORD_FORMAT;
  readonly runId: string;
  readonly user: number;
  readonly users: number;
  /** `0:1/4` of `--execution-segment`; the whole run is `0:1`. */
  readonly segment: string;
  /** What the script was told, the query of the URL left out. */
  readonly config: ScriptConfig;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** False where it was ended before its schedule was over. */
  readonly complete: boolean;
  /** True where it waited until nothing was missing or the time for it was over: what is missing then is lost. */
  readonly quiet: boolean;
  /** Clients with subscriptions that were not there when publishing began, although nothing had failed. */
  readonly unready: number;
  readonly measuredMs: number;
  readonly trends: { readonly [Name in TrendName]?: HistogramData };
  /** Of the measured stages, and of all. Losses are in neither. */
  readonly counters: Counts;
  readonly whole: Counts;
  readonly delivery: readonly RecordedDelivery[];
  readonly sends: { readonly onTime: number; readonly late: number; readonly blocked: number };
  readonly stages: readonly { readonly sent: number; readonly received: number }[];
  readonly points: readonly RecordedPoint[];
  readonly errors: readonly RecordedError[];
  readonly invariants: readonly RecordedInvariant[];
  readonly lagMs: number;
}
