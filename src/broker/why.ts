import type { PacketType } from '#wire';

/** Why something happens: what alterations select by. */
export type Why =
  | 'reply'
  | 'route'
  | 'retained'
  | 'will'
  | 'queued'
  | 'resend'
  | 'connect'
  | 'clean-start'
  | 'refused'
  | 'violation'
  | 'takeover'
  | 'disconnect'
  | 'keep-alive'
  | 'connection-lost'
  | 'expired'
  | 'acknowledged'
  | 'unacknowledged'
  | 'too-large'
  | 'full'
  | 'shutdown'
  | 'handshake'
  | 'frame';

export const TIMER_NAMES = ['connect', 'keep-alive', 'session-expiry', 'will-delay', 'retransmission'] as const;
export type TimerName = (typeof TIMER_NAMES)[number];

/** What it was that made it happen: a packet, a timer, the transport, the owner of the broker. */
export type Cause = PacketType | TimerName | 'bytes' | 'transport' | 'owner';
