/** Times and bounds with which a target is spoken to; one place, so that the documentation can print them. */

/** Deadlines in milliseconds before calibration has measured the target (BROKERS.md, lesson 8). */
export const TIMING_DEFAULTS = {
  /** For an answer. */
  replyMs: 2_000,
  /** Until a subscription or a retained message has taken effect. */
  settleMs: 50,
  /** For closing a connection. */
  graceMs: 3_000,
} as const;

/** Between these calibration may move the deadlines; in milliseconds. */
export const TIMING_BOUNDS = {
  replyMs: { least: 1_500, most: 15_000 },
  settleMs: { least: 10, most: 5_000 },
  graceMs: { least: 2_000, most: 20_000 },
} as const;

/** How long each phase of opening a connection may take, in milliseconds. */
export const DIAL_LIMITS = {
  resolveMs: 10_000,
  connectMs: 10_000,
  tlsMs: 10_000,
} as const;

/** Longest prefixes that leave room for what the cases add. */
export const PREFIX_LIMITS = {
  /** Bytes of UTF-8; cases add up to 200. */
  topicPrefix: 1_000,
  /** Characters; servers need not take ids of more than 23 (MQTT-3.1.3-5), and cases add 10. */
  clientIdPrefix: 64,
} as const;
