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
  return { replyMs: patience(replyMs), settleMs: RUN_LIMITS.confirmationFactor * settleMs, graceMs: patience(graceMs) };
}

/** Bounded, so that a broker of which something comes after half a minute is not judged by how busy the machine was. */
function patience(ms: number): number {
  const { confirmationFactor, confirmationMs } = RUN_LIMITS;
  return Math.min(confirmationFactor * ms, Math.max(confirmationMs, 2 * ms));
}
