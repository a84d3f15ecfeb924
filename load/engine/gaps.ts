/** Sequence numbers that were passed over, as ranges: what is still in here at the end is lost. */

/** `[from, to)` one behind the other, ascending. */
export class Gaps {
  readonly #bounds: number[] = [];

  /** Adds `[from, to)`, which lies behind all others. */
  add(from: number, to: number): void {
    const last = this.#bounds.length - 1;
    if (last > 0 && this.#bounds[last] === from) this.#bounds[last] = to;
    else this.#bounds.push(from, to);
  }

  /** Takes a number out; false where it is not in here. */
  take(number: number): boolean {
    const at = this.#find(number);
    if (at < 0) return false;
    const from = this.#bounds[at] as number;
    const to = this.#bounds[at + 1] as number;
    if (from === number && to === number + 1) this.#bounds.splice(at, 2);
    else if (from === number) this.#bounds[at] = number + 1;
    else if (to === number + 1) this.#bounds[at + 1] = number;
    else this.#bounds.splice(at + 1, 0, number, number + 1);
    return true;
  }

  /** How many numbers from `from` up to but not including `to` are in here. */
  count(from = 0, to = Infinity): number {
    let sum = 0;
    for (let at = 0; at < this.#bounds.length; at += 2) {
      const begin = Math.max(from, this.#bounds[at] as number);
      const end = Math.min(to, this.#bounds[at + 1] as number);
      if (end > begin) sum += end - begin;
    }
    return sum;
  }

  #find(number: number): number {
    let low = 0;
    let high = this.#bounds.length / 2 - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (number < (this.#bounds[2 * middle] as number)) high = middle - 1;
      else if (number >= (this.#bounds[2 * middle + 1] as number)) low = middle + 1;
      else return 2 * middle;
    }
    return -1;
  }
}
