import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { dueMs } from '../profiles/topology.ts';
import type { Client } from './client.ts';
import { Gaps } from './gaps.ts';
import { laneList, slotOf } from './inbox.ts';
import { Pacer } from './pacer.ts';
import { turnsDue } from './publisher.ts';

/** Clients that only have a number: the schedule asks for nothing else. */
const locals = (parts: number, threads: number, thread: number) =>
  Array.from({ length: parts }, (_, part) => ({ part, client: { index: part } as Client })).filter(
    ({ part }) => part % threads === thread,
  );

const rates = fc.record({
  parts: fc.integer({ min: 1, max: 12 }),
  threads: fc.integer({ min: 1, max: 4 }),
  perSecond: fc.integer({ min: 1, max: 5000 }),
});
const looks = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 15 });

describe('an absolute schedule', () => {
  it('begins each thing once, in its turn, at its time, over all threads and whenever one looks', () => {
    fc.assert(
      fc.property(rates, looks, fc.boolean(), ({ parts, threads, perSecond }, times, endless) => {
        const begun: [part: number, due: number][] = [];
        for (let thread = 0; thread < threads; thread += 1) {
          const pacer = new Pacer({
            startAt: 100,
            perSecond,
            parts,
            locals: locals(parts, threads, thread),
            endless,
            act: (client, due, settled) => {
              begun.push([client.index, due]);
              settled();
            },
          });
          for (const time of [...times].sort((a, b) => a - b)) {
            const next = pacer.tick(100 + time);
            expect(next).toBeGreaterThan(100 + time);
          }
        }
        const last = Math.max(...times);
        const expected: [number, number][] = [];
        const most = endless ? Infinity : parts;
        for (let k = 0; dueMs(k, perSecond) <= last && k < most; k += 1) {
          expected.push([k % parts, 100 + dueMs(k, perSecond)]);
        }
        const byTime = (list: [number, number][]) => [...list].sort((a, b) => a[1] - b[1] || a[0] - b[0]);
        expect(byTime(begun)).toEqual(byTime(expected));
      }),
    );
  });

  it('knows how many turns of a publisher are due', () => {
    fc.assert(
      fc.property(rates, fc.nat(3000), fc.integer({ min: 1, max: 500 }), ({ parts, perSecond }, at, messages) => {
        const schedule = { startAt: 0, perSecond, parts, messages };
        const counted = Array.from({ length: parts }, () => 0);
        const all = Math.min(messages, Math.floor((at * perSecond) / 1000) + 1);
        for (let k = 0; k < all; k += 1) counted[k % parts] = (counted[k % parts] as number) + 1;
        expect(counted.map((_, part) => turnsDue(schedule, part, at))).toEqual(counted);
      }),
    );
  });

  it('is done only when all that was begun has ended', () => {
    const ends: (() => void)[] = [];
    const pacer = new Pacer({
      startAt: 0,
      perSecond: 1000,
      parts: 2,
      locals: locals(2, 1, 0),
      endless: false,
      act: (_client, _due, settled) => ends.push(settled),
    });
    pacer.tick(10);
    expect(pacer.done).toBe(false);
    ends[0]?.();
    ends[0]?.();
    expect(pacer.done).toBe(false);
    ends[1]?.();
    expect(pacer.done).toBe(true);
  });
});

describe('gaps', () => {
  it('are what was passed over and did not come later', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(
          Array.from({ length: 40 }, (_, n) => n),
          { minLength: 1 },
        ),
        (arrivals) => {
          const gaps = new Gaps();
          const missing = new Set<number>();
          let next = 0;
          for (const number of arrivals) {
            if (number >= next) {
              if (number > next) gaps.add(next, number);
              for (let n = next; n < number; n += 1) missing.add(n);
              next = number + 1;
            } else expect(gaps.take(number)).toBe(missing.delete(number));
          }
          expect(gaps.count()).toBe(missing.size);
          expect(gaps.count(10, 20)).toBe([...missing].filter((n) => n >= 10 && n < 20).length);
          for (const number of arrivals) expect(gaps.take(number)).toBe(false);
        },
      ),
    );
  });
});

it('a lane stands at its place in a list, dense or not', () => {
  for (const lanes of [[], [5], [5, 6, 7], [1, 4, 9]]) {
    const list = laneList(lanes);
    expect(lanes.map((lane) => slotOf(list, lane))).toEqual(lanes.map((_, slot) => slot));
    for (const other of [0, 3, 8, 10]) if (!lanes.includes(other)) expect(slotOf(list, other)).toBe(-1);
  }
});
