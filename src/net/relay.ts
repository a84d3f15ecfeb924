/** A recording TCP proxy between a client and the target, which misbehaves as a bad network does. */
import { createServer, type Socket } from 'node:net';
import { seededRandom, type Clock } from '#io';
import {
  PLAIN_RELAY,
  RELAY_LIMITS,
  type RelayBehaviour,
  type RelayChunk,
  type RelayDirection,
} from './relay-behaviour.ts';
import { RelayConnection } from './relay-connection.ts';

export interface RelayOptions {
  readonly target: { readonly host: string; readonly port: number };
  readonly clock: Clock;
  /** Of the jitter. */
  readonly seed?: string;
  readonly behaviour?: Partial<RelayBehaviour>;
  /** Default true. */
  readonly record?: boolean;
  /** Sees each chunk as it comes in, recorded or not. */
  readonly onChunk?: (chunk: RelayChunk) => void;
}

export interface Relay {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly behaviour: RelayBehaviour;
  /** Numbers of the open connections. */
  readonly open: readonly number[];
  readonly recorded: readonly RelayChunk[];
  /** Bytes that were forwarded but not recorded, because of the limit. */
  readonly omittedBytes: number;
  change(behaviour: Partial<RelayBehaviour>): void;
  /** Ends connections by FIN in both directions, without what is held. All, or one. */
  cut(connection?: number): void;
  /** Ends connections by RST in both directions. All, or one. */
  reset(connection?: number): void;
  /** Frees the port, ends all connections and forgets what is held. */
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export function startRelay(options: RelayOptions): Promise<Relay> {
  const { clock, record = true } = options;
  const random = seededRandom(options.seed ?? 'relay');
  const start = clock.now();
  const connections = new Map<number, RelayConnection>();
  const recorded: RelayChunk[] = [];
  let behaviour: RelayBehaviour = { ...PLAIN_RELAY, ...options.behaviour };
  let count = 0;
  let recordedBytes = 0;
  let omittedBytes = 0;

  const keep = (connection: number, direction: RelayDirection, bytes: Uint8Array): void => {
    const chunk = { at: clock.now() - start, connection, direction, bytes: Uint8Array.from(bytes) };
    options.onChunk?.(chunk);
    if (!record) return;
    if (recordedBytes + bytes.length > RELAY_LIMITS.recordedBytes) {
      omittedBytes += bytes.length;
      return;
    }
    recordedBytes += bytes.length;
    recorded.push(chunk);
  };
  const accept = (client: Socket): void => {
    count += 1;
    const number = count;
    connections.set(
      number,
      new RelayConnection(client, {
        ...options,
        behaviour: () => behaviour,
        random,
        record: (direction, bytes) => keep(number, direction, bytes),
        closed: () => connections.delete(number),
      }),
    );
  };
  const chosen = (number?: number): RelayConnection[] =>
    [...connections].filter(([own]) => number === undefined || own === number).map(([, connection]) => connection);

  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        host: '127.0.0.1',
        port: typeof address === 'object' && address !== null ? address.port : 0,
        recorded,
        get behaviour() {
          return behaviour;
        },
        get open() {
          return [...connections.keys()];
        },
        get omittedBytes() {
          return omittedBytes;
        },
        change: (changed) => {
          behaviour = { ...behaviour, ...changed };
        },
        cut: (number) => chosen(number).forEach((connection) => connection.cut()),
        reset: (number) => chosen(number).forEach((connection) => connection.reset()),
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            for (const connection of chosen()) connection.destroy();
          }),
      });
    });
  });
}
