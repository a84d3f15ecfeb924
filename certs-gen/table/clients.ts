/** Client certificates that are shown to a broker which requires one and trusts `root`. */
import { named, client, situation, type ScenarioPlan } from './plan.ts';

const PATH = 'RFC 5280 §6.1';
const VALID = { expected: 'accept', source: `${PATH}; RFC 8446 §9.1` } as const;
const REVOKED = { expected: 'reject', source: 'RFC 5280 §6.1.3 (a)(3), §6.3', needs: ['crl'] } as const;
const UNDETERMINED = {
  expected: 'reject',
  source: 'listener checks revocation lists; RFC 5280 §6.1.3 (a)(3), §6.3.3',
  needs: ['crl'],
} as const;

const valid: readonly ScenarioPlan[] = [
  client('valid-ec-p256', { ...VALID, key: 'ec-p256', why: 'a valid certificate with an EC P-256 key' }),
  client('valid-ec-p384', { ...VALID, key: 'ec-p384', source: PATH, why: 'a valid certificate with an EC P-384 key' }),
  client('valid-rsa-2048', { ...VALID, key: 'rsa-2048', why: 'a valid certificate with an RSA key of 2048 bits' }),
  client('valid-rsa-4096', {
    ...VALID,
    key: 'rsa-4096',
    source: PATH,
    why: 'a valid certificate with an RSA key of 4096 bits',
  }),
  client('ed25519', {
    expected: 'observe',
    key: 'ed25519',
    why: 'a valid certificate with an Ed25519 key, which no TLS stack must have',
    source: 'RFC 8410; RFC 8446 §9.1',
  }),
  client('valid-intermediate', {
    expected: 'accept',
    issuer: 'intermediate',
    why: 'issued by the intermediate authority, whose certificate is sent along',
    source: `${PATH}; RFC 8446 §4.4.2`,
  }),
];

const unknownIssuer: readonly ScenarioPlan[] = [
  client('no-chain', {
    expected: 'reject',
    issuer: 'intermediate',
    leafOnly: true,
    why: 'issued by the intermediate authority, whose certificate is not sent: no path to the root',
    source: PATH,
    needs: ['root-only'],
  }),
  situation('client-no-chain#held', {
    like: 'client-no-chain',
    expected: 'accept',
    why: 'the intermediate is not sent, but the listener holds it',
    source: PATH,
    needs: ['intermediate-held'],
  }),
  situation('client-none', {
    expected: 'reject',
    why: 'no certificate at a listener that requires one',
    source: 'RFC 8446 §4.4.2.4: the listener requires a certificate',
  }),
  situation('client-none#optional', {
    expected: 'accept',
    why: 'no certificate at a listener that only asks for one: no identity from TLS',
    source: 'RFC 8446 §4.4.2.4: the listener asks for a certificate but does not require it',
    needs: ['mtls-optional'],
  }),
  client('self-signed', { expected: 'reject', issuer: 'self', why: 'signed by itself', source: PATH }),
  client('self-signed-same-name', {
    expected: 'reject',
    issuer: 'self',
    subject: named('device-1'),
    why: 'signed by itself, with the subject of a valid client',
    source: PATH,
  }),
  client('foreign-ca', {
    expected: 'reject',
    issuer: 'foreign',
    why: 'issued by an authority that the listener does not trust, which is sent along',
    source: PATH,
  }),
  client('lookalike-ca', {
    expected: 'reject',
    issuer: 'lookalike',
    why: 'issued by an authority with the subject, serial number and key identifier of the trusted root, but another key',
    source: 'RFC 5280 §6.1.3 (a)(1)',
  }),
  client('bad-signature', {
    expected: 'reject',
    badSignature: true,
    why: 'one bit of the certificate’s signature is changed',
    source: 'RFC 5280 §6.1.3 (a)(1)',
  }),
  client('key-mismatch', {
    expected: 'reject',
    wrongKey: true,
    why: 'the key is another certificate’s; Node and OpenSSL refuse to load the pair, other tools show it',
    source: 'RFC 8446 §4.4.3; RFC 5246 §7.4.8',
    needs: ['raw-tls'],
  }),
];

const time: readonly ScenarioPlan[] = [
  client('expired', {
    expected: 'reject',
    validity: 'expired',
    why: 'its validity is over',
    source: 'RFC 5280 §6.1.3 (a)(2)',
  }),
  client('not-yet-valid', {
    expected: 'reject',
    validity: 'not-yet',
    why: 'its validity has not begun',
    source: 'RFC 5280 §6.1.3 (a)(2)',
  }),
];

const revocation: readonly ScenarioPlan[] = [
  client('revoked', { ...REVOKED, revoked: true, why: 'it is on the revocation list of its issuer' }),
  client('revoked-intermediate', {
    ...REVOKED,
    issuer: 'revoked-intermediate',
    why: 'its issuer is on the revocation list of the root: whoever checks the leaf only lets it in',
  }),
  situation('crl-expired', {
    ...UNDETERMINED,
    like: 'client-valid-ec-p256',
    crl: 'expired.pem',
    why: 'a valid client, but the revocation list is past its next update: the status is undetermined',
  }),
  situation('crl-wrong-signer', {
    ...UNDETERMINED,
    like: 'client-valid-ec-p256',
    crl: 'wrong-signer.pem',
    why: 'a valid client, but the revocation list is not signed by the root: the status is undetermined',
  }),
  situation('crl-root-only', {
    ...UNDETERMINED,
    like: 'client-valid-intermediate',
    crl: 'root-only.pem',
    why: 'a valid client of the intermediate, but only the root’s revocation list is there: the status is undetermined',
  }),
];

export const CLIENTS = [...valid, ...unknownIssuer, ...time, ...revocation];
