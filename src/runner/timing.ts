import type { Timing } from '#kit';
import { TIMING_BOUNDS, TIMING_DEFAULTS } from '#target';
import type { Examination } from './examine.ts';
import { RUN_LIMITS } from './limits.ts';

/** Deadlines for this target: what the round trip adds to a share that a busy machine may need (BROKERS.md, lesson 8). */
export function calibrated({ roundTrips, settleMs }: Pick<Examination, 'roundTrips' | 'settleMs'>): Timing {
  const slowest = Math.max(0, ...roundTrips);
  return {
    replyMs: within('replyMs', TIMING_DEFAULTS.replyMs + 20 * slowest),
    graceMs: within('graceMs', TIMING_DEFAULTS.graceMs + 20 * slowest),
    settleMs: within('settleMs', settleMs === undefined ? TIMING_DEFAULTS.settleMs : 2 * settleMs),
  };
}

function within(name: keyof typeof TIMING_BOUNDS, ms: number): number {
  const { least, most } = TIMING_BOUNDS[name];
  return Math.min(most, Math.max(least, Math.ceil(ms)));
}

/** For confirmations. */
export function patient({ replyMs, settleMs, graceMs }: Timing): Timing {
  const factor = RUN_LIMITS.confirmationFactor;
  return { replyMs: factor * replyMs, settleMs: factor * settleMs, graceMs: factor * graceMs };
}
