/** What k6 counts, against a broker that writes down its misdeeds, and against the embedded engine on the same plan. */
import { describe, expect, test } from 'vitest';
import { Histogram, type LoadResult, type TrendName } from '#results';
import { faultyBroker, type Mischief } from '../engine/testing/faulty-broker.ts';
import { loadInline } from '../engine/testing/load-inline.ts';
import { k6ForTests, runPlan, shortPlan } from './testing/real-k6.ts';

const k6 = await k6ForTests();
const title = k6 === undefined ? 'there is no k6 here (npm start -- doctor says how to get it)' : `k6 ${k6.version}`;

async function withFaulty<T>(
  mischief: Mischief,
  use: (broker: Awaited<ReturnType<typeof faultyBroker>>) => Promise<T>,
): Promise<T> {
  const broker = await faultyBroker(mischief);
  try {
    return await use(broker);
  } finally {
    await broker.close();
  }
}

const SOME = { seconds: '2', rate: '200', qos: '0', payload: '60' };

describe.skipIf(k6 === undefined)(title, () => {
  const here = k6 as NonNullable<typeof k6>;

  test('losses, repetitions and swaps are counted exactly', () =>
    withFaulty({ seed: 'k6', lose: 0.03, double: 0.03, swap: 0.2 }, async (broker) => {
      const { delivery, metrics, invariants } = await runPlan(
        here,
        shortPlan('smoke', { ...SOME, pairs: '20' }),
        broker.wsUrl,
      );
      expect(broker.done.lost * broker.done.duplicated * broker.done.reordered).toBeGreaterThan(0);
      expect(delivery[0]).toMatchObject({
        sent: 400,
        expected: 400,
        delivered: 400 - broker.done.lost,
        ...broker.done,
        undelivered: 0,
      });
      expect(metrics.counters).toMatchObject({
        messages_lost: broker.done.lost,
        messages_duplicated: broker.done.duplicated,
      });
      expect(metrics.rates.delivered).toEqual({ passed: 400 - broker.done.lost, total: 400 });
      expect(invariants.find(({ name }) => name === 'order')?.broken).toBe(broker.done.reordered);
    }));

  test('the first and the last message of every lane, subscribers in several virtual users', () =>
    // 10 lanes with 40 messages each, numbers 0 to 39, for three subscribers.
    withFaulty({ seed: 'ends', loses: (sequence) => sequence === 0 || sequence >= 38 }, async (broker) => {
      const set = { publishers: '10', subscribers: '3', rate: '200', seconds: '2', warmup: '0', qos: '1' };
      const { delivery } = await runPlan(here, shortPlan('fan-out', set), broker.wsUrl, { users: 3 });
      expect(delivery[1]).toMatchObject({ sent: 400, expected: 1200, lost: 90, delivered: 1110, undelivered: 0 });
      expect(broker.done.lost).toBe(90);
    }));

  const PROFILES = [
    ['shared-subscription', { publishers: '3', rate: '50', members: '3', warmup: '0', seconds: '1' }, '5.0'],
    ['retained-storm', { topics: '20', subscribers: '4', rate: '50' }, '5.0'],
    ['session-backlog', { sessions: '4', backlog: '40', rate: '100', within: '10' }, '3.1.1'],
    ['will-storm', { clients: '6', watchers: '2', how: 'close', rate: '10' }, '5.0'],
    ['subscribe-churn', { seconds: '1', churners: '4', churn: '20', rate: '50' }, '5.0'],
    ['steady-pubsub', { pairs: '3', rate: '60', packing: 'many', warmup: '0', seconds: '1' }, '5.0'],
    ['steady-pubsub', { pairs: '3', rate: '60', packing: 'split', warmup: '0', seconds: '1' }, '3.1.1'],
  ] as const;

  test.concurrent.each(PROFILES)('nothing is made up where nothing is wrong: %s %j, MQTT %s', (profile, set, version) =>
    withFaulty({ seed: 'none' }, async (broker) => {
      const plan = shortPlan(profile, set, { version });
      const { delivery, errors, metrics, whole } = await runPlan(here, plan, broker.wsUrl);
      const flaws = delivery.map(({ lost, undelivered, duplicated, reordered, corrupted, unexpected }) => ({
        lost,
        undelivered,
        duplicated,
        reordered,
        corrupted,
        unexpected,
      }));
      const none = { lost: 0, undelivered: 0, duplicated: 0, reordered: 0, corrupted: 0, unexpected: 0 };
      expect([flaws, errors]).toEqual([[none, none, none], []]);
      expect(whole.messages_received).toBeGreaterThan(0);
      expect(whole.messages_received).toBe(whole.messages_expected);
      expect(metrics.rates.connected).toMatchObject({ passed: metrics.rates.connected?.total ?? -1 });
    }),
  );

  test('k6 and the embedded engine say the same of the same plan, within the errors that they state', () =>
    withFaulty({ seed: 'same' }, async (broker) => {
      const set = { ...SOME, pairs: '4', rate: '100', qos: '1' };
      const byK6 = await runPlan(here, shortPlan('smoke', set), broker.wsUrl);
      const embedded = await loadInline('smoke', broker.wsUrl, { set });
      expect(byK6.delivery).toEqual(embedded.delivery);
      expect(byK6.metrics.counters.messages_sent).toBe(embedded.metrics.counters.messages_sent);
      const low = (result: LoadResult, name: TrendName): number =>
        Histogram.from(result.metrics.trends[name] as never).percentile(10) as number;
      // The quickest tenth: a busy machine makes both slower, not quicker.
      const error = byK6.engine.clockErrorMs + embedded.engine.clockErrorMs;
      expect(Math.abs(low(byK6, 'message_latency') - low(embedded, 'message_latency'))).toBeLessThan(error);
    }));
});
