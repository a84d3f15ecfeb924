/** Deviations of the fixed header and of the packet's length. */
import { PACKET_TYPES } from '../packet-types.ts';
import { encodeVbi } from '../vbi.ts';
import { concat } from '../../concat.ts';
import { bodyOf, frame, MutationError, splice, type Mutation } from './mutation.ts';

const typeName = (bytes: Uint8Array): string => PACKET_TYPES[(bytes[0] ?? 0) >> 4] ?? 'type 0';

const counted = (fixLength: boolean): string => (fixLength ? '' : ', the remaining length stays');

/** The lower four bits of the first byte. */
export function fixedHeaderFlags(bytes: Uint8Array, flags: number): Mutation {
  const name = `${typeName(bytes)}: fixed header flags ${flags.toString(2).padStart(4, '0')}`;
  return { name, bytes: splice(bytes, 0, 1, Uint8Array.of(((bytes[0] ?? 0) & 0xf0) | (flags & 15))) };
}

/** The upper four bits of the first byte. */
export function packetType(bytes: Uint8Array, number: number): Mutation {
  const first = (number << 4) | ((bytes[0] ?? 0) & 15);
  return { name: `${typeName(bytes)}: packet type ${number}`, bytes: splice(bytes, 0, 1, Uint8Array.of(first)) };
}

/** Says another remaining length; the body stays as it is. */
export function remainingLength(bytes: Uint8Array, value: number): Mutation {
  const { body } = bodyOf(bytes);
  return { name: `${typeName(bytes)}: remaining length ${value}`, bytes: splice(bytes, 1, body, encodeVbi(value)) };
}

/** Writes the remaining length in so many bytes: needless ones up to four, too many from five on. */
export function remainingLengthBytes(bytes: Uint8Array, count: number): Mutation {
  const { body, end } = bodyOf(bytes);
  const name = `${typeName(bytes)}: remaining length in ${count} bytes`;
  return { name, bytes: splice(bytes, 1, body, encodeVbi(end - body, count)) };
}

/** Bytes behind the last field. The remaining length counts them, unless `fixLength` is false. */
export function appendBytes(bytes: Uint8Array, extra: Uint8Array, { fixLength = true } = {}): Mutation {
  const { body } = bodyOf(bytes);
  const longer = concat(bytes.subarray(body), extra);
  const name = `${typeName(bytes)}: ${extra.length} more bytes at its end${counted(fixLength)}`;
  return { name, bytes: fixLength ? frame(bytes[0] as number, longer) : concat(bytes, extra) };
}

/** The last `count` bytes are missing. The remaining length says so, unless `fixLength` is false: then more is awaited. */
export function truncate(bytes: Uint8Array, count: number, { fixLength = true } = {}): Mutation {
  const { body } = bodyOf(bytes);
  if (count > bytes.length - body)
    throw new MutationError(`a body of ${bytes.length - body} bytes can't lose ${count}`);
  const kept = bytes.slice(0, bytes.length - count);
  const name = `${typeName(bytes)}: ${count} bytes cut off its end${counted(fixLength)}`;
  return { name, bytes: fixLength ? frame(bytes[0] as number, kept.subarray(body)) : kept };
}

/** One byte, counted from the start of the packet. */
export function byteAt(bytes: Uint8Array, offset: number, value: number): Mutation {
  if (offset < 0 || offset >= bytes.length) throw new MutationError(`no byte ${offset} in ${bytes.length}`);
  const name = `${typeName(bytes)}: byte ${offset} is 0x${value.toString(16).padStart(2, '0')}`;
  return { name, bytes: splice(bytes, offset, offset + 1, Uint8Array.of(value)) };
}
