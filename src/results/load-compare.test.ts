import { expect, it } from 'vitest';
import { compareLoad, spread } from './load-compare.ts';
import { sampleLoad } from './testing/sample-load-result.ts';

const runs = (...latencies: number[]) => latencies.map((ms) => sampleLoad([ms, ms, ms]));
const p99 = (before: number[], after: number[]) =>
  compareLoad(runs(...before), runs(...after)).find(({ measure }) => measure === 'message_latency p(99)');

it.each([
  ['ranges that overlap are noise', [1, 3], [2, 4], 'noise'],
  ['apart and less is better', [5, 6], [1, 2], 'better'],
  ['apart and more is worse', [1, 2], [5, 6], 'worse'],
  ['one run each has no noise to tell by', [1], [5], 'one-run'],
  ['the same', [1, 2], [1, 2], 'same'],
] as const)('%s', (_what, before, after, verdict) => {
  expect(p99([...before], [...after])?.verdict).toBe(verdict);
});

it('gives medians, ranges and the change', () => {
  expect(p99([1, 2, 9], [4, 4, 4])).toMatchObject({
    before: { median: 2, least: 1, most: 9, runs: 3 },
    after: { median: 4, runs: 3 },
    change: 1,
  });
});

it('leaves out what one side has not measured, and runs that are invalid', () => {
  const { health } = sampleLoad();
  const invalid = { ...sampleLoad([99]), health: { ...health, verdict: 'invalid' as const } };
  expect(compareLoad([invalid], runs(1))).toEqual([]);
  expect(compareLoad(runs(1), runs(1)).map(({ measure }) => measure)).toEqual([
    'message_latency p(50)',
    'message_latency p(99)',
    'messages_received',
    'connections_opened',
    'messages_lost',
  ]);
});

it('spreads', () => {
  expect(spread([])).toBeUndefined();
  expect(spread([4, 1, 3, 2])).toEqual({ median: 2.5, least: 1, most: 4, runs: 4 });
});
