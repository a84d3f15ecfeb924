/**
 * The timer of a thread's loop. Unlike those of a clock it may come up to a millisecond early: a loop that looks at a schedule
 * finds nothing due and lies down again, which is cheaper than a second timer behind each first.
 */
export class LoopTimer {
  readonly #call: () => void;
  #timeout: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #ms = 0;

  constructor(call: () => void) {
    this.#call = call;
  }

  /** Calls once, about `ms` from now; 0: as soon as sockets were looked after. What was armed before is off. */
  arm(ms: number): void {
    if (ms <= 0) {
      this.cancel();
      this.#immediate = setImmediate(this.#call);
      return;
    }
    const whole = Math.ceil(ms);
    clearImmediate(this.#immediate);
    if (this.#timeout !== undefined && this.#ms === whole) {
      this.#timeout.refresh();
      return;
    }
    clearTimeout(this.#timeout);
    this.#ms = whole;
    this.#timeout = setTimeout(this.#call, whole);
  }

  cancel(): void {
    clearImmediate(this.#immediate);
    clearTimeout(this.#timeout);
    this.#timeout = undefined;
  }
}
