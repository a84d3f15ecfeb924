/** Options, and a PKI that grows. */
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEY_TYPES, makePki, readPki, type PkiOptions } from '../index.ts';
import { TemporaryFolder } from '../testing/folder.ts';
import { needs, perform } from '../testing/program.ts';

let folder: TemporaryFolder;
let n = 0;
beforeAll(() => void (folder = new TemporaryFolder()));
afterAll(() => folder.dispose());

const FEW = ['client-revoked', 'server-valid'];
const place = (): string => folder.at(`pki-${(n += 1)}`);
const certificate = (directory: string, path: string): X509Certificate =>
  new X509Certificate(readFileSync(`${directory}/${path}`));

// The largest take minutes here; a certificate with one is in every other test of this folder.
test.for(KEY_TYPES.filter((key) => key !== 'rsa-4096'))(
  '--key %s: authorities and leaves have it, and OpenSSL takes them',
  async (key, context) => {
    const pki = place();
    await makePki(pki, { key, only: ['client-valid-intermediate', 'client-revoked'] });
    const type = key.startsWith('ec-') ? 'ec' : key.startsWith('rsa-') ? 'rsa' : key;
    for (const path of ['ca/root.pem', 'ca/intermediate.pem', 'client/client-valid-intermediate.pem']) {
      expect(certificate(pki, path).publicKey.asymmetricKeyType).toBe(type);
    }
    needs(context, 'openssl', 'openssl');
    const verify = (id: string): string =>
      perform(
        'openssl',
        ['verify', '-CAfile', `${pki}/ca/root.pem`, '-untrusted', `${pki}/ca/intermediate.pem`, '-crl_check_all'],
        ['-CRLfile', `${pki}/crl/all.pem`, `${pki}/client/${id}.pem`],
      ).stderr;
    expect(verify('client-valid-intermediate')).toBe('');
    expect(verify('client-revoked')).toContain('certificate revoked');
  },
);

test('a second call changes nothing', async () => {
  const pki = place();
  const before = await makePki(pki, { only: FEW });
  const key = readFileSync(`${pki}/ca/root.key`, 'utf8');
  expect(await makePki(pki, { only: FEW })).toEqual(before);
  expect(readFileSync(`${pki}/ca/root.key`, 'utf8')).toBe(key);
});

test('what is missing is added, under the same root; the revocation list knew it', async (context) => {
  const pki = place();
  await makePki(pki, { only: ['server-valid'] });
  const root = readFileSync(`${pki}/ca/root.pem`, 'utf8');
  const index = await makePki(pki, { only: FEW });
  expect(index.scenarios.map(({ id }) => id)).toEqual(['server-valid', 'client-revoked']);
  expect(readFileSync(`${pki}/ca/root.pem`, 'utf8')).toBe(root);
  expect(readPki(pki).index).toEqual(index);
  needs(context, 'openssl', 'openssl');
  const list = perform('openssl', 'crl', '-in', `${pki}/crl/root.pem`, '-noout', '-text').stdout;
  expect(list.toLowerCase()).toContain(index.scenarios[1]?.serial);
});

test('one more client is one more client', async () => {
  const pki = place();
  await makePki(pki, { only: ['server-valid'] });
  const index = await makePki(pki, { commonNames: ['Alice', 'alice', 'a/b#', '設備'] });
  expect(index.scenarios.slice(1).map(({ id, commonName }) => [id, commonName])).toEqual([
    ['client-named-alice', 'Alice'],
    ['client-named-alice-2', 'alice'],
    ['client-named-a-b', 'a/b#'],
    ['client-named-client', '設備'],
  ]);
  expect(await makePki(pki, { commonNames: ['Alice'] })).toEqual(index);
  const alice = certificate(pki, 'client/client-named-alice.pem');
  expect(alice.subject).toContain('CN=Alice');
  expect(alice.checkIssued(certificate(pki, 'ca/root.pem'))).toBe(true);
});

test('a situation brings the certificate that it shows', async () => {
  const { scenarios } = await makePki(place(), { only: ['crl-root-only', 'client-md5#*'] });
  const [intermediate, ofList, md5] = ['client-valid-intermediate', 'crl-root-only', 'client-md5#tls12'].map((id) =>
    scenarios.find((one) => one.id === id),
  );
  expect(ofList?.files).toEqual(intermediate?.files);
  expect([ofList?.crl, intermediate?.crl]).toEqual(['crl/root-only.pem', undefined]);
  expect(md5?.files.cert).toBe('client/client-md5.pem');
});

test('--only with !: all but these', async () => {
  const { scenarios } = await makePki(place(), { only: ['!client-*', '!server-valid-*'] });
  const ids = scenarios.map(({ id }) => id);
  expect(ids).toContain('server-valid');
  expect(ids.filter((id) => /^client-(?!valid)|^server-valid-/.test(id))).toEqual([]);
});

