import { expect, it } from 'vitest';
import { LoopTimer } from './loop-timer.ts';

const turn = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('calls once for each time that it was armed, from within its call too', async () => {
  let calls = 0;
  const timer = new LoopTimer(() => {
    calls += 1;
    if (calls < 5) timer.arm([0, 1, 1, 2, 0][calls] as number);
  });
  timer.arm(1);
  await turn(100);
  expect(calls).toBe(5);
});

it('what was armed before is off', async () => {
  let calls = 0;
  const timer = new LoopTimer(() => (calls += 1));
  timer.arm(60_000);
  timer.arm(1);
  timer.arm(0);
  timer.arm(1);
  await turn(50);
  expect(calls).toBe(1);
  timer.arm(1);
  timer.cancel();
  timer.arm(0);
  timer.cancel();
  await turn(50);
  expect(calls).toBe(1);
});
