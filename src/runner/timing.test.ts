import { describe, expect, it } from 'vitest';
import { patient } from './timing.ts';

describe('patient', () => {
  it('gives five times as long', () => {
    expect(patient({ replyMs: 2_000, settleMs: 50, graceMs: 3_000 })).toEqual({
      replyMs: 10_000,
      settleMs: 250,
      graceMs: 15_000,
    });
  });

  it('ends where a slow target has long deadlines already, but never below the double', () => {
    expect(patient({ replyMs: 6_000, settleMs: 50, graceMs: 15_000 })).toMatchObject({
      replyMs: 20_000,
      graceMs: 30_000,
    });
  });
});
