/** What a client has shown of itself in the handshake. */
import type { DetailedPeerCertificate, Server, TLSSocket } from 'node:tls';
import { knownCertificate, type Known } from './authorities.ts';

export interface Presented {
  /** The client's certificate, then its issuers as far as they were shown or are trusted. */
  readonly path: readonly [Known, ...Known[]];
  /** OpenSSL's code for what is wrong with the path; undefined: nothing. */
  readonly error?: string;
  /** As Node reads them: text, whatever the encoding. */
  readonly commonNames: readonly string[];
}

/**
 * What the clients of a listener show, for its `secureConnection`; undefined: nothing.
 *
 * Some versions of Node (24.21, 26.8) look at a certificate that OpenSSL finds good in a way that drops the issuers that the
 * client sent (nodejs/node#65579), just before `secureConnection`. So it is read earlier: `keylog` is the one event of a server
 * that names the socket while the handshake is under way.
 */
export function presentedTo(server: Server): (socket: TLSSocket) => Presented | undefined {
  const leaves = new WeakMap<TLSSocket, DetailedPeerCertificate>();
  const known = new WeakSet<TLSSocket>();
  server.on('keylog', (_line, socket) => {
    if (known.has(socket)) return;
    known.add(socket);
    socket.prependOnceListener('secure', () => leaves.set(socket, socket.getPeerCertificate(true)));
  });
  return (socket) => presentedBy(socket, leaves.get(socket) ?? socket.getPeerCertificate(true));
}

function presentedBy(socket: TLSSocket, leaf: DetailedPeerCertificate): Presented | undefined {
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
