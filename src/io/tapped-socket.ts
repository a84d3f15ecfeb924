/** A socket that TLS can stand on, overheard: what passes below the encryption, and in which segments it leaves. */
import type { Socket } from 'node:net';
import { Duplex as Stream } from 'node:stream';

export interface Tap {
  /** Octets of TCP as they come and go. */
  readonly heard?: (direction: 'in' | 'out', bytes: Uint8Array) => void;
  /** Most octets of one write to TCP; each goes out on its own. Default: as they come. */
  readonly segment?: number;
  /** FIN of the peer is passed on when this resolves. Default: at once. */
  readonly holdsFin?: () => Promise<void>;
}

/** The socket belongs to the stream from now on; destroyed, the stream resets it. */
export function tappedSocket(socket: Socket, { heard, segment = Infinity, holdsFin }: Tap): Stream {
  const pieces = new Pieces(socket, segment);
  const stream: Stream = new Stream({
    allowHalfOpen: true,
    read: () => void socket.resume(),
    write(chunk: Uint8Array, _encoding, done) {
      heard?.('out', chunk);
      if (chunk.length <= segment) socket.write(chunk, done);
      else pieces.write(chunk, done);
    },
    final: (done) => void socket.end(() => done()),
    destroy(error, done) {
      if (error !== null || !socket.writableEnded) socket.resetAndDestroy();
      else socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk: Uint8Array) => {
    heard?.('in', chunk);
    if (!stream.push(chunk)) socket.pause();
  });
  socket.on('end', () => {
    if (holdsFin === undefined) stream.push(null);
    else void holdsFin().then(() => stream.push(null));
  });
  socket.on('error', (error) => stream.destroy(error));
  socket.on('close', () => stream.destroy());
  return stream;
}

/** Segments that get a turn of the loop of their own, so that the peer has time to read each; all of them would take seconds on a busy machine. */
const UNHURRIED = 100;

/** Behind so many segments the rest goes in larger ones: each costs a turn of the loop, and a peer has limits of time. */
const SMALL = 400;
const LARGER = 16;

/** Each segment waits for the one before, so that the system has no reason to join them. */
class Pieces {
  readonly #socket: Socket;
  readonly #size: number;
  #sent = 0;

  constructor(socket: Socket, size: number) {
    this.#socket = socket;
    this.#size = size;
  }

  write(bytes: Uint8Array, done: (error?: Error | null) => void): void {
    let at = 0;
    const next = (error?: Error | null): void => {
      if (error !== undefined && error !== null) return done(error);
      if (at >= bytes.length) return done();
      const size = this.#sent < SMALL ? this.#size : Math.max(this.#size, LARGER);
      const piece = bytes.subarray(at, at + size);
      at += piece.length;
      this.#sent += 1;
      const hurried = this.#sent > UNHURRIED;
      this.#socket.write(piece, (failed) => (hurried ? next(failed) : setImmediate(() => next(failed))));
    };
    next();
  }
}
