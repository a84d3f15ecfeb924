import { expect, test } from 'vitest';
import type { Case } from '#kit';
import { toolIdentity } from './tool.ts';

const body = async (): Promise<void> => undefined;
const ONE: Case = { id: 'a/b', suite: 'a', file: 'x/a', title: 'it works', verifies: {}, run: body };
const suite = (...cases: Case[]): string => toolIdentity(cases).suiteVersion;

test('the suite has another version when anything that decides a verdict changes', () => {
  const versions = [
    suite(ONE),
    suite({ ...ONE, id: 'a/c' }),
    suite({ ...ONE, verifies: { '5.0': ['MQTT-3.1.0-2'] } }),
    suite({ ...ONE, rows: { x: 1n } }),
    suite({ ...ONE, rows: { x: 2n } }),
    suite({ ...ONE, rows: { x: Uint8Array.of(1) } }),
    suite({ ...ONE, rows: { x: () => 1 } }),
    suite({ ...ONE, rows: { x: () => 2 } }),
    suite({ ...ONE, run: async () => Promise.resolve() }),
    suite(ONE, ONE),
  ];
  expect(new Set(versions).size).toBe(versions.length);
});

test('a title decides nothing', () => {
  expect(suite({ ...ONE, title: 'it works well' })).toBe(suite(ONE));
});