test('companions are written once, and again where they are missing', async () => {
  const pki = place();
  const only = ['server-valid'];
  const one = await makePki(pki, { only, companions: () => ({ 'brokers/a.conf': 'a' }) });
  expect(one.companions).toEqual(['brokers/a.conf']);
  writeFileSync(`${pki}/brokers/a.conf`, 'changed');
  const companions = (): Record<string, string> => ({ 'brokers/a.conf': 'a', 'brokers/b.conf': 'b' });
  const two = await makePki(pki, { only, companions });
  expect(two.companions).toEqual(['brokers/a.conf', 'brokers/b.conf']);
  expect(readFileSync(`${pki}/brokers/a.conf`, 'utf8')).toBe('changed');
  const three = await makePki(pki, { only, force: true });
  expect(three.companions).toEqual([]);
  expect(() => readFileSync(`${pki}/brokers/b.conf`)).toThrow(/ENOENT/);
  await expect(makePki(pki, { only, companions: () => ({ '../x': 'x' }) })).rejects.toMatchObject({ code: 'OUTSIDE' });
});

test('--days, --host', async () => {
  const pki = place();
  const now = new Date();
  const index = await makePki(pki, {
    only: ['server-valid'],
    days: 7,
    hosts: ['broker.test', '10.0.0.7', 'fe80::1'],
    now,
  });
  const server = certificate(pki, 'server/server-valid.pem');
  expect(server.subjectAltName).toBe('DNS:broker.test, IP Address:10.0.0.7, IP Address:FE80:0:0:0:0:0:0:1');
  expect(Date.parse(server.validTo) - now.getTime()).toBeCloseTo(7 * 86_400_000, -4);
  expect(index.validUntil).toBe(new Date(server.validTo).toISOString());
  // A leaf that is added does not outlive its authorities.
  await makePki(pki, { commonNames: ['bob'], days: 300 });
  expect(certificate(pki, 'client/client-named-bob.pem').validTo).toBe(server.validTo);
});

test('--trustable: the root certifies local names only', async (context) => {
  const pki = place();
  const only = ['server-valid', 'server-wildcard', 'server-wrong-host'];
  await makePki(pki, { only, trustable: true, hosts: ['localhost', '::1', '192.168.1.9'] });
  needs(context, 'openssl', 'openssl');
  const text = perform('openssl', 'x509', '-in', `${pki}/ca/root.pem`, '-noout', '-text').stdout;
  expect(text).toMatch(/Name Constraints: critical\n *Permitted:\n *DNS:localhost\n/);
  expect(text).toContain('IP:127.0.0.0/255.0.0.0');
  expect(text).toContain('IP:192.168.1.9/255.255.255.255');
  expect(text).toContain('IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF');
  for (const id of ['server-valid', 'server-wildcard']) {
    expect(perform('openssl', 'verify', '-CAfile', `${pki}/ca/root.pem`, `${pki}/server/${id}.pem`).stderr).toBe('');
  }
});

test('--force makes everything anew', async () => {
  const pki = place();
  await makePki(pki, { only: FEW });
  const root = readFileSync(`${pki}/ca/root.pem`, 'utf8');
  const index = await makePki(pki, { only: ['server-valid'], force: true, key: 'ec-p384' });
  expect(readFileSync(`${pki}/ca/root.pem`, 'utf8')).not.toBe(root);
  expect(index.scenarios.map(({ id }) => id)).toEqual(['server-valid']);
  expect(() => readFileSync(`${pki}/client/client-revoked.key`)).toThrow(/ENOENT/);
  expect(readPki(pki).index).toEqual(index);
});

test('--force takes nothing away if it can’t write', async () => {
  const pki = place();
  const before = await makePki(pki, { only: ['server-valid'] });
  mkdirSync(`${pki}/client`);
  writeFileSync(`${pki}/client/client-revoked.p12`, 'mine');
  await expect(makePki(pki, { only: FEW, force: true })).rejects.toMatchObject({ code: 'EXISTS' });
  expect(readPki(pki).index).toEqual(before);
});

test.for<[string, PkiOptions, RegExp]>([
  ['another key type', { key: 'rsa-2048' }, /has certificates with keys of type ec-p256$/],
  ['other hosts', { hosts: ['elsewhere.test'] }, /has certificates for localhost, 127\.0\.0\.1, ::1$/],
  ['a bound root', { trustable: true }, /has certificates with a root that may certify any name$/],
])('an existing PKI is not changed: %s', async ([, options, message]) => {
  const pki = place();
  const before = await makePki(pki, { only: FEW });
  const refusal = { code: 'EXISTS', message: expect.stringMatching(message) as string };
  await expect(makePki(pki, { only: FEW, ...options })).rejects.toMatchObject(refusal);
  expect(readPki(pki).index).toEqual(before);
});

test.for<[string, PkiOptions]>([
  ['a key type', { key: 'dsa' as 'ec-p256' }],
  ['no day', { days: 0 }],
  ['too many days', { days: 3651 }],
  ['half a day', { days: 0.5 }],
  ['a URL for a host', { hosts: ['wss://localhost'] }],
  ['a port', { hosts: ['localhost:8883'] }],
  ['a zone', { hosts: ['fe80::1%eth0'] }],
  ['an empty host', { hosts: [''] }],
  ['an empty name', { commonNames: [''] }],
  ['a long name', { commonNames: ['x'.repeat(65)] }],
  ['a line end', { commonNames: ['a\nb'] }],
  ['an unknown scenario', { only: ['client-foo'] }],
])('not possible: %s', async ([, options]) => {
  const pki = place();
  await expect(makePki(pki, options)).rejects.toMatchObject({ name: 'PkiError', code: 'OPTION' });
  expect(() => readFileSync(`${pki}/index.json`)).toThrow(/ENOENT/);
});
