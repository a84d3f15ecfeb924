import { describe, expect, it } from 'vitest';
import { sleep } from './clock.ts';
import { VirtualClock } from './virtual-clock.ts';

describe('VirtualClock', () => {
  it('calls by time, and by the order asked for at the same time', async () => {
    const clock = new VirtualClock();
    const calls: string[] = [];
    const note = (name: string) => () => void calls.push(`${name}@${clock.now()}`);
    clock.after(5, note('e'));
    clock.after(1, note('b'));
    clock.after(0, note('a'));
    clock.after(1, () => {
      note('c')();
      clock.after(0, note('d'));
    });
    clock.after(5, note('f'));
    clock.after(Number.NaN, note('n'));
    clock.after(-3, note('m'));
    await clock.advance(10);
    expect(calls).toEqual(['a@0', 'n@0', 'm@0', 'b@1', 'c@1', 'd@1', 'e@5', 'f@5']);
    expect(clock.now()).toBe(10);
  });

  it('drains all microtasks between two calls of the same moment', async () => {
    const clock = new VirtualClock();
    const calls: string[] = [];
    for (const name of ['first', 'second', 'third']) {
      clock.after(1, () => {
        let chain = Promise.resolve();
        for (let step = 0; step < 50; step += 1) chain = chain.then(() => undefined);
        void chain.then(() => calls.push(`${name} settled`));
        calls.push(name);
      });
    }
    await clock.advance(1);
    expect(calls).toEqual(['first', 'first settled', 'second', 'second settled', 'third', 'third settled']);
  });

  it('calls what was due before what was asked for now', async () => {
    const clock = new VirtualClock();
    const calls: string[] = [];
    clock.after(3, () => clock.after(0, () => void calls.push('asked for at 3')));
    clock.after(3, () => void calls.push('asked for at 0'));
    await clock.advance(4);
    expect(calls).toEqual(['asked for at 0', 'asked for at 3']);
  });

  it('does not call what was cancelled, in whichever queue it waits', async () => {
    const clock = new VirtualClock();
    const calls: number[] = [];
    clock.after(0, () => void calls.push(0)).cancel();
    const later = clock.after(2, () => void calls.push(2));
    clock.after(1, () => later.cancel());
    await clock.advance(5);
    expect(calls).toEqual([]);
  });

  it('makes a day cost nothing', async () => {
    const clock = new VirtualClock({ start: 1000 });
    await clock.run(() => sleep(clock, 86_400_000));
    expect(clock.now()).toBe(86_401_000);
    expect(clock.events).toBe(1);
  });

  it('settles like what it drives', async () => {
    const clock = new VirtualClock();
    expect(await clock.run(() => 7)).toBe(7);
    expect(await clock.run(Promise.resolve('x'))).toBe('x');
    await expect(clock.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(
      clock.run(() => {
        throw new Error('at once');
      }),
    ).rejects.toThrow('at once');
  });

  it('says that time stands still where nothing is due', async () => {
    const clock = new VirtualClock();
    const stuck = clock.run(async () => {
      await sleep(clock, 3);
      await new Promise(() => undefined);
    });
    await expect(stuck).rejects.toMatchObject({
      code: 'VIRTUAL_TIME_STANDSTILL',
      message: 'virtual time stands still at 3 ms: nothing is due and the promise waits',
    });
    expect(await clock.run(() => sleep(clock, 1).then(() => clock.now()))).toBe(4);
  });

  it('has the patience for a lazy import', async () => {
    const clock = new VirtualClock();
    await clock.run(async () => {
      await new Promise((resolve) => setTimeout(resolve, 3));
      await sleep(clock, 1000);
    });
    expect(clock.now()).toBe(1000);
  });

  it('ends an endless flood, and a wait beyond its limit', async () => {
    const flood = new VirtualClock({ maximumEvents: 1000 });
    const again = (): void => void flood.after(0, again);
    again();
    await expect(flood.run(new Promise(() => undefined))).rejects.toMatchObject({ code: 'VIRTUAL_EVENTS_EXCEEDED' });
    const far = new VirtualClock({ maximumTime: 100 });
    await expect(far.advance(101)).rejects.toMatchObject({ code: 'VIRTUAL_TIME_EXCEEDED' });
    await far.advance(100);
  });

  it('passes on what a call throws, and stays usable', async () => {
    const clock = new VirtualClock();
    clock.after(1, () => {
      throw new Error('in a call');
    });
    await expect(clock.advance(2)).rejects.toThrow('in a call');
    await clock.advance(2);
  });

  it('drives several runs at once, each to its own end', async () => {
    const clock = new VirtualClock();
    const ends = [5, 1, 3].map((ms) => clock.run(() => sleep(clock, ms).then(() => clock.now())));
    expect(await Promise.all(ends)).toEqual([5, 1, 3]);
  });

  it('makes the same run twice', async () => {
    const trace = async (): Promise<string[]> => {
      const clock = new VirtualClock();
      const seen: string[] = [];
      await clock.run(async () => {
        await Promise.all(
          Array.from({ length: 200 }, async (_, index) => {
            for (let step = 0; step < 5; step += 1) {
              await sleep(clock, (index * 7 + step * 3) % 11);
              seen.push(`${index}:${step}@${clock.now()}`);
            }
          }),
        );
      });
      return seen;
    };
    expect(await trace()).toEqual(await trace());
  });
});
