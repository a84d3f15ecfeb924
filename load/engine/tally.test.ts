import { expect, it } from 'vitest';
import { Histogram, SERIES_LIMIT } from '#results';
import type { Sample } from './contract.ts';
import { Tally } from './tally.ts';

const sample = (second: number, latencies: readonly number[]): Sample => {
  const histogram = new Histogram();
  for (const ms of latencies) histogram.record(ms);
  const latency = histogram.toJSON();
  return {
    atMs: second * 1000,
    connections: 3,
    wanted: 4,
    sent: latencies.length,
    received: latencies.length,
    late: 1,
    blocked: 0,
    errors: 0,
    latency,
    connect: undefined,
    trends: { message_latency: latency },
    measured: { messages_sent: (second + 1) * latencies.length },
    whole: { messages_sent: (second + 2) * latencies.length, messages_lost: 1 },
    sendsOnTime: second,
    busy: 0.5,
    lagMs: 2,
  };
};

it('adds what threads did in the same second', () => {
  const tally = new Tally();
  tally.sample(0, sample(0, [1, 2]));
  tally.sample(1, sample(0, [3]));
  tally.memory(300, 5000);
  expect(tally.points).toMatchObject([{ atMs: 0, connections: 6, wanted: 8, sent: 3, late: 2, rss: 5000 }]);
  expect(tally.points[0]?.latency).toEqual(sample(0, [1, 2, 3]).latency);
  expect(tally.trends.message_latency.count).toBe(3);
  expect(tally.totals.counters.messages_sent).toBe(3);
});

it('knows while the run goes on what only grows, and leaves out what the end tells', () => {
  const tally = new Tally();
  tally.sample(0, sample(0, [1, 2]));
  tally.sample(1, sample(0, [3]));
  tally.sample(0, sample(1, [4]));
  const { counters, deliveries, trends } = tally.live;
  expect(counters).toMatchObject({ messages_sent: 3 + 2, messages_acknowledged: 0 });
  expect(Object.keys(counters)).not.toContain('messages_lost');
  expect([deliveries, trends.message_latency?.count, trends.puback_time]).toEqual([4, 4, undefined]);
});

it('a long run has longer points, not more of them, and loses nothing', () => {
  const tally = new Tally();
  const seconds = 3 * SERIES_LIMIT;
  for (let second = 0; second < seconds; second += 1) tally.sample(0, sample(second, [second]));
  const { points, intervalMs } = tally;
  expect(points.length).toBeLessThanOrEqual(SERIES_LIMIT);
  expect(intervalMs).toBe(4000);
  expect(points.reduce((sum, one) => sum + one.sent, 0)).toBe(seconds);
  expect(points.reduce((sum, one) => sum + (one.latency?.count ?? 0), 0)).toBe(seconds);
  expect(points.every((one, index) => one.atMs === index * 4000)).toBe(true);
  expect(tally.last?.connections).toBe(3);
});

it('tells a step of a climb apart from the whole', () => {
  const tally = new Tally();
  tally.sample(0, sample(0, [1, 2]));
  tally.beginPart();
  tally.sample(0, sample(1, [3, 4]));
  expect(tally.part.trends.message_latency.min).toBe(3);
  expect(tally.part.counters.messages_sent).toBe(2);
  expect(tally.part.onTime).toBe(1);
  expect(tally.trends.message_latency.count).toBe(4);
});
