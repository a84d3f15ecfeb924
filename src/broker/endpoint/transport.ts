/** The lowest layer of an endpoint: bytes out through the gate's transform, and an end that always comes. */
import type { Clock, Duplex, Timer } from '#io';
import type { About } from '../alteration.ts';
import type { Gate } from '../gate.ts';

/** Milliseconds for which the peer's FIN is waited for after ours; then the connection is cut. */
const FIN_LIMIT_MS = 5_000;

export class Transport {
  readonly duplex: Duplex;
  readonly about: About;
  readonly #gate: Gate;
  readonly #clock: Clock;
  #finTimer: Timer | undefined;
  /** True as soon as this side has ended it, or was told that it is gone. */
  #ended = false;

  constructor(duplex: Duplex, gate: Gate, clock: Clock, about: About) {
    this.duplex = duplex;
    this.about = about;
    this.#gate = gate;
    this.#clock = clock;
  }

  get ended(): boolean {
    return this.#ended;
  }

  write(bytes: Uint8Array): void {
    if (this.#ended) return;
    this.duplex.write(this.#gate.altered ? this.#gate.transform(bytes, this.about) : bytes);
  }

  /** FIN; what still comes is read and dropped, so that no RST destroys what was sent. */
  fin(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.duplex.end();
    this.duplex.resume();
    this.#finTimer = this.#clock.after(FIN_LIMIT_MS, () => this.duplex.reset());
  }

  reset(): void {
    this.#ended = true;
    this.#finTimer?.cancel();
    this.duplex.reset();
  }

  /** The duplex is gone. */
  gone(): void {
    this.#ended = true;
    this.#finTimer?.cancel();
  }
}
