import { expect, test } from 'vitest';
import { linearScale, logarithmicScale, tickText } from './scale.ts';

test.each([
  [0, [0, 0.5, 1]],
  [1, [0, 0.5, 1]],
  [7, [0, 2, 4, 6, 8]],
  [400, [0, 100, 200, 300, 400]],
  [19_900, [0, 5_000, 10_000, 15_000, 20_000]],
])('from 0 to %d: round numbers', (most, ticks) => {
  const scale = linearScale(most);
  expect(scale.ticks).toEqual(ticks);
  expect(scale.place(0)).toBe(0);
  expect(scale.place(ticks.at(-1) ?? 0)).toBe(1);
});

test('decades hold all values; what is below stands at the end', () => {
  const scale = logarithmicScale(0.4, 302);
  expect(scale.ticks).toEqual([0.1, 1, 10, 100, 1000]);
  expect(scale.place(0.1)).toBe(0);
  expect(scale.place(0)).toBe(0);
  expect(scale.place(1000)).toBe(1);
});

test.each([
  [0.05, '0.05'],
  [20, '20'],
  [1500, '1500'],
  [15_000, '15k'],
  [2_500_000, '2.5M'],
])('%d is written %s', (value, text) => expect(tickText(value)).toBe(text));
