/** Big-endian numbers and vectors, as TLS writes them (RFC 8446 §3). */
import { concat } from '../concat.ts';

/** A number in `width` octets; what doesn't fit is cut off. */
export function numberOctets(value: number, width: number): number[] {
  return Array.from({ length: width }, (_, index) => Math.floor(value / 2 ** (8 * (width - 1 - index))) % 256);
}

/** A vector: its length in `width` octets, then what it holds. */
export function vector(width: 1 | 2 | 3, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const content = concat(...parts);
  if (content.length >= 2 ** (8 * width)) throw new RangeError(`${content.length} octets in a length of ${width}`);
  return concat(numberOctets(content.length, width), content);
}

/** What ended before it was whole, or holds what it must not. */
export class TlsFormatError extends Error {
  override readonly name = 'TlsFormatError';
}

/** Reads a message from front to end; past the end it throws `TlsFormatError`. */
export class OctetReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  number(width: number): number {
    return this.octets(width).reduce((value, octet) => value * 256 + octet, 0);
  }

  octets(length: number): Uint8Array {
    if (length > this.left)
      throw new TlsFormatError(`${this.#what}: ${length} octets are announced, ${this.left} are there`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  vector(width: 1 | 2 | 3): OctetReader {
    return new OctetReader(this.octets(this.number(width)), this.#what);
  }

  /** All that is left. */
  rest(): Uint8Array {
    return this.octets(this.left);
  }

  /** Throws where something is left. */
  end(): void {
    if (this.left > 0) throw new TlsFormatError(`${this.#what}: ${this.left} octets too many`);
  }
}

/** Numbers of `width` octets that fill a vector. */
export function numbersOf(reader: OctetReader, width: 1 | 2): number[] {
  const numbers: number[] = [];
  while (reader.left > 0) numbers.push(reader.number(width));
  return numbers;
}
