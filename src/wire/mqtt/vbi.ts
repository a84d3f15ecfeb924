/** Variable byte integers (5.0 §1.5.5, 3.1.1 §2.2.3): seven bits a byte, lowest first, at most four bytes. */
import { EncodeError } from './encode-error.ts';

export const VBI_MAX = 268_435_455;

/** Bytes of the shortest form. */
export function vbiLength(value: number): 1 | 2 | 3 | 4 {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  return value < 0x200000 ? 3 : 4;
}

/** Writes the shortest form at `at`; gives the offset behind it. */
export function writeVbi(value: number, into: Uint8Array, at: number): number {
  let to = at;
  let rest = value;
  while (rest >= 0x80) {
    into[to++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  into[to++] = rest;
  return to;
}

/**
 * The integer as bytes of its own. With `length` it takes exactly so many bytes, also needless ones and more than four:
 * that is how a case sends a wrong one. @throws EncodeError where the value does not fit.
 */
export function encodeVbi(value: number, length?: number): Uint8Array {
  const bytes = length ?? (value > VBI_MAX ? 5 : vbiLength(value));
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** (7 * bytes) || (length === undefined && value > VBI_MAX)) {
    throw new EncodeError(`${value} is no variable byte integer of ${bytes} bytes`);
  }
  const out = new Uint8Array(bytes);
  let rest = value;
  for (let i = 0; i < bytes; i++) {
    out[i] = (rest % 128) | (i < bytes - 1 ? 0x80 : 0);
    rest = Math.floor(rest / 128);
  }
  return out;
}
