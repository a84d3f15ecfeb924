import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { schemata } from './schemata.ts';
import { isMutated } from './scope.ts';
import { LEFT_OUT_GROUPS } from './triage-left-out.ts';
import { SEEN_GROUPS } from './triage-seen.ts';
import { triageOf } from './triage.ts';

const BROKER = path.join(import.meta.dirname, '../../broker');
const files = readdirSync(BROKER, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll(path.sep, '/'))
  .filter((name) => isMutated(name));
const ids = files.flatMap((file) =>
  schemata(file, readFileSync(path.join(BROKER, file), 'utf8'), 0, 'watch').mutants.map(({ id }) => id),
);

test('each mutant has an id of its own', () => {
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([...LEFT_OUT_GROUPS, ...SEEN_GROUPS])('$is: $reason', ({ mutants }) => {
  const isThere = (entry: string): boolean =>
    entry.endsWith('*') ? ids.some((id) => id.startsWith(entry.slice(0, -1))) : ids.includes(entry);
  expect(mutants.filter((entry) => !isThere(entry))).toEqual([]);
});

test('an id stands before the beginning of one', () => {
  expect(triageOf('connect.ts admit: sessionPresent → true')?.is).toBe('equivalent');
  expect(triageOf('limits.ts DEFAULT_LIMITS.inflight: 100 → 101')?.is).toBe('allowed');
  expect(triageOf('nowhere.ts f: 1 → 2')).toBeUndefined();
});
