/** Does a thing for one client after the other, each at its own time of an absolute schedule. */
import { dueMs } from '../profiles/topology.ts';
import type { Client } from './client.ts';

export interface PacerOptions {
  readonly startAt: number;
  readonly perSecond: number;
  /** How many clients take turns, in all threads. */
  readonly parts: number;
  /** Those of this thread, with their numbers, ascending. */
  readonly locals: readonly Local[];
  /** Begins again with the first after the last, until it is stopped. */
  readonly endless: boolean;
  /** `settled` must be called once, when the thing is done. */
  readonly act: (client: Client, intended: number, settled: () => void) => void;
}

export interface Local {
  readonly part: number;
  readonly client: Client;
}

export class Pacer {
  readonly #options: PacerOptions;
  #round = 0;
  #next = 0;
  #under = 0;
  #stopped = false;

  constructor(options: PacerOptions) {
    this.#options = options;
  }

  /** Nothing is to be begun and nothing is under way. */
  get done(): boolean {
    return this.#under === 0 && this.#exhausted;
  }

  get #exhausted(): boolean {
    const { locals, endless } = this.#options;
    return this.#stopped || locals.length === 0 || (!endless && this.#round > 0);
  }

  /** Does what is due; gives when the next is due, or Infinity. */
  tick(at: number): number {
    const { locals, act } = this.#options;
    for (;;) {
      if (this.#exhausted) return Infinity;
      const due = this.#due();
      if (due > at) return due;
      const { client } = locals[this.#next] as Local;
      this.#next += 1;
      if (this.#next === locals.length) {
        this.#next = 0;
        this.#round += 1;
      }
      this.#under += 1;
      let open = true;
      act(client, due, () => {
        if (open) this.#under -= 1;
        open = false;
      });
    }
  }

  #due(): number {
    const { startAt, perSecond, parts, locals } = this.#options;
    return startAt + dueMs(this.#round * parts + (locals[this.#next] as Local).part, perSecond);
  }

  stop(): void {
    this.#stopped = true;
  }
}
