import { decodeUtf8, utf8Problem } from '../../utf8.ts';
import type { ViolationName } from '../violations.ts';
import { hex, type Decoding } from './decoding.ts';
import { knownTopic } from './topic-cache.ts';

const NAMES = {
  'ill-formed': 'utf8.ill-formed',
  surrogate: 'utf8.surrogate',
  nul: 'utf8.nul',
} as const satisfies Record<string, ViolationName>;
const WORDS = { 'ill-formed': 'ill-formed UTF-8', surrogate: 'an encoded surrogate', nul: 'U+0000' } as const;

/** An engine may limit the arguments of a call. */
const LONGEST_AT_ONCE = 1024;

/** A UTF-8 encoded string with its length (§1.5.4). */
export function readString(d: Decoding, field: string): string {
  const start = d.at;
  const end = readLength(d, field);
  const text = readText(d, d.at, end, field);
  d.at = end;
  if (d.fields !== undefined) d.span(field, start, JSON.stringify(text));
  return text;
}

/** A topic name without wildcards, if it lies here and was read lately; else undefined, and nothing is read. */
export function readKnownTopic(d: Decoding): string | undefined {
  const { bytes, at } = d;
  if (at + 2 > d.limit) return undefined;
  const end = at + 2 + (((bytes[at] as number) << 8) | (bytes[at + 1] as number));
  const topic = end > d.limit ? undefined : knownTopic(bytes, at + 2, end);
  if (topic !== undefined) d.at = end;
  return topic;
}

/** Binary data with its length (§1.5.6), a view of the input. */
export function readBinary(d: Decoding, field: string): Uint8Array {
  const start = d.at;
  const end = readLength(d, field);
  const data = d.bytes.subarray(d.at, end);
  d.at = end;
  if (d.fields !== undefined) d.span(field, start, `${data.length} bytes`);
  return data;
}

function readLength(d: Decoding, field: string): number {
  if (d.at + 2 > d.limit) d.need(2, field);
  const length = ((d.bytes[d.at] as number) << 8) | (d.bytes[d.at + 1] as number);
  const end = d.at + 2 + length;
  if (end > d.limit) {
    const left = d.limit - d.at - 2;
    const name = d.inProperties ? 'property.truncated' : 'string.truncated';
    d.fail(name, d.at, `${d.prefix}${field} says ${length} bytes, ${left} are left`, d.about(field));
  }
  d.at += 2;
  return end;
}

/** ASCII without U+0000 is most of all text; everything else goes the careful way. */
function readText(d: Decoding, start: number, end: number, field: string): string {
  const { bytes } = d;
  const length = end - start;
  if (length > LONGEST_AT_ONCE) return carefulText(d, start, end, field);
  // All codes in one call give a flat string at once: half the price of adding characters.
  const codes: number[] = [];
  for (let i = 0; i < length; i++) {
    const byte = bytes[start + i] as number;
    if (byte === 0 || byte >= 0x80) return carefulText(d, start, end, field);
    codes[i] = byte;
  }
  return String.fromCharCode.apply(null, codes);
}

function carefulText(d: Decoding, start: number, end: number, field: string): string {
  const problem = utf8Problem(d.bytes, start, end);
  if (problem !== undefined) {
    const { fault, offset } = problem;
    const byte = hex(d.bytes[offset] as number);
    d.fail(
      NAMES[fault],
      offset,
      `${d.prefix}${field} holds ${WORDS[fault]} at its byte ${offset - start} (${byte})`,
      d.about(field),
    );
  }
  return decodeUtf8(d.bytes, start, end);
}

/** A variable byte integer inside the packet (§1.5.5). */
export function readVbi(d: Decoding, field: string): number {
  const { bytes } = d;
  const start = d.at;
  let value = 0;
  let length = 0;
  let byte: number;
  do {
    if (d.at >= d.limit) d.need(1, field);
    byte = bytes[d.at++] as number;
    value |= (byte & 0x7f) << (7 * length);
    length += 1;
    if (length === 4 && byte >= 0x80) {
      d.fail('vbi.too-long', start, `${d.prefix}${field} has more than four bytes`, d.about(field));
    }
  } while (byte >= 0x80);
  if (length > 1 && byte === 0) {
    d.fail(
      'vbi.not-minimal',
      start,
      `${d.prefix}${field} is ${value} in ${length} bytes, which is more than needed`,
      d.about(field),
    );
  }
  if (d.fields !== undefined) d.span(field, start, String(value));
  return value;
}
