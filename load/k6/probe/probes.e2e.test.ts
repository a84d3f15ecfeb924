import { describe, expect, test } from 'vitest';
import { k6ForTests, withBroker } from '../testing/real-k6.ts';
import { PROBES } from './probes.ts';
import { probedLine, runProbes } from './run-probes.ts';

const k6 = await k6ForTests();
const title =
  k6?.mqttExtension === undefined ? 'K6_BIN names no k6 with grafana/xk6-mqtt' : `grafana/xk6-mqtt ${k6.mqttExtension}`;

describe.skipIf(k6?.mqttExtension === undefined)(title, () => {
  test('k6/x/mqtt is as its declaration says', async () => {
    const probed = await withBroker(({ wsUrl }) => runProbes(k6 as NonNullable<typeof k6>, wsUrl, PROBES));
    expect(probed.filter(({ holds }) => !holds).map(probedLine)).toEqual([]);
    expect(probed).toHaveLength(PROBES.length);
  });

  test('a claim that does not hold is told', async () => {
    const wrong = {
      member: 'Client',
      claim: 'has no connect',
      script: 'say(typeof new Client().connect)',
      shows: ['undefined'],
    };
    const [probed] = await withBroker(({ wsUrl }) => runProbes(k6 as NonNullable<typeof k6>, wsUrl, [wrong]));
    expect(probed === undefined ? '' : probedLine(probed)).toMatch(/changed[^]*described: undefined\n +now: +function/);
  });
});
