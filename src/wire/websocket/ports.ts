/** What this folder needs from outside. `#io` implements it for Node; the shapes are the same. */
export interface DeflaterPort {
  /** One message, with the empty stored block at its end left in place (RFC 7692 §7.2.1). */
  deflate(bytes: Uint8Array): Uint8Array;
  reset(): void;
}

export interface InflaterPort {
  /** One message, with the empty stored block put back. Throws an error whose `code` ends in `TOO_LARGE` above `limit` bytes. */
  inflate(bytes: Uint8Array, limit: number): Uint8Array;
  reset(): void;
}

export interface CompressionPort {
  deflater(windowBits: number): DeflaterPort;
  inflater(windowBits: number): InflaterPort;
}

export type Sha1Port = (bytes: Uint8Array) => Uint8Array;
