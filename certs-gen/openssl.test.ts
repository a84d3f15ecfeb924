/** OpenSSL as a referee: it must find of each certificate what its row says. */
import { isIP } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePki, readPki, type Pki, type Scenario } from './index.ts';
import { SCENARIOS } from './table/index.ts';
import { TemporaryFolder } from './testing/folder.ts';
import { hostOf } from './testing/hosts.ts';
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

/** Why OpenSSL refuses: for the one thing that is wrong, and for nothing else. */
const REASONS: Readonly<Record<string, RegExp>> = {
  'client-no-chain': /unable to get local issuer/,
  'client-self-signed': /self-signed certificate$/m,
  'client-self-signed-same-name': /self-signed certificate$/m,
  'client-foreign-ca': /self-signed certificate in certificate chain/,
  'client-lookalike-ca': /certificate signature failure/,
  'client-bad-signature': /certificate signature failure/,
  'client-expired': /certificate has expired/,
  'client-not-yet-valid': /certificate is not yet valid/,
  'client-revoked': /error 23 at 0 /,
  'client-revoked-intermediate': /error 23 at 1 /,
  'crl-expired': /CRL has expired/,
  'crl-wrong-signer': /CRL signature failure/,
  'crl-root-only': /error 3 at 0 .*unable to get certificate CRL/,
  'client-eku-server': /unsuitable certificate purpose/,
  'client-ku-no-signature': /unsuitable certificate purpose/,
  'client-issued-by-leaf': /invalid CA certificate/,
  'client-pathlen': /path length constraint exceeded/,
  'client-name-constraint': /permitted subtree violation/,
  'client-critical-unknown': /unhandled critical extension/,
  // It takes such a certificate for none at all.
  'client-duplicate-extension': /error \d+ at 0 /,
  'client-md5': /CA signature digest algorithm too weak|CA md too weak/,
  'client-sha1': /CA signature digest algorithm too weak|CA md too weak/,
  'server-no-chain': /unable to get local issuer/,
  'server-self-signed': /self-signed certificate$/m,
  'server-foreign-ca': /self-signed certificate in certificate chain/,
  'server-expired': /certificate has expired/,
  'server-not-yet-valid': /certificate is not yet valid/,
  'server-wrong-host': /hostname mismatch/,
  'server-ip-as-dns': /IP address mismatch/,
  'server-eku-client': /unsuitable certificate purpose/,
  'server-revoked': /certificate revoked/,
  'server-name-constraint': /permitted subtree violation/,
};

/** The certificate itself is good: only a handshake shows that the key isn't its own. */
const GOOD_ALONE = ['client-key-mismatch'];

/** `openssl verify` with purpose, all revocation lists, and the host: undefined, or what it says against it. */
function complaint(scenario: Scenario): string | undefined {
  const { role, files, crl } = scenario;
  const host = hostOf(scenario);
  const held =
    scenario.needs?.includes('intermediate-held') === true ? ['-untrusted', place('ca/intermediate.pem')] : [];
  const { code, stdout, stderr } = perform(
    'openssl',
    ['verify', '-purpose', role === 'client' ? 'sslclient' : 'sslserver', '-CAfile', place('ca/root.pem')],
    ['-crl_check_all', '-CRLfile', place(crl ?? pki.index.crls.all), '-auth_level', '1', ...held],
    files.chain === undefined ? [] : ['-untrusted', place(files.chain)],
    role === 'client' ? [] : [isIP(host) === 0 ? '-verify_hostname' : '-verify_ip', host],
    place(files.cert ?? ''),
  );
  if (code === 0) expect(stdout).toMatch(/: OK$/m);
  return code === 0 ? undefined : stderr;
}

const shown = SCENARIOS.filter((plan) => plan.kind === 'certificate' || plan.like !== undefined);

test.for(shown.map(({ id }) => id))('%s', (id, context) => {
  needs(context, 'openssl', 'openssl');
  const scenario = pki.scenario(id);
  if (scenario === undefined) throw new Error('it was not made');
  const said = complaint(scenario);
  if (scenario.expected === 'accept' || GOOD_ALONE.includes(id)) expect(said).toBeUndefined();
  if (scenario.expected === 'reject' && !GOOD_ALONE.includes(id)) expect(said).toMatch(REASONS[id] ?? /^$/);
});

test('each revocation list is signed by its authority', (context) => {
  needs(context, 'openssl', 'openssl');
  for (const { cert, crl, crlDer } of Object.values(pki.index.authorities)) {
    for (const args of [
      ['-in', place(crl)],
      ['-in', place(crlDer), '-inform', 'DER'],
    ]) {
      const { stderr } = perform('openssl', 'crl', ...args, '-noout', '-CAfile', place(cert));
      expect(stderr).toMatch(/verify OK/);
    }
  }
});

test('lists are named by the hash of their issuer', (context) => {
  needs(context, 'openssl', 'openssl');
  for (const path of pki.index.crls.hashed) {
    const { stdout } = perform('openssl', 'crl', '-in', place(path), '-noout', '-hash');
    expect(path).toBe(`crl/hashed/${stdout.trim()}.r0`);
  }
});

test('the root’s list names the revoked client, server and intermediate', (context) => {
  needs(context, 'openssl', 'openssl');
  const { stdout } = perform('openssl', 'crl', '-in', place(pki.index.authorities.root.crl), '-noout', '-text');
  const serials = [...stdout.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial]) => serial?.toLowerCase());
  expect(serials).toHaveLength(3);
  for (const id of ['client-revoked', 'server-revoked']) expect(serials).toContain(pki.scenario(id)?.serial);
});
