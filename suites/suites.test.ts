/** What holds for all cases: places, ids, headers. Whether they judge rightly is the matter of `src/proof`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requirement, type RequirementKey } from '#spec';
import { verifiedKeys, versionsOf } from '#kit';
import { CASES, SUITE_MODULES } from './index.ts';

const FOLDER = import.meta.dirname;

function filesBelow(folder: string): string[] {
  return readdirSync(join(FOLDER, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => `${folder}/${entry.name.replace(/\.ts$/, '')}`);
}

describe('suites', () => {
  it('are all listed in index.ts, and nothing else is', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const files = folders.flatMap(({ name }) => filesBelow(name));
    // Tables that several files share define no case.
    const withCases = files.filter((file) => readFileSync(join(FOLDER, `${file}.ts`), 'utf8').includes('defineCase('));
    expect(Object.keys(SUITE_MODULES).toSorted()).toEqual(withCases.toSorted());
  });

  it('give every case an id of its own, old ones included', () => {
    const ids = CASES.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });
});

/** All that a case verifies, in all versions. */
function keysOf(one: (typeof CASES)[number]): RequirementKey[] {
  const versions = versionsOf(one);
  return (versions.length === 0 ? (['5.0'] as const) : versions).flatMap((version) => verifiedKeys(one, version));
}

describe.each(CASES.map((one) => [one.id, one] as const))('%s', (_id, one) => {
  it('verifies something that a test from outside can see', () => {
    const keys = keysOf(one);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => requirement(key).observable === 'no')).toEqual([]);
  });

  it('names faults that it catches, or, where all is left open, two brokers that it tells apart', () => {
    const open = keysOf(one).every((key) => ['MAY', 'OBSERVE'].includes(requirement(key).level));
    if (open) expect(one.observes?.length).toBe(2);
    else expect(one.caughtBy?.length ?? 0).toBeGreaterThan(0);
  });

  it('says what a correct broker does as a phrase without full stop', () => {
    expect(one.title).not.toMatch(/\.$/);
    expect(one.title.length).toBeGreaterThan(10);
  });
});
