/** Whom the broker trusts, and what they have revoked. */
import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { decodeBase64, readCertificate, readRevocationList, type CertificateFacts, type RevocationList } from '#wire';

/** A certificate that was shown, or that issued one. */
export interface Known extends CertificateFacts {
  readonly der: Uint8Array;
}

export const knownCertificate = (der: Uint8Array): Known => ({ ...readCertificate(der), der });

/** What a list says of a certificate of its issuer. */
export type Status = 'good' | 'revoked' | 'no-list' | 'old-list' | 'not-signed';

export class Authorities {
  readonly trusted: readonly Known[];
  readonly #lists: readonly RevocationList[];

  /** PEM, each with any number of blocks. */
  constructor(certificates: readonly string[], lists: readonly string[]) {
    this.trusted = certificates.flatMap((pem) => blocks(pem, 'CERTIFICATE')).map(knownCertificate);
    this.#lists = lists.flatMap((pem) => blocks(pem, 'X509 CRL')).map(readRevocationList);
  }

  /** True where lists are looked at. */
  get revokes(): boolean {
    return this.#lists.length > 0;
  }

  /** The trusted certificate with this name: the path may end there without it being sent. */
  named(subject: Uint8Array): Known | undefined {
    return this.trusted.find((one) => sameOctets(one.subject, subject));
  }

  /** RFC 5280 §6.3.3, for complete lists. `now`: ISO 8601. */
  status(certificate: Known, issuer: Known, now: string): Status {
    const list = this.#lists.find((one) => sameOctets(one.issuer, certificate.issuer));
    if (list === undefined) return 'no-list';
    if (!isSignedBy(list, issuer)) return 'not-signed';
    if (list.nextUpdate !== undefined && list.nextUpdate < now) return 'old-list';
    return list.revoked.has(certificate.serial) ? 'revoked' : 'good';
  }
}

const DIGESTS: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

function isSignedBy({ signed, signature, signatureAlgorithm }: RevocationList, issuer: Known): boolean {
  const { publicKey } = new X509Certificate(issuer.der);
  // Ed25519 has its digest in itself.
  return verify(
    DIGESTS[signatureAlgorithm],
    signed,
    createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
    signature,
  );
}

/** DER of the blocks of one kind. */
function blocks(pem: string, label: string): Uint8Array[] {
  const found = pem.matchAll(new RegExp(`-----BEGIN ${label}-----([^-]+)-----END ${label}-----`, 'g'));
  return [...found].flatMap(([, text = '']) => decodeBase64(text.replaceAll(/\s/g, '')) ?? []);
}

function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}
