/** What a client has shown of itself in the handshake. */
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { knownCertificate, type Known } from './authorities.ts';

export interface Presented {
  /** The client's certificate, then its issuers as far as they were shown or are trusted. */
  readonly path: readonly [Known, ...Known[]];
  /** OpenSSL's code for what is wrong with the path; undefined: nothing. */
  readonly error?: string;
  /** As Node reads them: text, whatever the encoding. */
  readonly commonNames: readonly string[];
}

/** Undefined: the client showed nothing. */
export function presentedBy(socket: TLSSocket): Presented | undefined {
  const leaf = socket.getPeerCertificate(true);
  if (!('raw' in leaf)) return undefined;
  const path: Known[] = [];
  // A root issued itself: Node's list goes round there.
  for (let next: DetailedPeerCertificate | undefined = leaf; next !== undefined;) {
    path.push(knownCertificate(new Uint8Array(next.raw)));
    next = next.issuerCertificate === next ? undefined : next.issuerCertificate;
  }
  const [first, ...issuers] = path;
  if (first === undefined) return undefined;
  const { authorizationError: error } = socket as { authorizationError?: Error | string | null };
  const names: unknown = leaf.subject?.CN;
  return {
    path: [first, ...issuers],
    ...(error === undefined || error === null ? {} : { error: String(error) }),
    commonNames: names === undefined ? [] : [names].flat().map(String),
  };
}
