/** Nothing of the catalogue that a test from outside can see goes without a case. */
import { expect, it } from 'vitest';
import { REQUIREMENTS, type RequirementKey } from '#spec';
import { verifiedKeys, versionsOf } from '#kit';
import { CASES } from './index.ts';

/** Parts of the catalogue whose cases are still being written. A part without open requirements must leave this list. */
const PENDING: readonly string[] = ['cert/crl-'];

const verified = new Set<RequirementKey>(
  CASES.flatMap((one) => {
    const versions = versionsOf(one);
    return (versions.length === 0 ? (['5.0'] as const) : versions).flatMap((version) => verifiedKeys(one, version));
  }),
);
const open = [...REQUIREMENTS.values()]
  .filter(({ key, observable }) => observable !== 'no' && !verified.has(key))
  .map(({ key }) => key);

it('every requirement that can be tested from outside has a case', () => {
  expect(open.filter((key) => !PENDING.some((part) => key.startsWith(part)))).toEqual([]);
});

it('no part of the catalogue is called pending that has all its cases', () => {
  expect(PENDING.filter((part) => !open.some((key) => key.startsWith(part)))).toEqual([]);
});
