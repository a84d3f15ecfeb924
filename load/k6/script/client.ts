/** What a virtual user asks of one MQTT client, and what it is told; `k6/websockets` and `k6/x/mqtt` are two ways to do it. */
import type { Connect, Qos } from '#wire';
import type { LaneTemplate } from '../shared/lane-template.ts';
import type { Head } from '../shared/payload.ts';

export interface Filter {
  readonly filter: string;
  readonly qos: Qos;
}

export interface ClientListener {
  /** CONNACK that accepts; `connackMs`: how long it took after CONNECT, where that is known. */
  connected(sessionPresent: boolean, at: number, connackMs?: number): void;
  /** It never came to an accepting CONNACK, or ended without our asking. */
  ended(kind: string, message: string, at: number): void;
  /** How many filters were granted and refused. */
  subscribed(granted: number, refused: number, tookMs: number, at: number): void;
  unsubscribed(tookMs: number, at: number): void;
  /** `pubrec` is half of it; the others complete the message that was due at `intended`. */
  acknowledged(what: 'puback' | 'pubrec' | 'pubcomp', qos: Qos, tookMs: number, intended: number): void;
  message(payload: Uint8Array, at: number): void;
  /** The broker broke a promise that the client sees. */
  broke(invariant: string, message: string, at: number): void;
  /** Octets of frames' contents. */
  traffic(sent: number, received: number): void;
}

export interface Client {
  readonly connected: boolean;
  connect(): void;
  subscribe(filters: readonly Filter[]): void;
  unsubscribe(filters: readonly string[]): void;
  /** Whether a message of this QoS may be sent now. */
  canPublish(qos: Qos): boolean;
  publish(template: LaneTemplate, head: Head, qos: Qos): void;
  /** Sends what was gathered in this tick. */
  flush(): void;
  /** `disconnect`: DISCONNECT, then the transport's end · `close`: without DISCONNECT. */
  end(how: 'disconnect' | 'close'): void;
  /** Called in each tick: keep alive. */
  tick(at: number): void;
}

export interface ClientSetup {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** CONNECT as it is sent. */
  readonly connect: Connect;
  readonly packing: 'one' | 'many' | 'split';
  /** Messages of QoS 1 and 2 that may be unacknowledged, as the profile says. */
  readonly inFlight?: number;
  readonly now: () => number;
}

export type MakeClient = (setup: ClientSetup, listener: ClientListener) => Client;
