/** Whether this process kept time: what was seen while it did not may be its own doing (a message sent too late, an answer read too late). */
import type { Clock, Timer } from '#io';

/** Milliseconds between two looks at the clock. */
const BEAT_MS = 50;
/** Milliseconds; cases leave more than that between what is in time and what is not. */
const TOLERATED_MS = 400;

interface Gap {
  readonly from: number;
  readonly to: number;
}

export class Lateness {
  readonly #clock: Clock;
  readonly #gaps: Gap[] = [];
  #timer: Timer | undefined;
  #due = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(): void {
    this.#due = this.#clock.now() + BEAT_MS;
    this.#timer = this.#clock.after(BEAT_MS, () => {
      this.#note();
      this.start();
    });
  }

  stop(): void {
    this.#timer?.cancel();
  }

  /**
   * Milliseconds of the longest time in which nothing ran since `since`; 0 where it was none to speak of. Where cases leave
   * room for round trips they leave as much more between what is in time and what is not.
   */
  since(since: number, roundTripMs = 0): number {
    const now = this.#clock.now();
    // The beat itself may still be on its way.
    const gaps = [...this.#gaps, { from: this.#due, to: now }];
    const longest = Math.max(...gaps.filter(({ to }) => to > since).map(({ from, to }) => to - from), 0);
    return longest > TOLERATED_MS + roundTripMs ? longest : 0;
  }

  #note(): void {
    const now = this.#clock.now();
    if (now - this.#due > TOLERATED_MS) this.#gaps.push({ from: this.#due, to: now });
  }
}
