import { expect, test } from 'vitest';
import { mutants } from '#broker';
import { TRIAGE, triaged } from './triage.ts';

const known = new Set(mutants().map(({ id }) => id));

test('the triage names mutants that there are, each once', () => {
  const named = triaged();
  expect(named.filter((id) => !known.has(id))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});

test('no mutant is open', () => {
  expect(TRIAGE.open).toEqual([]);
});
