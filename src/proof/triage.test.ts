import { expect, test } from 'vitest';
import { mutants } from '#broker';
import { TRIAGE } from './triage.ts';

const known = new Set(mutants().map(({ id }) => id));

test('the triage names mutants that there are, each once', () => {
  const named = [...TRIAGE.open, ...Object.keys(TRIAGE.equivalent), ...Object.keys(TRIAGE.allowed)];
  expect(named.filter((id) => !known.has(id))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});

test('nine mutants in ten are not open', () => {
  expect(TRIAGE.open.length).toBeLessThan(known.size / 10);
});
