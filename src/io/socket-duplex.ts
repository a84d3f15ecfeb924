import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Duplex, DuplexListener, EndKind } from './duplex.ts';

/** Errors by which the system says that the peer has cut the connection. */
const RESETS: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

/**
 * A connected socket of `node:net` or `node:tls` as a duplex. The peer's FIN leaves this side open.
 * The socket belongs to the duplex from now on.
 */
export function socketDuplex(socket: Socket): Duplex {
  return new SocketDuplex(socket);
}

class SocketDuplex implements Duplex {
  readonly #socket: Socket;
  #listener: DuplexListener | undefined;
  #failure: NodeJS.ErrnoException | undefined;
  #finSeen = false;
  #reset = false;
  #paused = false;
  #closed = false;
  /** An end that came before anybody listened. */
  #unreported: (() => void) | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.allowHalfOpen = true;
    socket.setNoDelay(true);
    socket.on('error', (error) => {
      this.#failure = error;
    });
    socket.on('close', () => this.#close());
  }

  get buffered(): number {
    return this.#socket.writableLength;
  }

  get closed(): boolean {
    return this.#closed || this.#reset || this.#socket.destroyed;
  }

  listen(listener: DuplexListener): void {
    if (this.#listener !== undefined) throw new Error('a duplex has exactly one listener');
    this.#listener = listener;
    if (this.#unreported !== undefined) return void setImmediate(this.#unreported);
    this.#socket.on('data', (chunk: Uint8Array) => {
      if (this.#reset) return;
      listener.data(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    });
    const ended = (): void => {
      this.#finSeen = true;
      if (!this.#reset) listener.ended();
    };
    // TLS reads on its own: its end may have come before anybody listened.
    if (this.#socket.readableEnded) setImmediate(ended);
    else this.#socket.on('end', ended);
    // A server may have made it with `pauseOnConnect`, so that nothing is lost.
    if (!this.#paused) this.#socket.resume();
  }

  write(bytes: Uint8Array): void {
    if (this.closed || this.#socket.writableEnded || bytes.length === 0) return;
    this.#socket.write(bytes, () => {
      if (this.#socket.writableLength === 0 && !this.closed) this.#listener?.drained?.();
    });
  }

  end(): void {
    if (!this.closed && !this.#socket.writableEnded) this.#socket.end();
  }

  reset(): void {
    if (this.closed) return;
    this.#reset = true;
    const socket = this.#socket;
    if (!(socket instanceof TLSSocket)) return resetTcp(socket);
    // Inside a read of TLS this would pull the handle away from under OpenSSL, and the process would die.
    setImmediate(() => {
      const beneath = resettable(socket);
      if (beneath !== undefined) resetTcp(beneath);
      // Without a socket beneath it TLS can only be dropped, which the peer sees as FIN.
      socket.destroy();
    });
  }

  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#paused = false;
    // Without a listener what is read would be lost.
    if (this.#listener !== undefined) this.#socket.resume();
  }

  #close(): void {
    const [kind, detail] = this.#ending();
    this.#closed = true;
    const report = (): void => this.#listener?.closed(kind, detail);
    if (this.#listener === undefined) this.#unreported = report;
    else report();
  }

  #ending(): readonly [EndKind, string?] {
    const failure = this.#failure;
    if (failure === undefined) return [this.#finSeen && !this.#reset ? 'fin' : 'reset'];
    const kind = RESETS.has(failure.code ?? '') ? 'reset' : 'error';
    return [kind, failure.code === undefined ? failure.message : `${failure.code}: ${failure.message}`];
  }
}

/** While its FIN is on the way libuv refuses to reset a socket, and Node would keep the handle for ever: it is closed instead. */
function resetTcp(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) socket.destroy();
  else socket.resetAndDestroy();
}

/** Node resets TCP only; beneath TLS there is a TCP socket where TLS was put on one, as servers and our dial do. */
function resettable(socket: Socket): Socket | undefined {
  if (!(socket instanceof TLSSocket)) return socket;
  const { _parent: beneath } = socket as TLSSocket & { readonly _parent?: unknown };
  return beneath instanceof Socket ? beneath : undefined;
}
