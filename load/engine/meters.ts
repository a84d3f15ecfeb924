/** What a thread counts. The trends hold what came since the last sample, and are emptied by it: merging loses nothing. */
import { COUNTER_NAMES, Histogram, TREND_NAMES, type CounterName, type HistogramData, type TrendName } from '#results';
import type { Accounted, WorkerError } from './contract.ts';
import { now } from './time.ts';

export type Counters = { [Name in CounterName]: number };

const zeroes = (): Counters => Object.fromEntries(COUNTER_NAMES.map((name) => [name, 0])) as Counters;

const accounted = (): Accounted => ({
  sent: 0,
  acknowledged: 0,
  expected: 0,
  delivered: 0,
  lost: 0,
  undelivered: 0,
  duplicated: 0,
  reordered: 0,
  corrupted: 0,
  unexpected: 0,
});

/** What every message is counted in. */
interface Sink {
  readonly trends: { readonly [Name in 'message_latency' | 'message_latency_sent' | 'send_lag']: Histogram };
  readonly counters: Counters;
}

/** Kinds of errors that are told apart; what comes beyond is counted under `other`. */
const MOST_KINDS = 50;

export class Meters {
  readonly trends = Object.fromEntries(TREND_NAMES.map((name) => [name, new Histogram()])) as {
    readonly [Name in TrendName]: Histogram;
  };
  /** What is not measured goes here, by the same way: warming up warms what is measured afterwards. */
  readonly #spilt = {
    trends: { message_latency: new Histogram(), message_latency_sent: new Histogram(), send_lag: new Histogram() },
    counters: zeroes(),
  };
  /** Of all messages and connections since the last sample, for the series. */
  readonly latency = new Histogram();
  readonly connect = new Histogram();
  readonly whole = zeroes();
  readonly measured = zeroes();
  /** By QoS of the publication. */
  readonly delivery: readonly [Accounted, Accounted, Accounted] = [accounted(), accounted(), accounted()];
  errors = 0;
  writes = 0;
  writtenMessages = 0;
  /** Between these the intended time of what is measured lies. */
  measuredFrom = Infinity;
  measuredTo = Infinity;
  readonly #origin: number;
  readonly #errors = new Map<string, { -readonly [K in keyof WorkerError]: WorkerError[K] }>();

  readonly #kept: Sink;

  constructor(originMs: number) {
    this.#origin = originMs;
    const { message_latency, message_latency_sent, send_lag } = this.trends;
    this.#kept = { trends: { message_latency, message_latency_sent, send_lag }, counters: this.measured };
  }

  /** Where the values of a message go. */
  sink(measured: boolean): Sink {
    return measured ? this.#kept : this.#spilt;
  }

  measures(intended: number): boolean {
    return intended >= this.measuredFrom && intended < this.measuredTo;
  }

  count(name: CounterName, measured: boolean, more = 1): void {
    this.whole[name] += more;
    if (measured) this.measured[name] += more;
  }

  /** `message`: the same for all of its kind, so that they are counted together. */
  error(kind: string, message: string, sample: () => readonly string[] = () => []): void {
    this.errors += 1;
    const at = now() - this.#origin;
    const known = this.#errors.get(`${kind} ${message}`);
    if (known !== undefined) {
      known.count += 1;
      known.lastMs = at;
      return;
    }
    const full = this.#errors.size >= MOST_KINDS;
    const key = full ? 'other' : `${kind} ${message}`;
    const other = full ? this.#errors.get(key) : undefined;
    if (other !== undefined) {
      other.count += 1;
      other.lastMs = at;
    } else {
      const told = full ? 'of further kinds' : message;
      this.#errors.set(key, {
        kind: full ? 'other' : kind,
        message: told,
        count: 1,
        firstMs: at,
        lastMs: at,
        sample: sample(),
      });
    }
  }

  get allErrors(): readonly WorkerError[] {
    return [...this.#errors.values()];
  }

  /** Trends that have a value; they are empty afterwards. */
  takeTrends(): { [Name in TrendName]?: HistogramData } {
    const taken: { [Name in TrendName]?: HistogramData } = {};
    for (const name of TREND_NAMES) {
      const data = dataOf(this.trends[name]);
      if (data !== undefined) taken[name] = data;
    }
    return taken;
  }

  takeSeries(): { latency: HistogramData | undefined; connect: HistogramData | undefined } {
    return { latency: dataOf(this.latency), connect: dataOf(this.connect) };
  }
}

function dataOf(histogram: Histogram): HistogramData | undefined {
  if (histogram.count === 0) return undefined;
  const data = histogram.toJSON();
  histogram.clear();
  return data;
}
