/** What all threads have told, put together. */
import {
  COUNTER_NAMES,
  Histogram,
  SERIES_LIMIT,
  TREND_NAMES,
  type CounterName,
  type HistogramData,
  type LoadError,
  type LoadPoint,
  type TrendName,
} from '#results';
import type { Accounted, Sample, WorkerError, WorkerFinal } from './contract.ts';

export type Trends = { readonly [Name in TrendName]: Histogram };

export interface Totals {
  readonly counters: { readonly [Name in CounterName]: number };
  readonly onTime: number;
}

const emptyTrends = (): Trends => Object.fromEntries(TREND_NAMES.map((name) => [name, new Histogram()])) as Trends;
const noCounters = (): Totals['counters'] =>
  Object.fromEntries(COUNTER_NAMES.map((name) => [name, 0])) as Totals['counters'];

/** Counters that mean nothing before the accounts are closed. */
export const KNOWN_AT_THE_END: ReadonlySet<CounterName> = new Set([
  'messages_expected',
  'messages_received',
  'messages_lost',
  'messages_undelivered',
  'wills_expected',
]);

/** What is known while a run goes on. */
export interface LiveTotals {
  /** Of the whole run; those that only the end can tell are absent. */
  readonly counters: { readonly [Name in CounterName]?: number };
  /** Deliveries that came, repetitions too. */
  readonly deliveries: number;
  readonly errors: number;
  /** `message_latency` and `connect_time` of the whole run, the others of the measured stages. */
  readonly trends: { readonly [Name in TrendName]?: HistogramData };
}

export class Tally {
  /** Of what is measured, until now. */
  readonly trends = emptyTrends();
  /** The same since `beginPart`. */
  #part = emptyTrends();
  #before: Totals = { counters: noCounters(), onTime: 0 };
  readonly #points = new Map<number, Point>();
  #newest = -1;
  readonly #onTime: number[] = [];
  /** By thread: its counters when it was last heard. */
  readonly #measured: { readonly [Name in CounterName]?: number }[] = [];
  #intervalMs = 1000;
  readonly #whole: Sample['whole'][] = [];
  readonly #ever = { received: 0, errors: 0, latency: new Histogram(), connect: new Histogram() };

