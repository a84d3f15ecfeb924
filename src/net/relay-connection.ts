import { connect, type Socket } from 'node:net';
import type { Clock, SeededRandom } from '#io';
import { RelayLane } from './relay-lane.ts';
import type { RelayBehaviour, RelayDirection } from './relay-behaviour.ts';

export interface RelayConnectionOptions {
  readonly target: { readonly host: string; readonly port: number };
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly behaviour: () => RelayBehaviour;
  readonly record: (direction: RelayDirection, bytes: Uint8Array) => void;
  readonly closed: () => void;
}

/** One client and its way to the target: two lanes. */
export class RelayConnection {
  readonly #client: Socket;
  readonly #target: Socket | undefined;
  readonly #lanes: readonly RelayLane[];
  readonly #closed: () => void;
  #over = false;

  constructor(client: Socket, options: RelayConnectionOptions) {
    this.#client = client;
    this.#closed = options.closed;
    client.on('error', () => undefined);
    if (options.behaviour().blackHole) {
      this.#target = undefined;
      this.#lanes = [];
      client.resume().once('close', () => this.destroy());
      return;
    }
    const { host, port } = options.target;
    const target = connect({ host, port, allowHalfOpen: true, noDelay: true });
    this.#target = target;
    this.#lanes = [
      new RelayLane(client, target, { ...options, record: (bytes) => options.record('to-target', bytes) }),
      new RelayLane(target, client, { ...options, record: (bytes) => options.record('to-client', bytes) }),
    ];
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      let failure: NodeJS.ErrnoException | undefined;
      socket.on('error', (error) => {
        failure = error;
      });
      // A reset, and a target that nobody listens at, go on to the other side; FIN goes by way of the lane.
      socket.once('close', () => {
        if (options.behaviour().halfOpen) return;
        if (failure !== undefined && !other.destroyed) other.resetAndDestroy();
        if (client.destroyed && target.destroyed) this.destroy();
      });
    }
  }

  /** FIN to both. */
  cut(): void {
    for (const lane of this.#lanes) lane.drop();
    for (const socket of this.sockets) socket.destroySoon();
    this.forget();
  }

  /** RST to both. */
  reset(): void {
    for (const socket of this.sockets) if (!socket.destroyed) socket.resetAndDestroy();
    this.destroy();
  }

  destroy(): void {
    for (const socket of this.sockets) socket.destroy();
    this.forget();
  }

  private get sockets(): readonly Socket[] {
    return this.#target === undefined ? [this.#client] : [this.#client, this.#target];
  }

  private forget(): void {
    if (this.#over) return;
    this.#over = true;
    for (const lane of this.#lanes) lane.drop();
    this.#closed();
  }
}
