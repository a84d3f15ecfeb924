/** Everything that a virtual user counts while it runs; its end is the record. */
import { Histogram, type CounterName, type HistogramData, type TrendName } from '#results';
import type { Counts, RecordedDelivery, RecordedError, RecordedInvariant, RecordedPoint } from './record.ts';

/** A histogram takes 25 KiB: they are made when the first value comes. */
class Trends {
  readonly #all: { [name: string]: Histogram | undefined } = {};

  record(name: string, ms: number): void {
    let found = this.#all[name];
    if (found === undefined) {
      found = new Histogram();
      this.#all[name] = found;
    }
    found.record(ms);
  }

  data(): Record<string, HistogramData> {
    return Object.fromEntries(
      Object.entries(this.#all).flatMap(([name, histogram]) =>
        histogram === undefined ? [] : [[name, histogram.toJSON()]],
      ),
    );
  }

  clear(): void {
    for (const histogram of Object.values(this.#all)) histogram?.clear();
  }

  get(name: string): Histogram | undefined {
    return this.#all[name];
  }
}

/** Hears what belongs to the measured stages, as it happens. */
export interface Observer {
  count(name: CounterName, by: number): void;
  trend(name: TrendName, ms: number): void;
}

export type CountedInPoint = 'sent' | 'received' | 'late' | 'blocked' | 'errors';

/** Kinds of errors at most; a broker that says something new each time must not fill the memory. */
const MOST_ERRORS = 50;

export class Tally {
  readonly counters: Counts = {};
  readonly whole: Counts = {};
  readonly delivery: readonly RecordedDelivery[];
  readonly sends = { onTime: 0, late: 0, blocked: 0 };
  readonly stages: readonly { sent: number; received: number }[];
  readonly points: RecordedPoint[] = [];
  readonly invariants: readonly RecordedInvariant[];
  observer: Observer | undefined;
  connections = 0;
  wanted = 0;
  lagMs = 0;
  readonly #trends = new Trends();
  readonly #now = new Trends();
  readonly #errors = new Map<string, RecordedError>();
  #point = newPoint();

  constructor(stages: number, invariants: readonly string[]) {
    this.delivery = [newDelivery(), newDelivery(), newDelivery()];
    this.stages = Array.from({ length: stages }, () => ({ sent: 0, received: 0 }));
    this.invariants = invariants.map((name) => ({ name, checked: 0, broken: 0 }));
  }

  count(name: CounterName, measured: boolean, by = 1): void {
    this.whole[name] = (this.whole[name] ?? 0) + by;
    if (!measured) return;
    this.counters[name] = (this.counters[name] ?? 0) + by;
    this.observer?.count(name, by);
  }

  trend(name: TrendName, ms: number, measured: boolean): void {
    if (measured) {
      this.#trends.record(name, ms);
      this.observer?.trend(name, ms);
    }
    if (name === 'message_latency') this.#now.record('latency', ms);
    else if (name === 'connect_time') this.#now.record('connect', ms);
  }

  point(what: CountedInPoint): void {
    this.#point[what] += 1;
  }

  lag(ms: number): void {
    if (ms > this.#point.lagMs) this.#point.lagMs = ms;
    if (ms > this.lagMs) this.lagMs = ms;
  }

  error(kind: string, message: string, atMs: number): void {
    this.point('errors');
    const found = this.#errors.get(kind);
    if (found === undefined) {
      if (this.#errors.size < MOST_ERRORS)
        this.#errors.set(kind, { kind, message, count: 1, firstMs: atMs, lastMs: atMs });
      return;
    }
    found.count += 1;
    found.lastMs = atMs;
  }

  broken(name: string, message: string, atMs: number): void {
    const found = this.invariants.find((one) => one.name === name);
    if (found === undefined) return;
    found.broken += 1;
    found.first ??= { atMs, message };
  }

  /** Closes points up to the second `second` of the schedule. */
  advance(second: number): void {
    while (this.points.length < second) {
      const latency = this.#now.get('latency');
      const connect = this.#now.get('connect');
      this.points.push({
        ...this.#point,
        connections: this.connections,
        wanted: this.wanted,
        ...(latency !== undefined && latency.count > 0 ? { latency: latency.toJSON() } : {}),
        ...(connect !== undefined && connect.count > 0 ? { connect: connect.toJSON() } : {}),
      });
      this.#now.clear();
      this.#point = newPoint();
    }
  }

  trends(): { readonly [Name in TrendName]?: HistogramData } {
    return this.#trends.data();
  }

  errors(): readonly RecordedError[] {
    return [...this.#errors.values()];
  }
}

function newPoint(): RecordedPoint {
  return { connections: 0, wanted: 0, sent: 0, received: 0, late: 0, blocked: 0, errors: 0, lagMs: 0 };
}

function newDelivery(): RecordedDelivery {
  return {
    sent: 0,
    acknowledged: 0,
    expected: 0,
    delivered: 0,
    gaps: 0,
    duplicated: 0,
    reordered: 0,
    corrupted: 0,
    unexpected: 0,
  };
}
