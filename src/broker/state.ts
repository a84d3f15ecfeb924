/** What the core knows: connections and sessions. Only the performers of effects change it. */
import type { MqttVersion } from '#spec';
import type { Connect, Packet, Publish, Violation, Will } from '#wire';
import type { About } from './alteration.ts';
import type { BrokerUser } from './contract.ts';
import type { EndReason, PacketSink } from './core-connection.ts';
import type { StoredSubscription } from './effects.ts';
import { Fifo } from './fifo.ts';
import type { Message } from './message.ts';
import type { Peer } from './tls/peer.ts';

/** One connection; it says itself what rules and decisions are about. */
export class Connection implements About {
  readonly connection: number;
  readonly transport: 'ws' | 'tcp';
  readonly sink: PacketSink;
  /** What TLS has found out. */
  readonly peer: Peer;
  /** That of CONNECT; before it, what a refusal is written in. */
  version: MqttVersion = '3.1.1';
  clientId = '';
  packet: Packet | undefined;
  topic: string | undefined;
  filter: string | undefined;
  violation: Violation | undefined;
  ending: EndReason['kind'] | 'connection-lost' | undefined;
  /** `authenticating`: between CONNECT and CONNACK, by AUTH. `refused`: CONNECT was answered with a failure, and an alteration keeps the connection. */
  phase: 'opened' | 'authenticating' | 'connected' | 'refused' | 'ended' = 'opened';
  lost: 'closed' | 'reset' | 'transport-error' | undefined;
  /** Nothing is read from the client because it doesn't read. */
  stopped = false;
  /** CONNECT was answered with a failure. */
  refused = false;
  resumed = false;
  tookOver = false;
  tookOverFrom: 'ws' | 'tcp' | undefined;
  otherIdentity = false;
  subscribed = false;
  exceeding = false;
  /** Who it is, where the broker knows its users. */
  user: BrokerUser | undefined;
  /** The Authentication Method of CONNECT, where it is one that the broker knows. */
  method: string | undefined;
  /** An exchange of AUTH that is under way. */
  exchange: AuthExchange | undefined;
  /** What shows the client, after an exchange, that the broker knows its password. */
  proof: Uint8Array | undefined;
  session: Session | undefined;
  will: Will | undefined;
  /** Milliseconds; 0: no limit. */
  keepAliveLimit = 0;
  /** When the client was last active, and when the keep-alive timer was set. */
  active = 0;
  armed = 0;
  /** Session Expiry Interval that CONNECT asked for. */
  expiryAsked = 0;
  problemInformation = true;
  /** Bytes that the client takes in one packet. */
  maximumPacketSize = Infinity;
  /** Aliases that the client takes, and those in use. */
  topicAliasMaximum = 0;
  readonly aliasesOut = new Map<string, number>();
  readonly aliasesIn = new Map<number, string>();
  /** Deliveries of QoS 1 and 2 that may still be opened, of `window`. */
  quota = 0;
  window = 0;
  /** QoS 2 messages of the client that are open on this connection (its use of our Receive Maximum). */
  readonly receiving = new Set<number>();
  /** Deliveries of an earlier connection that still have to be repeated. */
  resend: number[] = [];

  constructor(connection: number, transport: 'ws' | 'tcp', sink: PacketSink, peer: Peer = {}) {
    this.connection = connection;
    this.transport = transport;
    this.sink = sink;
    this.peer = peer;
  }

  /** What alterations see of `exchange`. */
  get authenticating(): boolean {
    return this.exchange !== undefined;
  }

  get knowsUser(): boolean {
    return this.user !== undefined;
  }

  get v5(): boolean {
    return this.version === '5.0';
  }
}

/** One exchange of AUTH (5.0 §4.12). */
export interface AuthExchange {
  readonly challenge: Uint8Array;
  /** Challenges that are still to come behind this one. */
  readonly left: number;
  /** The CONNECT that waits for its end, and the identifier that was assigned; absent: the client authenticates again. */
  readonly connect?: { readonly packet: Connect; readonly assigned: string | undefined };
}

/** A QoS 1 or 2 message on its way to the client. */
export interface Delivery {
  readonly packet: Publish;
  readonly message: Message;
  stage: 'publish' | 'pubrel';
}

/** The state of one client identifier (§4.1). */
export class Session {
  readonly clientId: string;
  /** Seconds that it outlives its connection. */
  expiry: number;
  live: Connection | undefined;
  /** By key, in the order subscribed. */
  readonly subscriptions = new Map<string, StoredSubscription>();
  /** By Packet Identifier, in the order sent. */
  readonly outbound = new Map<number, Delivery>();
  /** QoS 2 messages of the client by Packet Identifier; with the message where it goes out at PUBREL. */
  readonly inbound = new Map<number, Message | undefined>();
  readonly queue = new Fifo<Message>();
  queuedBytes = 0;
  queuedQos0 = 0;
  lastId = 0;
  /** A will that waits for its delay. */
  will: Will | undefined;

  constructor(clientId: string, expiry: number) {
    this.clientId = clientId;
    this.expiry = expiry;
  }
}
