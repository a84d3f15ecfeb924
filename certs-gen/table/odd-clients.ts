/** Client certificates whose fields are wrong, weak or unusual. */
import type { Extension } from '../der/extensions.ts';
import { keyUsage } from '../der/extensions.ts';
import { octets } from '../der/asn1.ts';
import { client, situation, type ScenarioPlan } from './plan.ts';

/** Below the arc that is kept for examples: nobody knows these. */
const unknownExtension = (arc: number, content: Uint8Array, critical = false): Extension => ({
  id: `2.999.${arc}`,
  critical,
  value: octets(content),
});

const HUGE_OCTETS = 60 * 1024;
const LOCAL_LIMIT = 'RFC 5280 §6.1 (a depth limit is local policy)';

const usage: readonly ScenarioPlan[] = [
  client('eku-server', {
    expected: 'reject',
    extended: 'serverAuth',
    why: 'its extended key usage is serverAuth only',
    source: 'RFC 5280 §4.2.1.12',
  }),
  client('eku-none', {
    expected: 'observe',
    extended: 'none',
    why: 'no extended key usage: acceptance is usual, an application may demand the extension',
    source: 'RFC 5280 §4.2.1.12',
  }),
  client('eku-any', {
    expected: 'observe',
    extended: 'any',
    why: 'its extended key usage is anyExtendedKeyUsage only, which an application may refuse',
    source: 'RFC 5280 §4.2.1.12',
  }),
  client('ku-no-signature', {
    expected: 'reject',
    usage: ['keyEncipherment'],
    why: 'its key usage is keyEncipherment only: it may not sign the handshake',
    source: 'RFC 5280 §4.2.1.3; RFC 5246 §7.4.6',
  }),
  client('ku-no-signature#key-agreement', {
    expected: 'observe',
    usage: ['keyAgreement'],
    why: 'its key usage is keyAgreement only, which TLS stacks accept',
    source: 'RFC 5280 §4.2.1.3',
  }),
];

const path: readonly ScenarioPlan[] = [
  client('issued-by-leaf', {
    expected: 'reject',
    issuer: 'no-authority',
    why: 'its issuer is a valid certificate, but no authority',
    source: 'RFC 5280 §6.1.4 (k)',
  }),
  client('pathlen', {
    expected: 'reject',
    issuer: 'below-pathlen-0',
    why: 'an authority of its path allows no further authority below itself, and there is one',
    source: 'RFC 5280 §6.1.4 (l)',
  }),
  client('name-constraint', {
    expected: 'reject',
    issuer: 'constrained',
    names: ['outside.mqttspec.test'],
    why: 'its DNS name is outside the subtree that its issuer is permitted',
    source: 'RFC 5280 §6.1.3 (b, c)',
  }),
  client('ca-as-leaf', {
    expected: 'observe',
    authority: true,
    usage: ['digitalSignature', 'keyCertSign'],
    why: 'the certificate of an authority, shown as a client’s',
    source: 'RFC 5280 §4.2.1.9',
  }),
  client('long-chain#3', {
    expected: 'observe',
    issuer: 'chain-2',
    why: 'three certificates are shown',
    source: LOCAL_LIMIT,
  }),
  client('long-chain#9', {
    expected: 'observe',
    issuer: 'chain-8',
    why: 'nine certificates are shown',
    source: LOCAL_LIMIT,
  }),
];

const extensions: readonly ScenarioPlan[] = [
  client('critical-unknown', {
    expected: 'reject',
    further: [unknownExtension(1, Buffer.of(1), true)],
    why: 'a critical extension that nobody knows',
    source: 'RFC 5280 §4.2, §6.1.5 (f)',
  }),
  client('duplicate-extension', {
    expected: 'reject',
    further: [keyUsage('digitalSignature')],
    why: 'the key usage extension is there twice',
    source: 'RFC 5280 §4.2 (binds the issuer)',
  }),
  client('duplicate-unknown', {
    expected: 'observe',
    further: [unknownExtension(2, Buffer.of(1)), unknownExtension(2, Buffer.of(2))],
    why: 'an extension that nobody knows is there twice',
    source: 'RFC 5280 §4.2 (binds the issuer)',
  }),
  client('huge', {
    expected: 'observe',
    further: [unknownExtension(3, Buffer.alloc(HUGE_OCTETS, 0x55))],
    why: 'a certificate of 60 KiB',
    source: 'RFC 8446 §4.4.2',
  }),
  client('v1', {
    expected: 'observe',
    version: 1,
    why: 'a version 1 certificate, without extensions',
    source: 'RFC 5280 §4.1.2.1; RFC 8446 §4.4.2.3',
  }),
];

const serials: readonly ScenarioPlan[] = [
  client('serial-zero', {
    expected: 'observe',
    serial: '00',
    why: 'its serial number is zero',
    source: 'RFC 5280 §4.1.2.2 (users should cope)',
  }),
  client('serial-negative', {
    expected: 'observe',
    serial: 'ff01',
    why: 'its serial number is negative',
    source: 'RFC 5280 §4.1.2.2 (users should cope)',
  }),
  client('serial-21-octets', {
    expected: 'observe',
    serial: '7f'.repeat(21),
    why: 'its serial number has 21 octets',
    source: 'RFC 5280 §4.1.2.2',
  }),
];

const weak: readonly ScenarioPlan[] = [
  client('md5', {
    expected: 'reject',
    issuer: 'weak-signer',
    digest: 'md5',
    why: 'signed with MD5, in TLS 1.3',
    source: 'RFC 8446 §4.4.2.4',
    needs: ['tls13'],
  }),
  situation('client-md5#tls12', {
    like: 'client-md5',
    expected: 'observe',
    why: 'signed with MD5, in TLS 1.2',
    source: 'RFC 9155 §2 (handshake signatures only)',
    needs: ['tls12'],
  }),
  client('sha1', {
    expected: 'reject',
    issuer: 'weak-signer',
    digest: 'sha1',
    why: 'signed with SHA-1, in TLS 1.3',
    source: 'RFC 8446 §4.4.2.4 (refusal recommended)',
    needs: ['tls13'],
  }),
  situation('client-sha1#tls12', {
    like: 'client-sha1',
    expected: 'observe',
    why: 'signed with SHA-1, in TLS 1.2',
    source: 'RFC 9155 §2 (handshake signatures only)',
    needs: ['tls12'],
  }),
  client('rsa-1024', {
    expected: 'observe',
    key: 'rsa-1024',
    why: 'an RSA key of 1024 bits',
    source: 'RFC 9325 §4.5 (speaks of the server’s key)',
  }),
];

export const ODD_CLIENTS = [...usage, ...path, ...extensions, ...serials, ...weak];
