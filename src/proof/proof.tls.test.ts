/** The lane over TLS, on real sockets: each of its cases on the clean broker, its faults, the variants. */
import { beforeAll, expect, test } from 'vitest';
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

test('every fault of TLS is named by a case', () => {
  expect(TLS_FAULT_NAMES.filter((name: FaultName) => !named.includes(name))).toEqual([]);
});

test('every case passes on the clean broker, over WSS and over MQTT with TLS', async () => {
  expect(await proveClean(cases, material)).toEqual([]);
});

// Most of their time they wait, so several go at once; after the clean broker, since what is learned of it holds for all.
test.concurrent.each(named)('%s is caught by who names it', async (name) => {
  expect(await proveFaultOfTls(name, cases, material)).toEqual([]);
});

const observing = cases.filter(({ observes }) => observes !== undefined);
test.concurrent.each(observing.map((each) => [each.id, each] as const))(
  '%s tells its two brokers apart',
  async (_id, each) => {
    expect(await proveObservation(each, material)).toEqual([]);
  },
);

// On the other versions of Node: clean and faults, as in memory.
const variants = process.env['MQTTSPEC_PROOF'] === 'faults' ? [] : TLS_VARIANT_NAMES;
/** Gives a handshake real time: in company, on a busy machine, some would not be through. */
const HURRIED = 'short-handshake-limit';
const reportsNothing = async (name: (typeof TLS_VARIANT_NAMES)[number]): Promise<void> => {
  expect(await proveVariantOfTls(name, cases, material)).toEqual([]);
};
test.concurrent.each(variants.filter((name) => name !== HURRIED))('%s is reported by no case', reportsNothing);
test.each(variants.filter((name) => name === HURRIED))('%s is reported by no case', reportsNothing);
