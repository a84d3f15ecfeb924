/** The fields of a frame's header, as they stand. */
export interface FrameHeader {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly opcode: number;
  readonly masked: boolean;
  readonly lengthForm: 7 | 16 | 64;
  /** Bytes of the header, masking key included. */
  readonly headerLength: number;
}

/** The longest header: two bytes, a 64-bit length, a masking key. */
export const LONGEST_HEADER = 14;

/** What the first two bytes of a frame say. */
export function readHeader(first: number, second: number): FrameHeader {
  const length = second & 0x7f;
  const masked = (second & 0x80) !== 0;
  const lengthForm = length < 126 ? 7 : length === 126 ? 16 : 64;
  return {
    fin: (first & 0x80) !== 0,
    rsv1: (first & 0x40) !== 0,
    rsv2: (first & 0x20) !== 0,
    rsv3: (first & 0x10) !== 0,
    opcode: first & 0x0f,
    masked,
    lengthForm,
    headerLength: (lengthForm === 7 ? 2 : lengthForm === 16 ? 4 : 10) + (masked ? 4 : 0),
  };
}

/** The payload's length; a 64-bit one may be inexact above 2^53, which no limit allows. */
export function readLength(header: Uint8Array, form: 7 | 16 | 64): { readonly length: number; readonly msb: boolean } {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  if (form === 7) return { length: view.getUint8(1) & 0x7f, msb: false };
  if (form === 16) return { length: view.getUint16(2), msb: false };
  const high = view.getUint32(2);
  return { length: (high & 0x7fff_ffff) * 2 ** 32 + view.getUint32(6), msb: high >= 0x8000_0000 };
}
