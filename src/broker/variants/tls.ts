/** Variants with client certificates. */
import type { VariantName } from '#spec';
import type { About, Alteration } from '../alteration.ts';

const USUAL_KEYS: ReadonlySet<string> = new Set(['ec', 'rsa']);
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const BASIC_CONSTRAINTS = '2.5.29.19';
const KEY_USAGE = '2.5.29.15';
/** RFC 5280 §4.1.2.2: octets of a serial number. */
const SERIAL_DIGITS = 40;

/** What a strict listener of today doesn't want to see, though no standard makes it refuse. */
function isUnusual({ certificate, path }: About): boolean {
  if (certificate === undefined || path === undefined) return false;
  const { key, serial, extensions, extendedKeyUsage, keyUsage, der } = certificate;
  const oids = extensions.map(({ oid }) => oid);
  return (
    !USUAL_KEYS.has(key.kind) ||
    (key.kind === 'rsa' && (key.bits ?? 0) < 2048) ||
    extendedKeyUsage?.includes(CLIENT_AUTH) !== true ||
    keyUsage?.includes(0) !== true ||
    !oids.includes(BASIC_CONSTRAINTS) ||
    !oids.includes(KEY_USAGE) ||
    new Set(oids).size < oids.length ||
    keyUsage.includes(5) ||
    serial === '0' ||
    serial.length > SERIAL_DIGITS ||
    /^[89a-f]/.test(serial.length % 2 === 0 ? serial : `0${serial}`) ||
    path.length > 3 ||
    der.length > 16_384
  );
}

/** The attribute type commonName (2.5.4.3), and the tag of a BMPString. */
const COMMON_NAME = [0x06, 0x03, 0x55, 0x04, 0x03];
const BMP_STRING = 0x1e;

function hasPlainName(subject: Uint8Array): boolean {
  const at = Buffer.from(subject).indexOf(Buffer.from(COMMON_NAME));
  const value = subject.subarray(at + COMMON_NAME.length);
  return at < 0 || (value[0] !== BMP_STRING && value.subarray(2).every((octet) => octet < 0x80));
}

export const TLS = {
  'refuses-certificates-by-reset': { decide: { 'tls.refusal': () => 'reset' } },
  'refuses-certificates-by-http': { decide: { 'tls.refusal': () => 'http-400' } },
  'refuses-certificates-by-connack': { decide: { 'tls.refusal': () => 'connack' } },
  'refuses-unusual-certificates': { decide: { 'tls.admits': (normal, about) => normal && !isUnusual(about) } },
  'takes-weak-signatures-below-tls13': {
    waive: ['tls.weak-signature'],
    when: ({ tlsVersion }) => tlsVersion !== 'TLSv1.3',
  },
  'takes-first-of-names': { decide: { 'tls.odd-name': () => 'first' } },
  'lets-nameless-in': { decide: { 'tls.odd-name': () => 'anonymous' } },
  'takes-plain-names-only': {
    decide: {
      'tls.admits': (normal, { certificate }) =>
        normal && (certificate === undefined || hasPlainName(certificate.subject)),
    },
  },
  'lets-nobody-take-over': {
    decide: { 'session.takeover': (normal, { otherIdentity }) => (otherIdentity === true ? 'new-ends' : normal) },
  },
} as const satisfies { readonly [V in VariantName]?: Alteration };
