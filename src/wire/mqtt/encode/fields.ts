import { utf8Length, writeUtf8 } from '../../utf8.ts';
import { EncodeError } from '../encode-error.ts';

const MAX = 65_535;

/** Size of a string with its length. */
export function stringSize(text: string): number {
  const length = utf8Length(text);
  if (length > MAX) throw new EncodeError(`a string of ${length} bytes: ${MAX} is the limit`);
  return 2 + length;
}

/** Size of binary data with its length. */
export function binarySize(data: Uint8Array): number {
  if (data.length > MAX) throw new EncodeError(`binary data of ${data.length} bytes: ${MAX} is the limit`);
  return 2 + data.length;
}

export function writeString(text: string, into: Uint8Array, at: number): number {
  const end = writeUtf8(text, into, at + 2);
  const length = end - at - 2;
  into[at] = length >> 8;
  into[at + 1] = length & 0xff;
  return end;
}

export function writeBinary(data: Uint8Array, into: Uint8Array, at: number): number {
  writeU16(data.length, into, at);
  return writeBytes(data, into, at + 2);
}

/** Short data is copied by hand: `set` has a price of its own. */
export function writeBytes(data: Uint8Array, into: Uint8Array, at: number): number {
  const { length } = data;
  if (length > 64) into.set(data, at);
  else for (let i = 0; i < length; i++) into[at + i] = data[i] as number;
  return at + length;
}

export function writeU16(value: number, into: Uint8Array, at: number): number {
  if (value < 0 || value > MAX) throw new EncodeError(`${value} does not fit two bytes`);
  into[at] = value >> 8;
  into[at + 1] = value & 0xff;
  return at + 2;
}

export function writeU32(value: number, into: Uint8Array, at: number): number {
  if (value < 0 || value > 0xffff_ffff) throw new EncodeError(`${value} does not fit four bytes`);
  into[at] = value >>> 24;
  into[at + 1] = (value >>> 16) & 0xff;
  into[at + 2] = (value >>> 8) & 0xff;
  into[at + 3] = value & 0xff;
  return at + 4;
}
