/**
 * Raw DEFLATE behind a port, so that `wire` runs where there is no `node:zlib`.
 * A compressor or decompressor keeps its window between messages unless it is made anew.
 */
export interface Deflater {
  /** Compresses one message with an empty stored block at its end left in place (RFC 7692 §7.2.1 step 1). */
  deflate(bytes: Uint8Array): Uint8Array;
  reset(): void;
}

export interface Inflater {
  /** Throws `InflateError` on corrupt input, or when the output would pass `limit` bytes. */
  inflate(bytes: Uint8Array, limit: number): Uint8Array;
  reset(): void;
}

export interface Compression {
  deflater(windowBits: number): Deflater;
  inflater(windowBits: number): Inflater;
}

/** SHA-1 of bytes: the only digest that the WebSocket handshake needs (RFC 6455 §4.2.2). */
export type Sha1 = (bytes: Uint8Array) => Uint8Array;

/** Random bytes, from a seed where a run must be repeatable. */
export type RandomBytes = (length: number) => Uint8Array;
