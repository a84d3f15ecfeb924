/** Where the time of a thread went: on a core, waiting for one, collecting garbage. */
import { readFileSync } from 'node:fs';
import { performance, PerformanceObserver } from 'node:perf_hooks';
import { now } from './time.ts';

interface Reading {
  readonly at: number;
  readonly ranMs: number;
  readonly waitedMs: number;
}

export interface ThreadShare {
  /** Shares of the time that passed. */
  readonly busy: number;
  readonly starved: number;
  readonly gcMs: number;
}

export class ThreadTime {
  #gcMs = 0;
  #from = reading();
  #gcFrom = 0;
  #last = this.#from;
  readonly #observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) this.#gcMs += entry.duration;
  });

  constructor() {
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  /** The measured time begins. */
  begin(): void {
    this.#from = reading();
    this.#gcFrom = this.#gcMs;
  }

  /** Share since the last call that the thread ran, 0 to 1. */
  busyLately(): number {
    const last = this.#last;
    this.#last = reading();
    return share(this.#last.ranMs - last.ranMs, this.#last.at - last.at);
  }

  /** Since `begin`. */
  get share(): ThreadShare {
    const to = reading();
    const passed = to.at - this.#from.at;
    return {
      busy: share(to.ranMs - this.#from.ranMs, passed),
      starved: share(to.waitedMs - this.#from.waitedMs, passed),
      gcMs: this.#gcMs - this.#gcFrom,
    };
  }

  close(): void {
    this.#observer.disconnect();
  }
}

const share = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole)));

/** Linux counts both for every thread; elsewhere the loop says how long it was active, and nothing says how long it waited. */
function reading(): Reading {
  try {
    const [ran = 0, waited = 0] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ').map(Number);
    return { at: now(), ranMs: ran / 1e6, waitedMs: waited / 1e6 };
  } catch {
    return { at: now(), ranMs: performance.eventLoopUtilization().active, waitedMs: 0 };
  }
}
