/** Pages over `wss:` in the real Chromium, on the reference broker: what the store of the browser decides, client certificates, faults. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from '#io';
import { executeInstance, instancesOf, noLeftovers } from '#kit';
import { socketDial } from '#net';
import { isCaught } from '#proof';
import type { InstanceResult } from '#results';
import { CASES } from '#suites';
import type { Target } from '#target';
import { chromiumPath, installedDrivers } from './index.ts';
import { SETUPS, TestPki, type Setup } from './testing/secure-broker.ts';

const skipped = chromiumPath() === undefined && process.env['CI'] !== 'true';
if (skipped) process.stderr.write('browser suite over TLS: skipped, there is no Chromium here\n');

const clock = realClock();
const drivers = installedDrivers();
const pki = new TestPki();
const cases = CASES.filter(({ suite }) => suite === 'browser-tls');

function run(target: Target, chosen: readonly string[]): Promise<InstanceResult[]> {
  const instances = instancesOf(
    CASES.filter(({ id }) => chosen.includes(id)),
    { versions: ['5.0'], endpoints: [target.endpoints[0]] },
  );
  const environment = {
    clock,
    dial: socketDial(target, clock),
    target,
    timing: { replyMs: 8_000, settleMs: 0, graceMs: 8_000 },
    capabilities: {},
    leftovers: noLeftovers(),
    drivers,
    signal: new AbortController().signal,
    seed: 'browser',
  };
  return Promise.all(instances.map((instance) => executeInstance(instance, environment)));
}

/** Where a certificate has to be chosen, a page that comes back must not be asked again. */
const LONGER = ['browser/large', 'browser/reload', 'browser/cut-and-back'];

const told = ({ instance, verdict, reason, findings }: InstanceResult): string =>
  `${instance}: ${verdict}: ${reason ?? ''} ${findings.map(({ requirement }) => requirement).join(' ')}`;

const setupOf = ({ needs = [] }: { readonly needs?: readonly string[] }): Setup =>
  needs.includes('mtls-required') ? 'client certificate' : 'CA-signed';

describe.skipIf(skipped)('pages over wss', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    execFileSync(process.execPath, [path.join(import.meta.dirname, '../../scripts/bundle-pages.mjs')]);
    await pki.make();
  });
  afterAll(async () => {
    await drivers.close();
    pki.remove();
  });

  it.each(SETUPS)('pass, with MQTT.js and with our own codec: %s', async (setup) => {
    const { target, close } = await pki.start(setup);
    const results = await run(target, ['browser/flow', ...(setup === 'client certificate' ? LONGER : [])]);
    await close();
    expect(results.filter(({ verdict }) => verdict !== 'pass').map(told)).toEqual([]);
    expect(new Set(results.map(({ transport }) => transport))).toEqual(new Set(['wss']));
  });

  it.each(cases.map((one) => [one.id, one] as const))(
    '%s passes, and tells why a page was kept out',
    async (id, one) => {
      const { target, close } = await pki.start(setupOf(one));
      const [result] = await run(target, [id]);
      await close();
      expect(result && told(result)).toBe(`${id}@wss: pass:  `);
      const story = result?.steps.map(({ title }) => title).join('\n');
      expect(story).toMatch(/without the root: .*ERR_CERT_AUTHORITY_INVALID|without one: /);
    },
  );

  const faults = cases.flatMap((one) => (one.caughtBy ?? []).map((fault) => [one.id, fault, one] as const));
  it.each(faults)('%s catches %s', async (id, fault, one) => {
    const { target, close } = await pki.start(setupOf(one), [fault]);
    const results = await run(target, [id]);
    await close();
    expect(results.filter((result) => !isCaught(result)).map(told)).toEqual([]);
    expect(results).toHaveLength(1);
  });
});
