/** `node:tls` on both ends as a referee: a server that requires client certificates, and a client that looks at the server's. */
import { once } from 'node:events';
import { connect as tcp, isIP, type AddressInfo } from 'node:net';
import { connect, createSecureContext, createServer, type SecureContextOptions, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePki, readPki, type Pki, type Scenario } from './index.ts';
import { SCENARIOS } from './table/index.ts';
import { TemporaryFolder } from './testing/folder.ts';
import { addressIdentity } from '../src/net/address-identity.ts';
import { hostOf } from './testing/hosts.ts';

let folder: TemporaryFolder;
let pki: Pki;
beforeAll(async () => {
  folder = new TemporaryFolder();
  await makePki(folder.at('pki'));
  pki = readPki(folder.at('pki'));
}, 120_000);
afterAll(() => folder.dispose());

const CRL = /-----BEGIN X509 CRL-----[^-]+-----END X509 CRL-----\n/g;

/** Both sides load weak material, as it is the other's to judge it. */
const WEAK = 'DEFAULT@SECLEVEL=0';

interface End {
  readonly accepted: boolean;
  readonly reason: string;
}

function material({ files }: Scenario): SecureContextOptions {
  if (files.key === undefined || files.fullchain === undefined) return {};
  return { key: pki.pem(files.key), cert: pki.pem(files.fullchain), ciphers: WEAK };
}

function scenario(id: string): Scenario {
  const found = pki.scenario(id);
  if (found === undefined) throw new Error(`${id} was not made`);
  return found;
}

/** What a server that trusts the root and has the revocation lists says of this client. Nothing is written before that. */
async function judgedByServer(client: Scenario): Promise<End> {
  const wants = (need: string): boolean => client.needs?.includes(need) === true;
  const lists =
    client.crl === undefined ? pki.index.crls.each.map((path) => pki.pem(path)) : pki.pem(client.crl).match(CRL);
  // Without lists where they are not the point: of several reasons the last one is told, and it would be a missing list.
  const listed = client.expected !== 'reject' || wants('crl');
  const { cert = '', key = '' } = scenario('server-valid-ec-p256').files;
  const server = createServer({
    cert: pki.pem(cert),
    key: pki.pem(key),
    ca: [pki.pem('ca/root.pem'), ...(wants('intermediate-held') ? [pki.pem('ca/intermediate.pem')] : [])],
    ...(listed ? { crl: lists ?? [] } : {}),
    requestCert: true,
    // Else it hangs up and keeps the reason to itself.
    rejectUnauthorized: false,
    minVersion: wants('tls12') ? 'TLSv1.2' : 'TLSv1.3',
    maxVersion: wants('tls12') ? 'TLSv1.2' : 'TLSv1.3',
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const verdict = new Promise<End>((resolve) => {
    server.on('secureConnection', (socket: TLSSocket) => {
      // Undefined or null without an error; the declarations say Error, it is a code.
      const reason = String(socket.authorizationError ?? '');
      socket.on('error', () => undefined).destroy();
      resolve({ accepted: socket.authorized || wants('mtls-optional'), reason });
    });
    server.on('tlsClientError', (error: NodeJS.ErrnoException) =>
      resolve({ accepted: false, reason: `${error.code ?? ''} ${error.message}` }),
    );
  });
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1', ca: pki.pem('ca/root.pem'), ...material(client) });
  // The server's end is what counts; ours may be a reset.
  socket.on('error', () => undefined);
  const end = await verdict;
  socket.destroy();
  server.close();
  return end;
}

/** What a client that trusts the root, has the revocation lists and looks for the host says of this server. */
async function judgedByClient(one: Scenario): Promise<End> {
  const server = createServer(material(one)).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => undefined);
  server.on('secureConnection', (socket) => socket.on('error', () => undefined));
  await once(server, 'listening');
  const host = hostOf(one);
  const raw = tcp((server.address() as AddressInfo).port, '127.0.0.1');
  const socket = connect({
    socket: raw,
    // Not connected to, but looked for in the certificate.
    host,
    ...(isIP(host) === 0 ? { servername: host } : addressIdentity(host)),
    ca: pki.pem('ca/root.pem'),
    crl: pki.index.crls.each.map((path) => pki.pem(path)),
    ciphers: WEAK,
  });
  const end = await new Promise<End>((resolve) => {
    socket.on('secureConnect', () => resolve({ accepted: true, reason: '' }));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ accepted: false, reason: `${error.code ?? ''} ${error.message}` }),
    );
  });
  socket.destroy();
  server.close();
  return end;
}

