/** The turns of one virtual user in an activity: of all things that are due, those whose client lives here. */
import { dueMs } from '../../profiles/topology.ts';

export interface Turn {
  /** Number of the thing in the activity. */
  readonly k: number;
  /** Index among the clients that take part. */
  readonly part: number;
  /** Milliseconds since the start of the stage. */
  readonly due: number;
}

export class Turns {
  readonly #own: readonly number[];
  readonly #parts: number;
  readonly #perSecond: number;
  readonly #count: number;
  #round = 0;
  #at = 0;

  /** `own`: parts that live here, ascending. */
  constructor(own: readonly number[], parts: number, perSecond: number, count: number) {
    this.#own = own;
    this.#parts = parts;
    this.#perSecond = perSecond;
    this.#count = count;
  }

  /** The next thing if it is due at `elapsed` milliseconds; it is taken. */
  take(elapsed: number): Turn | undefined {
    const part = this.#own[this.#at];
    if (part === undefined) return undefined;
    const k = this.#round * this.#parts + part;
    if (k >= this.#count) return undefined;
    const due = dueMs(k, this.#perSecond);
    if (due > elapsed) return undefined;
    this.#at += 1;
    if (this.#at === this.#own.length) {
      this.#at = 0;
      this.#round += 1;
    }
    return { k, part, due };
  }

  /** Whether nothing is left. */
  get done(): boolean {
    const part = this.#own[this.#at];
    return part === undefined || this.#round * this.#parts + part >= this.#count;
  }
}
