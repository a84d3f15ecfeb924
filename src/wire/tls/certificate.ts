/** The Certificate message of TLS 1.2 and older (RFC 5246 §7.4.2); under 1.3 it is protected. */
import { vector, OctetReader } from './octets.ts';
import { encodeHandshake, HANDSHAKE_TYPES } from './handshake.ts';

/** The certificates of the body of a handshake message of type 11, DER, in the order in which they were sent. Throws `TlsFormatError`. */
export function parseCertificates(body: Uint8Array): Uint8Array[] {
  const reader = new OctetReader(body, 'Certificate');
  const list = reader.vector(3);
  reader.end();
  const certificates: Uint8Array[] = [];
  while (list.left > 0) certificates.push(list.vector(3).rest());
  return certificates;
}

export function encodeCertificates(certificates: readonly Uint8Array[]): Uint8Array {
  const body = vector(3, ...certificates.map((der) => vector(3, der)));
  return encodeHandshake({ type: HANDSHAKE_TYPES.certificate, body });
}
