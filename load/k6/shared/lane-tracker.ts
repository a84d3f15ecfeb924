import { Gaps } from '../../engine/gaps.ts';

/** What one subscriber has got of one lane. Its sequence begins at 0, so a missing head is seen; a missing tail, by who knows what was sent. */
export class LaneTracker {
  /** The next one that is expected. */
  #next = 0;
  readonly #missing = new Gaps();
  #missed = 0;

  /** How many are missing before one that came: no waiting brings them, as a lane is in order. */
  get gaps(): number {
    return this.#missed;
  }

  /** How many different ones came. */
  get received(): number {
    return this.#next - this.#missed;
  }

  note(sequence: number): 'new' | 'reordered' | 'duplicated' {
    if (sequence >= this.#next) {
      if (sequence > this.#next) this.#missing.add(this.#next, sequence);
      this.#missed += sequence - this.#next;
      this.#next = sequence + 1;
      return 'new';
    }
    if (!this.#missing.take(sequence)) return 'duplicated';
    this.#missed -= 1;
    return 'reordered';
  }
}
