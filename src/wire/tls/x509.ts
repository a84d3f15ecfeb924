/** What a prober reads of a certificate (RFC 5280 §4.1); signatures are not checked here. */
import { latin1Text } from '../websocket/latin1.ts';
import { DER_TAGS, oidOf, readDer, type DerValue } from './der.ts';
import { TlsFormatError } from './octets.ts';

export interface CertificateFacts {
  /** DER of the names. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  /** ISO 8601, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** OID. */
  readonly signatureAlgorithm: string;
  readonly key: { readonly kind: 'rsa' | 'ec' | 'ed25519' | 'ed448' | 'other'; readonly bits?: number };
  /** OIDs; undefined: the extension is absent. */
  readonly extendedKeyUsage?: readonly string[];
  /** Bit 0 is digitalSignature (RFC 5280 §4.2.1.3); undefined: the extension is absent. */
  readonly keyUsage?: readonly number[];
  /** dNSName, and iPAddress as text. */
  readonly names: readonly string[];
  /** In hexadecimal without leading zeros. */
  readonly serial: string;
  /** In the order of the certificate; one that is there twice stands there twice. */
  readonly extensions: readonly { readonly oid: string; readonly critical: boolean }[];
}

export const OIDS = {
  rsa: '1.2.840.113549.1.1.1',
  ec: '1.2.840.10045.2.1',
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  anyUsage: '2.5.29.37.0',
} as const;

/** SHA-1 and MD5 (and MD2), with RSA, DSA or ECDSA. */
export const WEAK_SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'MD2 with RSA',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.2.840.113549.1.1.5': 'SHA-1 with RSA',
  '1.2.840.10040.4.3': 'SHA-1 with DSA',
  '1.2.840.10045.4.1': 'SHA-1 with ECDSA',
};

const CURVE_BITS: Readonly<Record<string, number>> = {
  '1.2.840.10045.3.1.1': 192,
  '1.2.840.10045.3.1.7': 256,
  '1.3.132.0.10': 256,
  '1.3.132.0.33': 224,
  '1.3.132.0.34': 384,
  '1.3.132.0.35': 521,
};

/** Throws `TlsFormatError` where it is no certificate. */
export function readCertificate(der: Uint8Array): CertificateFacts {
  const [certificate, ...others] = readDer(der);
  if (certificate?.tag !== DER_TAGS.sequence || others.length > 0) throw new TlsFormatError('no certificate');
  const [tbs] = readDer(certificate.content);
  const fields = readDer(need(tbs).content);
  if (fields[0]?.tag === 0xa0) fields.shift();
  const [serial, algorithm, issuer, validity, subject, spki, ...optional] = fields;
  const [notBefore, notAfter] = readDer(need(validity).content);
  const extensions = extensionsOf(optional);
  const usages = extensions.get(OIDS.extendedKeyUsage);
  const usage = extensions.get(OIDS.keyUsage);
  return {
    issuer: need(issuer).whole,
    subject: need(subject).whole,
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    signatureAlgorithm: oidIn(algorithm),
    key: keyOf(need(spki)),
    ...(usages === undefined ? {} : { extendedKeyUsage: within(usages).map(({ content }) => oidOf(content)) }),
    ...(usage === undefined ? {} : { keyUsage: bitsOf(need(readDer(usage)[0]).content) }),
    names: namesOf(extensions.get(OIDS.subjectAltName)),
    serial: serialText(need(serial)),
    extensions: extensionList(optional),
  };
}

function need(value: DerValue | undefined): DerValue {
  if (value === undefined) throw new TlsFormatError('a certificate in which something is missing');
  return value;
}

/** What stands in the one sequence of an extension. */
const within = (value: Uint8Array): DerValue[] => readDer(need(readDer(value)[0]).content);
const oidIn = (sequence: DerValue | undefined): string => oidOf(need(readDer(need(sequence).content)[0]).content);

