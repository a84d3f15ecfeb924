import { expect, test } from 'vitest';
import { mutants } from '#broker';
import { TRIAGE } from './triage.ts';

const known = new Set(mutants().map(({ id }) => id));

test('the triage names mutants that there are, each once', () => {
  const named = [...TRIAGE.open, ...Object.keys(TRIAGE.equivalent)];
  expect(named.filter((id) => !known.has(id))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});

test('most mutants need no triage', () => {
  expect(TRIAGE.open.length + Object.keys(TRIAGE.equivalent).length).toBeLessThan(known.size / 2);
});
