import { EncodeError } from '../encode-error.ts';
import type { Properties } from '../properties.ts';
import { propertyByName, type PropertyRow } from '../property-table.ts';
import { VBI_MAX, vbiLength, writeVbi } from '../vbi.ts';
import { binarySize, stringSize, writeBinary, writeString, writeU16, writeU32 } from './fields.ts';

/** What a property may hold, by its type; lists for what may come several times. */
type Value = number | string | Uint8Array | readonly [string, string];

/** Size of the properties with their length. */
export function propertiesSize(properties: Properties | undefined): number {
  if (properties === undefined) return 1;
  const size = contentSize(properties);
  return vbiLength(size) + size;
}

/** Property Length and the properties, in the order of the object's keys. */
export function writeProperties(properties: Properties | undefined, into: Uint8Array, at: number): number {
  if (properties === undefined) {
    into[at] = 0;
    return at + 1;
  }
  let to = writeVbi(contentSize(properties), into, at);
  for (const name in properties) {
    const value = properties[name as keyof Properties];
    if (value === undefined) continue;
    const row = rowOf(name);
    if (isList(row)) {
      for (const item of value as unknown as readonly Value[]) to = writeValue(row, item, into, to);
    } else to = writeValue(row, value as Value, into, to);
  }
  return to;
}

function contentSize(properties: Properties): number {
  let size = 0;
  for (const name in properties) {
    const value = properties[name as keyof Properties];
    if (value === undefined) continue;
    const row = rowOf(name);
    if (isList(row)) for (const item of value as unknown as readonly Value[]) size += valueSize(row, item);
    else size += valueSize(row, value as Value);
  }
  return size;
}

function rowOf(name: string): PropertyRow {
  const row = propertyByName(name);
  if (row === undefined) throw new EncodeError(`no property is called ${name}`);
  return row;
}

/** With the identifier. */
function valueSize(row: PropertyRow, value: Value): number {
  switch (row.type) {
    case 'byte':
      return 2;
    case 'u16':
      return 3;
    case 'u32':
      return 5;
    case 'vbi':
      if ((value as number) < 0 || (value as number) > VBI_MAX)
        throw new EncodeError(`${row.name} of ${value as number}`);
      return 1 + vbiLength(value as number);
    case 'string':
      return 1 + stringSize(value as string);
    case 'binary':
      return 1 + binarySize(value as Uint8Array);
    case 'pair':
      return (
        1 + stringSize((value as readonly [string, string])[0]) + stringSize((value as readonly [string, string])[1])
      );
  }
}

function writeValue(row: PropertyRow, value: Value, into: Uint8Array, at: number): number {
  into[at] = row.id;
  const to = at + 1;
  switch (row.type) {
    case 'byte':
      into[to] = value as number;
      return to + 1;
    case 'u16':
      return writeU16(value as number, into, to);
    case 'u32':
      return writeU32(value as number, into, to);
    case 'vbi':
      return writeVbi(value as number, into, to);
    case 'string':
      return writeString(value as string, into, to);
    case 'binary':
      return writeBinary(value as Uint8Array, into, to);
    default: {
      const [name, text] = value as readonly [string, string];
      return writeString(text, into, writeString(name, into, to));
    }
  }
}

function isList(row: PropertyRow): boolean {
  return row.repeats !== undefined;
}
