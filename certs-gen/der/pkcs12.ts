/**
 * PKCS#12 files (RFC 7292) with PBES2, AES-256 and a SHA-256 MAC: what OpenSSL 3, Java and NSS write and read today.
 * node-forge's own hold RSA keys only.
 */
import { createCipheriv, createHash, createHmac, pbkdf2Sync, randomBytes, type KeyObject } from 'node:crypto';
import { bmp, decode, encode, implicit, integer, nul, octets, oid, seq, set, tagged, type Der } from './asn1.ts';

const ITERATIONS = 2048;
const SALT_OCTETS = 16;

const OIDS = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacWithSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  sha256: '2.16.840.1.101.3.4.2.1',
  /** Java takes a certificate without a key for a trust anchor only with this attribute. */
  javaTrustedKeyUsage: '2.16.840.1.113894.746875.1.1',
  anyExtendedKeyUsage: '2.5.29.37.0',
} as const;

export interface Pkcs12Writer {
  /** A key and its certificates, the leaf first. */
  keyStore(name: string, key: KeyObject, certificates: readonly Uint8Array[]): Buffer;
  /** Trust anchors for Java. */
  trustStore(anchors: Readonly<Record<string, Uint8Array>>): Buffer;
}

/** The keys are derived once for all files of a PKI: its password is no secret, and a derivation takes milliseconds. */
export function pkcs12Writer(password: string): Pkcs12Writer {
  const salt = randomBytes(SALT_OCTETS);
  const cipherKey = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const macKey = derive(password, salt);

  const encrypted = (content: Der): Der => {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', cipherKey, iv);
    const octetsOfContent = Buffer.concat([cipher.update(encode(content)), cipher.final()]);
    const derivation = seq(
      oid(OIDS.pbkdf2),
      seq(octets(salt), integer(ITERATIONS), seq(oid(OIDS.hmacWithSha256), nul())),
    );
    const algorithm = seq(oid(OIDS.pbes2), seq(derivation, seq(oid(OIDS.aes256Cbc), octets(iv))));
    const encryptedData = seq(integer(0), seq(oid(OIDS.data), algorithm, implicit(0, octetsOfContent)));
    return seq(oid(OIDS.encryptedData), tagged(0, encryptedData));
  };

  const file = (...safes: readonly Der[]): Buffer => {
    const content = encode(seq(...safes));
    const mac = createHmac('sha256', macKey).update(content).digest();
    const digest = seq(seq(oid(OIDS.sha256), nul()), octets(mac));
    return encode(seq(integer(3), data(content), seq(digest, octets(salt), integer(ITERATIONS))));
  };

  return {
    keyStore(name, key, certificates) {
      const id = createHash('sha1')
        .update(certificates[0] ?? '')
        .digest();
      const attributes = [attribute(OIDS.friendlyName, bmp(name)), attribute(OIDS.localKeyId, octets(id))];
      const pkcs8 = key.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase: password });
      const keyBag = seq(oid(OIDS.shroudedKeyBag), tagged(0, decode(pkcs8)), set(...attributes));
      const certBags = certificates.map((der, at) => certBag(der, at === 0 ? attributes : []));
      return file(encrypted(seq(...certBags)), data(encode(seq(keyBag))));
    },
    trustStore(anchors) {
      const usage = attribute(OIDS.javaTrustedKeyUsage, oid(OIDS.anyExtendedKeyUsage));
      const bags = Object.entries(anchors).map(([name, der]) =>
        certBag(der, [attribute(OIDS.friendlyName, bmp(name)), usage]),
      );
      return file(encrypted(seq(...bags)));
    },
  };
}

const data = (content: Uint8Array): Der => seq(oid(OIDS.data), tagged(0, octets(content)));
const attribute = (type: string, value: Der): Der => seq(oid(type), set(value));

function certBag(der: Uint8Array, attributes: readonly Der[]): Der {
  const value = seq(oid(OIDS.x509Certificate), tagged(0, octets(der)));
  return seq(oid(OIDS.certBag), tagged(0, value), ...(attributes.length === 0 ? [] : [set(...attributes)]));
}

/** The key of the MAC: RFC 7292 appendix B.2 with SHA-256 (u = 32, v = 64) and ID 3; one block is enough. */
function derive(password: string, salt: Uint8Array): Buffer {
  const blocks = (bytes: Buffer): Buffer => {
    const filled = Buffer.alloc(Math.ceil(bytes.length / 64) * 64);
    for (let at = 0; at < filled.length; at += 1) filled[at] = bytes[at % bytes.length] ?? 0;
    return filled;
  };
  const secret = Buffer.from(`${password}\0`, 'utf16le').swap16();
  let key = Buffer.concat([Buffer.alloc(64, 3), blocks(Buffer.from(salt)), blocks(secret)]);
  for (let round = 0; round < ITERATIONS; round += 1) key = createHash('sha256').update(key).digest();
  return key;
}
