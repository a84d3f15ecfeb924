/** Server certificates, for clients, browsers and the reference broker. What is said is for a client that trusts `root` and has its revocation lists. */
import { named, server, type CertificatePlan } from './plan.ts';

const NAME = 'RFC 9525 §6';
const PATH = 'RFC 5280 §6.1';
const WEAK = { expected: 'observe', source: 'RFC 9325 §4.5' } as const;

export const SERVERS: readonly CertificatePlan[] = [
  server('valid', { expected: 'accept', why: 'valid for all hosts of this PKI', source: `${PATH}; ${NAME}` }),
  server('valid-ec-p256', { expected: 'accept', key: 'ec-p256', why: 'valid, with an EC P-256 key', source: PATH }),
  server('valid-rsa-2048', { expected: 'accept', key: 'rsa-2048', why: 'valid, with an RSA key', source: PATH }),
  server('valid-dns', { expected: 'accept', names: ['localhost'], why: 'valid for localhost only', source: NAME }),
  server('valid-ipv4', { expected: 'accept', names: ['127.0.0.1'], why: 'valid for 127.0.0.1 only', source: NAME }),
  server('valid-ipv6', { expected: 'accept', names: ['::1'], why: 'valid for ::1 only', source: NAME }),
  server('ed25519', {
    expected: 'observe',
    key: 'ed25519',
    why: 'valid, with an Ed25519 key: browsers refuse it',
    source: 'RFC 8410; RFC 8446 §9.1',
  }),
  server('chain', {
    expected: 'accept',
    issuer: 'intermediate',
    why: 'issued by the intermediate authority, whose certificate is sent along',
    source: 'RFC 8446 §4.4.2',
  }),
  server('no-chain', {
    expected: 'reject',
    issuer: 'intermediate',
    leafOnly: true,
    why: 'issued by the intermediate authority, whose certificate is not sent',
    source: `${PATH}; RFC 8446 §4.4.2`,
  }),
  server('self-signed', { expected: 'reject', issuer: 'self', why: 'signed by itself', source: PATH }),
  server('foreign-ca', {
    expected: 'reject',
    issuer: 'foreign',
    why: 'issued by an authority that the client does not trust',
    source: PATH,
  }),
  server('expired', {
    expected: 'reject',
    validity: 'expired',
    why: 'its validity is over',
    source: 'RFC 5280 §6.1.3 (a)(2)',
  }),
  server('not-yet-valid', {
    expected: 'reject',
    validity: 'not-yet',
    why: 'its validity has not begun',
    source: 'RFC 5280 §6.1.3 (a)(2)',
  }),
  server('wrong-host', {
    expected: 'reject',
    names: ['elsewhere.mqttspec.test'],
    why: 'it names another host',
    source: NAME,
  }),
  server('cn-only', {
    expected: 'observe',
    names: [],
    subject: named('localhost'),
    why: 'the host is in the common name only: browsers no longer look there, OpenSSL and Node do',
    source: 'RFC 9525 §2; RFC 9110 §4.3.4',
  }),
  server('wildcard', {
    expected: 'accept',
    names: ['*.mqtt.localhost'],
    why: 'valid for each host one label below mqtt.localhost',
    source: 'RFC 9525 §6.3',
  }),
  server('ip-as-dns', {
    expected: 'reject',
    addressesAsDns: true,
    why: 'its addresses are written as DNS names, and do not count',
    source: 'RFC 9525 §6.5',
  }),
  server('eku-client', {
    expected: 'reject',
    extended: 'clientAuth',
    why: 'its extended key usage is clientAuth only',
    source: 'RFC 5280 §4.2.1.12',
  }),
  server('revoked', {
    expected: 'reject',
    revoked: true,
    why: 'it is on the revocation list of its issuer; browsers and most clients have no such list',
    source: 'RFC 5280 §6.3',
    needs: ['crl'],
  }),
  server('name-constraint', {
    expected: 'reject',
    issuer: 'constrained',
    why: 'its DNS names are outside the subtree that its issuer is permitted',
    source: 'RFC 5280 §6.1.3 (b, c)',
  }),
  server('rsa-1024', { ...WEAK, key: 'rsa-1024', why: 'an RSA key of 1024 bits' }),
  server('sha1', { ...WEAK, issuer: 'weak-signer', digest: 'sha1', why: 'signed with SHA-1' }),
];
