/** PKCS#12 files and trust stores, opened by those who must: OpenSSL, NSS (Chromium, Firefox), Java. */
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePki, readPki, type Pki } from './index.ts';
import { TemporaryFolder } from './testing/folder.ts';
import { needs, perform } from './testing/program.ts';

let folder: TemporaryFolder;
let pki: Pki;
beforeAll(async () => {
  folder = new TemporaryFolder();
  await makePki(folder.at('pki'));
  pki = readPki(folder.at('pki'));
}, 120_000);
afterAll(() => folder.dispose());

const place = (path: string): string => folder.at('pki', path);
const stores = (): readonly string[] => pki.index.scenarios.flatMap(({ files }) => files.p12 ?? []);
const pems = (text: string, label: string): readonly string[] =>
  text.match(new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----\n`, 'g')) ?? [];

test('OpenSSL finds the key and the full chain of every store', (context) => {
  needs(context, 'openssl', 'openssl');
  for (const { id, files } of pki.index.scenarios) {
    if (files.p12 === undefined || files.key === undefined || files.fullchain === undefined) continue;
    const { stdout, stderr } = perform('openssl', [
      'pkcs12',
      '-in',
      place(files.p12),
      '-passin',
      `pass:${pki.index.password}`,
      '-nodes',
    ]);
    expect([id, stderr, pems(stdout, 'PRIVATE KEY').join('')]).toEqual([id, '', pki.pem(files.key)]);
    expect(new Set(pems(stdout, 'CERTIFICATE'))).toEqual(new Set(pems(pki.pem(files.fullchain), 'CERTIFICATE')));
    const stem = /([^/]+)\.p12$/.exec(files.p12)?.[1] ?? '';
    expect(stdout).toContain(`friendlyName: mqttspec TEST ${stem}`);
  }
});

test('OpenSSL refuses another password', (context) => {
  needs(context, 'openssl', 'openssl');
  const [store = ''] = stores();
  const { code, stderr } = perform('openssl', 'pkcs12', '-in', place(store), '-passin', 'pass:other', '-nodes');
  expect([code, stderr]).toEqual([1, expect.stringContaining('invalid password')]);
});

test('NSS lists every store, and takes one into a database with its key', (context) => {
  needs(context, 'pk12util', 'libnss3-tools');
  for (const store of stores()) {
    // NSS has no Ed25519 keys.
    if (store.includes('ed25519')) continue;
    const { code, stdout, stderr } = perform('pk12util', '-l', place(store), '-W', pki.index.password);
    expect([store, code, stderr]).toEqual([store, 0, '']);
    expect(stdout).toContain('Key(shrouded):');
  }
  const database = folder.at('nss');
  mkdirSync(database);
  perform('certutil', '-N', '-d', `sql:${database}`, '--empty-password');
  const store = place(pki.scenario('client-valid-intermediate')?.files.p12 ?? '');
  const taken = perform('pk12util', '-i', store, '-d', `sql:${database}`, '-W', pki.index.password);
  expect([taken.code, taken.stderr]).toEqual([0, '']);
  const { stdout } = perform('certutil', '-K', '-d', `sql:${database}`);
  expect(stdout).toContain('mqttspec TEST client-valid-intermediate');
});

test('Java takes the root of the trust store for an anchor', (context) => {
  needs(context, 'keytool', 'a JDK', false);
  const { stdout } = perform('keytool', [
    '-list',
    '-keystore',
    place(pki.index.truststore),
    '-storepass',
    pki.index.password,
  ]);
  expect(stdout).toMatch(/mqttspec test root, .*trustedCertEntry/);
});

test('Java finds the key of a store', (context) => {
  needs(context, 'keytool', 'a JDK', false);
  const store = pki.scenario('server-valid')?.files.p12 ?? '';
  const { stdout } = perform('keytool', '-list', '-keystore', place(store), '-storepass', pki.index.password);
  expect(stdout).toMatch(/mqttspec test server-valid, .*PrivateKeyEntry/);
});
