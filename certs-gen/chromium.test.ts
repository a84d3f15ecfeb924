/** Chromium as a referee of the server certificates: a root in its own store, pages over HTTPS, no flag that forgives anything. */
import { existsSync, mkdirSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePki, readPki, type Pki } from './index.ts';
import { SCENARIOS } from './table/index.ts';
import { TemporaryFolder } from './testing/folder.ts';
import { hostOf } from './testing/hosts.ts';
import { perform } from './testing/program.ts';

const PROGRAM = [process.env['MQTTSPEC_CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  existsSync,
);

let folder: TemporaryFolder;
let pki: Pki;
let browser: Browser | undefined;
let missing = '';

beforeAll(async () => {
  folder = new TemporaryFolder();
  await makePki(folder.at('pki'), { only: ['server-*'] });
  pki = readPki(folder.at('pki'));
  if (PROGRAM === undefined) return void (missing = 'Chromium is not installed here (chromium)');
  const store = folder.at('.pki', 'nssdb');
  mkdirSync(store, { recursive: true });
  const made = perform('certutil', '-N', '-d', `sql:${store}`, '--empty-password');
  if (made.code !== 0) return void (missing = 'certutil is not installed here (libnss3-tools)');
  perform('certutil', '-A', '-d', `sql:${store}`, '-t', 'C,,', '-n', 'root', '-i', folder.at('pki', 'ca/root.pem'));
  browser = await chromium.launch({
    executablePath: PROGRAM,
    args: ['--no-sandbox'],
    env: { ...process.env, HOME: folder.path, XDG_CONFIG_HOME: folder.at('.config') },
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  folder.dispose();
});

/** What it says of those that it refuses; it looks at no revocation list, and takes RSA-1024 from a root of the user's. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'server-ed25519': /ERR_SSL_VERSION_OR_CIPHER_MISMATCH/,
  'server-no-chain': /ERR_CERT_AUTHORITY_INVALID/,
  'server-self-signed': /ERR_CERT_AUTHORITY_INVALID/,
  'server-foreign-ca': /ERR_CERT_AUTHORITY_INVALID/,
  'server-expired': /ERR_CERT_DATE_INVALID/,
  'server-not-yet-valid': /ERR_CERT_DATE_INVALID/,
  'server-wrong-host': /ERR_CERT_COMMON_NAME_INVALID/,
  'server-cn-only': /ERR_CERT_COMMON_NAME_INVALID/,
  'server-ip-as-dns': /ERR_CERT_COMMON_NAME_INVALID/,
  'server-eku-client': /ERR_CERT_INVALID|ERR_CERT_AUTHORITY_INVALID/,
  'server-name-constraint': /ERR_CERT_INVALID|ERR_CERT_AUTHORITY_INVALID|ERR_CERT_NAME_CONSTRAINT_VIOLATION/,
  'server-sha1': /ERR_CERT_INVALID|ERR_CERT_WEAK_SIGNATURE_ALGORITHM/,
};

test.for(SCENARIOS.filter(({ role }) => role === 'server').map(({ id }) => id))('%s', async (id, context) => {
  if (missing !== '' && process.env['CI'] !== 'true') context.skip(missing);
  const scenario = pki.scenario(id);
  const { fullchain = '', key = '' } = scenario?.files ?? {};
  if (scenario === undefined || browser === undefined) throw new Error(missing);
  const host = hostOf(scenario);
  const server = createServer(
    { cert: pki.pem(fullchain), key: pki.pem(key), ciphers: 'DEFAULT@SECLEVEL=0' },
    (_, answer) => answer.end('<title>served</title>'),
  );
  server.listen(0, host === '::1' ? '::1' : '127.0.0.1');
  await once(server, 'listening');
  const page = await browser.newPage();
  const { port } = server.address() as AddressInfo;
  try {
    const url = `https://${host.includes(':') ? `[${host}]` : host}:${port}/`;
    const refusal = await page.goto(url).then(
      () => '',
      (error: Error) => /net::(\w+)/.exec(error.message)?.[1] ?? error.message,
    );
    const expected = REFUSED[id];
    if (expected === undefined) expect([refusal, await page.title()]).toEqual(['', 'served']);
    else expect(refusal).toMatch(expected);
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
});
