import { describe, expect, test } from 'vitest';
import { startBroker } from '#broker';
import { realClock, sleep } from '#io';
import type { LoadDelivery, LoadResult } from '#results';
import { K6Error } from './k6-error.ts';
import { k6ForTests, runPlan, shortPlan, withBroker } from './testing/real-k6.ts';

const k6 = await k6ForTests();
const title = k6 === undefined ? 'there is no k6 here (npm start -- doctor says how to get it)' : `k6 ${k6.version}`;

const ofQos = ({ delivery }: LoadResult, qos: number): LoadDelivery =>
  delivery.find((one) => one.qos === qos) as LoadDelivery;

/** What a busy machine does to the schedule is not the question here. */
const judged = ({ conclusion }: LoadResult): boolean => conclusion.verdict !== 'not-measured';

describe.skipIf(k6 === undefined)(title, () => {
  const here = k6 as NonNullable<typeof k6>;

  test.each(['3.1.1', '5.0'] as const)('smoke, MQTT %s: every message is accounted for', async (version) => {
    const plan = shortPlan('smoke', { seconds: '2', rate: '100', qos: '2' }, { version });
    const result = await withBroker(({ wsUrl }) => runPlan(here, plan, wsUrl));
    expect(ofQos(result, 2)).toMatchObject({
      sent: 200,
      acknowledged: 200,
      expected: 200,
      delivered: 200,
      lost: 0,
      duplicated: 0,
    });
    expect(result.metrics.trends.message_latency?.count).toBe(200);
    expect(result.metrics.trends.pubcomp_time?.count).toBe(200);
    expect(result.whole.connections_opened).toBe(8);
    expect(result.engine).toMatchObject({ name: 'k6', version: here.version, workers: 2 });
    expect(judged(result)).toBe(true);
    expect(result.errors).toEqual([]);
  });

  test('it is told while it goes on what the virtual users see', async () => {
    const plan = shortPlan('smoke', { seconds: '3', rate: '100' });
    const seen: { stage: string; connections: number; sent: number }[] = [];
    const result = await withBroker(({ wsUrl }) =>
      runPlan(here, plan, wsUrl, {
        onProgress: ({ stage, point, totals }) =>
          seen.push({ stage, connections: point?.connections ?? 0, sent: totals().counters.messages_sent ?? 0 }),
      }),
    );
    expect(seen.map(({ stage }) => stage)).toContain('steady');
    expect(Math.max(...seen.map(({ connections }) => connections))).toBe(8);
    const last = seen.at(-1)?.sent ?? 0;
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThanOrEqual(result.whole.messages_sent);
  });

  test('fan-out over several virtual users: each subscriber gets each message', async () => {
    const plan = shortPlan('fan-out', {
      publishers: '2',
      subscribers: '6',
      rate: '20',
      seconds: '2',
      warmup: '0',
      qos: '1',
    });
    const result = await withBroker(({ wsUrl }) => runPlan(here, plan, wsUrl, { users: 3 }));
    const { sent, expected, delivered, lost } = ofQos(result, 1);
    expect({ sent, expected, delivered, lost }).toEqual({ sent: 40, expected: 240, delivered: 240, lost: 0 });
  });

  test('nobody listens: the connections failed, and nothing is said to have held', async () => {
    const plan = shortPlan('smoke', { seconds: '1', rate: '10' });
    const result = await runPlan(here, plan, 'ws://127.0.0.1:1/mqtt');
    expect(result.whole).toMatchObject({ connections_opened: 0, connections_failed: 8 });
    expect(result.errors.map(({ kind }) => kind)).toContain('connect-refused');
    expect(result.conclusion.exitCode).not.toBe(0);
  });

  test('interrupted: the virtual users end in order, and what was measured until then is the result', async () => {
    const plan = shortPlan('smoke', { seconds: '30', rate: '100' });
    const interrupted = new AbortController();
    let connections = 0;
    const result = await withBroker(({ wsUrl }) => runPlan(here, plan, wsUrl, { signal: interrupted.signal }), {
      // Once all are connected, and messages have begun to flow.
      tap: (duplex) => {
        connections += 1;
        if (connections === 8) void sleep(realClock(), 5000).then(() => interrupted.abort());
        return duplex;
      },
    });
    expect(result.run.ended).toBe('interrupted');
    expect(result.conclusion).toMatchObject({ exitCode: 130, verdict: 'interrupted' });
    expect(ofQos(result, 1).sent).toBeGreaterThan(0);
    expect(ofQos(result, 1).sent).toBeLessThan(3000);
    expect(result.run.durationMs).toBeLessThan(30_000);
  });

  test('the broker dies in the middle: that is the answer, with what was measured until then', async () => {
    const plan = shortPlan('smoke', { seconds: '6', rate: '50' });
    const broker = await startBroker({
      tap: (duplex) => {
        connections += 1;
        if (connections === 8) void sleep(realClock(), 5000).then(() => broker.close());
        return duplex;
      },
    });
    let connections = 0;
    const result = await runPlan(here, plan, broker.wsUrl);
    expect(result.run.ended).toBe('broker-down');
    expect([1, 6]).toContain(result.conclusion.exitCode);
    expect(result.whole.connections_dropped).toBe(8);
    expect(result.errors.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['dropped', 'never-sent']));
    expect(ofQos(result, 1).sent).toBeGreaterThan(0);
    expect(ofQos(result, 1).sent).toBeLessThan(300);
  });

  test('the extension is missing: said before the start', async () => {
    if (here.mqttExtension !== undefined) return;
    const plan = shortPlan('smoke', {}, { version: '3.1.1' });
    await expect(runPlan(here, plan, 'ws://127.0.0.1:1/mqtt', { engine: 'xk6-mqtt' })).rejects.toThrow(
      /built without grafana\/xk6-mqtt/,
    );
  });

  test('what k6 can’t do is refused before the start', async () => {
    const plan = shortPlan('step-to-knee', {});
    await expect(runPlan(here, plan, 'ws://127.0.0.1:1/mqtt')).rejects.toThrow(K6Error);
  });
});
