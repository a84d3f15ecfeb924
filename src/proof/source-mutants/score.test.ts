import { expect, test } from 'vitest';
import { sourceMutantsPage } from './page.ts';
import { isMutated } from './scope.ts';
import { isKilled, scoreOf, unexplained, type SourceFate, type SourceOutcome } from './score.ts';

const fate = (outcome: SourceOutcome, settled?: 'value'): SourceFate => ({
  id: `f.ts f: ${outcome}`,
  file: 'f.ts',
  owner: 'f',
  line: 3,
  from: 'a < b',
  to: 'a <= b',
  outcome,
  ran: 1,
  differed: [],
  ...(settled && { settled }),
});

test.each([
  ['caught', true],
  ['reported', true],
  ['unusable', true],
  ['crashed', true],
  ['endless', true],
  ['survived', false],
  ['same', false],
  ['unreached', false],
  ['dead', false],
] as const)('%s: killed is %s', (outcome, killed) => {
  expect(isKilled(fate(outcome))).toBe(killed);
});

test('what is of the alterations is left out of the rate, as long as nobody kills it', () => {
  expect(scoreOf([fate('caught'), fate('survived'), fate('dead')])).toMatchObject({
    leftOut: 1,
    rate: 0.5,
  });
  expect(scoreOf([fate('caught', 'value'), fate('survived')])).toMatchObject({ leftOut: 0, rate: 0.5 });
  expect(scoreOf([fate('caught'), fate('survived', 'value')])).toMatchObject({ leftOut: 0, rate: 0.5 });
});

test('what a server may do is no gap', () => {
  const allowed = { ...fate('survived'), id: 'limits.ts DEFAULT_LIMITS.inflight: 100 → 101' };
  expect(scoreOf([fate('caught'), allowed])).toMatchObject({ rate: 0.5, held: 1 });
  expect(scoreOf([fate('caught'), fate('survived')])).toMatchObject({ rate: 0.5, held: 0.5 });
});

test('what nobody killed and nobody looked at is unexplained', () => {
  expect(unexplained([fate('caught'), fate('same'), fate('same', 'value')])).toEqual([fate('same')]);
});

test('the page gives rate, file, line and change', () => {
  const page = sourceMutantsPage([fate('caught'), fate('survived')], {
    minutes: 7,
    instances: 9,
    most: 5,
    again: false,
    sample: { size: 9, seed: '1' },
  });
  expect(page).toContain('**50.0 %**');
  expect(page).toContain('2 of 9 mutants');
  expect(page).toContain('| f.ts | 2 | 1 | 0 | 50.0 % |');
  expect(page).toContain('- `f.ts:3` `a < b → a <= b`');
});

test.each([
  ['delivery.ts', true],
  ['endpoint/tcp.ts', true],
  ['endpoint/rules.ts', false],
  ['faults/connect.ts', false],
  ['fifo.test.ts', false],
  ['README.md', false],
])('%s is changed: %s', (file, expected) => {
  expect(isMutated(file)).toBe(expected);
});
