import { expect, test } from 'vitest';
import type { Watched } from './exercise.ts';
import { Order } from './order.ts';

const watched = (instance: string, reached: number[], differed: number[], milliseconds: number): Watched => ({
  instance,
  caseId: instance.split('@')[0] ?? '',
  reached,
  differed,
  milliseconds,
  digest: 0,
});

const ALL = [
  watched('a@ws', [1, 2], [1], 50),
  watched('a@mqtt', [1], [1], 50),
  watched('b@ws', [1], [1], 10),
  watched('c@ws', [2, 3], [], 1),
];

const mutant = (owner: string, from: string, to: string) => ({
  id: `f.ts ${owner}: ${from} → ${to}`,
  file: 'f.ts',
  owner,
  line: 1,
  from,
  to,
});
const MUTANTS = [
  mutant('LIMITS.most', '5', '6'),
  mutant('f', 'a < most', 'true'),
  mutant('g', 'a', 'true'),
  mutant('', '1', '2'),
];

test('only instances in which a mutant makes a difference are tried, quick ones first', () => {
  const order = new Order(ALL, MUTANTS);
  expect(order.of(1)).toEqual([2, 0, 1]);
  expect(order.of(2)).toEqual([]);
});

test('reached is another thing than different', () => {
  const order = new Order(ALL, MUTANTS);
  expect([1, 2, 3, 4].map((mutant) => order.isReached(mutant))).toEqual([true, true, true, false]);
});

test('a case that has killed comes sooner, most of all in the same file', () => {
  const order = new Order(ALL, MUTANTS);
  for (let kills = 0; kills < 9; kills += 1) order.killed('a@ws', 'f.ts');
  expect(order.of(1)).toEqual([0, 2, 1]);
  const elsewhere = new Order(ALL, MUTANTS);
  for (let kills = 0; kills < 9; kills += 1) elsewhere.killed('a@ws', 'g.ts');
  expect(elsewhere.of(1)).toEqual([2, 0, 1]);
  for (let kills = 0; kills < 90; kills += 1) elsewhere.killed('a@ws', 'g.ts');
  expect(elsewhere.of(1)).toEqual([0, 2, 1]);
});

test('an instance in which something rare happens in the function comes sooner', () => {
  const rare = ALL.map((one, index) => (index === 1 ? { ...one, differed: [1, 4] } : one));
  expect(new Order(rare, [...MUTANTS, mutant('f', 'b', 'true')]).of(1)).toEqual([1, 2, 0]);
  expect(new Order(rare, [...MUTANTS, mutant('g', 'b', 'true')]).of(1)).toEqual([2, 0, 1]);
});

test('a case with many rows leaves room for the others', () => {
  const rows = Array.from({ length: 6 }, (_, row) => watched(`many@${row}`, [1], [1], 1));
  expect(new Order([...rows, watched('one@ws', [1], [1], 100)], MUTANTS).of(1)).toEqual([0, 6, 1, 2, 3, 4, 5]);
});

test('what happens once meets those that come to where it is named, then one instance of each other case', () => {
  expect(new Order(ALL, MUTANTS).ofLoaded(0)).toEqual([2, 0, 1, 3]);
  expect(new Order(ALL, MUTANTS).ofLoaded(3)).toEqual([3, 2, 0]);
});
