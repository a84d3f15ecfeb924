/** The reference broker behind real listeners. */
import type { Socket } from 'node:net';
import { cryptoRandom, type Duplex, nodeCompression, realClock, socketDuplex } from '#io';
import type { BrokerOptions, RunningBroker } from './contract.ts';
import { createBroker } from './create-broker.ts';
import { Listeners } from './listeners.ts';
import { secureListener } from './tls/listener.ts';
import type { BrokerTls } from './tls/options.ts';
import type { Peer } from './tls/peer.ts';

export interface StartOptions extends Omit<BrokerOptions, 'clock' | 'random' | 'compression'> {
  /** Where both listeners bind. Default 127.0.0.1. */
  readonly host?: string;
  /** TCP port of the WebSocket listener; 0, the default: any free one. */
  readonly wsPort?: number;
  /** TCP port of the plain listener; 0, the default: any free one. */
  readonly tcpPort?: number;
  /** WebSocket and MQTT over TLS, beside those without it. */
  readonly tls?: BrokerTls;
  /** TCP ports of these; 0, the default: any free ones. */
  readonly wssPort?: number;
  readonly mqttsPort?: number;
  /** Default: the machine's clock. */
  readonly clock?: BrokerOptions['clock'];
  /** Default: the system's source. */
  readonly random?: BrokerOptions['random'];
  /** Gives what the broker gets instead of a connection: the same, overheard. */
  readonly tap?: (duplex: Duplex, transport: 'ws' | 'tcp') => Duplex;
}

/** Milliseconds that open connections get to end by themselves on `close()`. */
const CLOSE_GRACE_MS = 500;

/**
 * Resolves when all listeners accept. Rejects with the system's error (`EADDRINUSE`, …), or with OpenSSL's where the TLS
 * material can't be used, with nothing left open.
 */
export async function startBroker(options: StartOptions = {}): Promise<RunningBroker> {
  const { host = '127.0.0.1', wsPort = 0, tcpPort = 0, wssPort = 0, mqttsPort = 0, tap, tls, ...rest } = options;
  const clock = rest.clock ?? realClock();
  const broker = createBroker({ random: cryptoRandom.bytes, ...rest, compression: nodeCompression, clock });
  const listeners = new Listeners();
  const accept = (duplex: Duplex, transport: 'ws' | 'tcp', peer?: Peer): void =>
    broker.accept(tap === undefined ? duplex : tap(duplex, transport), transport, peer);
  const plain = (transport: 'ws' | 'tcp') => (socket: Socket) => accept(socketDuplex(socket), transport);
  const secure = (transport: 'ws' | 'tcp', material: BrokerTls) =>
    secureListener({
      tls: material,
      gate: broker.gate,
      clock,
      transport,
      accept: (duplex, peer) => accept(duplex, transport, peer),
    });
  try {
    const ws = listeners.open(plain('ws'), wsPort, host);
    const tcp = listeners.open(plain('tcp'), tcpPort, host);
    const wss = tls === undefined ? undefined : listeners.open(secure('ws', tls), wssPort, host);
    const mqtts = tls === undefined ? undefined : listeners.open(secure('tcp', tls), mqttsPort, host);
    const name = host.includes(':') ? `[${host}]` : host;
    const path = options.path ?? '/mqtt';
    const ports = await Promise.all([ws, tcp, wss, mqtts]);
    return {
      broker,
      wsUrl: `ws://${name}:${ports[0]}${path}`,
      tcpUrl: `mqtt://${name}:${ports[1]}`,
      ...(ports[2] === undefined ? {} : { wssUrl: `wss://${name}:${ports[2]}${path}` }),
      ...(ports[3] === undefined ? {} : { mqttsUrl: `mqtts://${name}:${ports[3]}` }),
      close: () =>
        listeners.close(() => {
          broker.close();
          return clock.after(CLOSE_GRACE_MS, () => listeners.cut());
        }),
    };
  } catch (error) {
    await listeners.close(() => {
      broker.close();
      return clock.after(0, () => listeners.cut());
    });
    throw error;
  }
}
