/** What the page and the process that drives it tell each other: plain data, octets as base64. */
import type { MqttVersion } from '#spec';
import type { Qos } from '#wire';

export interface PageOptions {
  readonly url: string;
  readonly version: MqttVersion;
  readonly clientId: string;
  readonly username?: string;
  readonly password?: string;
  readonly clean: boolean;
  /** Seconds; 5.0 only. */
  readonly sessionExpiryInterval?: number;
  /** Seconds. */
  readonly keepAlive: number;
  readonly will?: { readonly topic: string; readonly payload: string; readonly qos: Qos; readonly retain: boolean };
  /** Milliseconds after which MQTT.js comes back by itself; 0: never. */
  readonly reconnectMs: number;
}

export interface PageMessage {
  readonly topic: string;
  readonly payload: string;
  readonly qos: Qos;
  readonly retain: boolean;
}

/** The CloseEvent of the socket. */
export interface PageEnd {
  readonly code: number;
  readonly reason: string;
  readonly wasClean: boolean;
}

/** What a bare WebSocket came to: opened, or not; a page learns no more than this. */
export type PageSocketFate =
  { readonly opened: true; readonly protocol: string } | { readonly opened: false; readonly end: PageEnd };

/** A client in the page, whatever it is made of. Every promise rejects once the connection is lost. */
export interface PageSide {
  readonly sessionPresent: boolean;
  subscribe(filter: string, qos: Qos): Promise<number>;
  publish(topic: string, payload: Uint8Array, qos: Qos, retain: boolean): Promise<void>;
  message(): Promise<PageMessage>;
  /** Session Present of the next connection that the client makes by itself. */
  again(): Promise<boolean>;
  /** DISCONNECT, and the end of the socket. */
  end(): Promise<PageEnd>;
  /** The same without DISCONNECT, as a page does that knows nothing of MQTT. */
  close(): Promise<PageEnd>;
  /** The end of the socket, whoever brings it about. */
  ended(): Promise<PageEnd>;
}

/** What the page offers as `globalThis.mqttspec`. */
export interface PageFace {
  open(
    library: 'mqttjs' | 'own',
    options: PageOptions,
  ): Promise<{ readonly id: number; readonly sessionPresent: boolean }>;
  /** An HTTPS request, whatever is answered. */
  visit(url: string): Promise<void>;
  socket(url: string, protocols: readonly string[]): Promise<PageSocketFate>;
  subscribe(id: number, filter: string, qos: Qos): Promise<number>;
  publish(id: number, topic: string, payload: string, qos: Qos, retain: boolean): Promise<void>;
  message(id: number): Promise<PageMessage>;
  again(id: number): Promise<boolean>;
  end(id: number): Promise<PageEnd>;
  close(id: number): Promise<PageEnd>;
  ended(id: number): Promise<PageEnd>;
}
