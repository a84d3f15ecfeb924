/** The browser suite in the real Chromium on the real reference broker: clean it passes, on each named fault it fails, on impostors it never passes. */
import { execFileSync } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBroker } from '#broker';
import { cryptoRandom, realClock, socketDuplex } from '#io';
import { executeInstance, instancesOf, noLeftovers, type Instance } from '#kit';
import { socketDial } from '#net';
import { IMPOSTORS, isCaught, LAB_ORIGINS, SAMPLED, type Impostor } from '#proof';
import type { InstanceResult } from '#results';
import type { FaultName, VariantName } from '#spec';
import { CASES } from '#suites';
import { parseTarget } from '#target';
import { chromiumPath, installedDrivers } from './index.ts';

const missing = chromiumPath() === undefined;
const skipped = missing && process.env['CI'] !== 'true';
if (skipped) process.stderr.write('browser suite: skipped, there is no Chromium here (MQTTSPEC_CHROMIUM names one)\n');

const cases = CASES.filter(({ suite }) => suite === 'browser' || suite === 'pages');
const clock = realClock();
const drivers = installedDrivers();
/** What an answer may take on a machine whose cores are all busy. */
const PATIENT = { replyMs: 8_000, settleMs: 0, graceMs: 8_000 };
/** Of so many cases one meets an impostor, by turns; the one that accepts everything meets all. */
const TURNS = 4;
/** Impostors keep everybody waiting. */
const HASTY = { replyMs: 1_000, settleMs: 0, graceMs: 1_000 };

const instancesAt = (url: string, chosen = cases): Instance[] =>
  instancesOf(chosen, { versions: ['3.1.1', '5.0'], endpoints: parseTarget({ url }).endpoints });

function execute(instance: Instance, timing = PATIENT): Promise<InstanceResult> {
  const listed = instance.case.suite === 'pages' ? { headers: [`Origin: ${LAB_ORIGINS[0]}`] } : {};
  const target = parseTarget({ url: instance.endpoint.url, declared: ['origin-list'], ...listed });
  return executeInstance(instance, {
    clock,
    dial: socketDial(target, clock),
    target,
    timing,
    capabilities: {},
    leftovers: noLeftovers(),
    drivers,
    signal: new AbortController().signal,
    seed: 'browser',
  });
}

/** Cases about origins have a listener with a list, the others one that admits every page. */
async function onBroker<T>(
  alterations: { readonly faults?: readonly FaultName[]; readonly variants?: readonly VariantName[] },
  run: (instances: readonly Instance[]) => Promise<T>,
): Promise<T> {
  const open = await startBroker(alterations);
  const listed = await startBroker({ ...alterations, origins: LAB_ORIGINS });
  try {
    const all = cases.flatMap((one) => instancesAt((one.suite === 'pages' ? listed : open).wsUrl, [one]));
    return await run(all);
  } finally {
    await Promise.all([open.close(), listed.close()]);
  }
}

const told = ({ instance, verdict, reason, findings }: InstanceResult): string =>
  `${instance}: ${verdict}: ${reason ?? ''} ${findings.map(({ requirement }) => requirement).join(' ')}`;

it('says how to get a browser where there is none', () => {
  const named = process.env['MQTTSPEC_CHROMIUM'];
  process.env['MQTTSPEC_CHROMIUM'] = '/nowhere/chromium';
  const { browser } = installedDrivers();
  if (named === undefined) delete process.env['MQTTSPEC_CHROMIUM'];
  else process.env['MQTTSPEC_CHROMIUM'] = named;
  expect(browser).toEqual({ why: expect.stringMatching(/^there is no Chromium here: apt-get install/) });
});

