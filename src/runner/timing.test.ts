import { describe, expect, it } from 'vitest';
import { calibrated, concurrencyFor, patient } from './timing.ts';
import { RUN_LIMITS } from './limits.ts';

describe('calibrated', () => {
  it('leaves the defaults where the broker is near', () => {
    expect(calibrated({ roundTrips: [], settleMs: 0 })).toEqual({ replyMs: 2_000, graceMs: 3_000, settleMs: 10 });
  });

  it('grants the way four times, and what varies of it twenty times', () => {
    const timing = calibrated({ roundTrips: [220, 200, 210], settleMs: 0 });
    expect(timing).toMatchObject({ replyMs: 3_200, graceMs: 4_200, roundTripMs: 210 });
  });
});

describe('concurrencyFor', () => {
  it('grows with the round trip, within bounds', () => {
    const at = (roundTripMs: number) => concurrencyFor({ replyMs: 1, settleMs: 1, graceMs: 1, roundTripMs });
    expect([at(0), at(25), at(2_000)]).toEqual([16, 32, RUN_LIMITS.mostConcurrent]);
  });
});

describe('patient', () => {
  it('gives five times as long', () => {
    expect(patient({ replyMs: 2_000, settleMs: 50, graceMs: 3_000 })).toEqual({
      replyMs: 10_000,
      settleMs: 250,
      graceMs: 15_000,
      roundTripMs: RUN_LIMITS.confirmationRoundTripMs,
    });
  });

  it('ends where a slow target has long deadlines already, but never below the double', () => {
    expect(patient({ replyMs: 6_000, settleMs: 50, graceMs: 15_000 })).toMatchObject({
      replyMs: 20_000,
      graceMs: 30_000,
    });
  });
});
