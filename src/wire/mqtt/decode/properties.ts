import type { Properties } from '../properties.ts';
import { propertyById, type PropertyContext, type PropertyRow } from '../property-table.ts';
import { hex, type Decoding } from './decoding.ts';
import { readBinary, readString, readVbi } from './strings.ts';

/** Mutable while it is read. */
type Bag = Record<string, unknown>;

/** Property Length and the properties (§2.2.2). Undefined where there are none. */
export function readProperties(d: Decoding, context: PropertyContext): Properties | undefined {
  const start = d.at;
  if (start < d.limit && d.bytes[start] === 0 && d.fields === undefined) {
    d.at = start + 1;
    return undefined;
  }
  const length = readVbi(d, 'property-length');
  if (length === 0) return undefined;
  const { limit, prefix } = d;
  const end = d.at + length;
  if (end > limit) {
    d.fail('property.length-beyond-packet', start, `property length ${length}, ${limit - d.at} bytes are left`);
  }
  const bag: Bag = {};
  d.limit = end;
  d.inProperties = true;
  d.prefix = `${prefix}property.`;
  while (d.at < end) readProperty(d, context, bag);
  d.inProperties = false;
  d.limit = limit;
  d.prefix = prefix;
  return bag;
}

function readProperty(d: Decoding, context: PropertyContext, bag: Bag): void {
  const start = d.at;
  let id = d.bytes[start] as number;
  const twoBytes = id >= 0x80;
  if (twoBytes) id = readVbi(d, 'identifier');
  else d.at = start + 1;
  const row = propertyById(id);
  if (row === undefined) {
    d.fail(
      'property.unknown',
      start,
      `property identifier ${hex(id)} is unknown`,
      twoBytes ? ['two-byte-identifier'] : [],
    );
    return;
  }
  const earlier = bag[row.name];
  const isList = row.repeats !== undefined;
  const name =
    d.fields !== undefined && isList ? `${row.name}[${(earlier as unknown[] | undefined)?.length ?? 0}]` : row.name;
  const value = readValue(d, row, name);
  if (d.fields !== undefined) d.span(name, start, String(row.id));
  if (!isAllowed(d, context, row, start, earlier !== undefined)) return;
  checkRange(d, context, row, start, value);
  if (!isList) bag[row.name] = value;
  else if (earlier === undefined) bag[row.name] = [value];
  else (earlier as unknown[]).push(value);
}

/** The name of a field is made only where it is needed: it would cost more than the value. */
function readValue(d: Decoding, row: PropertyRow, name: string): unknown {
  const field = d.fields === undefined ? row.name : `${name}.value`;
  switch (row.type) {
    case 'byte':
      return d.u8(field);
    case 'u16':
      return d.u16(field);
    case 'u32':
      return d.u32(field);
    case 'vbi':
      return readVbi(d, field);
    case 'string':
      return readString(d, field);
    case 'binary':
      return readBinary(d, field);
    default: {
      const first = readString(d, d.fields === undefined ? 'userProperties.name' : `${name}.name`);
      return [first, readString(d, d.fields === undefined ? 'userProperties.value' : field)];
    }
  }
}

/** False where the property must be left out. */
function isAllowed(d: Decoding, context: PropertyContext, row: PropertyRow, at: number, again: boolean): boolean {
  if (!row.contexts.includes(context)) {
    d.fail('property.not-allowed', at, `${where(context)} may not have ${row.name}`, about(context, row));
    return false;
  }
  const sender = row.sender?.[context];
  if (sender !== undefined && sender !== d.from) {
    const message = `${row.name} in ${where(context)} comes from a ${sender} only`;
    d.fail('property.wrong-direction', at, message, about(context, row));
  }
  if (again && row.repeats?.includes(context) !== true) {
    d.fail('property.duplicate', at, `${row.name} comes twice in ${where(context)}`, about(context, row));
    return false;
  }
  return true;
}

function checkRange(d: Decoding, context: PropertyContext, row: PropertyRow, at: number, value: unknown): void {
  if (typeof value === 'number' && (value < (row.min ?? 0) || value > (row.max ?? Infinity))) {
    const reasonCode = row.name === 'topicAlias' ? 0x94 : undefined;
    d.fail('property.out-of-range', at, `${row.name} is ${value}`, about(context, row), reasonCode);
  }
  if (row.name === 'responseTopic' && /[+#]/.test(value as string)) {
    d.fail('property.response-topic-wildcard', at, `responseTopic ${JSON.stringify(value)} holds a wildcard`);
  }
}

const where = (context: PropertyContext): string => (context === 'WILL' ? 'the will' : context);
const about = (context: PropertyContext, row: PropertyRow): readonly string[] => [`${context}.${row.name}`, context];
