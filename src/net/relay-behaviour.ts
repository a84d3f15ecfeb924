/** What a relay does to what passes. */

/** May change while connections are open; what is under way keeps its time. */
export interface RelayBehaviour {
  /** Milliseconds that every chunk is held, in each direction. */
  readonly delayMs: number;
  /** Milliseconds that come on top at random, from 0; the order is kept. */
  readonly jitterMs: number;
  /** Sends in segments of at most so many bytes; 0: as they come. */
  readonly splitBytes: number;
  /** Nothing is forwarded any more, in neither direction, and nothing is closed. */
  readonly halfOpen: boolean;
  /** New connections are accepted and not forwarded: as `halfOpen` for those alone. */
  readonly blackHole: boolean;
}

export const PLAIN_RELAY: RelayBehaviour = {
  delayMs: 0,
  jitterMs: 0,
  splitBytes: 0,
  halfOpen: false,
  blackHole: false,
};

export type RelayDirection = 'to-target' | 'to-client';

export interface RelayChunk {
  /** Milliseconds since the relay started. */
  readonly at: number;
  /** 1, 2, … */
  readonly connection: number;
  readonly direction: RelayDirection;
  readonly bytes: Uint8Array;
}

/** Bounds of one relay. */
export const RELAY_LIMITS = {
  /** Bytes that are recorded; what is beyond is forwarded and counted only. */
  recordedBytes: 8 * 1024 * 1024,
  /** Bytes that one direction of a connection may hold back before its source has to wait. */
  heldBytes: 1024 * 1024,
} as const;
