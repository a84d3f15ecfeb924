/** MQTT over WebSocket: a request of HTTP, its answer, then a session of frames. */
import { HttpHeadReader, PerMessageDeflate, type HttpHead } from '#wire';
import type { Compression, Duplex } from '#io';
import type { About } from '../alteration.ts';
import type { Core, CoreConnection, EndReason, PacketSink } from '../core-connection.ts';
import type { EffectOf } from '../effects.ts';
import { open, type Opening } from './opening.ts';
import type { Port } from './ports.ts';
import { encodeResponse, refusal } from './responses.ts';
import type { EndpointOptions } from './tcp.ts';
import { Transport } from './transport.ts';
import { WebSocketSession } from './websocket-session.ts';

export interface WebSocketOptions extends EndpointOptions {
  /** The only path that is served; absent: any. */
  readonly path?: string;
  /** The only origins that are admitted; absent: any. */
  readonly origins?: readonly string[];
  readonly compression?: Compression;
  /** Bytes of one frame. */
  readonly maximumFrame: number;
}

export function openWebSocket(duplex: Duplex, options: WebSocketOptions): void {
  new WebSocketEndpoint(duplex, options).listen();
}

/** The first octet of CONNECT; no method of HTTP begins with it. */
const CONNECT = 0x10;

class WebSocketEndpoint implements Port, PacketSink {
  readonly #options: WebSocketOptions;
  readonly #transport: Transport;
  readonly #core: CoreConnection;
  readonly #about: About;
  #head = new HttpHeadReader({ kind: 'request' });
  #session: WebSocketSession | undefined;
  /** MQTT came without an upgrade, and is served. */
  #plain = false;
  #opening: Opening | undefined;
  #first = true;
  #refused = false;

  constructor(duplex: Duplex, options: WebSocketOptions) {
    this.#options = options;
    this.#core = options.core.open(this, 'ws', options.peer);
    const { connection } = this.#core;
    this.#about = { connection, transport: 'ws' };
    this.#transport = new Transport(duplex, options.core.gate, options.clock, this.#about);
    options.ports.add(connection, this);
  }

