import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { Histogram, LARGEST_US } from './histogram.ts';

const of = (values: readonly number[]): Histogram => {
  const made = new Histogram();
  for (const value of values) made.record(value);
  return made;
};

const durations = fc.array(
  fc.oneof(fc.double({ min: 0, max: 3_000_000, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
);

describe('Histogram', () => {
  it('says nothing without values', () => {
    const empty = new Histogram();
    expect([empty.min, empty.max, empty.mean, empty.percentile(99)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is exact below 256 µs', () => {
    const all = of(Array.from({ length: 200 }, (_, us) => (us + 1) / 1000));
    expect([50, 99, 99.5, 100].map((p) => all.percentile(p))).toEqual([0.1, 0.198, 0.199, 0.2]);
  });

  it.each([0.3, 1, 7.77, 99.9, 1234.5, 65_000, 2_000_000])('is at most 0.8 %% too high at %d ms', (ms) => {
    const all = of([ms, ms, ms * 2]);
    const found = all.percentile(50) as number;
    expect(found).toBeGreaterThanOrEqual(ms - 0.001);
    expect(found / ms).toBeLessThan(1.008);
  });

  it('keeps bounds and mean exactly', () => {
    const all = of([1, 2, 6]);
    expect([all.min, all.max, all.mean, all.count]).toEqual([1, 6, 3, 3]);
  });

  it('takes negative and endless values without losing count', () => {
    const all = of([-5, 4_000_000]);
    expect([all.count, all.min, all.max]).toEqual([2, 0, 4_000_000]);
    expect(all.toJSON().buckets).toHaveLength(4);
  });

  it('merges exactly: parts in any order are the whole', () => {
    fc.assert(
      fc.property(durations, durations, durations, (a, b, c) => {
        const whole = of([...a, ...b, ...c]).toJSON();
        expect(Histogram.merged([of(a), of(b), of(c)]).toJSON()).toEqual(whole);
        expect(Histogram.merged([of(c), Histogram.merged([of(b), of(a)])]).toJSON()).toEqual(whole);
      }),
    );
  });

  it('survives the way through a file', () => {
    fc.assert(
      fc.property(durations, (values) => {
        const all = of(values);
        const again = Histogram.from(JSON.parse(JSON.stringify(all)));
        expect(again.toJSON()).toEqual(all.toJSON());
        expect(again.percentile(99)).toBe(all.percentile(99));
      }),
    );
  });

  it('has percentiles that never fall and lie within the bounds', () => {
    fc.assert(
      fc.property(durations, (values) => {
        const all = of(values);
        if (all.count === 0) return;
        let before = all.min as number;
        for (const p of [1, 25, 50, 90, 99, 99.9, 100]) {
          const now = all.percentile(p) as number;
          expect(now).toBeGreaterThanOrEqual(before);
          expect(now).toBeLessThanOrEqual(all.max as number);
          before = now;
        }
      }),
    );
  });

  it('counts up to a bound, rising to all', () => {
    const all = of([0.1, 0.2, 5, 5, 4_000_000]);
    expect([0, 0.1, 0.2, 4.9, 5.05, 1e6, 4e6].map((ms) => all.countUpTo(ms))).toEqual([0, 1, 2, 2, 4, 4, 5]);
    expect(new Histogram().countUpTo(1)).toBe(0);
  });

  it('is empty again after clear', () => {
    const all = of([1, LARGEST_US / 1000]);
    all.clear();
    expect(all.toJSON()).toEqual(new Histogram().toJSON());
  });

  it('refuses data that is none', () => {
    const data = of([1]).toJSON();
    expect(() => Histogram.from({ ...data, buckets: [1e6, 1] })).toThrow(RangeError);
    expect(() => Histogram.from({ ...data, count: 2 })).toThrow(RangeError);
  });
});
