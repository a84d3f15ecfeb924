import { AssertionError } from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { mutants } from '../mutants.ts';
import { Bench, NothingCame } from './bench.ts';
import { SCENARIOS } from './index.ts';

/** A few stories that touch much of the core: all of them with all mutants take minutes. */
const STORIES = [
  ['publish', 'each QoS is answered and delivered as it is granted'],
  ['session', 'unacknowledged deliveries are repeated as they were'],
  ['will', 'waits for its delay'],
  ['lifecycle', 'a message expires while it waits, and says what is left'],
] as const;

describe('mutants', () => {
  it('have names of their own', () => {
    const ids = mutants().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(400);
  });

  it.each(STORIES)('%s: %s: none of them breaks the broker itself', async (chapter, title) => {
    const scenario = SCENARIOS[chapter]?.[title];
    if (scenario === undefined) return expect.fail('no such story');
    const broken: string[] = [];
    for (const { id, alteration } of mutants()) {
      try {
        await scenario.run(new Bench({ ...scenario.with, alterations: [alteration] }), '5.0');
      } catch (error) {
        if (!(error instanceof AssertionError || error instanceof NothingCame)) broken.push(`${id}: ${String(error)}`);
      }
    }
    expect(broken).toEqual([]);
  });
});
