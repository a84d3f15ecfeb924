/** Every bound of the reference broker in one record: what is advertised in CONNACK is what is enforced. */
import type { Qos } from '#wire';

export interface Limits {
  /** QoS 1 and 2 messages that a client may have open (5.0 §3.2.2.3.3). */
  readonly receiveMaximum: number;
  /** Bytes of a whole packet from a client (5.0 §3.2.2.3.6). */
  readonly maximumPacketSize: number;
  /** Aliases that a client may define; 0: none (5.0 §3.2.2.3.8). */
  readonly topicAliasMaximum: number;
  readonly maximumQos: Qos;
  readonly retainAvailable: boolean;
  readonly wildcardSubscriptionAvailable: boolean;
  readonly subscriptionIdentifierAvailable: boolean;
  readonly sharedSubscriptionAvailable: boolean;
  /** Seconds; the longest keep alive that is granted, 0: whatever the client asks for (5.0 §3.2.2.3.14). */
  readonly serverKeepAlive: number;
  /** Seconds; a longer request is cut, and said so (5.0 §3.2.2.3.2). 0xFFFFFFFF never ends. */
  readonly maximumSessionExpiry: number;

  /** Milliseconds from the first byte of a connection (or its upgrade) to a whole CONNECT. */
  readonly connectTimeoutMs: number;
  /** Messages that wait for one session; the newest is refused beyond. */
  readonly queuedMessages: number;
  /** Bytes of payload that wait for one session. */
  readonly queuedBytes: number;
  /** Bytes not yet taken by a transport beyond which QoS 0 is dropped and QoS 1 and 2 wait. */
  readonly sendBufferBytes: number;
  /** Open deliveries to one client where it names no smaller Receive Maximum. */
  readonly inflight: number;
  /** Sessions, connected or not; a further CONNECT is refused. */
  readonly sessions: number;
  readonly retainedMessages: number;
  readonly subscriptionsPerSession: number;
  /** Topics whose subscribers are remembered between two changes of the subscriptions. */
  readonly cachedRoutes: number;
}

export const DEFAULT_LIMITS: Limits = {
  receiveMaximum: 100,
  maximumPacketSize: 4 * 1024 * 1024,
  topicAliasMaximum: 16,
  maximumQos: 2,
  retainAvailable: true,
  wildcardSubscriptionAvailable: true,
  subscriptionIdentifierAvailable: true,
  sharedSubscriptionAvailable: true,
  serverKeepAlive: 0,
  maximumSessionExpiry: 0xffffffff,
  connectTimeoutMs: 10_000,
  queuedMessages: 10_000,
  queuedBytes: 64 * 1024 * 1024,
  sendBufferBytes: 16 * 1024 * 1024,
  inflight: 1_000,
  sessions: 100_000,
  retainedMessages: 100_000,
  subscriptionsPerSession: 10_000,
  cachedRoutes: 4_096,
};
