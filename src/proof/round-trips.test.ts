/** However far away the broker is, the verdicts are the same: deadlines and waits grow with the way to it. */
import { expect, test } from 'vitest';
import { instancesOf } from '#kit';
import { CASES } from '#suites';
import { LAB_DOORS } from './lab-target.ts';
import { provableCases } from './prove.ts';
import { ENDLESS, runOneAlone } from './run-alone.ts';

const INSTANCES = instancesOf(provableCases(CASES), LAB_DOORS);

async function verdicts(roundTripMs: number): Promise<string[]> {
  const lines: string[] = [];
  for (const instance of INSTANCES) {
    const { verdict } = await runOneAlone(instance, { roundTripMs, maximumEvents: 4 * ENDLESS });
    lines.push(`${instance.id}: ${verdict}`);
  }
  return lines;
}

const near = verdicts(0).then((lines) => new Set(lines));

test.each([200, 2_000])('round trips of %i ms change no verdict', { timeout: 240_000 }, async (roundTripMs) => {
  const known = await near;
  const far = await verdicts(roundTripMs);
  expect(far.filter((line) => !known.has(line))).toEqual([]);
});
