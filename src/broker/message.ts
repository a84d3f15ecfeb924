import type { Properties, Publish, Qos } from '#wire';

/** An Application Message between its publisher and its subscribers. */
export interface Message {
  readonly topic: string;
  readonly payload: Uint8Array;
  readonly qos: Qos;
  readonly retain: boolean;
  /** What is forwarded as it came: no alias, no Subscription Identifier, no Message Expiry Interval of ours. */
  readonly properties?: Properties;
  /** Subscription Identifiers of the subscriptions that it goes out for. */
  readonly identifiers?: readonly number[];
  /** Milliseconds of the clock after which it is not delivered any more (5.0 §3.3.2.3.3). */
  readonly expiresAt?: number;
  /** The Client Identifier of the publisher (No Local). */
  readonly from: string;
  /** Of a delivery: the shared subscription that it belongs to. */
  readonly share?: string;
  /** The publisher's packet: what of it must not be forwarded (DUP, alias) is here for alterations only. */
  readonly source?: Publish;
}

/** The bytes, copied where they are a small view of much more, which would otherwise be kept as long as they are. */
export const ownBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.buffer.byteLength > 2 * bytes.length + 256 ? bytes.slice() : bytes;
