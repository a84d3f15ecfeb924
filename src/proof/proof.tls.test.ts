/** The lane over TLS, on real sockets: each of its cases on the clean broker, its faults, the variants. */
import { beforeAll, describe, expect, test } from 'vitest';
import { TLS_FAULT_NAMES, TLS_VARIANT_NAMES } from '#broker';
import { CASES } from '#suites';
import type { FaultName } from '#spec';
import { proveClean, proveFaultOfTls, proveObservation, proveVariantOfTls } from './prove-tls.ts';
import { makeMaterial } from './testing/tls-material.ts';
import { tlsCases, type Material } from './tls-lab.ts';

const cases = tlsCases(CASES);
const named = [...new Set(cases.flatMap(({ caughtBy = [] }) => caughtBy))];
let material: Material;

beforeAll(async () => {
  material = await makeMaterial();
}, 120_000);

test('every case passes on the clean broker, over WSS and over MQTT with TLS', async () => {
  expect(await proveClean(cases, material)).toEqual([]);
});

test.each(named)('%s is caught by who names it', async (name) => {
  expect(await proveFaultOfTls(name, cases, material)).toEqual([]);
});

test('every fault of TLS is named by a case', () => {
  expect(TLS_FAULT_NAMES.filter((name: FaultName) => !named.includes(name))).toEqual([]);
});

const observing = cases.filter(({ observes }) => observes !== undefined);
test.each(observing.map((each) => [each.id, each] as const))('%s tells its two brokers apart', async (_id, each) => {
  expect(await proveObservation(each, material)).toEqual([]);
});

// On the other versions of Node: clean and faults, as in memory.
describe.skipIf(process.env['MQTTSPEC_PROOF'] === 'faults')('variants', () => {
  test.each(TLS_VARIANT_NAMES)('%s is reported by no case', async (name) => {
    expect(await proveVariantOfTls(name, cases, material)).toEqual([]);
  });
});
