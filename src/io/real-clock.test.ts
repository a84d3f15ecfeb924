import { expect, it, describe } from 'vitest';
import { sleep } from './clock.ts';
import { realClock } from './real-clock.ts';

describe('realClock', () => {
  it('never calls before the time', async () => {
    const clock = realClock();
    const early: number[] = [];
    await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const ms = 1 + index / 7;
        const from = clock.now();
        await sleep(clock, ms);
        if (clock.now() - from < ms) early.push(ms);
      }),
    );
    expect(early).toEqual([]);
  });

  it('calls what is due in the next turn in the order asked for', async () => {
    const clock = realClock();
    const calls: number[] = [];
    clock.after(0, () => void calls.push(1));
    clock.after(0, () => void calls.push(2)).cancel();
    await new Promise<void>((resolve) => void clock.after(0, resolve));
    expect(calls).toEqual([1]);
  });

  it('takes a delay beyond the range of the timers, and cancels', async () => {
    const clock = realClock({ unref: true });
    let called = false;
    const timer = clock.after(2 ** 40, () => void (called = true));
    await sleep(clock, 5).catch(() => undefined);
    expect(called).toBe(false);
    timer.cancel();
  });

  it('sleeps until the signal aborts', async () => {
    const clock = realClock();
    const abort = new AbortController();
    const sleeping = sleep(clock, 60_000, abort.signal);
    abort.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect(sleep(clock, 1, abort.signal)).rejects.toThrow('enough');
  });
});
