/** DER (X.690), as far as certificates need it. */
import { TlsFormatError } from './octets.ts';

export interface DerValue {
  readonly tag: number;
  /** Without tag and length. */
  readonly content: Uint8Array;
  /** With them. */
  readonly whole: Uint8Array;
}

export const DER_TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  sequence: 0x30,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;

/** One value after another. Throws `TlsFormatError` where lengths don't fit. */
export function readDer(bytes: Uint8Array): DerValue[] {
  const values: DerValue[] = [];
  let at = 0;
  while (at < bytes.length) {
    const { header, length } = headerAt(bytes, at);
    if (at + header + length > bytes.length) throw new TlsFormatError('DER: a value is longer than what holds it');
    const whole = bytes.subarray(at, at + header + length);
    values.push({ tag: bytes[at] ?? 0, content: whole.subarray(header), whole });
    at += header + length;
  }
  return values;
}

function headerAt(bytes: Uint8Array, at: number): { header: number; length: number } {
  const first = bytes[at + 1];
  if (first === undefined) throw new TlsFormatError('DER: a tag without length');
  if (first < 0x80) return { header: 2, length: first };
  const width = first & 0x7f;
  if (width === 0 || width > 4) throw new TlsFormatError(`DER: a length of ${width} octets`);
  const length = bytes.subarray(at + 2, at + 2 + width).reduce((value, octet) => value * 256 + octet, 0);
  return { header: 2 + width, length };
}

/** `1.2.840.113549.1.1.11`. */
export function oidOf(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const octet of content) {
    arc = arc * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - top * 40, ...rest].join('.');
}
