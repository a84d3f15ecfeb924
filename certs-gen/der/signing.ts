/** Keys and signatures: node:crypto makes them, as node-forge signs with RSA only. */
import { generateKeyPair, sign, type KeyObject } from 'node:crypto';
import { bits, nul, oid, seq, type Der } from './asn1.ts';
import type { KeyType } from './key-types.ts';

/** RSA-1024 exists as a scenario only. */
export type AnyKeyType = KeyType | 'rsa-1024';
export type Digest = 'sha256' | 'sha384' | 'sha1' | 'md5';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** On a thread of its own: several RSA keys are found at the same time. */
export function makeKeyPair(type: AnyKeyType): Promise<KeyPair> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject): void => {
      if (error === null) resolve({ publicKey, privateKey });
      else reject(error);
    };
    if (type === 'ed25519') generateKeyPair('ed25519', undefined, done);
    else if (type === 'ec-p256') generateKeyPair('ec', { namedCurve: 'P-256' }, done);
    else if (type === 'ec-p384') generateKeyPair('ec', { namedCurve: 'P-384' }, done);
    else generateKeyPair('rsa', { modulusLength: Number(type.slice('rsa-'.length)) }, done);
  });
}

const ECDSA: Readonly<Partial<Record<Digest, string>>> = {
  sha1: '1.2.840.10045.4.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
};
const RSA: Readonly<Record<Digest, string>> = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
};
const ED25519 = '1.3.101.112';

export interface Signer {
  /** AlgorithmIdentifier: NULL parameters with RSA (RFC 4055 §5), none with EC and Ed25519 (RFC 5758 §3.2, RFC 8410 §3). */
  readonly algorithm: Der;
  /** The BIT STRING of a signature over these octets. */
  sign(octets: Uint8Array): Der;
}

/** With the digest that fits the key's strength, unless a weaker one is asked for. */
export function signerOf(key: KeyObject, digest?: Digest): Signer {
  const name = digest ?? (key.asymmetricKeyDetails?.namedCurve === 'secp384r1' ? 'sha384' : 'sha256');
  if (key.asymmetricKeyType === 'ed25519') {
    return { algorithm: seq(oid(ED25519)), sign: (octets) => bits(sign(null, octets, key)) };
  }
  if (key.asymmetricKeyType === 'rsa') {
    return { algorithm: seq(oid(RSA[name]), nul()), sign: (octets) => bits(sign(name, octets, key)) };
  }
  const identifier = ECDSA[name];
  if (identifier === undefined) throw new TypeError(`there is no ECDSA with ${name}`);
  return { algorithm: seq(oid(identifier)), sign: (octets) => bits(sign(name, octets, key)) };
}
