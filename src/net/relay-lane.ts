import type { Socket } from 'node:net';
import type { Clock, SeededRandom, Timer } from '#io';
import { RELAY_LIMITS, type RelayBehaviour } from './relay-behaviour.ts';

export interface RelayLaneOptions {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly behaviour: () => RelayBehaviour;
  readonly record: (bytes: Uint8Array) => void;
}

type Item = Uint8Array | 'fin';

/** One direction of one connection: holds, splits and sends, in order. */
export class RelayLane {
  readonly #source: Socket;
  readonly #sink: Socket;
  readonly #options: RelayLaneOptions;
  readonly #queue: { readonly due: number; readonly item: Item }[] = [];
  #held = 0;
  #lastDue = 0;
  #timer: Timer | undefined;
  #dropped = false;

  constructor(source: Socket, sink: Socket, options: RelayLaneOptions) {
    this.#source = source;
    this.#sink = sink;
    this.#options = options;
    source.on('data', (bytes: Uint8Array) => this.take(bytes));
    source.on('end', () => this.hold('fin'));
    sink.on('drain', () => this.flowOn());
  }

  /** Forgets what is held. */
  drop(): void {
    this.#dropped = true;
    this.#timer?.cancel();
    this.#queue.length = 0;
  }

  private take(bytes: Uint8Array): void {
    this.#options.record(bytes);
    const { splitBytes } = this.#options.behaviour();
    const size = splitBytes > 0 ? splitBytes : bytes.length;
    for (let at = 0; at < bytes.length; at += size) this.hold(bytes.subarray(at, at + size));
  }

  private hold(item: Item): void {
    if (this.#dropped) return;
    const { clock, random, behaviour } = this.#options;
    const { delayMs, jitterMs } = behaviour();
    const wanted = clock.now() + delayMs + (jitterMs > 0 ? random.number() * jitterMs : 0);
    this.#lastDue = Math.max(this.#lastDue, wanted);
    this.#queue.push({ due: this.#lastDue, item });
    if (item !== 'fin') this.#held += item.length;
    if (this.#held > RELAY_LIMITS.heldBytes) this.#source.pause();
    this.wait();
  }

  private wait(): void {
    const [next] = this.#queue;
    if (this.#timer !== undefined || next === undefined) return;
    const { clock } = this.#options;
    this.#timer = clock.after(Math.max(0, next.due - clock.now()), () => this.send());
  }

  /** One item a turn: each becomes a segment of its own. */
  private send(): void {
    this.#timer = undefined;
    const next = this.#queue.shift();
    if (next === undefined) return;
    const { item } = next;
    if (item !== 'fin') this.#held -= item.length;
    if (!this.#options.behaviour().halfOpen && !this.#sink.destroyed) {
      if (item === 'fin') this.#sink.end();
      else this.#sink.write(item);
    }
    this.flowOn();
    this.wait();
  }

  private flowOn(): void {
    const room = this.#held <= RELAY_LIMITS.heldBytes / 2 && !this.#sink.writableNeedDrain;
    if (room) this.#source.resume();
    else if (this.#sink.writableNeedDrain) this.#source.pause();
  }
}
