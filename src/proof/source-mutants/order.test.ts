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

const mutant = (id: string, from: string) => ({ id, file: 'f.ts', line: 1, from, to: '' });
const MUTANTS = [
  mutant('f.ts LIMITS.most: 5 → 6', '5'),
  mutant('f.ts f: a < most → true', 'a < most'),
  mutant('f.ts f: a → true', 'a'),
  mutant('f.ts 1 → 2', '1'),
];

test('only instances in which a mutant makes a difference are tried, quick ones first', () => {
  const order = new Order(ALL, MUTANTS);
  expect(order.of(1, 'f.ts')).toEqual([2, 0, 1]);
  expect(order.of(2, 'f.ts')).toEqual([]);
});

test('reached is another thing than different', () => {
  const order = new Order(ALL, MUTANTS);
  expect([1, 2, 3, 4].map((mutant) => order.isReached(mutant))).toEqual([true, true, true, false]);
});

test('a case that has killed in the file comes sooner, there only', () => {
  const order = new Order(ALL, MUTANTS);
  for (let kills = 0; kills < 9; kills += 1) order.killed('a@ws', 'f.ts');
  expect(order.of(1, 'f.ts')).toEqual([0, 1, 2]);
  expect(order.of(1, 'g.ts')).toEqual([2, 0, 1]);
});

test('what happens once meets those that come to where it is named, then one instance of each other case', () => {
  expect(new Order(ALL, MUTANTS).ofLoaded(0)).toEqual([2, 0, 1, 3]);
  expect(new Order(ALL, MUTANTS).ofLoaded(3)).toEqual([3, 2, 0]);
});
