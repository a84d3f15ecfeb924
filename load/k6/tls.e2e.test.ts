import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePki, readPki, type Pki } from '#certs-gen';
import { parseTarget } from '#target';
import { bundleOf, k6ForTests, shortPlan, withBroker } from './testing/real-k6.ts';
import { runOnK6 } from './run-on-k6.ts';

const k6 = await k6ForTests();
const title = k6 === undefined ? 'there is no k6 here (npm start -- doctor says how to get it)' : `k6 ${k6.version}`;

describe.skipIf(k6 === undefined)(title, () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'mqttspec-k6-tls-')), 'pki');
  let pki: Pki;
  beforeAll(async () => {
    await makePki(folder, { only: ['server-valid*', 'client-valid-ec-p256'] });
    pki = readPki(folder);
  });
  afterAll(() => rmSync(path.dirname(folder), { recursive: true, force: true }));

  const file = (relative: string | undefined): string => readFileSync(path.join(folder, relative ?? ''), 'utf8');
  const material = (id: string) => {
    const files = pki.scenario(id)?.files;
    return { cert: file(files?.fullchain ?? files?.cert), key: file(files?.key) };
  };

  async function over(tls: {
    readonly ca?: readonly string[];
    readonly cert?: string;
    readonly key?: string;
    readonly insecure?: boolean;
  }) {
    const server = pki.index.scenarios.find(({ id }) => id.startsWith('server-valid'))?.id ?? '';
    const ca = [file(pki.index.authorities.root.cert), file(pki.index.authorities.intermediate.cert)];
    return withBroker(
      async ({ wssUrl = '' }) =>
        runOnK6({
          engine: 'k6',
          k6: k6 as NonNullable<typeof k6>,
          plan: shortPlan('smoke', { seconds: '1', rate: '20', pairs: '2' }, { transport: 'wss' }),
          bundle: await bundleOf('k6'),
          target: parseTarget({ url: wssUrl, tls }),
          label: 'the broker',
          users: 1,
          toolVersion: '0.0.0',
          command: 'test',
        }),
      { tls: { ...material(server), ca, requireCert: true } },
    );
  }

  test('a client certificate and an authority of one’s own', async () => {
    const root = file(pki.index.authorities.root.cert);
    const result = await over({ ca: [root], ...material('client-valid-ec-p256') });
    expect(result.errors).toEqual([]);
    expect(result.delivery[1]).toMatchObject({ sent: 20, delivered: 20, lost: 0 });
    expect(result.target.transport).toBe('wss');
  });

  test('a server that is not trusted: no connection, and the result says why', async () => {
    const result = await over(material('client-valid-ec-p256'));
    expect(result.whole.connections_opened).toBe(0);
    expect(result.whole.connections_failed).toBe(4);
    expect(result.errors.map(({ kind }) => kind)).toContain('tls-failed');
  });
});
