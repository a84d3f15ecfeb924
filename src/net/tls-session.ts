/** What a handshake came to, as our side sees it. */
import type { Socket } from 'node:net';
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import type { Clock } from '#io';
import type { CertificateShown } from './handshake-tap.ts';

export type { CertificateShown };

/** `fin`: TCP was ended without close_notify (RFC 8446 §6.1). */
export type TlsEnding = 'close-notify' | 'fin';

export interface TlsSession {
  /** `TLSv1.3`. */
  readonly protocol: string;
  /** `TLS_AES_256_GCM_SHA384`. */
  readonly cipher: string;
  readonly alpn?: string;
  /** A session of before was resumed. */
  readonly reused: boolean;
  /** OpenSSL's code for what is wrong with the server's certificate, where it was taken all the same. */
  readonly untrusted?: string;
  /** Whether the server asked for a client certificate, and got one; only where the handshake was listened to. */
  readonly shown?: CertificateShown;
  /** DER: the server's certificate, and its issuers as far as they were sent or are known. */
  readonly chain: readonly Uint8Array[];
  /** Sessions that can be resumed; under TLS 1.3 they come after the handshake. */
  readonly tickets: readonly Uint8Array[];
  /** How the server ended its side; undefined: it hasn't, or it isn't known. Only where `tellsEnding`. */
  readonly ending: () => TlsEnding | undefined;
  /** Asks for a new handshake on the connection (TLS 1.2): whether there was one. Ends with the connection, or after `ms` milliseconds. */
  readonly renegotiate: (ms: number) => Promise<boolean>;
  /** FIN of TCP without close_notify, as from a process that died; only where the handshake was listened to. */
  readonly finBeneath: () => void;
}

/** What a session is read from. */
export interface Secured {
  readonly socket: TLSSocket;
  /** Beneath it; `stream`: between the two, where that holds FIN back. */
  readonly tcp: Socket;
  readonly stream?: Socket;
  readonly clock: Clock;
}

/** Call it before the handshake: tickets may come with its last message. */
export function ticketsOf(socket: TLSSocket): Uint8Array[] {
  const tickets: Uint8Array[] = [];
  socket.on('session', (session) => tickets.push(new Uint8Array(session)));
  return tickets;
}

export function sessionOf(secured: Secured, tickets: readonly Uint8Array[], shown?: CertificateShown): TlsSession {
  const { socket, tcp } = secured;
  const alpn = socket.alpnProtocol;
  const { authorizationError: untrusted } = socket as { authorizationError?: Error | string | null };
  return {
    protocol: socket.getProtocol() ?? 'TLS',
    cipher: socket.getCipher().standardName,
    ...(typeof alpn === 'string' ? { alpn } : {}),
    reused: socket.isSessionReused(),
    ...(untrusted === undefined || untrusted === null ? {} : { untrusted: codeOf(untrusted) }),
    ...(shown === undefined ? {} : { shown }),
    chain: chainOf(socket),
    tickets,
    ending: endingOf(secured),
    renegotiate: (ms) => renegotiated(secured, ms),
    finBeneath: () => void tcp.end(),
  };
}

/** close_notify ends TLS at once, FIN not before it has come through the stream, which holds it back. */
function endingOf({ socket, stream }: Secured): () => TlsEnding | undefined {
  let ending: TlsEnding | undefined;
  if (stream !== undefined) {
    socket.once('end', () => {
      ending = stream.readableEnded ? 'fin' : 'close-notify';
    });
  }
  return () => ending;
}

function renegotiated({ socket, clock }: Secured, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (done: boolean): void => {
      timer.cancel();
      resolve(done);
    };
    const timer = clock.after(ms, () => settle(false));
    socket.once('close', () => settle(false)).once('error', () => settle(false));
    // Throws where the connection is one of TLS 1.3, which knows no renegotiation.
    socket.renegotiate({ rejectUnauthorized: false }, (error) => settle(error === null));
  });
}

const codeOf = (error: Error | string): string =>
  typeof error === 'string' ? error : ((error as NodeJS.ErrnoException).code ?? error.message);

/** A root issued itself: Node's list goes round there. */
function chainOf(socket: TLSSocket): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  while (next?.raw !== undefined) {
    chain.push(new Uint8Array(next.raw));
    next = next.issuerCertificate === next ? undefined : next.issuerCertificate;
  }
  return chain;
}
