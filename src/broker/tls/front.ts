/** What comes to a port of TLS before TLS itself sees it: nothing is looked at where nothing is decided otherwise. */
import type { Socket } from 'node:net';
import { Duplex as Stream } from 'node:stream';
import { socketDuplex, type Duplex } from '#io';
import {
  CIPHER_OFFERS,
  CONTENT_TYPES,
  encodeRecord,
  encodeServerHello,
  EXTENSIONS,
  HANDSHAKE_TYPES,
  HandshakeReader,
  parseClientHello,
  SIGNALLING,
  TLS_VERSIONS,
  TlsFormatError,
  TlsRecordReader,
  type ClientHello,
  type ServerHello,
} from '#wire';
import type { About } from '../alteration.ts';
import type { DecisionValue } from '../decisions.ts';
import type { Gate } from '../gate.ts';
import { FlightChanger, type FlightChange } from './flight.ts';

export interface FrontOptions {
  readonly gate: Gate;
  readonly about: About;
  /** Goes on with TLS. */
  readonly secure: (stream: Socket | Stream) => void;
  /** Goes on without. */
  readonly plain: (duplex: Duplex) => void;
}

type HelloDecision = DecisionValue<'tls.hello'>;

interface Ways {
  readonly withoutTls: DecisionValue<'tls.without-tls'>;
  readonly notAHello: DecisionValue<'tls.not-a-hello'>;
  readonly hello: HelloDecision;
  readonly flight: DecisionValue<'tls.flight'>;
}

/** Takes a socket as TCP has it. */
export function fronted(socket: Socket, { gate, about, secure, plain }: FrontOptions): void {
  const ways: Ways = {
    withoutTls: gate.decide('tls.without-tls', 'refuse', about),
    notAHello: gate.decide('tls.not-a-hello', 'end', about),
    hello: gate.decide('tls.hello', 'serve', about),
    flight: gate.decide('tls.flight', 'as-it-is', about),
  };
  const usual = ways.withoutTls === 'refuse' && ways.notAHello === 'end' && ways.hello === 'serve';
  if (usual && ways.flight === 'as-it-is') return secure(socket);
  const first = new FirstOctets();
  const onData = (bytes: Uint8Array): void => {
    const what = first.push(bytes);
    if (what === 'more') return;
    socket.off('data', onData);
    socket.pause();
    if (what === 'no-tls' && ways.withoutTls === 'serve') {
      socket.unshift(first.octets);
      return plain(socketDuplex(socket));
    }
    if (typeof what === 'string' && ways.notAHello === 'wait') return void socket.resume();
    const answer = typeof what === 'string' ? 'serve' : answerTo(what, first, ways.hello);
    if (answer === 'close') return void socket.end();
    if (answer !== 'serve') return void socket.resume().write(answer);
    const hello = typeof what === 'string' ? undefined : what;
    if (ways.flight === 'as-it-is' || hello === undefined) {
      socket.unshift(first.octets);
      secure(socket);
      // TLS reads on its own as soon as it stands on the socket.
      return void setImmediate(() => socket.resume());
    }
    const stream = changed(socket, ways.flight, isStrange(hello));
    secure(stream);
    // What a stream holds before TLS stands on it is read twice where connections begin paused.
    setImmediate(() => stream.push(first.octets));
  };
  socket.on('data', onData);
}

/** Gathers until it is known what comes. */
class FirstOctets {
  octets: Uint8Array = new Uint8Array(0);
  segments = 0;
  records = 0;
  readonly #records = new TlsRecordReader();
  readonly #messages = new HandshakeReader();

  push(bytes: Uint8Array): ClientHello | 'more' | 'no-tls' | 'no-hello' {
    this.octets = Uint8Array.from([...this.octets, ...bytes]);
    this.segments += 1;
    for (const event of this.#records.push(bytes)) {
      if (event.kind === 'violation') return this.octets[0] === CONTENT_TYPES.handshake ? 'no-hello' : 'no-tls';
      if (event.record.type !== CONTENT_TYPES.handshake) return 'no-hello';
      this.records += 1;
      for (const came of this.#messages.push(event.record.fragment)) {
        if (came.kind === 'too-large' || came.message.type !== HANDSHAKE_TYPES.clientHello) return 'no-hello';
        return readHello(came.message.body);
      }
    }
    return 'more';
  }
}

function readHello(body: Uint8Array): ClientHello | 'no-hello' {
  try {
    return parseClientHello(body);
  } catch (error) {
    if (error instanceof TlsFormatError) return 'no-hello';
    throw error;
  }
}

/** Octets above which a limited listener closes. */
const HELLO_LIMIT = 16_384;

/** Octets that are sent instead of what TLS would answer. */
function answerTo(hello: ClientHello, first: FirstOctets, how: HelloDecision): Uint8Array | 'serve' | 'close' {
  const { version, cipherSuites } = hello;
  switch (how) {
    case 'serve':
      return 'serve';
    case 'agree-to-weak':
      return cipherSuites.every((suite) => WEAK.has(suite)) ? agreement(hello) : 'serve';
    case 'agree-to-ssl3':
      return version === TLS_VERSIONS.ssl3 ? agreement(hello) : 'serve';
    case 'close-on-old':
      return version < TLS_VERSIONS.tls12 ? 'close' : 'serve';
    case 'needs-one-segment':
      return first.segments > 1 ? 'close' : 'serve';
    case 'needs-one-record':
      return first.records > 1 ? 'close' : 'serve';
    case 'limited':
      return first.octets.length > HELLO_LIMIT ? 'close' : 'serve';
  }
}

const { tls13: _newest, classic: _classic, ...weakOffers } = CIPHER_OFFERS;
const WEAK: ReadonlySet<number> = new Set([...Object.values(weakOffers).flat(), SIGNALLING.emptyRenegotiationInfo]);

/** A ServerHello that takes the first suite; nobody could go on from there. */
function agreement({ version, cipherSuites }: ClientHello): Uint8Array {
  const hello: ServerHello = {
    version,
    random: new Uint8Array(32).fill(7),
    sessionId: new Uint8Array(0),
    cipherSuite: cipherSuites[0] ?? 0,
    compressionMethod: 0,
    extensions: [],
  };
  return encodeRecord({ type: CONTENT_TYPES.handshake, version, fragment: encodeServerHello(hello) });
}

/** Whether it names a host that is not the listener's. */
function isStrange({ extensions = [] }: ClientHello): boolean {
  const data = extensions.find(({ id }) => id === EXTENSIONS.serverName)?.data;
  return data !== undefined && !String.fromCharCode(...data).endsWith('localhost');
}

/** A socket whose plain flight leaves changed. */
function changed(socket: Socket, change: FlightChange, strange: boolean): Stream {
  const flight = new FlightChanger(change, strange);
  const stream = new Stream({
    allowHalfOpen: true,
    read: () => void socket.resume(),
    write: (chunk: Uint8Array, _encoding, done) => {
      const bytes = flight.leaving(chunk);
      if (bytes.length === 0) done();
      else socket.write(bytes, done);
    },
    final: (done) => void socket.end(() => done()),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  // Behind what came first.
  setImmediate(() => {
    socket.on('data', (bytes) => {
      if (!stream.push(bytes)) socket.pause();
    });
    socket.on('end', () => stream.push(null));
  });
  socket.on('close', () => stream.destroy());
  return stream;
}
