import { isIP, type Socket } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { sleep, tappedSocket, type Clock } from '#io';
import { DIAL_LIMITS, shownHost, type Endpoint, type TlsMaterial } from '#target';
import { addressIdentity } from './address-identity.ts';
import { untilReady } from './dial-phase.ts';
import type { DialFailure } from './dial.ts';
import { HandshakeTap } from './handshake-tap.ts';
import { alertName, alertNumber } from './tls-alert.ts';
import type { TlsDialOptions } from './tls-dial-options.ts';
import { sessionOf, ticketsOf, type TlsSession } from './tls-session.ts';

export interface TlsDial {
  readonly endpoint: Endpoint;
  readonly material: TlsMaterial;
  readonly options: TlsDialOptions;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The handshake over a connected socket. A refused client certificate shows later under TLS 1.3: as an alert at the first read. */
export async function openTls(
  tcp: Socket,
  { endpoint, material, options, clock, signal }: TlsDial,
): Promise<{ socket: TLSSocket; session: TlsSession } | DialFailure> {
  const where = `${shownHost(endpoint.host)}:${endpoint.port}`;
  const within = options.within ?? DIAL_LIMITS.tlsMs;
  const tap = isListenedTo(options) ? new HandshakeTap() : undefined;
  const beneath = tapped(tcp, options, tap, clock);
  let socket: TLSSocket;
  try {
    socket = connect({ ...tlsOptions(endpoint, material, options), socket: beneath });
  } catch (error) {
    tcp.destroy();
    return unusable(error as NodeJS.ErrnoException);
  }
  const tickets = ticketsOf(socket);
  // What goes wrong between two of the waits below must find a listener, too: an error without one ends the process.
  let broken: Error | undefined;
  socket.on('error', (error) => {
    broken ??= error;
  });
  const failed = await untilReady(socket, { ready: 'secureConnect', within, clock, signal });
  if (failed === undefined) {
    // After the handshake Node only reports a fatal alert, and goes on as if the peer had sent FIN.
    socket.on('error', () => {
      socket.pause();
      setImmediate(() => socket.destroy());
    });
    const told = broken ?? (await verdict(socket, tickets, options, { clock, signal })) ?? broken;
    const shown = tap?.shown(socket.getProtocol(), socket.getCipher().standardName);
    const session = sessionOf(
      { socket, tcp, clock, ...(options.tellsEnding === true ? { stream: beneath } : {}) },
      tickets,
      shown,
    );
    if (told === undefined) return { socket, session };
    tcp.destroy();
    return { ...refused(told, where), tls: session };
  }
  tcp.destroy();
  if (failed === 'aborted') return { kind: 'aborted', message: `the TLS handshake with ${where} was ended` };
  if (failed === 'timeout') {
    const message = `${where} accepted TCP but did not finish the TLS handshake within ${within / 1000} s`;
    return { kind: 'timeout', message };
  }
  return classifyTls(failed, where);
}

/** What the server says of our certificate behind a handshake of TLS 1.3; undefined: nothing against it, as far as it says. */
async function verdict(
  socket: TLSSocket,
  tickets: readonly Uint8Array[],
  { verdictMs = 0 }: TlsDialOptions,
  { clock, signal }: Pick<TlsDial, 'clock' | 'signal'>,
): Promise<Error | 'end' | undefined> {
  // Our last flight leaves behind the event.
  await new Promise((resolve) => setImmediate(resolve));
  if (verdictMs === 0 || tickets.length > 0 || socket.getProtocol() !== 'TLSv1.3') return undefined;
  return new Promise((resolve) => {
    const settle = (told: Error | 'end' | undefined): void => {
      timer.cancel();
      socket.off('session', onFine).off('error', settle).off('end', onEnd).off('close', onEnd);
      signal.removeEventListener('abort', onFine);
      resolve(told);
    };
    const onFine = (): void => settle(undefined);
    const onEnd = (): void => settle('end');
    const timer = clock.after(verdictMs, onFine);
    socket.once('session', onFine).once('error', settle).once('end', onEnd).once('close', onEnd);
    signal.addEventListener('abort', onFine, { once: true });
  });
}

function refused(told: Error | 'end', where: string): DialFailure {
  if (told !== 'end') return classifyTls(told, where);
  return { kind: 'reset', message: `${where} ended the connection behind the TLS handshake` };
}

const isListenedTo = ({ verdictMs, heard, segment, tellsEnding }: TlsDialOptions): boolean =>
  [verdictMs, heard, segment, tellsEnding].some((option) => option !== undefined);

/** Milliseconds in which all that came before FIN is surely read. */
const FIN_HELD_MS = 500;

function tapped(
  tcp: Socket,
  { heard, segment, tellsEnding }: TlsDialOptions,
  tap: HandshakeTap | undefined,
  clock: Clock,
): Socket {
  if (tap === undefined) return tcp;
  const stream = tappedSocket(tcp, {
    heard: (direction, bytes) => {
      tap.heard(direction, bytes);
      heard?.(direction, bytes);
    },
    ...(segment === undefined ? {} : { segment }),
    ...(tellsEnding === true && { holdsFin: () => sleep(clock, FIN_HELD_MS) }),
  });
  // Node takes any stream here; its types know sockets only.
  return stream as Socket;
}

function tlsOptions({ host }: Endpoint, material: TlsMaterial, options: TlsDialOptions): ConnectionOptions {
  const ca = options.ca ?? material.ca;
  const servername = options.servername ?? material.servername ?? (isIP(host) === 0 ? host : undefined);
  const { alpn, minVersion, maxVersion, ciphers, sigalgs, curves, ticket } = options;
  return {
    // Without a servername the certificate is checked against the host.
    host,
    rejectUnauthorized: options.verify ?? material.verify,
    ...(servername === undefined ? addressIdentity(host) : { servername }),
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...ownCertificate(material, options),
    ...(alpn === undefined ? {} : { ALPNProtocols: [...alpn] }),
    ...(minVersion === undefined ? {} : { minVersion }),
    ...(maxVersion === undefined ? {} : { maxVersion }),
    ...(ciphers === undefined ? {} : { ciphers }),
    ...(sigalgs === undefined ? {} : { sigalgs }),
    ...(curves === undefined ? {} : { ecdhCurve: curves }),
    ...(ticket === undefined ? {} : { session: Buffer.from(ticket) }),
  };
}

function ownCertificate(material: TlsMaterial, { client }: TlsDialOptions): ConnectionOptions {
  if (client === 'none') return {};
  if (client !== undefined) return { cert: client.cert, key: client.key };
  const { cert, key, passphrase, pfx } = material;
  return {
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(pfx === undefined ? {} : { pfx: Buffer.from(pfx) }),
  };
}

/** Our own OpenSSL wouldn't take it: nothing was sent, so nothing is known of the server. */
const unusable = (error: NodeJS.ErrnoException): DialFailure => ({
  kind: 'material',
  message: `our own side can not use this certificate, key or list of ciphers (${error.message.trim()})`,
  ...(error.code === undefined ? {} : { code: error.code }),
});

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