  sample(worker: number, sample: Sample): void {
    for (const name of TREND_NAMES) {
      const data = sample.trends[name];
      if (data === undefined) continue;
      const histogram = Histogram.from(data);
      this.trends[name].add(histogram);
      this.#part[name].add(histogram);
    }
    this.#measured[worker] = sample.measured;
    this.#onTime[worker] = sample.sendsOnTime;
    this.#whole[worker] = sample.whole;
    this.#ever.received += sample.received;
    this.#ever.errors += sample.errors;
    if (sample.latency !== undefined) this.#ever.latency.add(Histogram.from(sample.latency));
    if (sample.connect !== undefined) this.#ever.connect.add(Histogram.from(sample.connect));
    const point = this.#pointAt(sample.atMs);
    this.#newest = Math.floor(sample.atMs / this.#intervalMs) * this.#intervalMs;
    point.connections.set(worker, sample.connections);
    point.wanted.set(worker, sample.wanted);
    point.sent += sample.sent;
    point.received += sample.received;
    point.late += sample.late;
    point.blocked += sample.blocked;
    point.errors += sample.errors;
    point.latency = joinedData(point.latency, sample.latency);
    point.connect = joinedData(point.connect, sample.connect);
    point.busy = Math.max(point.busy, sample.busy);
    point.lagMs = Math.max(point.lagMs, sample.lagMs);
    if (this.#points.size > SERIES_LIMIT) this.#halve();
  }

  memory(atMs: number, rss: number): void {
    const point = this.#pointAt(atMs);
    point.rss = Math.max(point.rss, rss);
  }

  /** As far as the threads have told; what only the end can tell (losses) is 0 before. */
  get totals(): Totals {
    const sum = (name: CounterName): number => this.#measured.reduce((total, one) => total + (one[name] ?? 0), 0);
    const counters = Object.fromEntries(COUNTER_NAMES.map((name) => [name, sum(name)])) as Totals['counters'];
    return { counters, onTime: this.#onTime.reduce((total, one) => total + one, 0) };
  }

  /** Whether any connection came about until now, be it in a second in which it was lost again. */
  get everConnected(): boolean {
    return this.#whole.some(({ connections_opened: opened = 0 }) => opened > 0);
  }

  get live(): LiveTotals {
    const { received, errors, latency, connect } = this.#ever;
    const names = COUNTER_NAMES.filter((name) => !KNOWN_AT_THE_END.has(name));
    const sum = (name: CounterName): number => this.#whole.reduce((total, one) => total + (one[name] ?? 0), 0);
    const trends = TREND_NAMES.flatMap((name) => {
      const all = name === 'message_latency' ? latency : name === 'connect_time' ? connect : this.trends[name];
      return all.count === 0 ? [] : [[name, all.toJSON()] as const];
    });
    return {
      counters: Object.fromEntries(names.map((name) => [name, sum(name)])),
      deliveries: received,
      errors,
      trends: Object.fromEntries(trends),
    };
  }

  /** A step of a climb begins. */
  beginPart(): void {
    this.#part = emptyTrends();
    this.#before = this.totals;
  }

  /** What the step has measured so far. */
  get part(): Totals & { readonly trends: Trends } {
    const { counters, onTime } = this.totals;
    const names = COUNTER_NAMES.map((name) => [name, counters[name] - this.#before.counters[name]] as const);
    return {
      trends: this.#part,
      counters: Object.fromEntries(names) as Totals['counters'],
      onTime: onTime - this.#before.onTime,
    };
  }

  #pointAt(atMs: number): Point {
    const at = Math.max(0, Math.floor(atMs / this.#intervalMs) * this.#intervalMs);
    let point = this.#points.get(at);
    if (point === undefined) this.#points.set(at, (point = newPoint()));
    return point;
  }

  /** Long runs have longer points, not more of them. */
  #halve(): void {
    this.#intervalMs *= 2;
    const old = [...this.#points].sort(([a], [b]) => a - b);
    this.#points.clear();
    for (const [at, point] of old) join(this.#pointAt(at), point);
  }

  get intervalMs(): number {
    return this.#intervalMs;
  }

  get points(): readonly LoadPoint[] {
    return [...this.#points].sort(([a], [b]) => a - b).map(([atMs, point]) => published(atMs, point));
  }

  /** The newest second; undefined before the first. */
  get last(): LoadPoint | undefined {
    const point = this.#points.get(this.#newest);
    return point === undefined ? undefined : published(this.#newest, point);
  }
}

interface Point {
  readonly connections: Map<number, number>;
  readonly wanted: Map<number, number>;
  sent: number;
  received: number;
  late: number;
  blocked: number;
  errors: number;
  /** Not as histograms: those of a long run would take tens of MiB. */
  latency: HistogramData | undefined;
  connect: HistogramData | undefined;
  busy: number;
  lagMs: number;
  rss: number;
}

const newPoint = (): Point => ({
  connections: new Map(),
  wanted: new Map(),
  sent: 0,
  received: 0,
  late: 0,
  blocked: 0,
  errors: 0,
  latency: undefined,
  connect: undefined,
  busy: 0,
  lagMs: 0,
  rss: 0,
});

function joinedData(a: HistogramData | undefined, b: HistogramData | undefined): HistogramData | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Histogram.merged([Histogram.from(a), Histogram.from(b)]).toJSON();
}

function join(into: Point, later: Point): void {
  for (const [worker, count] of later.connections) into.connections.set(worker, count);
  for (const [worker, count] of later.wanted) into.wanted.set(worker, count);
  into.sent += later.sent;
  into.received += later.received;
  into.late += later.late;
  into.blocked += later.blocked;
  into.errors += later.errors;
  into.latency = joinedData(into.latency, later.latency);
  into.connect = joinedData(into.connect, later.connect);
  into.busy = Math.max(into.busy, later.busy);
  into.lagMs = Math.max(into.lagMs, later.lagMs);
  into.rss = Math.max(into.rss, later.rss);
}

const sumOf = (values: ReadonlyMap<number, number>): number => [...values.values()].reduce((sum, one) => sum + one, 0);

function published(atMs: number, point: Point): LoadPoint {
  const { latency, connect, rss } = point;
  return {
    atMs,
    connections: sumOf(point.connections),
    wanted: sumOf(point.wanted),
    sent: point.sent,
    received: point.received,
    late: point.late,
    blocked: point.blocked,
    errors: point.errors,
    ...(latency === undefined ? {} : { latency }),
    ...(connect === undefined ? {} : { connect }),
    busy: round(point.busy),
    lagMs: round(point.lagMs),
    ...(rss === 0 ? {} : { rss }),
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

export function summedCounters(all: readonly { readonly [Name in CounterName]: number }[]): {
  [Name in CounterName]: number;
} {
  return Object.fromEntries(COUNTER_NAMES.map((name) => [name, all.reduce((sum, one) => sum + one[name], 0)])) as {
    [Name in CounterName]: number;
  };
}

export function summedDelivery(all: readonly WorkerFinal[]): readonly (Accounted & { readonly qos: 0 | 1 | 2 })[] {
  return ([0, 1, 2] as const).map((qos) => {
    const accounts = all.map(({ delivery }) => delivery[qos] as Accounted);
    const names = Object.keys(accounts[0] ?? {}) as (keyof Accounted)[];
    const sum = Object.fromEntries(names.map((name) => [name, accounts.reduce((total, one) => total + one[name], 0)]));
    return { qos, ...(sum as unknown as Accounted) };
  });
}

/** The same kind and message of several threads is one error. */
export function joinedErrors(all: readonly (readonly WorkerError[])[]): readonly LoadError[] {
  const joined = new Map<string, LoadError>();
  for (const error of all.flat()) {
    const key = `${error.kind} ${error.message}`;
    const known = joined.get(key);
    if (known === undefined) joined.set(key, error);
    else {
      const earlier = known.firstMs <= error.firstMs ? known : error;
      joined.set(key, {
        ...earlier,
        count: known.count + error.count,
        lastMs: Math.max(known.lastMs, error.lastMs),
      });
    }
  }
  return [...joined.values()].sort((a, b) => b.count - a.count);
}
