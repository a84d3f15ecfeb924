import { describe, expect, test } from 'vitest';
import { joinedDelivery, joinedMetrics, uniqueRecords } from './join-records.ts';
import { recordLines, readRecords } from './shared/record-lines.ts';
import { makeRecord } from './testing/records.ts';

const account = {
  sent: 0,
  acknowledged: 0,
  expected: 0,
  delivered: 0,
  gaps: 0,
  duplicated: 0,
  reordered: 0,
  corrupted: 0,
  unexpected: 0,
};
const publisher = makeRecord(1, {
  delivery: [account, { ...account, sent: 10, acknowledged: 10, expected: 20 }, account],
});
const subscriber = (delivered: number, more = {}) =>
  makeRecord(2, { delivery: [account, { ...account, delivered, ...more }, account] });

describe('what one sends and another gets is one account', () => {
  test('nothing is missing', () => {
    expect(joinedDelivery([publisher, subscriber(20)])[1]).toMatchObject({
      expected: 20,
      delivered: 20,
      lost: 0,
      undelivered: 0,
    });
  });

  test('all waited: what is missing is lost, heads and tails too', () => {
    expect(joinedDelivery([publisher, subscriber(17)])[1]).toMatchObject({ lost: 3, undelivered: 0 });
  });

  test('one was cut off: only what was overtaken is lost', () => {
    const cut = { ...subscriber(17, { gaps: 1 }), complete: false };
    expect(joinedDelivery([publisher, cut])[1]).toMatchObject({ lost: 1, undelivered: 2 });
  });
});

describe('each virtual user counts once', () => {
  test('a line that a log holds twice', () => {
    const log = [...recordLines(publisher), ...recordLines(publisher), ...recordLines(subscriber(20))].join('\n');
    expect(uniqueRecords(readRecords(log)).map(({ user }) => user)).toEqual([1, 2]);
  });

  test('the same user of two runs is an error', () => {
    expect(() => uniqueRecords([publisher, { ...publisher, startedAt: publisher.startedAt + 5000 }])).toThrow(
      /run twice/,
    );
  });

  test('another run is an error', () => {
    expect(() => uniqueRecords([publisher, makeRecord(2, { runId: 'ffffffff' })])).toThrow(/two runs/);
  });

  test('no record at all is an error', () => {
    expect(() => uniqueRecords([])).toThrow(/no virtual user/);
  });
});

test('histograms of all users are one, exactly', () => {
  const histogram = (us: number) =>
    ({ unit: 'us', subBits: 7, count: 1, sum: us, min: us, max: us, buckets: [us, 1] }) as const;
  const { metrics } = joinedMetrics([
    makeRecord(1, { trends: { message_latency: histogram(100) } }),
    makeRecord(2, { trends: { message_latency: histogram(200) } }),
  ]);
  expect(metrics.trends.message_latency).toEqual({
    unit: 'us',
    subBits: 7,
    count: 2,
    sum: 300,
    min: 100,
    max: 200,
    buckets: [100, 1, 200, 1],
  });
});
