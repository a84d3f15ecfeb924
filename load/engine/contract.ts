/** What the conductor and its threads say to each other. */
import type { CounterName, HistogramData, TrendName } from '#results';
import type { Credentials, Endpoint, TlsMaterial } from '#target';
import type { Plan } from '../profiles/plan.ts';

/** Tables that all threads see; each field is written by one of them only. */
export interface SharedTables {
  /** By lane: messages sent · sent before the measured time · sent until its end (NaN: it lasts). */
  readonly sent: Float64Array;
  readonly measuredFrom: Float64Array;
  readonly measuredTo: Float64Array;
  /** By client: when it last ended abruptly · how often, in all and in the measured time. */
  readonly killedAt: Float64Array;
  readonly kills: Float64Array;
  readonly measuredKills: Float64Array;
}

export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface WorkerSetup {
  readonly plan: Plan;
  readonly endpoint: Endpoint;
  /** What `endpoint.host` was resolved to. */
  readonly address: string;
  readonly tls: TlsMaterial;
  /** Client number n uses number n modulo the length; empty: what `tls` has. */
  readonly certificates: readonly ClientCertificate[];
  readonly credentials: Credentials;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Offer permessage-deflate. */
  readonly deflate: boolean;
  /** Local addresses to connect from; empty: the system chooses. */
  readonly sources: readonly string[];
  readonly worker: number;
  readonly workers: number;
  readonly tables: SharedTables;
  /** When the run began, in the milliseconds of `time.ts`. */
  readonly originMs: number;
}

export type ToWorker =
  | { readonly type: 'stage'; readonly index: number; readonly startAt: number }
  /** Stop what the stage still does; the connections stay. */
  | { readonly type: 'end-stage'; readonly index: number }
  /** Ask the broker whether it lives, on each connection that misses something. */
  | { readonly type: 'ping-missing' }
  /** `quiet`: nothing came any more although the broker lives, so what is missing is lost, not on its way. */
  | { readonly type: 'finish'; readonly quiet: boolean };

/** One second, or less at the end. What came since the sample before. */
export interface Sample {
  readonly atMs: number;
  readonly connections: number;
  readonly wanted: number;
  readonly sent: number;
  readonly received: number;
  readonly late: number;
  readonly blocked: number;
  readonly errors: number;
  /** Of all messages and connections, measured or not. */
  readonly latency: HistogramData | undefined;
  readonly connect: HistogramData | undefined;
  /** Of what is measured. */
  readonly trends: { readonly [Name in TrendName]?: HistogramData };
  /** In all, until now. */
  readonly measured: { readonly [Name in CounterName]?: number };
  /** The same of the whole run; what only the end can tell is 0. */
  readonly whole: { readonly [Name in CounterName]?: number };
  readonly sendsOnTime: number;
  readonly busy: number;
  readonly lagMs: number;
}

export interface WorkerError {
  readonly kind: string;
  readonly message: string;
  readonly count: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly sample: readonly string[];
}

export interface WorkerInvariant {
  readonly name: string;
  readonly checked: number;
  readonly broken: number;
  readonly first?: { readonly atMs: number; readonly message: string; readonly transcript: readonly string[] };
}

/** Of one QoS. */
export interface Accounted {
  sent: number;
  acknowledged: number;
  expected: number;
  delivered: number;
  lost: number;
  undelivered: number;
  duplicated: number;
  reordered: number;
  corrupted: number;
  unexpected: number;
}

export interface WorkerFinal {
  readonly counters: { readonly [Name in CounterName]: number };
  readonly whole: { readonly [Name in CounterName]: number };
  readonly delivery: readonly Accounted[];
  readonly errors: readonly WorkerError[];
  readonly invariants: readonly WorkerInvariant[];
  readonly busy: number;
  readonly starved: number;
  readonly gcMs: number;
  readonly lagMs: number;
  readonly writes: number;
  readonly writtenMessages: number;
  /** Measured sends that were on time. */
  readonly sendsOnTime: number;
  /** `TLSv1.3 TLS_AES_256_GCM_SHA384`, of one connection. */
  readonly tls?: string;
  /** Connections that offered permessage-deflate, by what the broker said. */
  readonly deflate: { readonly agreed: number; readonly declined: number };
}

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'sample'; readonly sample: Sample }
  /** All that the stage has to do here is done; told once. */
  | { readonly type: 'stage-done'; readonly index: number; readonly sent: number; readonly received: number }
  /** While a stage waits: deliveries that are missing here, when the last one came, and connections that owe a sign of life. */
  | {
      readonly type: 'waiting';
      readonly missing: number;
      readonly lastArrivalMs: number;
      readonly silent: number;
      readonly open: number;
    }
  | { readonly type: 'final'; readonly final: WorkerFinal }
  | { readonly type: 'failed'; readonly message: string; readonly stack: string };
