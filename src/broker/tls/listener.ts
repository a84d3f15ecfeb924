/** TLS in front of an endpoint: sockets come as TCP has them, go on as duplexes whose client was judged. */
import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { Clock, Duplex } from '#io';
import type { About } from '../alteration.ts';
import type { Gate } from '../gate.ts';
import { Authorities } from './authorities.ts';
import { listenerOptions } from './context.ts';
import { fronted } from './front.ts';
import { Judge } from './judge.ts';
import type { BrokerTls } from './options.ts';
import type { Peer } from './peer.ts';
import { presentedTo } from './presented.ts';
import { beneath, secureDuplex } from './secure-duplex.ts';

export interface SecureListenerOptions {
  readonly tls: BrokerTls;
  readonly gate: Gate;
  readonly clock: Clock;
  readonly transport: 'ws' | 'tcp';
  readonly accept: (duplex: Duplex, peer: Peer) => void;
}

/** An OCSPResponse (RFC 6960 §4.2.1) that says tryLater. */
const OCSP_TRY_LATER = [0x30, 0x03, 0x0a, 0x01, 0x03];

/** Gives what takes the sockets of a listener. Throws where the material can't be used. */
export function secureListener(options: SecureListenerOptions): (socket: Socket) => void {
  const { tls, gate, clock, transport, accept } = options;
  const about: About = { transport };
  const judge = new Judge({
    gate,
    authorities: new Authorities(tls.ca ?? [], tls.crl ?? []),
    required: tls.requireCert ?? false,
    ownTopics: tls.ownTopics ?? 'mqttspec-identity',
    ...(tls.identity === undefined ? {} : { identity: tls.identity }),
  });
  const needsName = gate.decide('tls.server-name', 'any', about) === 'required';
  const server = createServer({
    ...listenerOptions(tls, gate, about),
    allowHalfOpen: true,
    pauseOnConnect: true,
  });
  const presented = presentedTo(server);
  // What went wrong in a handshake concerns its client only, and Node has ended it.
  let latest: Duplex | undefined;
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
    // Where it only took too long, Node leaves TCP open beneath it.
    if (error.code === 'ERR_TLS_HANDSHAKE_TIMEOUT') beneath(socket)?.destroy();
    if (gate.decide('tls.failed-handshake', 'its-own', about) === 'another-too') latest?.reset();
  });
  if (gate.decide('tls.staples', false, about)) {
    server.on('OCSPRequest', (_certificate, _issuer, answer: (error: null, response: Buffer) => void) =>
      answer(null, Buffer.from(OCSP_TRY_LATER)),
    );
  }
  server.on('secureConnection', (socket: TLSSocket) => {
    socket.on('error', () => undefined);
    const { servername } = socket as TLSSocket & { readonly servername?: string | false };
    if (needsName && typeof servername !== 'string') return void socket.destroy();
    const { refused, ...known } = judge.judge(presented(socket), socket.isSessionReused(), {
      ...about,
      tlsVersion: socket.getProtocol() ?? undefined,
    });
    const notifies = (): boolean => gate.decide('tls.close-notify', true, about);
    const duplex = secureDuplex(socket, notifies);
    if (refused === undefined) {
      latest = duplex;
      return accept(duplex, known);
    }
    const how = gate.decide('tls.refusal', 'close', about);
    if (how === 'http-400' || how === 'connack' || how === 'silent') return accept(duplex, { refused: how });
    if (how === 'reset') return duplex.reset();
    if (how === 'late') {
      clock.after(LATE_MS, () => duplex.reset());
      return accept(duplex, {});
    }
    end(duplex, clock);
  });
  return (socket) => {
    socket.on('error', () => undefined);
    fronted(socket, {
      gate,
      about,
      secure: (stream) => void server.emit('connection', stream),
      plain: (duplex) => accept(duplex, {}),
    });
  };
}

/** Milliseconds in which a refusal that comes late lets a client do what it likes. */
const LATE_MS = 100;

/** Milliseconds that a refused client gets to end its side. */
const END_LIMIT_MS = 2_000;

/** Ends in order: what still comes is read, so that no RST destroys close_notify. */
function end(duplex: Duplex, clock: Clock): void {
  const timer = clock.after(END_LIMIT_MS, () => duplex.reset());
  duplex.listen({ data: () => undefined, ended: () => undefined, closed: () => timer.cancel() });
  duplex.end();
}
