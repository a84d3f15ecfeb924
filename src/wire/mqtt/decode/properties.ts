import type { Properties } from '../properties.ts';
import { propertyById, type PropertyContext, type PropertyRow } from '../property-table.ts';
import { hex, type Decoding } from './decoding.ts';
import { readBinary, readString, readVbi } from './strings.ts';

/** Mutable while it is read. */
type Bag = Record<string, unknown>;
type Pair = readonly [string, string];

/** Property Length and the properties (§2.2.2). Undefined where there are none. `prefix` is the packet's in field names. */
export function readProperties(d: Decoding, context: PropertyContext, prefix: string): Properties | undefined {
  const { limit } = d;
  const start = d.at;
  const length = readVbi(d, `${prefix}.property-length`);
  if (length === 0) return undefined;
  const end = d.at + length;
  if (end > limit) {
    d.fail('property.length-beyond-packet', start, `property length ${length}, ${limit - d.at} bytes are left`);
  }
  const bag: Bag = {};
  d.limit = end;
  d.inProperties = true;
  while (d.at < end) readProperty(d, context, prefix, bag);
  d.inProperties = false;
  d.limit = limit;
  return bag;
}

function readProperty(d: Decoding, context: PropertyContext, prefix: string, bag: Bag): void {
  const start = d.at;
  let id = d.bytes[start] as number;
  let twoBytes = false;
  if (id < 0x80) d.at += 1;
  else {
    twoBytes = true;
    id = identifier(d, prefix);
  }
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
  const repeats = row.repeats?.includes(context) === true;
  const field = `${prefix}.property.${row.name}`;
  const counted =
    d.fields !== undefined && repeats ? `${field}[${(bag[row.name] as unknown[] | undefined)?.length ?? 0}]` : field;
  const value = readValue(d, row, counted);
  if (d.fields !== undefined) d.span(counted, start, row.name);
  if (!isAllowed(d, context, row, start, bag, repeats)) return;
  checkRange(d, context, row, start, value);
  if (row.type === 'pair' || row.name === 'subscriptionIdentifiers') ((bag[row.name] ??= []) as unknown[]).push(value);
  else bag[row.name] = value;
}

/** The identifier is a variable byte integer; all that exist take one byte. */
function identifier(d: Decoding, prefix: string): number {
  return readVbi(d, `${prefix}.property-identifier`);
}

function readValue(d: Decoding, row: PropertyRow, field: string): number | string | Uint8Array | Pair {
  switch (row.type) {
    case 'byte':
      return d.u8(`${field}.value`);
    case 'u16':
      return d.u16(`${field}.value`);
    case 'u32':
      return d.u32(`${field}.value`);
    case 'vbi':
      return readVbi(d, `${field}.value`);
    case 'string':
      return readString(d, `${field}.value`);
    case 'binary':
      return readBinary(d, `${field}.value`);
    case 'pair':
      return [readString(d, `${field}.name`), readString(d, `${field}.value`)];
  }
}

function isAllowed(
  d: Decoding,
  context: PropertyContext,
  row: PropertyRow,
  at: number,
  bag: Bag,
  repeats: boolean,
): boolean {
  const where = context === 'WILL' ? 'the will' : context;
  const about = [`${context}.${row.name}`, context];
  if (!row.contexts.includes(context)) {
    d.fail('property.not-allowed', at, `${where} may not have ${row.name}`, about);
    return false;
  }
  const sender = row.sender?.[context];
  if (sender !== undefined && sender !== d.from) {
    d.fail('property.wrong-direction', at, `${row.name} in ${where} comes from a ${sender} only`, about);
  }
  if (!repeats && bag[row.name] !== undefined) {
    d.fail('property.duplicate', at, `${row.name} comes twice in ${where}`, about);
    return false;
  }
  return true;
}

function checkRange(d: Decoding, context: PropertyContext, row: PropertyRow, at: number, value: unknown): void {
  if (typeof value === 'number' && (value < (row.min ?? 0) || value > (row.max ?? Infinity))) {
    const reasonCode = row.name === 'topicAlias' ? 0x94 : undefined;
    d.fail('property.out-of-range', at, `${row.name} is ${value}`, [`${context}.${row.name}`, context], reasonCode);
  }
  if (row.name === 'responseTopic' && /[+#]/.test(value as string)) {
    d.fail('property.response-topic-wildcard', at, `responseTopic ${JSON.stringify(value)} holds a wildcard`);
  }
}
