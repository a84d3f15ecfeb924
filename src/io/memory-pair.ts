import type { Clock } from './clock.ts';
import type { Duplex, DuplexListener, EndKind } from './duplex.ts';

export interface MemoryPairOptions {
  /** Milliseconds from one side to the other. Default 0: the next turn. */
  readonly latency?: number;
  /** Cuts what is written into deliveries of at most so many bytes. Default: as written. */
  readonly splitEvery?: number;
  /** Bytes that the way takes while the reader doesn't: what is beyond counts as `buffered`. Default 65,536. */
  readonly window?: number;
}

/** Two ends of one connection in memory, which behave like two ends of TCP. All calls come by way of the clock. */
export function memoryPair(clock: Clock, options: MemoryPairOptions = {}): readonly [Duplex, Duplex] {
  const a = new MemoryEnd(clock, options);
  const b = new MemoryEnd(clock, options);
  a.peer = b;
  b.peer = a;
  return [a, b];
}

type Item = Uint8Array | 'fin' | 'reset';

class MemoryEnd implements Duplex {
  peer!: MemoryEnd;
  readonly #clock: Clock;
  readonly #latency: number;
  readonly #splitEvery: number;
  readonly #window: number;
  #listener: DuplexListener | undefined;
  #paused = false;
  #closed = false;
  /** Written, and waiting for room on the way. */
  #outbox: Item[] = [];
  #buffered = 0;
  /** Bytes on the way or waiting for the reader. */
  #underway = 0;
  #ended = false;
  #finSent = false;
  #finSeen = false;
  /** Arrived, and waiting for the reader. */
  readonly #inbox: Item[] = [];
  #peerReset = false;

  constructor(clock: Clock, options: MemoryPairOptions) {
    this.#clock = clock;
    this.#latency = options.latency ?? 0;
    this.#splitEvery = Math.max(1, options.splitEvery ?? Number.POSITIVE_INFINITY);
    this.#window = options.window ?? 65_536;
  }

  get buffered(): number {
    return this.#buffered;
  }

  get closed(): boolean {
    return this.#closed;
  }

  listen(listener: DuplexListener): void {
    if (this.#listener !== undefined) throw new Error('a duplex has exactly one listener');
    this.#listener = listener;
    this.#clock.after(0, () => this.#flush());
  }

  write(bytes: Uint8Array): void {
    if (this.#closed || this.#ended || bytes.length === 0) return;
    // TCP notices a reset that waits behind unread bytes as soon as it wants to send.
    if (this.#peerReset) return this.#close('reset');
    for (let at = 0; at < bytes.length; at += this.#splitEvery) {
      this.#outbox.push(bytes.subarray(at, Math.min(bytes.length, at + this.#splitEvery)));
    }
    this.#buffered += bytes.length;
    this.#pump();
  }

  end(): void {
    if (this.#closed || this.#ended) return;
    this.#ended = true;
    this.#outbox.push('fin');
    this.#pump();
  }

  reset(): void {
    if (this.#closed) return;
    this.#send('reset');
    this.#close('reset');
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#clock.after(0, () => this.#flush());
  }

  /** Hands over to the way what it has room for. */
  #pump(): void {
    let item: Item | undefined;
    while ((item = this.#outbox[0]) !== undefined && (item === 'fin' || this.#underway < this.#window)) {
      this.#outbox.shift();
      if (typeof item !== 'string') {
        this.#buffered -= item.length;
        this.#underway += item.length;
      }
      this.#send(item);
    }
  }

  #send(item: Item): void {
    this.#clock.after(this.#latency, () => this.peer.#arrive(item));
    if (item !== 'fin') return;
    this.#finSent = true;
    this.#closeIfDone();
  }

  #arrive(item: Item): void {
    if (this.#closed) return this.peer.#refused(item);
    if (item === 'reset') this.#peerReset = true;
    this.#inbox.push(item);
    this.#flush();
  }

  /** What comes to an end that is gone is answered by a reset. */
  #refused(item: Item): void {
    if (typeof item !== 'string') this.#clock.after(this.#latency, () => this.#close('reset'));
  }

  #flush(): void {
    while (this.#listener !== undefined && !this.#paused && !this.#closed) {
      const item = this.#inbox.shift();
      if (item === undefined) return;
      if (item === 'reset') return this.#close('reset');
      if (item === 'fin') {
        this.#finSeen = true;
        this.#listener.ended();
        this.#closeIfDone();
      } else {
        this.peer.#taken(item.length);
        this.#listener.data(item);
      }
    }
  }

  #taken(bytes: number): void {
    this.#underway -= bytes;
    if (this.#buffered === 0) return;
    this.#pump();
    if (this.#buffered > 0) return;
    this.#clock.after(0, () => {
      if (!this.#closed && this.#buffered === 0) this.#listener?.drained?.();
    });
  }

  #closeIfDone(): void {
    if (this.#finSent && this.#finSeen) this.#close('fin');
  }

  #close(kind: EndKind): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#outbox = [];
    this.#buffered = 0;
    this.#inbox.length = 0;
    this.#clock.after(0, () => this.#listener?.closed(kind));
  }
}
