/** A run of k6 while it goes on: what its virtual users tell, put together. */
import { realClock, type Clock } from '#io';
import { COUNTER_NAMES, type HistogramData } from '#results';
import type { LoadProgress } from '../engine/run-load.ts';
import { KNOWN_AT_THE_END } from '../engine/tally.ts';
import type { Plan } from '../profiles/plan.ts';
import { mergedData } from './join-records.ts';
import { joinedPoint } from './join-series.ts';
import type { RecordedPoint } from './shared/record.ts';
import type { Told } from './shared/told.ts';

/** Milliseconds: virtual users tell at about the same time, and are shown together. */
const TOGETHER = 200;

export class LiveUsers {
  readonly #plan: Plan;
  readonly #show: (progress: LoadProgress) => void;
  readonly #clock: Clock;
  /** By virtual user: what it told last. */
  readonly #last = new Map<number, Told>();
  #waits = false;
  #over = false;
  #deliveries = 0;
  #errors = 0;
  #latency: HistogramData | undefined;
  #connect: HistogramData | undefined;

  constructor(plan: Plan, show: (progress: LoadProgress) => void, clock: Clock = realClock({ unref: true })) {
    this.#plan = plan;
    this.#show = show;
    this.#clock = clock;
  }

  hear(told: Told): void {
    this.#last.set(told.user, told);
    for (const point of told.points) this.#add(point);
    if (this.#waits) return;
    this.#waits = true;
    this.#clock.after(TOGETHER, () => {
      this.#waits = false;
      if (!this.#over) this.#show(this.#progress());
    });
  }

  /** Nothing is shown any more. */
  close(): void {
    this.#over = true;
  }

  #add({ received, errors, latency, connect }: RecordedPoint): void {
    this.#deliveries += received;
    this.#errors += errors;
    this.#latency = joined(this.#latency, latency);
    this.#connect = joined(this.#connect, connect);
  }

  #progress(): LoadProgress {
    const all = [...this.#last.values()];
    const stage = Math.max(...all.map((one) => one.stage));
    const second = Math.max(...all.map((one) => one.second));
    const newest = all.map(({ points }) => points.slice(-1));
    return {
      stage: this.#plan.stages[stage]?.name ?? 'start',
      atMs: second * 1000,
      point: joinedPoint((second - 1) * 1000, newest),
      totals: () => this.#totals(),
    };
  }

  #totals(): ReturnType<LoadProgress['totals']> {
    const names = COUNTER_NAMES.filter((name) => !KNOWN_AT_THE_END.has(name));
    const all = [...this.#last.values()];
    return {
      counters: Object.fromEntries(
        names.map((name) => [name, all.reduce((sum, { whole }) => sum + (whole[name] ?? 0), 0)]),
      ),
      deliveries: this.#deliveries,
      errors: this.#errors,
      trends: {
        ...(this.#latency === undefined ? {} : { message_latency: this.#latency }),
        ...(this.#connect === undefined ? {} : { connect_time: this.#connect }),
      },
    };
  }
}

const joined = (all: HistogramData | undefined, more: HistogramData | undefined): HistogramData | undefined =>
  all === undefined || more === undefined ? (all ?? more) : mergedData([all, more]);