describe.skipIf(skipped)('the browser suite', { timeout: 120_000 }, () => {
  beforeAll(() => {
    execFileSync(process.execPath, [path.join(import.meta.dirname, '../../scripts/bundle-pages.mjs')]);
  });
  afterAll(() => drivers.close());

  it('has a browser', () => {
    expect(missing ? 'no Chromium: apt-get install chromium' : drivers.browser).toBeTypeOf('function');
  });

  it('passes on the clean broker, in both versions', async () => {
    const results = await onBroker({}, (instances) => Promise.all(instances.map((one) => execute(one))));
    expect(results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'observed').map(told)).toEqual([]);
    expect(results.length).toBeGreaterThan(20);
  });

  const faults = [...new Set(cases.flatMap(({ caughtBy = [] }) => caughtBy))];
  it.each(faults)('catches %s, in every version that a case claims', async (fault) => {
    await onBroker({ faults: [fault] }, async (all) => {
      const naming = all.filter(({ case: own, row }) => own.caughtBy?.includes(fault) && row !== 'mqttjs');
      const results = await Promise.all(naming.map((one) => execute(one, HASTY)));
      const caught = new Set(results.filter(isCaught).map(({ id, version }) => `${id} ${version ?? ''}`));
      expect(results.filter(({ id, version }) => !caught.has(`${id} ${version ?? ''}`)).map(told)).toEqual([]);
    });
  });

  const observing = cases.flatMap((one) => (one.observes === undefined ? [] : [[one.id, one.observes] as const]));
  it.each(observing)('%s tells its two brokers apart', async (id, brokers) => {
    const seen: string[] = [];
    for (const broker of brokers) {
      const results = await onBroker(broker === 'clean' ? {} : { variants: [broker] }, (all) =>
        Promise.all(all.filter((one) => one.case.id === id).map((one) => execute(one))),
      );
      expect(results.map(({ verdict }) => verdict)).toEqual(results.map(() => 'observed'));
      seen.push(results.map(({ reason }) => reason).join());
    }
    expect(seen[0]).not.toBe(seen[1]);
  });

  /** What is transmitted in them is all that the others transmit. */
  const TELLING = ['browser/flow', 'browser/large', 'browser/cut-and-back'];
  const ALLOWED = [
    'byte-per-frame',
    'packets-joined',
    'connack-with-101',
    'fragmented-messages',
    'declines-deflate',
    'deflate-limited',
    'sends-pings',
    'slow-suback',
    'late-deliveries',
    'answers-close-without-code',
    'waits-for-fin',
  ] as const satisfies readonly VariantName[];
  it.each(ALLOWED)('reports nothing where the broker %s', async (variant) => {
    const results = await onBroker({ variants: [variant] }, (all) =>
      Promise.all(firstOfEach(all.filter(({ case: one }) => TELLING.includes(one.id))).map((one) => execute(one))),
    );
    expect(results.length).toBe(TELLING.length);
    expect(results.filter(({ verdict }) => verdict !== 'pass').map(told)).toEqual([]);
  });

  // Of the sampled ones that which fills the memory: 64 MiB in a frame of 64 KiB, in every page.
  const impostors = Object.entries<Impostor>(IMPOSTORS).filter(
    ([name]) => !SAMPLED.has(name) || name === 'compressed-bomb',
  );
  it.concurrent.each(impostors)('does not pass on %s', async (name, impostor) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      impostor.answer(socketDuplex(socket), 'ws', { clock, random: cryptoRandom.bytes }),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`;
    const every = firstOfEach(instancesAt(url));
    const turns = every.filter((_one, index) => name === 'yes-man' || index % TURNS === name.length % TURNS);
    const results = await Promise.all(turns.map((one) => execute(one, HASTY)));
    server.close();
    expect(results.length).toBeGreaterThan(1);
    const satisfied = new Set<string>(impostor.satisfies ?? []);
    const passed = results.filter(
      ({ verdict, verifies }) => verdict === 'pass' && !verifies.every((key) => satisfied.has(key)),
    );
    expect(passed.map(told)).toEqual([]);
    expect(results.filter(({ verdict }) => verdict === 'error').map(told)).toEqual([]);
  });
});

/** A case once: the first of its rows, in the newest version. */
function firstOfEach(instances: readonly Instance[]): Instance[] {
  return [...new Map(instances.toReversed().map((one) => [one.case.id, one])).values()].map(
    (last) =>
      instances.find((one) => one.case.id === last.case.id && (!one.versioned || one.version === '5.0')) ?? last,
  );
}
