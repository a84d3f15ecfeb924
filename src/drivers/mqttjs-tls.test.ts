/** The interop suite with the real MQTT.js over TLS: a server that a CA has signed, one that signed itself, one that asks for a client certificate. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from '#io';
import { executeInstance, instancesOf, noLeftovers } from '#kit';
import { socketDial } from '#net';
import { CASES } from '#suites';
import { installedDrivers } from './index.ts';
import { SETUPS, TestPki } from './testing/secure-broker.ts';

const cases = CASES.filter(({ suite }) => suite === 'mqttjs');
const clock = realClock();
const pki = new TestPki();

beforeAll(() => pki.make());
afterAll(() => pki.remove());

describe.each(SETUPS)('%s', (setup) => {
  it('passes every case over WSS and MQTT over TLS, in both versions', async () => {
    const { target, close } = await pki.start(setup);
    const instances = instancesOf(cases, { versions: ['3.1.1', '5.0'], endpoints: target.endpoints });
    const environment = {
      clock,
      dial: socketDial(target, clock),
      target,
      timing: { replyMs: 8_000, settleMs: 0, graceMs: 8_000 },
      capabilities: {},
      leftovers: noLeftovers(),
      drivers: installedDrivers(),
      signal: new AbortController().signal,
      seed: 'interop',
    };
    const results = await Promise.all(instances.map((instance) => executeInstance(instance, environment)));
    await close();
    expect(results.filter(({ verdict }) => verdict !== 'pass').map((one) => [one.instance, one.reason])).toEqual([]);
    expect(new Set(results.map(({ transport }) => transport))).toEqual(new Set(['wss', 'mqtts']));
  });
});

it('tells why where the certificate of the server is not trusted', async () => {
  const { target, close } = await pki.start('CA-signed');
  const untrusting = { ...target, tls: { verify: true } };
  const [instance] = instancesOf(cases, { versions: ['5.0'], endpoints: target.endpoints });
  if (instance === undefined) throw new Error('there is no case');
  const result = await executeInstance(instance, {
    clock,
    dial: socketDial(target, clock),
    target: untrusting,
    timing: { replyMs: 8_000, settleMs: 0, graceMs: 8_000 },
    capabilities: {},
    leftovers: noLeftovers(),
    drivers: installedDrivers(),
    signal: new AbortController().signal,
    seed: 'interop',
  });
  await close();
  expect(result.verdict).toBe('fail');
  expect(result.reason).toMatch(/self[- ]signed certificate in certificate chain|unable to (get|verify)/);
});