/** Node refuses to load these: who shows them is told so by his own side, and that is no verdict. */
const NOT_LOADED: Readonly<Record<string, RegExp>> = {
  'client-key-mismatch': /key values mismatch/,
};

/** Node's words for the one thing that is wrong. */
const REASONS: Readonly<Record<string, RegExp>> = {
  'client-none': /./,
  'client-no-chain': /^UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT_LOCALLY)$/,
  'client-self-signed': /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
  'client-self-signed-same-name': /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
  'client-foreign-ca': /^SELF_SIGNED_CERT_IN_CHAIN$/,
  'client-lookalike-ca': /^CERT_SIGNATURE_FAILURE$/,
  'client-bad-signature': /^CERT_SIGNATURE_FAILURE$/,
  'client-expired': /^CERT_HAS_EXPIRED$/,
  'client-not-yet-valid': /^CERT_NOT_YET_VALID$/,
  'client-revoked': /^CERT_REVOKED$/,
  'client-revoked-intermediate': /^CERT_REVOKED$/,
  'crl-expired': /^CRL_HAS_EXPIRED$/,
  'crl-wrong-signer': /^CRL_SIGNATURE_FAILURE$/,
  'crl-root-only': /^UNABLE_TO_GET_CRL$/,
  'client-eku-server': /^INVALID_PURPOSE$/,
  'client-ku-no-signature': /^INVALID_PURPOSE$/,
  'client-issued-by-leaf': /^INVALID_CA$|^UNSPECIFIED$/,
  'client-pathlen': /^PATH_LENGTH_EXCEEDED$/,
  'client-name-constraint': /^UNSPECIFIED$/,
  'client-critical-unknown': /^UNSPECIFIED$/,
  'client-duplicate-extension': /./,
  'client-md5': /^UNSPECIFIED$|^CA_MD_TOO_WEAK$/,
  'client-sha1': /^UNSPECIFIED$|^CA_MD_TOO_WEAK$/,
};

/** Refusals that are no verdict of the certificate: a connection that broke, or a side that shows nothing. */
const NO_VERDICT = /ECONNRESET|NO_SHARED|HANDSHAKE_FAILURE/;

test.for(SCENARIOS.filter(({ role }) => role === 'client').map(({ id }) => id))('%s', async (id) => {
  const one = scenario(id);
  const notLoaded = NOT_LOADED[id];
  if (notLoaded !== undefined) {
    expect(() => createSecureContext(material(one))).toThrow(notLoaded);
    return;
  }
  createSecureContext(material(one));
  const { accepted, reason } = await judgedByServer(one);
  expect(reason).not.toMatch(NO_VERDICT);
  if (one.expected !== 'observe') expect([accepted, reason]).toEqual([one.expected === 'accept', reason]);
  if (one.expected === 'reject') expect(reason).toMatch(REASONS[id] ?? /^$/);
});

test.for(SCENARIOS.filter(({ role }) => role === 'server').map(({ id }) => id))('%s', async (id) => {
  const one = scenario(id);
  const { accepted, reason } = await judgedByClient(one);
  expect(reason).not.toMatch(NO_VERDICT);
  if (one.expected !== 'observe') expect([accepted, reason]).toEqual([one.expected === 'accept', reason]);
});
