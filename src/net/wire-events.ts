import type { Clock } from '#io';
import type { WireEvent } from './events.ts';
import type { Wire } from './wire.ts';

/** Most events that wait to be read: who floods is not listened to for ever. */
const WAITING = 10_000;

/** The events of one wire, read one after another. */
export class WireEvents {
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #waiting: WireEvent[] = [];
  over = false;
  /** What the peer broke last: what explains a silence. */
  violation: string | undefined;
  #wake: () => void = () => undefined;

  constructor(wire: Wire, { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal }) {
    this.#clock = clock;
    this.#signal = signal;
    wire.listen((event) => {
      if (this.#waiting.length < WAITING) this.#waiting.push(event);
      if (event.kind === 'violation') this.violation = event.message;
      if (event.kind === 'end') this.over = true;
      this.#wake();
    });
  }

  /** Drops events until one fits. Undefined: none came within `ms`, the connection is over, or the signal has aborted. */
  next(fits: (event: WireEvent) => boolean, ms: number): Promise<WireEvent | undefined> {
    return new Promise((resolve) => {
      const settle = (event: WireEvent | undefined): void => {
        timer.cancel();
        this.#signal.removeEventListener('abort', onAbort);
        this.#wake = () => undefined;
        resolve(event);
      };
      const onAbort = (): void => settle(undefined);
      const look = (): void => {
        for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
          if (fits(event)) return settle(event);
        }
        if (this.over || this.#signal.aborted) settle(undefined);
      };
      const timer = this.#clock.after(ms, () => settle(undefined));
      this.#signal.addEventListener('abort', onAbort, { once: true });
      this.#wake = look;
      look();
    });
  }
}
