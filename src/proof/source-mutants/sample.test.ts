import { expect, test } from 'vitest';
import { sample } from './sample.ts';

test('all in their order where no number is asked for', () => {
  expect(sample(4, undefined, '1')).toEqual([0, 1, 2, 3]);
});

test('each once, the same for the same seed, others for another', () => {
  const drawn = sample(1000, 50, '1');
  expect(new Set(drawn).size).toBe(50);
  expect(drawn.every((number) => number >= 0 && number < 1000)).toBe(true);
  expect(sample(1000, 50, '1')).toEqual(drawn);
  expect(sample(1000, 50, '2')).not.toEqual(drawn);
});

test('a larger sample begins with the smaller', () => {
  expect(sample(1000, 80, '1').slice(0, 50)).toEqual(sample(1000, 50, '1'));
});
