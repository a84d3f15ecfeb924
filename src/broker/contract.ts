/** The reference broker from outside: what proof, CLI and tests build on. */
import type { Clock, Compression, Duplex, RandomBytes } from '#io';
import type { FaultName, VariantName } from '#spec';
import type { Alteration } from './alteration.ts';
import type { Limits } from './limits.ts';
import type { Peer } from './tls/peer.ts';

export interface BrokerUser {
  readonly username: string;
  /** Absent: the empty one. A client that sends none sends the empty one too. */
  readonly password?: Uint8Array;
  /** Topic filters that the user may publish to, by will too, and subscribe to. Absent: everything. */
  readonly publish?: readonly string[];
  readonly subscribe?: readonly string[];
}

export interface BrokerOptions {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly compression?: Compression;
  readonly faults?: readonly FaultName[];
  readonly variants?: readonly VariantName[];
  /** Further alterations: the generated mutants. */
  readonly alterations?: readonly Alteration[];
  /** Absent: everybody may connect. */
  readonly users?: readonly BrokerUser[];
  readonly limits?: Partial<Limits>;
  /** The only path that the WebSocket listener serves; absent: any. */
  readonly path?: string;
  /** The only origins that the WebSocket listener admits; absent: any. */
  readonly origins?: readonly string[];
}

/** One broker without listeners: connections come as duplexes. */
export interface Broker {
  /** `peer`: what is known of the client by TLS. */
  accept(duplex: Duplex, transport: 'ws' | 'tcp', peer?: Peer): void;
  /** Ends all connections (5.0: DISCONNECT 0x8B) and cancels all timers. */
  close(): void;
}

/** A broker behind real listeners. */
export interface RunningBroker {
  readonly broker: Broker;
  /** `ws://127.0.0.1:9001/mqtt`. */
  readonly wsUrl: string;
  /** `mqtt://127.0.0.1:1883`. */
  readonly tcpUrl: string;
  /** `wss://127.0.0.1:8084/mqtt`, `mqtts://127.0.0.1:8883`: where it was started with TLS. */
  readonly wssUrl?: string;
  readonly mqttsUrl?: string;
  close(): Promise<void>;
}
