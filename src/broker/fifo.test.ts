import { expect, it } from 'vitest';
import { Fifo } from './fifo.ts';

it('gives what came first, over any number of rounds', () => {
  const fifo = new Fifo<number>();
  let next = 0;
  let want = 0;
  for (let round = 0; round < 50; round += 1) {
    for (let i = 0; i < 100; i += 1) fifo.push(next++);
    for (let i = 0; i < 97; i += 1) expect(fifo.shift()).toBe(want++);
  }
  expect(fifo.length).toBe(150);
  expect(fifo.peek()).toBe(want);
});

it('takes from the end and from the middle', () => {
  const fifo = new Fifo<number>();
  for (const item of [1, 2, 3, 4]) fifo.push(item);
  expect(fifo.shift()).toBe(1);
  expect(fifo.pop()).toBe(4);
  expect(fifo.take((item) => item === 3)).toBe(3);
  expect(fifo.take((item) => item === 3)).toBeUndefined();
  expect([fifo.shift(), fifo.shift(), fifo.pop(), fifo.length]).toEqual([2, undefined, undefined, 0]);
  fifo.push(5);
  fifo.clear();
  expect(fifo.shift()).toBeUndefined();
});
