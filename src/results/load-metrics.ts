/** The metrics of a load run: their names, units and meanings. Thresholds and reports speak of nothing else. */

/** Distributions, in milliseconds. */
export const TRENDS = {
  message_latency: 'from the intended send of a message to its arrival; the one that counts',
  message_latency_sent: 'from the actual send of a message to its arrival',
  send_lag: 'from the intended to the actual send',
  connect_time: 'from the intended start of a connection to CONNACK',
  connect_tcp: 'TCP handshake, with the look-up of the name',
  connect_tls: 'TLS handshake',
  connect_upgrade: 'HTTP upgrade to WebSocket',
  connect_connack: 'CONNECT to CONNACK',
  suback_time: 'SUBSCRIBE to SUBACK',
  unsuback_time: 'UNSUBSCRIBE to UNSUBACK',
  puback_time: 'QoS 1: actual send of PUBLISH to PUBACK',
  pubrec_time: 'QoS 2: actual send of PUBLISH to PUBREC',
  pubcomp_time: 'QoS 2: actual send of PUBLISH to PUBCOMP',
  retained_latency: 'SUBSCRIBE to the arrival of a retained message',
  will_latency: 'abrupt end of a client to the arrival of its will',
  drain_time: 'start of a drain to the last message that was waited for',
} as const;
export type TrendName = keyof typeof TRENDS;
export const TREND_NAMES = Object.keys(TRENDS) as readonly TrendName[];

/** Totals of the measured stages. */
export const COUNTERS = {
  messages_sent: 'PUBLISH packets sent, repetitions left out',
  messages_acknowledged: 'QoS 1 and 2: completed',
  messages_expected: 'deliveries that the topology asks for',
  messages_received: 'deliveries, repetitions left out',
  messages_lost: 'deliveries that never came',
  messages_undelivered: 'deliveries that had not arrived when the run was cut off, and may be on their way',
  messages_duplicated: 'deliveries that came again',
  messages_reordered: 'deliveries that came after a later message of their lane',
  messages_corrupted: 'deliveries whose payload was changed',
  messages_unexpected: 'deliveries that nobody subscribed to',
  sends_late: 'sends more than 5 ms after their time by the fault of the generator',
  sends_blocked: 'sends more than 5 ms after their time because the broker did not take them',
  connections_opened: 'CONNACKs that accept',
  connections_failed: 'connections that did not come to an accepting CONNACK',
  connections_dropped: 'connections that the broker ended',
  tls_resumed: 'TLS handshakes that resumed an earlier session',
  subscriptions: 'SUBACKs that grant',
  subscriptions_refused: 'SUBACKs that refuse',
  wills_expected: 'wills of clients that ended abruptly, by subscriber',
  wills_received: 'wills that arrived',
  bytes_sent: 'bytes of frames and packets written',
  bytes_received: 'bytes of frames and packets read',
  invariants_broken: 'times that a promise of the standard was broken',
} as const;
export type CounterName = keyof typeof COUNTERS;
export const COUNTER_NAMES = Object.keys(COUNTERS) as readonly CounterName[];

/** Shares from 0 to 1: numerator and denominator are counters or what is said. */
export const RATES = {
  delivered: 'messages_received of messages_expected',
  connected: 'connections_opened of all that were tried, in the whole run',
  acknowledged: 'messages_acknowledged of the QoS 1 and 2 messages sent, in the whole run',
  on_time: 'sends that were neither late nor blocked',
} as const;
export type RateName = keyof typeof RATES;
export const RATE_NAMES = Object.keys(RATES) as readonly RateName[];
