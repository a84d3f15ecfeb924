import { describe, expect, it } from 'vitest';
import { Histogram } from './histogram.ts';
import { mergeLoadResults } from './load-merge.ts';
import { histogramOf, sampleLoad } from './testing/sample-load-result.ts';

const part = (latencies: readonly number[], startedAt = '2026-11-25T12:00:00.000Z', id = '0badcafe') => {
  const one = sampleLoad(latencies);
  return { ...one, run: { ...one.run, startedAt, id } };
};

describe('mergeLoadResults', () => {
  it('is the same as if one had measured all', () => {
    const merged = mergeLoadResults([part([1, 2, 300]), part([4]), part([5, 60])], ['a', 'b', 'c']);
    expect(merged.metrics.trends.message_latency).toEqual(histogramOf([1, 2, 300, 4, 5, 60]).toJSON());
    expect(merged.metrics.counters).toMatchObject({ messages_sent: 6, messages_received: 6, connections_opened: 6 });
    expect(merged.metrics.rates).toMatchObject({ delivered: { passed: 6, total: 6 } });
    expect(merged.delivery[1]).toMatchObject({ sent: 6, delivered: 6 });
    expect(merged.invariants[0]).toMatchObject({ checked: 6 });
    expect(merged.engine.workers).toBe(3);
    expect(merged.parts?.map((one) => one.part)).toEqual(['a', 'b', 'c']);
  });

  it('judges thresholds on the whole, not part by part', () => {
    // In the second part alone, p(99) is 90; of all 100 values it is 1.
    const merged = mergeLoadResults([part(Array.from({ length: 99 }, () => 1)), part([90])], ['a', 'b']);
    expect(merged.thresholds).toMatchObject([{ expression: 'p(99)<50', passed: true }]);
    expect(merged.conclusion).toMatchObject({ exitCode: 0, verdict: 'held' });
    const crossed = mergeLoadResults([part([1]), part([90])], ['a', 'b']);
    expect(crossed.conclusion).toMatchObject({ exitCode: 1, verdict: 'crossed' });
  });

  it('puts series on one axis of time', () => {
    const merged = mergeLoadResults([part([1]), part([2, 3], '2026-11-25T12:00:02.000Z')], ['a', 'b']);
    expect(merged.series.points.map(({ atMs, sent }) => [atMs, sent])).toEqual([
      [0, 1],
      [2000, 2],
    ]);
    const together = mergeLoadResults([part([1]), part([2, 3])], ['a', 'b']);
    expect(together.series.points).toHaveLength(1);
    expect(Histogram.from(together.series.points[0]?.latency as never).count).toBe(3);
  });

  it('is invalid as soon as one part is', () => {
    const bad = part([1]);
    const health = { ...bad.health, verdict: 'invalid', reasons: ['it was late'] } as const;
    expect(mergeLoadResults([part([1]), { ...bad, health }], ['a', 'b']).conclusion).toMatchObject({
      exitCode: 6,
      verdict: 'invalid',
    });
  });

  it('merges what was merged', () => {
    const [a, b, c] = [
      part([1], '2026-11-25T12:00:00.000Z'),
      part([2], '2026-11-25T12:00:01.000Z'),
      part([3], '2026-11-25T12:00:02.000Z'),
    ];
    const stepwise = mergeLoadResults([mergeLoadResults([a, b], ['a', 'b']), c], ['x', 'c']);
    const atOnce = mergeLoadResults([a, b, c], ['a', 'b', 'c']);
    expect(stepwise.metrics).toEqual(atOnce.metrics);
    expect(stepwise.parts).toEqual(atOnce.parts);
  });

  it('counts nothing twice', () => {
    const merged = mergeLoadResults([part([1]), part([2])], ['a', 'b']);
    expect(() => mergeLoadResults([merged, part([2])], ['x', 'b'])).toThrow(
      'the part b of run 0badcafe is there twice',
    );
    expect(() => mergeLoadResults([part([1]), part([1])], ['a', 'a'])).toThrow('is there twice');
  });

  it('refuses what does not belong together', () => {
    const other = part([1]);
    const profile = { ...other.profile, name: 'soak' };
    expect(() => mergeLoadResults([part([1]), { ...other, profile }], ['a', 'b'])).toThrow(
      'the profiles differ ("smoke" and "soak")',
    );
    expect(() => mergeLoadResults([], [])).toThrow('nothing to merge');
  });
});
