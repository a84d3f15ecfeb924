import { isIP, type Socket } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { Clock } from '#io';
import { DIAL_LIMITS, shownHost, type Endpoint, type TlsMaterial } from '#target';
import { untilReady } from './dial-phase.ts';
import type { DialFailure } from './dial.ts';
import { alertName, alertNumber } from './tls-alert.ts';

export interface TlsSession {
  /** `TLSv1.3`. */
  readonly protocol: string;
  /** `TLS_AES_256_GCM_SHA384`. */
  readonly cipher: string;
  readonly alpn?: string;
}

export interface TlsDial {
  readonly endpoint: Endpoint;
  readonly material: TlsMaterial;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The handshake over a connected socket. A refused client certificate shows later under TLS 1.3: as an alert at the first read. */
export async function openTls(
  tcp: Socket,
  { endpoint, material, clock, signal }: TlsDial,
): Promise<{ socket: TLSSocket; session: TlsSession } | DialFailure> {
  const where = `${shownHost(endpoint.host)}:${endpoint.port}`;
  const socket = connect(tlsOptions(tcp, endpoint, material));
  const failed = await untilReady(socket, { ready: 'secureConnect', within: DIAL_LIMITS.tlsMs, clock, signal });
  if (failed === undefined) {
    // After the handshake Node only reports a fatal alert, and goes on as if the peer had sent FIN.
    socket.on('error', () => {
      socket.pause();
      setImmediate(() => socket.destroy());
    });
    return { socket, session: sessionOf(socket) };
  }
  tcp.destroy();
  if (failed === 'aborted') return { kind: 'aborted', message: `the TLS handshake with ${where} was ended` };
  if (failed === 'timeout') {
    const seconds = DIAL_LIMITS.tlsMs / 1000;
    return {
      kind: 'timeout',
      message: `${where} accepted TCP but did not finish the TLS handshake within ${seconds} s`,
    };
  }
  return classifyTls(failed, where);
}

function tlsOptions(tcp: Socket, { host }: Endpoint, material: TlsMaterial): ConnectionOptions {
  const { ca, cert, key, passphrase, pfx } = material;
  const servername = material.servername ?? (isIP(host) === 0 ? host : undefined);
  return {
    socket: tcp,
    // Without a servername the certificate is checked against the host.
    host,
    rejectUnauthorized: material.verify,
    ...(servername === undefined ? {} : { servername }),
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(pfx === undefined ? {} : { pfx: Buffer.from(pfx) }),
  };
}

function sessionOf(socket: TLSSocket): TlsSession {
  const alpn = socket.alpnProtocol;
  return {
    protocol: socket.getProtocol() ?? 'TLS',
    cipher: socket.getCipher().standardName,
    ...(typeof alpn === 'string' ? { alpn } : {}),
  };
}

/** What OpenSSL says where what answers isn't TLS. */
const NOT_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE|UNEXPECTED_MESSAGE|UNKNOWN_PROTOCOL/;

function classifyTls(error: NodeJS.ErrnoException, where: string): DialFailure {
  const code = error.code ?? 'UNKNOWN';
  const tlsAlert = alertNumber(error.message);
  if (tlsAlert !== undefined) {
    const message = `${where} ended the TLS handshake with alert ${tlsAlert} (${alertName(tlsAlert)})`;
    return { kind: 'tls', message, code, tlsAlert };
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return { kind: 'reset', message: `${where} closed the connection during the TLS handshake`, code };
  }
  if (NOT_TLS.test(code))
    return { kind: 'tls', message: `${where} does not speak TLS: what answers is no TLS record`, code };
  const reason = error.message.trim();
  if (code.startsWith('ERR_SSL'))
    return { kind: 'tls', message: `the TLS handshake with ${where} failed (${reason})`, code };
  return { kind: 'tls', message: `the certificate of ${where} is not accepted (${reason})`, code };
}
