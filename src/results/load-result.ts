/** `LoadResult`: what a load run measured. The sibling of `RunResult`; every load report is a pure function of it. */
import type { MqttVersion } from '#spec';
import type { Transport } from '#target';
import type { HistogramData } from './histogram.ts';
import type { CounterName, RateName, TrendName } from './load-metrics.ts';

export const LOAD_RESULT_FORMAT = 'mqttspec/load-result/1';

export interface LoadResult {
  readonly format: typeof LOAD_RESULT_FORMAT;
  readonly tool: { readonly name: 'mqttspec'; readonly version: string; readonly node: string };
  readonly run: LoadRun;
  readonly engine: LoadEngine;
  readonly target: LoadTarget;
  readonly profile: LoadProfile;
  readonly stages: readonly LoadStage[];
  /** Of the measured stages together. */
  readonly metrics: LoadMetrics;
  /** Of the whole run, set-up, warm-up and cool-down too. */
  readonly whole: { readonly [Name in CounterName]: number };
  readonly delivery: readonly LoadDelivery[];
  readonly series: LoadSeries;
  readonly errors: readonly LoadError[];
  readonly invariants: readonly LoadInvariant[];
  readonly health: LoadHealth;
  readonly thresholds: readonly LoadThreshold[];
  /** Of a climb (`step-to-knee`). */
  readonly knee?: LoadKnee;
  /** Of a merged result: what it was made of, so that nothing is counted twice. */
  readonly parts?: readonly LoadPart[];
  readonly conclusion: LoadConclusion;
}

export interface LoadRun {
  /** Eight hexadecimal digits; stands in topics and client identifiers. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Of the measured stages together. */
  readonly measuredMs: number;
  /** The command that repeats this run, secrets left out. */
  readonly command: string;
  /** Why the run ended before its end. */
  readonly ended?: 'interrupted' | 'broker-down' | 'time-limit' | 'stopped';
}

export interface LoadEngine {
  readonly name: 'embedded' | 'k6' | 'xk6-mqtt';
  readonly version: string;
  /** Threads of the embedded engine, or virtual users of k6. */
  readonly workers: number;
  /** `open`: sends keep to a schedule, whatever the broker does · `closed`: each waits for the one before. */
  readonly model: 'open' | 'closed';
  readonly latencyFrom: 'intended send' | 'actual send';
  readonly clock: string;
  /** Largest error of a single latency by the clock and the loop, milliseconds, as far as the engine knows it. */
  readonly clockErrorMs: number;
  /** What this engine could not do or does otherwise. */
  readonly notes: readonly string[];
}

export interface LoadTarget {
  readonly label: string;
  readonly url: string;
  readonly transport: Transport;
  readonly version: MqttVersion;
  /** `TLSv1.3 TLS_AES_256_GCM_SHA384`. */
  readonly tls?: string;
  /** Whether permessage-deflate was offered and agreed. */
  readonly compression: boolean;
}

export interface LoadProfile {
  readonly name: string;
  readonly title: string;
  readonly parameters: Readonly<Record<string, number | string | boolean>>;
  readonly populations: readonly {
    readonly name: string;
    readonly count: number;
    readonly does: string;
  }[];
  /** False where payloads were too short to be told apart: losses are counted, repetitions, order and content are not. */
  readonly payloadsChecked: boolean;
  readonly packing: 'one' | 'many' | 'split';
}

export interface LoadStage {
  readonly name: string;
  readonly role: 'setup' | 'warm-up' | 'steady' | 'cool-down';
  /** Milliseconds since the run began. */
  readonly startMs: number;
  readonly endMs: number;
  /** Messages per second that were asked for; absent: the stage publishes nothing. */
  readonly targetRate?: number;
  readonly sent: number;
  readonly received: number;
  /** Of a climb: whether its conditions held. */
  readonly held?: boolean;
  /** True where it ended by its deadline with something undone. */
  readonly overdue?: boolean;
}

export interface LoadMetrics {
  /** Only those that have a value. */
  readonly trends: { readonly [Name in TrendName]?: HistogramData };
  readonly counters: { readonly [Name in CounterName]: number };
  /** Absent: nothing was tried. */
  readonly rates: { readonly [Name in RateName]?: { readonly passed: number; readonly total: number } };
}

