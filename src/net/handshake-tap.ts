/** Listens below TLS for the one thing that Node doesn't tell a client: whether its certificate was asked for, and went out. */
import { CONTENT_TYPES, HandshakeReader, HANDSHAKE_TYPES, TlsRecordReader } from '#wire';

/** `not-asked`: the server sent no CertificateRequest; `none`: it did, and the answer held no certificate. */
export type CertificateShown = 'shown' | 'none' | 'not-asked';

/** Octets of a protected Finished beyond its hash: header of the message, content type, tag (RFC 8446 §4.4.4, §5.2). */
const FINISHED_OVERHEAD = 4 + 1 + 16;
/** Above the largest answer without a certificate, below the smallest with one. */
const LEAST_CERTIFICATE = 150;

export class HandshakeTap {
  readonly #out = new TlsRecordReader();
  readonly #messages = new HandshakeReader();
  /** Octets of the list in a plain Certificate message; undefined: there was none. */
  #plainCertificate: number | undefined;
  #protected = 0;
  #encrypted = false;

  heard(direction: 'in' | 'out', bytes: Uint8Array): void {
    if (direction === 'in') return;
    for (const event of this.#out.push(bytes)) {
      if (event.kind !== 'record') return;
      const { type, fragment } = event.record;
      if (type === CONTENT_TYPES.changeCipherSpec) this.#encrypted = true;
      if (type === CONTENT_TYPES.applicationData) this.#protected += fragment.length;
      if (type === CONTENT_TYPES.handshake && !this.#encrypted) this.#read(fragment);
    }
  }

  #read(fragment: Uint8Array): void {
    for (const event of this.#messages.push(fragment)) {
      if (event.kind !== 'too-large' && event.message.type === HANDSHAKE_TYPES.certificate) {
        this.#plainCertificate = event.message.body.length;
      }
    }
  }

  /** When the handshake is over and nothing else was sent yet. */
  shown(protocol: string | null, cipher: string): CertificateShown {
    if (protocol !== 'TLSv1.3') {
      if (this.#plainCertificate === undefined) return 'not-asked';
      return this.#plainCertificate > LEAST_CERTIFICATE ? 'shown' : 'none';
    }
    if (this.#protected > LEAST_CERTIFICATE) return 'shown';
    const finished = FINISHED_OVERHEAD + (cipher.endsWith('SHA384') ? 48 : 32);
    return this.#protected > finished ? 'none' : 'not-asked';
  }
}
