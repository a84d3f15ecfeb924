/** Deviations of the properties of 5.0. */
import type { PropertyName } from '../properties.ts';
import { propertyByName } from '../property-table.ts';
import { encodeVbi } from '../vbi.ts';
import { replaceField } from './fields.ts';
import { concat } from '../../concat.ts';
import { bodyOf, fieldSpan, frame, hexText, MutationError, splice, type Mutation } from './mutation.ts';

/** Whose properties: the packet's in lower case, or the will's. */
export type PropertiesOf =
  | 'connect'
  | 'will'
  | 'connack'
  | 'publish'
  | 'puback'
  | 'pubrec'
  | 'pubrel'
  | 'pubcomp'
  | 'subscribe'
  | 'suback'
  | 'unsubscribe'
  | 'unsuback'
  | 'disconnect'
  | 'auth';

/** A raw property (identifier and value) in front of all others; the lengths count it. The packet must have a property length. */
export function insertProperty(bytes: Uint8Array, of: PropertiesOf, raw: Uint8Array): Mutation {
  const { offset, length, value } = fieldSpan(bytes, `${of}.property-length`, '5.0');
  const size = Number(value) + raw.length;
  const { body } = bodyOf(bytes);
  const changed = splice(bytes, offset, offset + length, concat(encodeVbi(size), raw));
  return { name: `${of}: a raw property ${hexText(raw)}`, bytes: frame(changed[0] as number, changed.subarray(body)) };
}

/** The property comes twice, with the same value. */
export function duplicateProperty(bytes: Uint8Array, of: PropertiesOf, property: PropertyName): Mutation {
  const field = propertyField(of, property);
  const { offset, length } = fieldSpan(bytes, field, '5.0');
  const once = bytes.subarray(offset, offset + length);
  return { name: `${of}: ${property} twice`, bytes: replaceField(bytes, field, concat(once, once), '5.0') };
}

/** The property has another raw value; the identifier stays. */
export function withPropertyValue(
  bytes: Uint8Array,
  of: PropertiesOf,
  property: PropertyName,
  raw: Uint8Array,
): Mutation {
  const field = propertyField(of, property);
  const part = concat(Uint8Array.of(propertyByName(property)?.id ?? 0), raw);
  return { name: `${of}: ${property} is ${hexText(raw)}`, bytes: replaceField(bytes, field, part, '5.0') };
}

/** Says another property length; all other bytes stay. */
export function propertyLength(bytes: Uint8Array, of: PropertiesOf, value: number): Mutation {
  const { offset, length } = fieldSpan(bytes, `${of}.property-length`, '5.0');
  const part = encodeVbi(value);
  if (part.length !== length) throw new MutationError(`a property length of ${value} takes another number of bytes`);
  return { name: `${of}: property length ${value}`, bytes: splice(bytes, offset, offset + length, part) };
}

function propertyField(of: PropertiesOf, property: PropertyName): string {
  const list = propertyByName(property)?.repeats === undefined ? '' : '[0]';
  return `${of}.property.${property}${list}`;
}
