/** What was written is read again, and compared with the index and the tables. */
import { createHash, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePki, readPki, type Pki } from './index.ts';
import { AUTHORITIES, SCENARIOS } from './table/index.ts';
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
const certificate = (id: string): X509Certificate => new X509Certificate(pki.pem(pki.scenario(id)?.files.cert ?? ''));
const authority = (name: string): X509Certificate => new X509Certificate(pki.pem(`ca/${name}.pem`));

/** X509Certificate writes a negative number with its sign, and without the octets that carry it. */
const SERIAL_AS_NUMBER: Readonly<Record<string, string>> = {
  'client-serial-zero': '0',
  'client-serial-negative': '-FF',
};

const KEYS: Readonly<Record<string, readonly [string, string | number | undefined]>> = {
  'ec-p256': ['ec', 'prime256v1'],
  'ec-p384': ['ec', 'secp384r1'],
  'rsa-1024': ['rsa', 1024],
  'rsa-2048': ['rsa', 2048],
  'rsa-4096': ['rsa', 4096],
  ed25519: ['ed25519', undefined],
};

test.for(SCENARIOS.flatMap((plan) => (plan.kind === 'certificate' ? [[plan.id, plan] as const] : [])))(
  '%s is what its row and the index say',
  ([id, plan]) => {
    const scenario = pki.scenario(id);
    const one = certificate(id);
    const der = readFileSync(place(scenario?.files.der ?? ''));
    expect(one.raw.equals(der)).toBe(true);
    expect(createHash('sha256').update(der).digest('hex')).toBe(scenario?.fingerprint);
    expect(one.serialNumber).toBe(SERIAL_AS_NUMBER[id] ?? scenario?.serial.toUpperCase());
    expect(new Date(one.validFrom).toISOString()).toBe(scenario?.notBefore);
    expect(new Date(one.validTo).toISOString()).toBe(scenario?.notAfter);
    const { asymmetricKeyType, asymmetricKeyDetails: details } = one.publicKey;
    expect([asymmetricKeyType, details?.namedCurve ?? details?.modulusLength]).toEqual(KEYS[plan.key ?? 'ec-p256']);
    const issuer = plan.issuer === 'self' ? one : authority(plan.issuer ?? 'root');
    expect(one.issuer).toBe(issuer.subject);
    expect(one.verify(issuer.publicKey)).toBe(plan.badSignature !== true);
    const shown = pki.pem(scenario?.files.fullchain ?? '').match(/BEGIN CERTIFICATE/g);
    const chain = pki.pem(scenario?.files.chain ?? scenario?.files.fullchain ?? '').match(/BEGIN CERTIFICATE/g);
    expect(shown).toHaveLength((scenario?.files.chain === undefined ? 0 : 1) + (chain?.length ?? 0));
  },
);

test('every name carries TEST, but those that are the scenario itself', () => {
  const without = pki.index.scenarios.filter(({ subject }) => subject !== '' && !subject.includes('TEST'));
  expect(without).toEqual([]);
  for (const { name } of AUTHORITIES) expect(authority(name).subject).toContain('TEST');
});

test('chains of three and nine are shown, the root is not', () => {
  const shown = (id: string): number | undefined =>
    pki.pem(pki.scenario(id)?.files.fullchain ?? '').match(/BEGIN CERTIFICATE/g)?.length;
  expect([shown('client-long-chain#3'), shown('client-long-chain#9')]).toEqual([3, 9]);
});

test('the look-alike has everything of the root but the key', () => {
  const [root, lookalike] = [authority('root'), authority('lookalike')];
  expect([lookalike.subject, lookalike.serialNumber]).toEqual([root.subject, root.serialNumber]);
  expect(lookalike.publicKey.equals(root.publicKey)).toBe(false);
  expect(lookalike.verify(lookalike.publicKey)).toBe(true);
});

test.for([
  ['client-v1', /Version: 1 \(0x0\)/],
  ['client-serial-negative', /Serial Number: -255 \(-0xff\)/],
  ['client-huge', /2\.999\.3/],
  ['client-md5', /Signature Algorithm: md5WithRSAEncryption/],
  ['client-sha1', /Signature Algorithm: sha1WithRSAEncryption/],
  ['client-critical-unknown', /2\.999\.1: critical/],
  ['client-duplicate-extension', /X509v3 Key Usage(.|\n)*X509v3 Key Usage/],
  ['client-duplicate-unknown', /2\.999\.2(.|\n)*2\.999\.2/],
  ['client-cn-empty-subject', /Subject: *\n/],
  ['client-cn-san-only', /Subject Alternative Name: critical/],
  ['client-ku-no-signature', /Key Usage: critical\n *Key Encipherment\n/],
  ['client-ku-no-signature#key-agreement', /Key Usage: critical\n *Key Agreement\n/],
  ['client-eku-any', /Extended Key Usage: *\n *Any Extended Key Usage\n/],
  ['server-valid', /DNS:localhost, IP Address:127\.0\.0\.1, IP Address:0:0:0:0:0:0:0:1/],
  ['server-ip-as-dns', /DNS:127\.0\.0\.1, DNS:::1/],
  ['server-valid-rsa-2048', /Digital Signature, Key Encipherment/],
] as const)('%s looks like that to OpenSSL', ([id, form], context) => {
  needs(context, 'openssl', 'openssl');
  const { stdout } = perform('openssl', 'x509', '-in', place(pki.scenario(id)?.files.cert ?? ''), '-noout', '-text');
  expect(stdout).toMatch(form);
});

test.for([
  ['client-cn-bmp', 'CN=BMPSTRING:device-bmp'],
  ['client-cn-utf8', String.raw`CN=UTF8STRING:Ger\E4t-\U03A9-\U8A2D\U5099`],
  ['client-cn-nul', String.raw`CN=UTF8STRING:device-1\00-and-more`],
  ['client-cn-two-cn', 'CN=UTF8STRING:device-first, CN=UTF8STRING:device-second'],
  ['client-cn-wildcard', 'CN=UTF8STRING:a/+/#'],
  ['client-cn-empty', 'CN=UTF8STRING:'],
] as const)('%s has this subject', ([id, subject], context) => {
  needs(context, 'openssl', 'openssl');
  const cert = place(pki.scenario(id)?.files.cert ?? '');
  const { stdout } = perform(
    'openssl',
    'x509',
    '-in',
    cert,
    '-noout',
    '-subject',
    '-nameopt',
    'show_type,esc_ctrl,esc_msb,sep_comma_plus_space',
  );
  expect(stdout.trim()).toBe(`subject=O=UTF8STRING:mqttspec TEST, ${subject}`);
});

test('keys and stores are for their owner only, and nothing else is a key', () => {
  const all = readdirSync(place('.'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const entry of all) {
    const path = join(entry.parentPath, entry.name);
    const secret = /\.(key|p12|bundle\.pem)$/.test(path) && !path.endsWith('truststore.p12');
    expect([path, (statSync(path).mode & 0o777).toString(8)]).toEqual([path, secret ? '600' : '644']);
    if (!secret) expect(readFileSync(path, 'latin1')).not.toContain('PRIVATE KEY');
  }
});
