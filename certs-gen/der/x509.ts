/** Certificates: node-forge builds the structure, the public key and the signature are put in afterwards. */
import { createHash, type KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { binary, decode, encode, parts, seq, type Der } from './asn1.ts';
import type { Extension } from './extensions.ts';
import { signerOf, type Digest } from './signing.ts';

/** One relative distinguished name, in a row of them. */
export interface NamePart {
  readonly type: 'commonName' | 'organizationName' | 'organizationalUnitName';
  readonly value: string;
  /** Default: UTF8String. */
  readonly encoding?: 'bmp';
}
export type Name = readonly NamePart[];

export interface CertificateContent {
  readonly subject: Name;
  readonly issuer: Name;
  /** Content octets of the INTEGER. */
  readonly serial: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
  /** In this order; version 1 has none. */
  readonly extensions: readonly Extension[];
  readonly version?: 1;
}

/** The DER of a certificate, signed. */
export function certificate(content: CertificateContent, signingKey: KeyObject, digest?: Digest): Buffer {
  const signer = signerOf(signingKey, digest);
  const tbs = tbsCertificate(content);
  const fields = parts(tbs);
  fields[2] = signer.algorithm;
  fields[6] = decode(content.publicKey.export({ type: 'spki', format: 'der' }));
  if (content.version === 1) fields.shift();
  return encode(seq(tbs, signer.algorithm, signer.sign(encode(tbs))));
}

function tbsCertificate(content: CertificateContent): Der {
  const cert = forge.pki.createCertificate();
  cert.serialNumber = Buffer.from(content.serial).toString('hex');
  cert.validity.notBefore = content.notBefore;
  cert.validity.notAfter = content.notAfter;
  cert.setSubject(content.subject.map(attribute));
  cert.setIssuer(content.issuer.map(attribute));
  // Copies: node-forge fills in what is missing.
  cert.setExtensions(content.extensions.map((extension) => ({ ...extension })));
  // Both are replaced: node-forge writes neither EC nor Ed25519.
  cert.siginfo.algorithmOid = forge.pki.oids['sha256WithRSAEncryption'] ?? '';
  cert.publicKey = PLACEHOLDER;
  return getTBSCertificate(cert);
}

/** The type declarations leave it out. */
const { getTBSCertificate } = forge.pki as unknown as {
  getTBSCertificate(cert: forge.pki.Certificate): Der;
};

const PLACEHOLDER = forge.pki.setRsaPublicKey(new forge.jsbn.BigInteger('3', 10), new forge.jsbn.BigInteger('3', 10));

function attribute({ type, value, encoding }: NamePart): forge.pki.CertificateField {
  const { UTF8, BMPSTRING } = forge.asn1.Type;
  return {
    name: type,
    value,
    valueTagClass: encoding === 'bmp' ? BMPSTRING : UTF8,
  } as unknown as forge.pki.CertificateField;
}

/** The DER of a name. */
export function nameOf(name: Name): Der {
  return forge.pki.distinguishedNameToAsn1({
    attributes: name.map((part) => ({ ...attribute(part), type: forge.pki.oids[part.type] })),
  });
}

/** By which OpenSSL, and whoever follows it, looks for the files of an issuer: SHA-1 over the name in lower case, without its frame. */
export function nameHash(name: Name): string {
  const canonical = name.map((part) => ({ ...part, value: part.value.toLowerCase() }));
  const digest = createHash('sha1');
  for (const part of parts(nameOf(canonical))) digest.update(encode(part));
  return digest.digest().readUInt32LE().toString(16).padStart(8, '0');
}

/** RFC 5280 §4.2.1.2 (1): SHA-1 of the public key's bit string. */
export function keyIdentifier(publicKey: KeyObject): Buffer {
  const [, key] = parts(decode(publicKey.export({ type: 'spki', format: 'der' })));
  if (typeof key?.value !== 'string') throw new TypeError('a public key is a bit string');
  // Without the octet that counts unused bits.
  return createHash('sha1').update(Buffer.from(key.value, 'latin1').subarray(1)).digest();
}

/** The same certificate with one bit of its signature changed. */
export function withBadSignature(der: Buffer): Buffer {
  const altered = Buffer.from(der);
  const last = altered.length - 1;
  altered[last] = (altered[last] ?? 0) ^ 1;
  return altered;
}

export function pem(label: string, der: Uint8Array): string {
  return forge.pem.encode({ type: label, body: binary(der) }, { maxline: 64 }).replaceAll('\r', '');
}