/** By QoS of the publication; the whole run. */
export interface LoadDelivery {
  readonly qos: 0 | 1 | 2;
  readonly sent: number;
  readonly acknowledged: number;
  readonly expected: number;
  readonly delivered: number;
  readonly lost: number;
  readonly undelivered: number;
  readonly duplicated: number;
  readonly reordered: number;
  readonly corrupted: number;
  readonly unexpected: number;
}

export interface LoadSeries {
  /** Length of a point. Long runs join neighbours, so that there are never more than `SERIES_LIMIT`. */
  readonly intervalMs: number;
  readonly points: readonly LoadPoint[];
}

export interface LoadPoint {
  /** Milliseconds since the run began, a multiple of `intervalMs`. */
  readonly atMs: number;
  /** Connections that are open at its end, and that should be. */
  readonly connections: number;
  readonly wanted: number;
  readonly sent: number;
  readonly received: number;
  readonly late: number;
  readonly blocked: number;
  readonly errors: number;
  readonly latency?: HistogramData;
  readonly connect?: HistogramData;
  /** Share of the generator's own time that it was busy, 0 to 1, of its busiest thread. */
  readonly busy?: number;
  /** Longest delay of a tick of a generator's thread, milliseconds. */
  readonly lagMs?: number;
  /** Resident memory of the generator, bytes. */
  readonly rss?: number;
}

export interface LoadError {
  /** `connect-refused`, `upgrade-refused`, `dropped`, … */
  readonly kind: string;
  /** One sentence. */
  readonly message: string;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  /** What happened on the first connection that met it, a line each. */
  readonly sample: readonly string[];
}

export interface LoadInvariant {
  readonly name: string;
  /** Keys of the requirements. */
  readonly requirements: readonly string[];
  readonly checked: number;
  readonly broken: number;
  readonly first?: { readonly atMs: number; readonly message: string; readonly transcript: readonly string[] };
}

export interface LoadHealth {
  /** `invalid`: the generator did not keep its schedule, so nothing is said about the broker. */
  readonly verdict: 'good' | 'warn' | 'invalid';
  /** One sentence each. */
  readonly reasons: readonly string[];
  readonly sends: { readonly onTime: number; readonly late: number; readonly blocked: number };
  readonly workers: readonly {
    /** Share of the measured time: on a core · waiting for one. */
    readonly busy: number;
    readonly starved: number;
    readonly gcMs: number;
    /** Longest delay of a tick, milliseconds. */
    readonly lagMs: number;
  }[];
  /** Of all threads, in the whole run. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  /** Messages (PUBLISH) in each write to a socket, on average. */
  readonly messagesPerWrite: number;
}

export interface LoadThreshold {
  readonly metric: string;
  readonly expression: string;
  /** Absent: there is no data, and the threshold failed for that. */
  readonly observed?: number;
  readonly limit: number;
  readonly passed: boolean;
  /** When it was first crossed, milliseconds since the run began; as far as the series can tell. */
  readonly crossedMs?: number;
}

export interface LoadKnee {
  /** Messages per second of the last step that held; absent: not even the first. */
  readonly held?: number;
  /** Of the first step that did not; absent: all held, the knee is higher. */
  readonly broke?: number;
  /** Which condition broke, or that the generator was the limit. */
  readonly why: string;
}

export interface LoadPart {
  readonly runId: string;
  /** Which segment of the run: `0:1/4`; or what tells the parts apart. */
  readonly part: string;
  readonly startedAt: string;
  readonly workers: number;
}

export interface LoadConclusion {
  /** 0 thresholds held · 1 crossed or an invariant broken · 3 not testable · 5 nothing measured · 6 invalid · 130, 143 interrupted. */
  readonly exitCode: number;
  readonly verdict: 'held' | 'crossed' | 'invalid' | 'not-measured' | 'interrupted';
  readonly sentence: string;
}

/** Points of a series at most. */
export const SERIES_LIMIT = 600;
