import { afterEach, describe, expect, it } from 'vitest';
import { faultyBroker, type Mischief } from './testing/faulty-broker.ts';
import { loadInline } from './testing/load-inline.ts';

type Faulty = Awaited<ReturnType<typeof faultyBroker>>;
const open: Faulty[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

async function faulty(mischief: Mischief): Promise<Faulty> {
  const broker = await faultyBroker(mischief);
  open.push(broker);
  return broker;
}

/** 30 lanes with about 33 messages each, in less than two seconds. */
const SOME = { seconds: '2', rate: '500', qos: '0', payload: '60' };

describe('what a broker does to deliveries is counted exactly', () => {
  it.each(['ws', 'mqtt'] as const)('losses, repetitions and swaps over %s', async (transport) => {
    const broker = await faulty({ seed: `all ${transport}`, lose: 0.03, double: 0.03, swap: 0.2 });
    const url = transport === 'ws' ? broker.wsUrl : broker.tcpUrl;
    const { delivery, metrics, conclusion, invariants } = await loadInline('smoke', url, {
      set: { ...SOME, pairs: '30' },
    });
    expect(broker.done.lost * broker.done.duplicated * broker.done.reordered).toBeGreaterThan(0);
    expect(delivery[0]).toMatchObject({
      sent: 1000,
      expected: 1000,
      delivered: 1000 - broker.done.lost,
      ...broker.done,
      undelivered: 0,
    });
    expect(metrics.counters).toMatchObject({
      messages_lost: broker.done.lost,
      messages_duplicated: broker.done.duplicated,
      messages_reordered: broker.done.reordered,
      messages_received: 1000 - broker.done.lost,
    });
    expect(metrics.rates.delivered).toEqual({ passed: 1000 - broker.done.lost, total: 1000 });
    expect(invariants.find(({ name }) => name === 'order')?.broken).toBe(broker.done.reordered);
    expect(conclusion.exitCode).toBe(1);
  });

  it.each(['1', '2'] as const)('losses, repetitions and swaps at QoS %s', async (qos) => {
    const broker = await faulty({ seed: `acknowledged ${qos}`, lose: 0.03, double: 0.03, swap: 0.2, freshIds: true });
    const { delivery, metrics, invariants, errors } = await loadInline('smoke', broker.wsUrl, {
      set: { ...SOME, qos, pairs: '30' },
    });
    expect(broker.done.lost * broker.done.duplicated * broker.done.reordered).toBeGreaterThan(0);
    expect(delivery[Number(qos)]).toMatchObject({
      sent: 1000,
      acknowledged: 1000,
      expected: 1000,
      delivered: 1000 - broker.done.lost,
      ...broker.done,
      undelivered: 0,
    });
    expect(metrics.counters).toMatchObject({
      messages_lost: broker.done.lost,
      messages_duplicated: broker.done.duplicated,
      messages_reordered: broker.done.reordered,
    });
    const broken = Object.fromEntries(invariants.map((one) => [one.name, one.broken]));
    // At QoS 1 a message may come again (4.3.2); at QoS 2 it may not.
    expect(broken).toMatchObject({
      order: broker.done.reordered,
      'exactly-once': qos === '2' ? broker.done.duplicated : 0,
      'receive-maximum': 0,
      dup: 0,
    });
    expect(errors).toEqual([]);
  });

  it('a PUBLISH of QoS 2 that is repeated before PUBREL is the same message: it is answered, and not counted', async () => {
    const broker = await faulty({ seed: 'method A', double: 0.1 });
    const { delivery, invariants } = await loadInline('smoke', broker.wsUrl, {
      set: { ...SOME, qos: '2', pairs: '10' },
    });
    expect(broker.done.duplicated).toBeGreaterThan(20);
    expect(delivery[2]).toMatchObject({ expected: 1000, delivered: 1000, duplicated: 0, lost: 0 });
    expect(invariants.find(({ name }) => name === 'exactly-once')).toMatchObject({ checked: 1000, broken: 0 });
  });

  it.each(['0', '1', '2'] as const)('the first and the last message of every lane at QoS %s', async (qos) => {
    // 20 lanes with 50 messages each, numbers 0 to 49.
    const broker = await faulty({ seed: 'ends', loses: (sequence) => sequence === 0 || sequence >= 48 });
    const { delivery, errors } = await loadInline('smoke', broker.wsUrl, { set: { ...SOME, qos, pairs: '20' } });
    expect(delivery[Number(qos)]).toMatchObject({
      sent: 1000,
      expected: 1000,
      lost: 60,
      delivered: 940,
      undelivered: 0,
    });
    expect(broker.done.lost).toBe(60);
    expect(errors).toEqual([]);
  });

  it('at QoS 1, for several subscribers of one lane', async () => {
    const broker = await faulty({ seed: 'one', lose: 0.05 });
    const set = { publishers: '3', subscribers: '7', rate: '60', seconds: '2', warmup: '1', qos: '1' };
    const { delivery, metrics } = await loadInline('fan-out', broker.wsUrl, { set });
    expect(delivery[1]).toMatchObject({ sent: 180, acknowledged: 180, expected: 1260, lost: broker.done.lost });
    expect(broker.done.lost).toBeGreaterThan(20);
    // A third was warm-up: it is accounted, and not measured.
    expect(metrics.counters).toMatchObject({ messages_sent: 120, messages_expected: 840 });
    expect(metrics.counters.messages_lost).toBeLessThan(broker.done.lost);
  });

  it('nothing is made up where nothing is wrong: both versions, all QoS, shared, retained, sessions, wills', async () => {
    const broker = await faulty({ seed: 'none' });
    const short = { seconds: '1', warmup: '0' };
    for (const [profile, set, version] of [
      ['smoke', { ...SOME, pairs: '5', qos: '2' }, '5.0'],
      ['smoke', { ...SOME, pairs: '5', qos: '1' }, '3.1.1'],
      ['shared-subscription', { ...short, publishers: '5', rate: '300', members: '3' }, '5.0'],
      ['retained-storm', { topics: '50', subscribers: '4', rate: '50' }, '5.0'],
      ['session-backlog', { sessions: '5', backlog: '100' }, '5.0'],
      ['session-backlog', { sessions: '5', backlog: '100', qos: '2' }, '3.1.1'],
      ['will-storm', { clients: '10', watchers: '2' }, '5.0'],
      ['subscribe-churn', { seconds: '1', churners: '10', churn: '50', rate: '200' }, '5.0'],
      ['steady-pubsub', { ...short, pairs: '3', rate: '300', packing: 'many' }, '5.0'],
      ['steady-pubsub', { ...short, pairs: '3', rate: '300', packing: 'split' }, '3.1.1'],
    ] as const) {
      const { delivery, errors, invariants, metrics } = await loadInline(profile, broker.wsUrl, { set, version });
      const flaws = delivery.map(
        ({ lost, undelivered, duplicated, reordered, corrupted, unexpected }) =>
          lost + undelivered + duplicated + reordered + corrupted + unexpected,
      );
      expect([profile, version, flaws, errors, invariants.filter((one) => one.broken > 0)]).toEqual([
        profile,
        version,
        [0, 0, 0],
        [],
        [],
      ]);
      expect(metrics.counters.messages_expected).toBeGreaterThan(0);
      expect(metrics.counters.messages_received).toBe(metrics.counters.messages_expected);
    }
  }, 60_000);

  it('payloads that are too short to be told apart are counted, and the result says so', async () => {
    const broker = await faulty({ seed: 'short' });
    const { delivery, profile, engine } = await loadInline('smoke', broker.wsUrl, {
      set: { ...SOME, pairs: '2', payload: '16', seconds: '1' },
    });
    expect(profile.payloadsChecked).toBe(false);
    expect(engine.notes.join()).toContain('counted only');
    expect(delivery[0]).toMatchObject({ sent: 500, expected: 500, delivered: 500, lost: 0 });
  });
});
