/** Deviations of one field, found by its name (the names are in the README of this folder). Lengths around it are put right. */
import type { MqttVersion } from '#spec';
import { encodeVbi } from '../vbi.ts';
import { concat } from '../../concat.ts';
import { fieldSpan, frame, hexText, bodyOf, MutationError, splice, type Mutation } from './mutation.ts';

/** The field's bytes replaced, those of its own length included: nothing but the field changes. */
export function withField(
  bytes: Uint8Array,
  field: string,
  value: Uint8Array | number,
  version: MqttVersion,
): Mutation {
  const part = typeof value === 'number' ? Uint8Array.of(value) : value;
  return { name: `${field} is ${hexText(part)}`, bytes: replaceField(bytes, field, part, version) };
}

/** The field is not there. */
export function withoutField(bytes: Uint8Array, field: string, version: MqttVersion): Mutation {
  return { name: `${field} is missing`, bytes: replaceField(bytes, field, new Uint8Array(0), version) };
}

/** Other content in a string or in binary data, such as ill-formed UTF-8; its length is right. */
export function withContent(bytes: Uint8Array, field: string, content: Uint8Array, version: MqttVersion): Mutation {
  const part = concat(Uint8Array.of(content.length >> 8, content.length & 0xff), content);
  return { name: `${field} holds ${hexText(content)}`, bytes: replaceField(bytes, field, part, version) };
}

/** The two bytes before a string or binary data say another length; all other bytes stay. */
export function withLength(bytes: Uint8Array, field: string, length: number, version: MqttVersion): Mutation {
  const { offset } = fieldSpan(bytes, field, version);
  const part = Uint8Array.of(length >> 8, length & 0xff);
  return { name: `${field} says ${length} bytes`, bytes: splice(bytes, offset, offset + 2, part) };
}

/** Bits of a one-byte field set (1) or cleared (0). */
export function withBits(bytes: Uint8Array, field: string, mask: number, bit: 0 | 1, version: MqttVersion): Mutation {
  const { offset, length } = fieldSpan(bytes, field, version);
  if (length !== 1) throw new MutationError(`${field} has ${length} bytes`);
  const before = bytes[offset] as number;
  const after = bit === 1 ? before | mask : before & ~mask;
  const name = `${field}: bits ${mask.toString(2).padStart(8, '0')} ${bit === 1 ? 'set' : 'cleared'}`;
  return { name, bytes: splice(bytes, offset, offset + 1, Uint8Array.of(after)) };
}

/** Bits of the connect flags (§3.1.2.3): 0x01 is the reserved one. */
export function connectFlags(bytes: Uint8Array, mask: number, bit: 0 | 1 = 1): Mutation {
  return withBits(bytes, 'connect.flags', mask, bit, '5.0');
}

/** A variable byte integer (property length, subscription identifier) in so many bytes. */
export function vbiBytes(bytes: Uint8Array, field: string, count: number, version: MqttVersion): Mutation {
  const { value } = fieldSpan(bytes, field, version);
  const part = encodeVbi(Number(value), count);
  return { name: `${field} in ${count} bytes`, bytes: replaceField(bytes, field, part, version) };
}

/** Puts other bytes in a field's place; property length (where it lies in properties) and remaining length follow. */
export function replaceField(bytes: Uint8Array, field: string, part: Uint8Array, version: MqttVersion): Uint8Array {
  const { offset, length } = fieldSpan(bytes, field, version);
  if (field.startsWith('header.')) return splice(bytes, offset, offset + length, part);
  const { body } = bodyOf(bytes);
  const changed = splice(bytes, offset, offset + length, part);
  const fixed = field.includes('.property.')
    ? withPropertyLength(changed, bytes, field, part.length - length, version)
    : changed;
  return frame(fixed[0] as number, fixed.subarray(body));
}

function withPropertyLength(
  changed: Uint8Array,
  original: Uint8Array,
  field: string,
  growth: number,
  version: MqttVersion,
): Uint8Array {
  const prefix = field.slice(0, field.indexOf('.'));
  const { offset, length, value } = fieldSpan(original, `${prefix}.property-length`, version);
  return splice(changed, offset, offset + length, encodeVbi(Number(value) + growth));
}
