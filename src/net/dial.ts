/** Opens TCP or TLS to an endpoint, and tells the ways apart in which that fails. */
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { socketDuplex, type Clock, type Duplex } from '#io';
import { DIAL_LIMITS, isTls, shownHost, type Endpoint, type Target } from '#target';
import { openTls } from './dial-tls.ts';
import type { TlsDialOptions } from './tls-dial-options.ts';
import type { TlsSession } from './tls-session.ts';
import { untilReady } from './dial-phase.ts';

export interface DialFailure {
  /** `material`: our own side could not load or show what it was given; nothing was sent. */
  readonly kind: 'dns' | 'refused' | 'timeout' | 'unreachable' | 'tls' | 'reset' | 'aborted' | 'material' | 'other';
  /** One sentence, host and port named. */
  readonly message: string;
  /** Node's or OpenSSL's own: `ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  readonly code?: string;
  /** RFC 8446 §6, where the peer sent one. */
  readonly tlsAlert?: number;
  /** The handshake was done as far as our side can tell (`TlsDialOptions.verdictMs`). */
  readonly tls?: TlsSession;
}

export type DialResult =
  | { readonly ok: true; readonly duplex: Duplex; readonly remoteAddress?: string; readonly tls?: TlsSession }
  | { readonly ok: false; readonly failure: DialFailure };

/** Opens TCP or TLS to the endpoint (no WebSocket yet). Never throws; ends when the signal aborts. `tls`: otherwise than the target says. */
export type Dial = (endpoint: Endpoint, signal: AbortSignal, tls?: TlsDialOptions) => Promise<DialResult>;

/** Over real sockets: all addresses of a name are tried, IPv6 and IPv4 (RFC 8305), and each phase is bounded. */
export function socketDial(target: Pick<Target, 'tls'>, clock: Clock): Dial {
  return async (endpoint, signal, options = {}) => {
    const tcp = await openTcp(endpoint, clock, signal);
    if ('kind' in tcp) return { ok: false, failure: tcp };
    const { remoteAddress } = tcp;
    const address = remoteAddress === undefined ? {} : { remoteAddress };
    if (!isTls(endpoint.transport)) return { ok: true, duplex: socketDuplex(tcp), ...address };
    const secured = await openTls(tcp, { endpoint, material: target.tls, options, clock, signal });
    if ('kind' in secured) return { ok: false, failure: secured };
    return { ok: true, duplex: socketDuplex(secured.socket), tls: secured.session, ...address };
  };
}

async function openTcp(endpoint: Endpoint, clock: Clock, signal: AbortSignal): Promise<Socket | DialFailure> {
  const { host, port } = endpoint;
  const where = `${shownHost(host)}:${port}`;
  const socket = connect({ host, port, autoSelectFamily: true, noDelay: true, allowHalfOpen: true });
  const within = DIAL_LIMITS.resolveMs + DIAL_LIMITS.connectMs;
  let resolved = false;
  socket.once('lookup', () => {
    resolved = true;
  });
  const failed = await untilReady(socket, { ready: 'connect', within, clock, signal });
  if (failed === undefined) return socket;
  if (failed === 'aborted') return { kind: 'aborted', message: `connecting to ${where} was ended` };
  if (failed !== 'timeout') return classify(failed, where);
  const phase = resolved || /^[\d.]+$|:/.test(host) ? 'accepted no TCP connection' : 'was not resolved to an address';
  return { kind: 'timeout', message: `${where} ${phase} within ${within / 1000} s`, code: 'ETIMEDOUT' };
}

const KINDS: Readonly<Record<string, DialFailure['kind']>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
};

const WORDS: Readonly<Record<string, string>> = {
  dns: 'is not known to the name service',
  refused: 'refused the connection: nothing listens there',
  timeout: 'accepted no TCP connection in time',
  unreachable: 'can not be reached from this machine',
  reset: 'reset the connection at once',
};

function classify(error: NodeJS.ErrnoException, where: string): DialFailure {
  // Where several addresses were tried, the one that answered, if only to refuse, says most.
  const errors: readonly NodeJS.ErrnoException[] = error instanceof AggregateError ? error.errors : [error];
  const told = errors.find((one) => one.code === 'ECONNREFUSED') ?? errors[0] ?? error;
  const code = told.code ?? 'UNKNOWN';
  const kind = KINDS[code] ?? (code.startsWith('EAI_') ? 'dns' : 'other');
  return { kind, message: `${where} ${WORDS[kind] ?? `can not be connected to (${told.message})`}`, code };
}
