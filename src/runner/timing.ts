import type { Timing } from '#kit';
import { TIMING_BOUNDS, TIMING_DEFAULTS } from '#target';
import type { Examination } from './examine.ts';
import { RUN_LIMITS } from './limits.ts';

/**
 * Deadlines for this target: a share that a busy machine may need (BROKERS.md, lesson 8), more of it where round trips
 * differ, and four times the way itself.
 */
export function calibrated({ roundTrips, settleMs }: Pick<Examination, 'roundTrips' | 'settleMs'>): Timing {
  const sorted = roundTrips.toSorted((a, b) => a - b);
  const { 0: fastest = 0, [sorted.length - 1]: slowest = 0, [Math.floor(sorted.length / 2)]: usual } = sorted;
  const extra = 4 * fastest + 20 * (slowest - fastest);
  return {
    replyMs: within('replyMs', TIMING_DEFAULTS.replyMs + extra),
    graceMs: within('graceMs', TIMING_DEFAULTS.graceMs + extra),
    settleMs: within('settleMs', settleMs === undefined ? TIMING_DEFAULTS.settleMs : 2 * settleMs),
    ...(usual === undefined ? {} : { roundTripMs: usual }),
  };
}

function within(name: keyof typeof TIMING_BOUNDS, ms: number): number {
  const { least, most } = TIMING_BOUNDS[name];
  return Math.min(most, Math.max(least, Math.ceil(ms)));
}

/** How many instances keep the broker as busy as `RUN_LIMITS.concurrency` of them do where it is near. */
export function concurrencyFor({ roundTripMs = 0 }: Timing): number {
  const { concurrency, roundTripMs: share, mostConcurrent } = RUN_LIMITS;
  return Math.min(mostConcurrent, Math.round(concurrency * (1 + roundTripMs / share)));
}

/** For confirmations. */
export function patient({ replyMs, settleMs, graceMs, roundTripMs = 0 }: Timing): Timing {
  const { confirmationFactor, confirmationRoundTripMs } = RUN_LIMITS;
  return {
    replyMs: patience(replyMs),
    settleMs: confirmationFactor * settleMs,
    graceMs: patience(graceMs),
    roundTripMs: Math.max(roundTripMs, confirmationRoundTripMs),
  };
}

/** Bounded, so that a broker of which something comes after half a minute is not judged by how busy the machine was. */
function patience(ms: number): number {
  const { confirmationFactor, confirmationMs } = RUN_LIMITS;
  return Math.min(confirmationFactor * ms, Math.max(confirmationMs, 2 * ms));
}
