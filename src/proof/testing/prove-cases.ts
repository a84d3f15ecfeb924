/** The meta-test as tests: what fails is named by case and fault. */
import { describe, expect, test } from 'vitest';
import type { Case } from '#kit';
import { CASES } from '#suites';
import { provableCases, prove, type World } from '../prove.ts';

async function wrong(definition: Case, worlds: readonly World[], names?: readonly string[]): Promise<string[]> {
  const checks = await prove(definition, { worlds, ...(names && { names }) });
  return checks.filter(({ ok }) => !ok).flatMap(({ name, details }) => details.map((detail) => `${name} ${detail}`));
}

/** Milliseconds for all variants, or all impostors, of one case on a machine that does other things too. */
const PATIENCE = 180_000;

/** Files like `proof.1.test.ts`: each core takes one after the other. */
const SHARES = 4;

/** Every fourth case, so that no file has all the long ones. */
export function proveShare(share: number): void {
  const cases = provableCases(CASES).filter((_, index) => index % SHARES === share - 1);
  describe.each(cases.map((each) => [each.id, each] as const))('%s', (_id, definition) => {
    test('passes on the clean broker, alone and beside itself', async () => {
      expect(await wrong(definition, ['header', 'clean', 'warm'])).toEqual([]);
    });
    test.each(definition.caughtBy ?? [])('catches %s', async (fault) => {
      expect(await wrong(definition, ['fault'], [fault])).toEqual([]);
    });
    if (definition.observes !== undefined) {
      test('tells its two brokers apart', async () => {
        expect(await wrong(definition, ['observes'])).toEqual([]);
      });
    }
    // What is allowed and what only pretends doesn't depend on the version of Node: proved on one.
    if (process.env['MQTTSPEC_PROOF'] === 'faults') return;
    test(
      'reports no variant',
      async () => {
        expect(await wrong(definition, ['variant'])).toEqual([]);
      },
      PATIENCE,
    );
    test(
      'passes on no impostor',
      async () => {
        expect(await wrong(definition, ['impostor'])).toEqual([]);
      },
      PATIENCE,
    );
  });
}
