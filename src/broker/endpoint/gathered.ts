/** Joins what is sent within one turn, so that a burst of packets costs one write. */
import type { Clock, Timer } from '#io';

export class Gathered {
  readonly #clock: Clock;
  readonly #flushed: (parts: readonly Uint8Array[], length: number) => void;
  #parts: Uint8Array[] = [];
  #length = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock, flushed: (parts: readonly Uint8Array[], length: number) => void) {
    this.#clock = clock;
    this.#flushed = flushed;
  }

  /** Bytes that wait. */
  get length(): number {
    return this.#length;
  }

  /** `ms` counts from the first of the burst. */
  add(bytes: Uint8Array, ms = 0): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
    this.#timer ??= this.#clock.after(ms, () => this.flush());
  }

  flush(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.#parts.length === 0) return;
    const parts = this.#parts;
    const length = this.#length;
    this.#parts = [];
    this.#length = 0;
    this.#flushed(parts, length);
  }

  discard(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#parts = [];
    this.#length = 0;
  }
}

/** One array of all parts; a single part stays what it is. */
export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
