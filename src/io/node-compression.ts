import { constants, deflateRawSync, inflateRawSync, type ZlibOptions } from 'node:zlib';
import type { Compression, Deflater, Inflater } from './compression.ts';
import { SlidingWindow } from './sliding-window.ts';

/** The compressed bytes are no DEFLATE stream, end too early, or hold more than is allowed. */
export class InflateError extends Error {
  readonly code: 'INFLATE_CORRUPT' | 'INFLATE_TOO_LARGE';
  constructor(code: InflateError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InflateError';
    this.code = code;
  }
}

/** An empty final block: reaching it proves that the message ended where a block ended. */
const FINAL_BLOCK = Uint8Array.of(0x01, 0x00, 0x00, 0xff, 0xff);
/** Each final block within a message costs a new zlib stream; nobody needs many. */
const MOST_FINAL_BLOCKS = 256;

/**
 * Raw DEFLATE by `node:zlib`, message by message. Node has no synchronous stream, so the window of the messages
 * before is handed over as the dictionary: for raw DEFLATE that is the same thing.
 */
export const nodeCompression: Compression = {
  deflater: (windowBits) => new NodeDeflater(windowBits),
  inflater: (windowBits) => new NodeInflater(windowBits),
};

class NodeDeflater implements Deflater {
  readonly #windowBits: number;
  readonly #window: SlidingWindow;

  constructor(windowBits: number) {
    // zlib can't write raw DEFLATE with a window of 256 bytes; with 512 it reaches back 250 bytes at most, which fits.
    this.#windowBits = Math.max(9, windowBits);
    this.#window = new SlidingWindow(2 ** windowBits);
  }

  deflate(bytes: Uint8Array): Uint8Array {
    const options = {
      windowBits: this.#windowBits,
      finishFlush: constants.Z_SYNC_FLUSH,
      ...this.#window.asDictionary(),
    };
    const compressed = deflateRawSync(bytes, options);
    this.#window.add(bytes);
    return new Uint8Array(compressed.buffer, compressed.byteOffset, compressed.byteLength);
  }

  reset(): void {
    this.#window.clear();
  }
}

class NodeInflater implements Inflater {
  readonly #windowBits: number;
  readonly #window: SlidingWindow;

  constructor(windowBits: number) {
    this.#windowBits = windowBits;
    this.#window = new SlidingWindow(2 ** windowBits);
  }

  inflate(bytes: Uint8Array, limit: number): Uint8Array {
    let input = new Uint8Array(bytes.length + FINAL_BLOCK.length);
    input.set(bytes);
    input.set(FINAL_BLOCK, bytes.length);
    const parts: Uint8Array[] = [];
    let length = 0;
    for (let streams = 0; input.length > 0; streams += 1) {
      if (streams > MOST_FINAL_BLOCKS) {
        throw new InflateError('INFLATE_CORRUPT', `more than ${MOST_FINAL_BLOCKS} final blocks in one message`);
      }
      const { output, consumed } = this.#inflateStream(input, limit - length);
      length += output.length;
      if (length > limit) throw tooLarge(limit);
      parts.push(output);
      this.#window.add(output);
      // A sender may end a block with BFINAL and go on behind it (RFC 7692 §7.2.3.4); zlib stops there.
      input = input.subarray(consumed);
    }
    return parts.length === 1 ? (parts[0] as Uint8Array) : concatenate(parts, length);
  }

  reset(): void {
    this.#window.clear();
  }

  #inflateStream(input: Uint8Array, room: number): { output: Uint8Array; consumed: number } {
    const options: ZlibOptions = {
      windowBits: this.#windowBits,
      maxOutputLength: Math.max(1, room),
      info: true,
      // zlib checks distances against the window only from one piece of output to the next: small pieces, sharp check.
      ...(this.#windowBits < 15 ? { chunkSize: Math.max(64, 2 ** this.#windowBits / 8) } : {}),
      ...this.#window.asDictionary(),
    };
    try {
      // With `info` Node also tells how far it read; its types don't know that.
      const result = inflateRawSync(input, options) as unknown as {
        buffer: Uint8Array;
        engine: { bytesWritten: number };
      };
      const { buffer } = result;
      return {
        output: new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength),
        consumed: result.engine.bytesWritten,
      };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(room);
      throw new InflateError('INFLATE_CORRUPT', `not a whole DEFLATE stream: ${message}`, { cause: error });
    }
  }
}

function tooLarge(limit: number): InflateError {
  return new InflateError('INFLATE_TOO_LARGE', `inflates to more than ${limit} bytes`);
}

function concatenate(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
