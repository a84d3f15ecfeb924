import { describe, expect, test } from 'vitest';
import { k6ForTests, runPlan, shortPlan, withBroker } from './testing/real-k6.ts';

const k6 = await k6ForTests();
// Not on the proxies of CI: tested where such a binary is given.
const missing = k6 === undefined ? 'there is no k6 here' : 'K6_BIN names no k6 with grafana/xk6-mqtt';
const title = k6?.mqttExtension === undefined ? missing : `k6 with grafana/xk6-mqtt ${k6.mqttExtension}`;

describe.skipIf(k6?.mqttExtension === undefined)(title, () => {
  const here = k6 as NonNullable<typeof k6>;

  test.each([
    ['ws', '0'],
    ['ws', '1'],
    ['mqtt', '2'],
  ] as const)('%s, QoS %s: every message is accounted for', async (transport, qos) => {
    const plan = shortPlan(
      'steady-pubsub',
      { pairs: '4', rate: '60', seconds: '2', warmup: '0', qos },
      { version: '3.1.1', transport },
    );
    const result = await withBroker(({ wsUrl, tcpUrl }) =>
      runPlan(here, plan, transport === 'ws' ? wsUrl : tcpUrl, { engine: 'xk6-mqtt' }),
    );
    expect(result.delivery[Number(qos)]).toMatchObject({
      sent: 120,
      expected: 120,
      delivered: 120,
      lost: 0,
      duplicated: 0,
      reordered: 0,
    });
    expect(result.engine.name).toBe('xk6-mqtt');
    expect(result.errors).toEqual([]);
  });

  test('nobody listens: the connections failed, and the run ends all the same', async () => {
    const plan = shortPlan('smoke', { seconds: '1', rate: '10' }, { version: '3.1.1' });
    const result = await runPlan(here, plan, 'ws://127.0.0.1:1/mqtt', { engine: 'xk6-mqtt' });
    expect(result.whole.connections_failed).toBe(8);
    expect(result.run.ended).toBeUndefined();
    expect(result.conclusion.exitCode).not.toBe(0);
  });
});
