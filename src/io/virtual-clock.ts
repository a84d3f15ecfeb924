import type { Clock, Timer } from './clock.ts';
import { EventQueue, type QueuedEvent } from './event-queue.ts';

export interface VirtualClockOptions {
  /** Where time starts, in milliseconds. Default 0. */
  readonly start?: number;
  /** How far time may go from its start, in milliseconds. Default 30 days. */
  readonly maximumTime?: number;
  /** How many calls may be made in all, so that an endless flood ends. Default 20 million. */
  readonly maximumEvents?: number;
}

/** Virtual time could not go on, or went too far. */
export class VirtualTimeError extends Error {
  readonly code: 'VIRTUAL_TIME_STANDSTILL' | 'VIRTUAL_TIME_EXCEEDED' | 'VIRTUAL_EVENTS_EXCEEDED';
  constructor(code: VirtualTimeError['code'], message: string) {
    super(message);
    this.name = 'VirtualTimeError';
    this.code = code;
  }
}

/** Real milliseconds that are granted before "nothing is due" is believed: a lazy import takes some. */
const PATIENCE = 25;
/** Calls for which one turn of the event loop is spent; microtasks are drained after each of them all the same. */
const CALLS_A_TURN = 64;

interface Waiter {
  fail(error: unknown): void;
}

/**
 * Time that costs nothing: it stands still while promises settle, then leaps to the next call that is due.
 * Calls come one at a time, by time and then by the order asked for, and all microtasks are drained between them,
 * so a run is the same each time. There must be no real input or output behind the promise that is waited for.
 */
export class VirtualClock implements Clock {
  #now: number;
  #sequence = 0;
  #events = 0;
  /** Real time at which nothing was due for the first time. */
  #idleSince: number | undefined;
  #turning = false;
  readonly #end: number;
  readonly #maximumEvents: number;
  readonly #later = new EventQueue();
  /** Calls of the present moment, in the order asked for. What is due from `#later` was asked for before them. */
  #present: QueuedEvent[] = [];
  #presentIndex = 0;
  readonly #waiters = new Set<Waiter>();

  constructor(options: VirtualClockOptions = {}) {
    this.#now = options.start ?? 0;
    this.#end = this.#now + (options.maximumTime ?? 30 * 86_400_000);
    this.#maximumEvents = options.maximumEvents ?? 20_000_000;
  }

  now(): number {
    return this.#now;
  }

  /** How many calls were made so far. */
  get events(): number {
    return this.#events;
  }

  after(ms: number, call: () => void): Timer {
    const at = ms > 0 ? this.#now + ms : this.#now;
    const event: QueuedEvent = { at, sequence: this.#sequence++, call };
    if (at === this.#now) this.#present.push(event);
    else this.#later.add(event);
    return {
      cancel: () => {
        event.call = undefined;
      },
    };
  }

  /** Drives time until the promise settles, and settles like it. Rejects with `VirtualTimeError` where that can't be. */
  runUntil<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiter: Waiter = { fail: reject };
      this.#waiters.add(waiter);
      promise.then(resolve, reject).finally(() => this.#waiters.delete(waiter));
      this.#turn();
    });
  }

  /** Like `runUntil`, for what a function returns or throws. */
  run<T>(what: Promise<T> | (() => T | Promise<T>)): Promise<T> {
    return this.runUntil(typeof what === 'function' ? (async () => what())() : what);
  }

  /** Lets `ms` pass, with all that is due before their end. */
  advance(ms: number): Promise<void> {
    return this.runUntil(new Promise<void>((resolve) => void this.after(ms, resolve)));
  }

  /** One turn of the event loop. Node drains microtasks between immediates, so one turn serves many calls. */
  #turn(): void {
    if (this.#turning || this.#waiters.size === 0) return;
    this.#turning = true;
    const calls = Math.min(CALLS_A_TURN, 1 + this.#present.length - this.#presentIndex);
    for (let call = 1; call < calls; call += 1) setImmediate(() => this.#step());
    setImmediate(() => {
      this.#step();
      this.#turning = false;
      this.#turn();
    });
  }

  #step(): void {
    if (this.#waiters.size === 0) return;
    const event = this.#next();
    if (event === undefined) {
      this.#idleSince ??= performance.now();
      if (performance.now() - this.#idleSince > PATIENCE) {
        this.#stop(
          'VIRTUAL_TIME_STANDSTILL',
          `virtual time stands still at ${this.#now} ms: nothing is due and the promise waits`,
        );
      }
      return;
    }
    this.#idleSince = undefined;
    if (event.at > this.#end) {
      this.#later.add(event);
      return this.#stop(
        'VIRTUAL_TIME_EXCEEDED',
        `virtual time would pass its limit: the next call is due at ${event.at} ms`,
      );
    }
    this.#events += 1;
    if (this.#events > this.#maximumEvents) {
      return this.#stop(
        'VIRTUAL_EVENTS_EXCEEDED',
        `more than ${this.#maximumEvents} calls were made by ${this.#now} ms of virtual time`,
      );
    }
    if (event.at > this.#now) this.#now = event.at;
    const { call } = event;
    event.call = undefined;
    try {
      call?.();
    } catch (error) {
      this.#fail(error);
    }
  }

  #next(): QueuedEvent | undefined {
    for (;;) {
      const later = this.#later.first();
      let event: QueuedEvent | undefined;
      if (later !== undefined && later.at <= this.#now) event = this.#later.shift();
      else if (this.#presentIndex < this.#present.length) event = this.#shiftPresent();
      else event = this.#later.shift();
      if (event === undefined || event.call !== undefined) return event;
    }
  }

  #shiftPresent(): QueuedEvent | undefined {
    const event = this.#present[this.#presentIndex];
    this.#presentIndex += 1;
    if (this.#presentIndex > 1024 && this.#presentIndex * 2 > this.#present.length) {
      this.#present = this.#present.slice(this.#presentIndex);
      this.#presentIndex = 0;
    }
    return event;
  }

  #stop(code: VirtualTimeError['code'], message: string): void {
    this.#fail(new VirtualTimeError(code, message));
  }

  #fail(error: unknown): void {
    this.#idleSince = undefined;
    for (const waiter of this.#waiters) waiter.fail(error);
    this.#waiters.clear();
  }
}
