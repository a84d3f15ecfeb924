/** Nothing of the catalogue that a test from outside can see goes without a case. */
import { expect, it } from 'vitest';
import { REQUIREMENTS, type RequirementKey } from '#spec';
import { verifiedKeys, versionsOf } from '#kit';
import { CASES } from './index.ts';

const verified = new Set<RequirementKey>(
  CASES.flatMap((one) => {
    const versions = versionsOf(one);
    return (versions.length === 0 ? (['5.0'] as const) : versions).flatMap((version) => verifiedKeys(one, version));
  }),
);

it('every requirement that can be tested from outside has a case', () => {
  const testable = [...REQUIREMENTS.values()].filter(({ observable }) => observable !== 'no');
  expect(testable.filter(({ key }) => !verified.has(key)).map(({ key }) => key)).toEqual([]);
});