export function timeOf(value: DerValue | undefined): string {
  const { tag, content } = need(value);
  const digits = /^(\d{2,4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(latin1Text(content));
  if (digits === null) throw new TlsFormatError('a time that RFC 5280 §4.1.2.5 does not know');
  const [, year = '', month, day, hour, minute, second] = digits;
  // RFC 5280 §4.1.2.5.1: two digits from 50 are of the last century.
  const full = tag === DER_TAGS.utcTime ? String(Number(year) + (Number(year) >= 50 ? 1900 : 2000)) : year;
  return `${full}-${month}-${day}T${hour}:${minute}:${second}Z`;
}

function extensionsOf(optional: readonly DerValue[]): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const list = optional.find(({ tag }) => tag === 0xa3);
  if (list === undefined) return found;
  for (const { content } of within(list.content)) {
    const [oid, ...rest] = readDer(content);
    found.set(oidOf(need(oid).content), need(rest.at(-1)).content);
  }
  return found;
}

function extensionList(optional: readonly DerValue[]): { oid: string; critical: boolean }[] {
  const list = optional.find(({ tag }) => tag === 0xa3);
  if (list === undefined) return [];
  return within(list.content).map(({ content }) => {
    const [oid, critical] = readDer(content);
    return {
      oid: oidOf(need(oid).content),
      critical: critical?.tag === DER_TAGS.boolean && critical.content[0] !== 0,
    };
  });
}

/** In hexadecimal without leading zeros, as certificates and revocation lists name one another. */
export function serialText({ content }: DerValue): string {
  const hex = Array.from(content, (octet) => octet.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^0+(?=.)/, '');
}

function keyOf(spki: DerValue): CertificateFacts['key'] {
  const [algorithm, bits] = readDer(spki.content);
  const [oid, parameters] = readDer(need(algorithm).content);
  const name = oidOf(need(oid).content);
  if (name === OIDS.ed25519) return { kind: 'ed25519', bits: 256 };
  if (name === OIDS.ed448) return { kind: 'ed448', bits: 456 };
  if (name === OIDS.ec) {
    const size = parameters === undefined ? undefined : CURVE_BITS[oidOf(parameters.content)];
    return { kind: 'ec', ...(size === undefined ? {} : { bits: size }) };
  }
  if (name !== OIDS.rsa) return { kind: 'other' };
  // A bit string begins with the count of bits that are not used.
  const modulus = need(within(need(bits).content.subarray(1))[0]).content;
  const first = modulus.findIndex((octet) => octet !== 0);
  const leading = Math.clz32(modulus[first] ?? 0) - 24;
  return { kind: 'rsa', bits: (modulus.length - first) * 8 - leading };
}

function bitsOf(bitString: Uint8Array): number[] {
  const octets = bitString.subarray(1);
  return Array.from({ length: octets.length * 8 }, (_, bit) => bit).filter(
    (bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0,
  );
}

function namesOf(extension: Uint8Array | undefined): string[] {
  if (extension === undefined) return [];
  return within(extension).flatMap(({ tag, content }) => {
    if (tag === 0x82) return [latin1Text(content)];
    return tag === 0x87 ? [addressText(content)] : [];
  });
}

/** `127.0.0.1`, `0:0:0:0:0:0:0:1`: IPv6 with all its groups. */
function addressText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  const groups = Array.from({ length: octets.length / 2 }, (_, index) =>
    ((octets[2 * index] ?? 0) * 256 + (octets[2 * index + 1] ?? 0)).toString(16),
  );
  return groups.join(':');
}

/** Whether one of the names is that of the host (RFC 9525 §6.3: a wildcard stands for one whole label, the leftmost). */
export function namesHost(names: readonly string[], host: string): boolean {
  const wanted = expanded(host.toLowerCase().replace(/\.$/, ''));
  const [, ...parent] = wanted.split('.');
  return names.some((name) => {
    const own = expanded(name.toLowerCase());
    const isWild = own.startsWith('*.') && parent.length > 1 && !/^[\d.]+$/.test(wanted);
    return own === wanted || (isWild && own.slice(2) === parent.join('.'));
  });
}

/** IPv6 in its eight groups; all else as it is. */
function expanded(host: string): string {
  if (!host.includes(':')) return host;
  const [head = '', tail] = host.split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const given = [...groups(head), ...groups(tail ?? '')];
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - given.length }, () => '0');
  const all = [...groups(head), ...zeros, ...groups(tail ?? '')];
  return all.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
