/** UTF-8 in both directions, by our own loops: the same answers in Node, in k6 and in a browser (RFC 3629). */

export type Utf8Fault = 'ill-formed' | 'surrogate' | 'nul';

/** What is wrong with a string, and where (bytes from the start of the array). */
export interface Utf8Problem {
  readonly fault: Utf8Fault;
  readonly offset: number;
}

/** Length of the well-formed sequence at `at`; 0 where there is none, -1 for an encoded surrogate. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const second = at + 1 < end ? (bytes[at + 1] as number) : 0;
  if ((second & 0xc0) !== 0x80) return 0;
  if (lead < 0xe0) return 2;
  if (at + 2 >= end || ((bytes[at + 2] as number) & 0xc0) !== 0x80) return 0;
  if (lead < 0xf0) {
    if (lead === 0xe0 && second < 0xa0) return 0;
    return lead === 0xed && second >= 0xa0 ? -1 : 3;
  }
  if (at + 3 >= end || ((bytes[at + 3] as number) & 0xc0) !== 0x80) return 0;
  if ((lead === 0xf0 && second < 0x90) || (lead === 0xf4 && second >= 0x90)) return 0;
  return 4;
}

/** The first thing that an MQTT string may not hold (§1.5.4), or undefined. With `allowNul` U+0000 is fine. */
export function utf8Problem(
  bytes: Uint8Array,
  start = 0,
  end = bytes.length,
  allowNul = false,
): Utf8Problem | undefined {
  let at = start;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte < 0x80) {
      if (byte === 0 && !allowNul) return { fault: 'nul', offset: at };
      at += 1;
      continue;
    }
    const length = sequenceLength(bytes, at, end);
    if (length <= 0) return { fault: length === 0 ? 'ill-formed' : 'surrogate', offset: at };
    at += length;
  }
  return undefined;
}

/** Text of the bytes. U+FEFF stays; each byte of an ill-formed part becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  let at = start;
  while (at < end) {
    const lead = bytes[at] as number;
    const length = sequenceLength(bytes, at, end);
    if (length === 1) text += String.fromCharCode(lead);
    else if (length === 2) text += String.fromCharCode(((lead & 0x1f) << 6) | low(bytes, at + 1));
    else if (length === 3) {
      text += String.fromCharCode(((lead & 0x0f) << 12) | (low(bytes, at + 1) << 6) | low(bytes, at + 2));
    } else if (length === 4) {
      const point = ((lead & 0x07) << 18) | (low(bytes, at + 1) << 12) | (low(bytes, at + 2) << 6) | low(bytes, at + 3);
      text += String.fromCodePoint(point);
    } else text += '�';
    at += length > 0 ? length : 1;
  }
  return text;
}

function low(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) & 0x3f;
}

/** Bytes that `writeUtf8` needs for the text. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (isPair(text, i, unit)) {
      length += 2;
      i += 1;
    } else length += 2;
  }
  return length;
}

/**
 * Writes the text at `at` and gives the offset behind it. A lone surrogate is written as its own three bytes, which no
 * strict receiver accepts: that is how a case sends one.
 */
export function writeUtf8(text: string, into: Uint8Array, at: number): number {
  let to = at;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) into[to++] = unit;
    else if (unit < 0x800) {
      into[to++] = 0xc0 | (unit >> 6);
      into[to++] = 0x80 | (unit & 0x3f);
    } else if (isPair(text, i, unit)) {
      const point = 0x10000 + ((unit & 0x3ff) << 10) + (text.charCodeAt(++i) & 0x3ff);
      into[to++] = 0xf0 | (point >> 18);
      into[to++] = 0x80 | ((point >> 12) & 0x3f);
      into[to++] = 0x80 | ((point >> 6) & 0x3f);
      into[to++] = 0x80 | (point & 0x3f);
    } else {
      into[to++] = 0xe0 | (unit >> 12);
      into[to++] = 0x80 | ((unit >> 6) & 0x3f);
      into[to++] = 0x80 | (unit & 0x3f);
    }
  }
  return to;
}

function isPair(text: string, i: number, unit: number): boolean {
  return (unit & 0xfc00) === 0xd800 && i + 1 < text.length && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
}

/** The text as bytes of its own. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  writeUtf8(text, bytes, 0);
  return bytes;
}

/** Whether the bytes are well-formed UTF-8; U+0000 is (RFC 6455 §8.1). */
export function isValidUtf8(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
  return utf8Problem(bytes, start, end, true) === undefined;
}
