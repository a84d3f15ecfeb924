/** MQTT over plain TCP: packets to bytes and back, nothing between. */
import type { Clock, Duplex } from '#io';
import type { Core, CoreConnection, EndReason, PacketSink } from '../core-connection.ts';
import type { EffectOf } from '../effects.ts';
import { Gathered, joined } from './gathered.ts';
import type { Port, Ports } from './ports.ts';
import { Transport } from './transport.ts';
import type { Peer } from '../tls/peer.ts';

export interface EndpointOptions {
  readonly clock: Clock;
  readonly core: Core;
  readonly ports: Ports;
  /** What TLS has found out about the client. */
  readonly peer: Peer;
}

export function openTcp(duplex: Duplex, options: EndpointOptions): void {
  new TcpEndpoint(duplex, options).listen();
}

class TcpEndpoint implements Port, PacketSink {
  readonly #options: EndpointOptions;
  readonly #transport: Transport;
  readonly #core: CoreConnection;
  readonly #out: Gathered;

  constructor(duplex: Duplex, options: EndpointOptions) {
    this.#options = options;
    this.#out = new Gathered(options.clock, (parts, length) => this.#flushed(joined(parts, length)));
    this.#core = options.core.open(this, 'tcp', options.peer);
    const { connection } = this.#core;
    this.#transport = new Transport(duplex, options.core.gate, options.clock, { connection, transport: 'tcp' });
    options.ports.add(connection, this);
  }

  listen(): void {
    const { gate } = this.#options.core;
    const { connection } = this.#core;
    this.#transport.duplex.listen({
      data: (bytes) => gate.emit({ kind: 'bytes-received', connection, bytes, why: 'frame', cause: 'bytes' }),
      ended: () => {
        this.#core.transportEnded('closed');
        this.#end('fin', 'connection-lost');
      },
      closed: (kind) => {
        this.#transport.gone();
        this.#out.discard();
        this.#core.transportEnded(kind === 'fin' ? 'closed' : 'reset');
        this.#options.ports.remove(connection);
      },
      drained: () => this.#core.drained(),
    });
  }

  get buffered(): number {
    return this.#out.length + this.#transport.duplex.buffered;
  }

  sendBytes(bytes: Uint8Array): void {
    this.#out.add(bytes);
  }

  end(reason: EndReason): void {
    this.#end('fin', reason.kind === 'normal' ? 'disconnect' : 'violation');
  }

  reset(): void {
    this.#end('reset', 'violation');
  }

  pause(): void {
    this.#transport.duplex.pause();
  }

  resume(): void {
    this.#transport.duplex.resume();
  }

  bytesReceived({ bytes }: EffectOf<'bytes-received'>): void {
    const { refused } = this.#options.peer;
    if (this.#transport.ended || refused === 'silent') return;
    if (refused === 'http-400') this.#end('fin', 'violation');
    else this.#core.received(bytes);
  }

  bytesSent({ bytes }: EffectOf<'bytes-sent'>): void {
    this.#transport.write(bytes);
  }

  transportEnd({ how }: EffectOf<'transport-end'>): void {
    if (how === 'reset') this.#transport.reset();
    else this.#transport.fin();
  }

  #end(how: 'fin' | 'reset', why: 'disconnect' | 'violation' | 'connection-lost'): void {
    if (how === 'fin') this.#out.flush();
    else this.#out.discard();
    const { connection } = this.#core;
    this.#options.core.gate.emit({ kind: 'transport-end', connection, how, why, cause: 'transport' });
  }

  #flushed(bytes: Uint8Array): void {
    const { connection } = this.#core;
    this.#options.core.gate.emit({ kind: 'bytes-sent', connection, bytes, why: 'frame', cause: 'bytes' });
    if (this.#transport.duplex.buffered === 0) this.#core.drained();
  }
}
