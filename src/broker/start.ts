/** The reference broker behind real listeners. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { cryptoRandom, type Duplex, nodeCompression, realClock, socketDuplex } from '#io';
import type { BrokerOptions, RunningBroker } from './contract.ts';
import { createBroker } from './create-broker.ts';

export interface StartOptions extends Omit<BrokerOptions, 'clock' | 'random' | 'compression'> {
  /** Where both listeners bind. Default 127.0.0.1. */
  readonly host?: string;
  /** TCP port of the WebSocket listener; 0, the default: any free one. */
  readonly wsPort?: number;
  /** TCP port of the plain listener; 0, the default: any free one. */
  readonly tcpPort?: number;
  /** Default: the machine's clock. */
  readonly clock?: BrokerOptions['clock'];
  /** Default: the system's source. */
  readonly random?: BrokerOptions['random'];
  /** Gives what the broker gets instead of a connection: the same, overheard. */
  readonly tap?: (duplex: Duplex, transport: 'ws' | 'tcp') => Duplex;
}

/** Milliseconds that open connections get to end by themselves on `close()`. */
const CLOSE_GRACE_MS = 500;

/** Resolves when both listeners accept. Rejects with the system's error (`EADDRINUSE`, …), with nothing left open. */
export async function startBroker(options: StartOptions = {}): Promise<RunningBroker> {
  const { host = '127.0.0.1', wsPort = 0, tcpPort = 0, tap, ...rest } = options;
  const clock = rest.clock ?? realClock();
  const broker = createBroker({ random: cryptoRandom.bytes, ...rest, compression: nodeCompression, clock });
  const sockets = new Set<Socket>();
  const listener = (transport: 'ws' | 'tcp'): Server =>
    createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      const duplex = socketDuplex(socket);
      broker.accept(tap === undefined ? duplex : tap(duplex, transport), transport);
    });
  const ws = listener('ws');
  const tcp = listener('tcp');
  const settled = await Promise.allSettled([listen(ws, wsPort, host), listen(tcp, tcpPort, host)]);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await Promise.all([stop(ws), stop(tcp)]);
    broker.close();
    throw failed.reason as Error;
  }
  let closing: Promise<void> | undefined;
  const name = host.includes(':') ? `[${host}]` : host;
  const close = async (): Promise<void> => {
    const stopped = Promise.all([stop(ws), stop(tcp)]);
    broker.close();
    const timer = clock.after(CLOSE_GRACE_MS, () => sockets.forEach((socket) => socket.destroy()));
    await stopped;
    timer.cancel();
  };
  return {
    broker,
    wsUrl: `ws://${name}:${portOf(ws)}${options.path ?? '/mqtt'}`,
    tcpUrl: `mqtt://${name}:${portOf(tcp)}`,
    close: () => (closing ??= close()),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // A failed accept (too many open files) concerns one client, not the listener.
      server.on('error', () => undefined);
      resolve();
    });
  });
}

/** Resolves when the listener and all its connections are gone; at once where it never listened. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => void server.close(() => resolve()));
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
