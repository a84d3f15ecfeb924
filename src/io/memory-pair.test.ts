import { describe, expect, it } from 'vitest';
import type { Duplex } from './duplex.ts';
import { memoryPair, type MemoryPairOptions } from './memory-pair.ts';
import { VirtualClock } from './virtual-clock.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** Both ends, each noting what it is told. */
function pair(options?: MemoryPairOptions): { clock: VirtualClock; a: Duplex; b: Duplex; log: string[] } {
  const clock = new VirtualClock();
  const [a, b] = memoryPair(clock, options);
  const log: string[] = [];
  return { clock, a: note(a, 'a', log, clock), b: note(b, 'b', log, clock), log };
}

function note(duplex: Duplex, name: string, log: string[], clock: VirtualClock): Duplex {
  const at = (): string => (clock.now() === 0 ? '' : `@${clock.now()}`);
  duplex.listen({
    data: (chunk) => log.push(`${name} data ${Array.from(chunk).join(',')}${at()}`),
    ended: () => log.push(`${name} ended${at()}`),
    closed: (kind) => log.push(`${name} closed ${kind}${at()}`),
    drained: () => log.push(`${name} drained${at()}`),
  });
  return duplex;
}

describe('memoryPair', () => {
  it('delivers in order, in both directions, never within the call', async () => {
    const { clock, a, b, log } = pair();
    a.write(bytes(1));
    a.write(bytes(2, 3));
    b.write(bytes(9));
    expect(log).toEqual([]);
    await clock.advance(1);
    expect(log).toEqual(['b data 1', 'b data 2,3', 'a data 9']);
  });

  it('keeps what comes before anybody listens', async () => {
    const clock = new VirtualClock();
    const [a, b] = memoryPair(clock);
    a.write(bytes(1));
    a.end();
    await clock.advance(1);
    const log: string[] = [];
    note(b, 'b', log, clock);
    expect(log).toEqual([]);
    await clock.advance(1);
    expect(log).toEqual(['b data 1@1', 'b ended@1']);
    expect(() => note(b, 'b', log, clock)).toThrow('exactly one listener');
  });

  it('closes half, then whole', async () => {
    const { clock, a, b, log } = pair();
    a.write(bytes(1));
    a.end();
    a.write(bytes(2));
    await clock.advance(1);
    expect(log).toEqual(['b data 1', 'b ended']);
    b.write(bytes(7));
    b.end();
    await clock.advance(1);
    expect(log.slice(2)).toEqual(['a data 7@1', 'a ended@1', 'b closed fin@1', 'a closed fin@1']);
    expect([a.closed, b.closed]).toEqual([true, true]);
  });

  it('resets both ends; bytes sent before still come', async () => {
    const { clock, a, b, log } = pair();
    a.write(bytes(1));
    a.reset();
    expect(a.closed).toBe(true);
    b.write(bytes(5));
    await clock.advance(1);
    expect(log).toEqual(['b data 1', 'a closed reset', 'b closed reset']);
    a.write(bytes(1));
    a.end();
    a.reset();
    await clock.advance(1);
    expect(log).toHaveLength(3);
  });

  it('answers a write after the reset of a paused reader at once', async () => {
    const { clock, a, b, log } = pair();
    b.pause();
    a.write(bytes(1));
    a.reset();
    await clock.advance(1);
    expect(log).toEqual(['a closed reset']);
    b.write(bytes(2));
    await clock.advance(1);
    expect(log).toEqual(['a closed reset', 'b closed reset@1']);
  });

  it('holds back while paused, also within a delivery', async () => {
    const clock = new VirtualClock();
    const [a, b] = memoryPair(clock);
    const got: number[] = [];
    b.listen({
      data(chunk) {
        got.push(chunk[0] ?? -1);
        b.pause();
      },
      ended: () => got.push(100),
      closed: () => undefined,
    });
    for (const value of [1, 2, 3]) a.write(bytes(value));
    a.end();
    await clock.advance(1);
    expect(got).toEqual([1]);
    b.resume();
    await clock.advance(1);
    expect(got).toEqual([1, 2]);
    b.resume();
    await clock.advance(1);
    b.resume();
    await clock.advance(1);
    expect(got).toEqual([1, 2, 3, 100]);
  });

  it('counts as buffered what the way has no room for, and tells when it has gone', async () => {
    const { clock, a, b, log } = pair({ window: 4 });
    b.pause();
    a.write(bytes(1, 1, 1));
    a.write(bytes(2, 2, 2));
    a.write(bytes(3, 3, 3));
    a.end();
    expect(a.buffered).toBe(3);
    await clock.advance(1);
    expect(a.buffered).toBe(3);
    expect(log).toEqual([]);
    b.resume();
    await clock.advance(1);
    expect(a.buffered).toBe(0);
    expect(log).toEqual(['b data 1,1,1@1', 'b data 2,2,2@1', 'b data 3,3,3@1', 'b ended@1', 'a drained@1']);
  });

  it('cuts and delays', async () => {
    const { clock, a, log } = pair({ splitEvery: 2, latency: 30 });
    a.write(bytes(1, 2, 3, 4, 5));
    await clock.advance(29);
    expect(log).toEqual([]);
    await clock.advance(1);
    expect(log).toEqual(['b data 1,2@30', 'b data 3,4@30', 'b data 5@30']);
  });

  it('closes the writer by reset where the reader is gone', async () => {
    const { clock, a, b, log } = pair({ latency: 10 });
    b.reset();
    a.write(bytes(1));
    await clock.advance(25);
    expect(log).toEqual(['b closed reset', 'a closed reset@10']);
  });

  it('carries 10,000 messages', async () => {
    const clock = new VirtualClock();
    const [a, b] = memoryPair(clock);
    let sum = 0;
    const done = new Promise<void>((resolve) => {
      b.listen({ data: (chunk) => void (sum += chunk.length), ended: resolve, closed: () => undefined });
    });
    for (let index = 0; index < 10_000; index += 1) a.write(new Uint8Array(3));
    a.end();
    await clock.run(done);
    expect(sum).toBe(30_000);
  });
});
