/** The same numbers as metrics of k6, for its own thresholds, outputs and dashboard. */
import { Counter, Rate, Trend } from 'k6/metrics';
import { COUNTER_NAMES, RATE_NAMES, TREND_NAMES, type CounterName, type RateName, type TrendName } from '#results';
import type { ScriptConfig } from '../shared/config.ts';
import { samplesOf } from '../shared/native-thresholds.ts';
import type { Observer } from '../shared/tally.ts';

/** Counters that only the end can tell: they are added then. */
const AT_THE_END: readonly CounterName[] = ['messages_expected', 'messages_lost', 'messages_undelivered'];

/** More failed samples than this of one rate would only cost time. */
const MOST_FAILED = 10_000;

export interface Ending {
  readonly received: number;
  readonly missing: number;
  readonly waited: boolean;
  readonly unacknowledged: number;
}

export class NativeMetrics implements Observer {
  readonly #trends = new Map<TrendName, Trend>();
  readonly #counters = new Map<CounterName, Counter>();
  readonly #rates = new Map<RateName, Rate>();
  readonly #samples = new Map<string, Counter>();
  readonly #counted = new Map<string, number>();

  /** In the init context only. */
  constructor() {
    for (const name of TREND_NAMES) this.#trends.set(name, new Trend(name, true));
    for (const name of COUNTER_NAMES) this.#counters.set(name, new Counter(name));
    for (const name of RATE_NAMES) this.#rates.set(name, new Rate(name));
    for (const name of [...TREND_NAMES, ...RATE_NAMES]) this.#samples.set(name, new Counter(samplesOf(name)));
  }

  trend(name: TrendName, ms: number): void {
    this.#trends.get(name)?.add(ms);
    this.#noted(name);
  }

  count(name: CounterName, by: number): void {
    if (!AT_THE_END.includes(name)) this.#counters.get(name)?.add(by);
    if (name === 'messages_received') this.rate('delivered', true, by);
    else if (name === 'messages_acknowledged') this.rate('acknowledged', true, by);
    else if (name === 'sends_late' || name === 'sends_blocked') this.rate('on_time', false, by);
  }

  rate(name: RateName, passed: boolean, times = 1): void {
    for (let time = 0; time < Math.min(times, MOST_FAILED); time += 1) this.#rates.get(name)?.add(passed);
    this.#noted(name, times);
  }

  /** What of the planned deliveries to the clients here has not come. */
  end({ received, missing, waited, unacknowledged }: Ending): void {
    const expected = received + missing;
    if (expected > 0) this.#counters.get('messages_expected')?.add(expected);
    if (missing > 0) this.#counters.get(waited ? 'messages_lost' : 'messages_undelivered')?.add(missing);
    this.rate('delivered', false, missing);
    this.rate('acknowledged', false, unacknowledged);
    for (const [name, samples] of this.#counted) this.#samples.get(name)?.add(samples);
  }

  #noted(name: string, times = 1): void {
    if (times > 0) this.#counted.set(name, (this.#counted.get(name) ?? 0) + times);
  }
}

export function nativeMetrics(config: ScriptConfig): NativeMetrics | undefined {
  return config.metrics ? new NativeMetrics() : undefined;
}