  listen(): void {
    const { connection } = this.#core;
    this.#transport.duplex.listen({
      data: (bytes) => this.#gate.emit({ kind: 'bytes-received', connection, bytes, why: 'frame', cause: 'bytes' }),
      ended: () => {
        this.#core.transportEnded('closed');
        if (this.#session === undefined) this.#endTcp('fin');
        else this.#session.ended();
      },
      closed: (kind) => {
        this.#transport.gone();
        this.#session?.gone();
        this.#core.transportEnded(kind === 'fin' ? 'closed' : 'reset');
        this.#options.ports.remove(connection);
      },
      drained: () => this.#core.drained(),
    });
  }

  get #gate(): Core['gate'] {
    return this.#options.core.gate;
  }

  get buffered(): number {
    return (this.#session?.buffered ?? 0) + this.#transport.duplex.buffered;
  }

  sendBytes(bytes: Uint8Array): void {
    if (this.#plain) this.#transport.write(bytes);
    else this.#session?.sendBytes(bytes);
  }

  /** Before the upgrade the only reasons are a limit and a shutdown. */
  end(reason: EndReason): void {
    if (this.#session !== undefined) this.#session.end(reason);
    else if (this.#plain || this.#refused) this.#endTcp('fin');
    else this.#respond(refusal(reason.kind === 'shutdown' ? 503 : 408));
  }

  reset(): void {
    this.#endTcp('reset');
  }

  pause(): void {
    this.#transport.duplex.pause();
  }

  resume(): void {
    this.#transport.duplex.resume();
  }

  bytesReceived({ bytes }: EffectOf<'bytes-received'>): void {
    if (this.#transport.ended || this.#refused || this.#options.peer.refused === 'silent') return;
    if (this.#session !== undefined) this.#toSession(bytes);
    else if (this.#plain) this.#core.received(bytes);
    else this.#request(bytes);
  }

  frameReceived({ frame }: EffectOf<'frame-received'>): void {
    this.#session?.frameReceived(frame);
  }

  frameSent({ frame }: EffectOf<'frame-sent'>): void {
    this.#session?.frameSent(frame);
  }

  transportEnd({ how }: EffectOf<'transport-end'>): void {
    this.#session?.gone();
    if (how === 'reset') this.#transport.reset();
    else this.#transport.fin();
  }

  /** Puts an answer on the wire; a 101 opens the session. */
  httpResponse({ response }: EffectOf<'http-response'>): void {
    const keeps = response.status !== 101 && this.#gate.decide('ws.after-refusal', 'close', this.#about) === 'keep';
    const bytes = encodeResponse(response, keeps);
    if (keeps) {
      this.#head = new HttpHeadReader({ kind: 'request' });
      return this.#transport.write(bytes);
    }
    if (response.status !== 101) {
      this.#refused = true;
      this.#transport.write(bytes);
      this.#core.transportEnded('closed');
      return this.#endTcp('fin');
    }
    const joins = this.#gate.decide('ws.join-101', false, this.#about);
    if (!joins) this.#transport.write(bytes);
    this.#openSession(joins ? bytes : undefined);
  }

  #request(bytes: Uint8Array): void {
    if (this.#head.pending === 0 && bytes[0] === CONNECT) return this.#withoutUpgrade(bytes);
    const event = this.#head.push(bytes);
    if (event?.kind === 'head') this.#answer(event.head, event.rest);
    else if (event?.kind === 'too-large') this.#respond(refusal(431));
    else if (event?.kind === 'not-http') this.#respond(refusal(400));
  }

  #answer(head: HttpHead, rest: Uint8Array): void {
    const { path, origins, compression, peer } = this.#options;
    if (peer.refused === 'http-400') return this.#respond(refusal(400, [], 'The client certificate is not accepted.'));
    this.#opening = open(head, this.#gate, this.#about, {
      ...(path === undefined ? {} : { path }),
      ...(origins === undefined ? {} : { origins }),
      canDeflate: compression !== undefined,
    });
    this.#respond(this.#opening.response);
    if (rest.length === 0 || this.#refused) return;
    if (this.#session === undefined) this.#request(rest);
    else if (this.#gate.decide('ws.early-bytes', 'serve', this.#about) === 'serve') this.#toSession(rest);
  }

  #withoutUpgrade(bytes: Uint8Array): void {
    if (this.#gate.decide('ws.without-upgrade', 'refuse', this.#about) === 'refuse') return this.#respond(refusal(400));
    this.#plain = true;
    this.#core.received(bytes);
  }

  #openSession(prefix: Uint8Array | undefined): void {
    const { clock, compression, maximumFrame } = this.#options;
    const agreement = this.#opening?.deflate;
    this.#session = new WebSocketSession({
      clock,
      gate: this.#gate,
      core: this.#core,
      transport: this.#transport,
      maximumFrame,
      served: this.#opening?.served ?? true,
      ...(agreement === undefined || compression === undefined
        ? {}
        : { deflate: new PerMessageDeflate(compression, agreement, 'server') }),
      ...(prefix === undefined ? {} : { prefix }),
    });
  }

  #toSession(bytes: Uint8Array): void {
    const first = this.#first;
    this.#first = false;
    if (first && this.#gate.decide('ws.first-bytes', 'serve', this.#about) === 'drop') return;
    this.#session?.received(bytes);
  }

  #respond(response: EffectOf<'http-response'>['response']): void {
    const status = response.status === 101 ? 101 : this.#gate.decide('ws.refusal', response.status, this.#about);
    if (status === 0) {
      this.#refused = true;
      this.#core.transportEnded('closed');
      return this.#endTcp('fin');
    }
    const { connection } = this.#core;
    const chosen = status === response.status ? response : { ...refusal(status), headers: response.headers };
    this.#gate.emit({ kind: 'http-response', connection, response: chosen, why: 'handshake', cause: 'bytes' });
  }

  #endTcp(how: 'fin' | 'reset'): void {
    const { connection } = this.#core;
    this.#gate.emit({ kind: 'transport-end', connection, how, why: 'connection-lost', cause: 'transport' });
  }
}
