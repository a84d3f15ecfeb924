/** The interop suite on the real reference broker with the real MQTT.js: clean it passes, on each named fault it fails. */
import { describe, expect, it } from 'vitest';
import { realClock } from '#io';
import { startBroker } from '#broker';
import { executeInstance, instancesOf, noLeftovers, type Instance } from '#kit';
import { socketDial } from '#net';
import { CASES } from '#suites';
import { parseTarget } from '#target';
import type { FaultName } from '#spec';
import type { InstanceResult } from '#results';
import { installedDrivers } from './index.ts';

const cases = CASES.filter(({ suite }) => suite === 'mqttjs');
const clock = realClock();

async function onBroker(faults: readonly FaultName[], run: (urls: readonly string[]) => Promise<void>): Promise<void> {
  const broker = await startBroker({ faults });
  try {
    await run([broker.wsUrl, broker.tcpUrl]);
  } finally {
    await broker.close();
  }
}

function instances(urls: readonly string[]): Instance[] {
  const [url = '', ...also] = urls;
  const target = parseTarget({ url, also });
  return instancesOf(cases, { versions: ['3.1.1', '5.0'], endpoints: target.endpoints });
}

async function execute(instance: Instance): Promise<InstanceResult> {
  const target = parseTarget({ url: instance.endpoint.url });
  return executeInstance(instance, {
    clock,
    dial: socketDial(target, clock),
    target,
    timing: { replyMs: 1_000, settleMs: 0, graceMs: 2_000 },
    capabilities: {},
    leftovers: noLeftovers(),
    drivers: installedDrivers(),
    signal: new AbortController().signal,
    seed: 'interop',
  });
}

describe('MQTT.js on the reference broker', () => {
  it('passes every case over WebSocket and TCP, in both versions', async () => {
    await onBroker([], async (urls) => {
      const results = await Promise.all(instances(urls).map(execute));
      expect(results.map(({ instance, verdict, reason }) => [instance, verdict, reason])).toEqual(
        results.map(({ instance }) => [instance, 'pass', undefined]),
      );
      expect(results.length).toBeGreaterThan(20);
    });
  });

  const faults = [...new Set(cases.flatMap(({ caughtBy = [] }) => caughtBy))];
  it.each(faults)('fails on %s', async (fault) => {
    await onBroker([fault], async (urls) => {
      const naming = instances(urls).filter(({ case: own }) => own.caughtBy?.includes(fault));
      const results = await Promise.all(naming.map(execute));
      expect(results.filter(({ verdict }) => verdict !== 'fail').map(({ instance }) => instance)).toEqual([]);
    });
  });
});
