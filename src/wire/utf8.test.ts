import { expect, test } from 'vitest';
import { bytesOf, hexOf } from './mqtt/testing/bytes.ts';
import { decodeUtf8, encodeUtf8, isValidUtf8, utf8Length, utf8Problem } from './utf8.ts';

test('agrees with the platform on every code point', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();
  for (let point = 1; point <= 0x10ffff; point += point < 0x3000 || (point > 0xd000 && point < 0xe100) ? 1 : 97) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const text = String.fromCodePoint(point);
    const bytes = encodeUtf8(text);
    if (hexOf(bytes) !== hexOf(encoder.encode(text))) expect(hexOf(bytes)).toBe(hexOf(encoder.encode(text)));
    if (decodeUtf8(bytes) !== decoder.decode(bytes)) expect(decodeUtf8(bytes)).toBe(decoder.decode(bytes));
    if (utf8Problem(bytes) !== undefined) expect(utf8Problem(bytes), text).toBeUndefined();
  }
});

test('judges every pair of bytes, and many longer sequences, like the platform', () => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const valid = (bytes: Uint8Array): boolean => {
    try {
      decoder.decode(bytes);
      return true;
    } catch {
      return false;
    }
  };
  const edges = [0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff];
  const wrong: string[] = [];
  for (let lead = 0; lead < 256; lead++) {
    for (let second = 0; second < 256; second++) {
      for (const rest of [[], ...edges.map((edge) => [edge]), ...edges.map((edge) => [0x80, edge])]) {
        if (rest.length > 0 && (lead < 0xdf || (second & 0x0f) % 15 !== 0)) continue;
        const bytes = Uint8Array.of(lead, second, ...rest);
        if (isValidUtf8(bytes) !== valid(bytes)) wrong.push(hexOf(bytes));
      }
    }
  }
  expect(wrong).toEqual([]);
});

test.each([
  ['"a" 00', 'nul', 1],
  ['ed a0 80', 'surrogate', 0],
  ['"a" ed bf bf', 'surrogate', 1],
  ['c0 80', 'ill-formed', 0],
  ['e0 9f bf', 'ill-formed', 0],
  ['f0 8f bf bf', 'ill-formed', 0],
  ['f4 90 80 80', 'ill-formed', 0],
  ['e2 82', 'ill-formed', 0],
  ['80', 'ill-formed', 0],
])('%s is %s at %i', (hex, fault, offset) => {
  expect(utf8Problem(bytesOf(hex))).toEqual({ fault, offset });
});

test('U+FEFF is kept wherever it stands', () => {
  expect(decodeUtf8(bytesOf('ef bb bf "a" ef bb bf'))).toBe('\u{FEFF}a\u{FEFF}');
});

test('U+0000 is well-formed, but not for MQTT', () => {
  expect(isValidUtf8(bytesOf('00'))).toBe(true);
  expect(utf8Problem(bytesOf('00'))?.fault).toBe('nul');
});

test('a lone surrogate is written as its three bytes, which are found again', () => {
  expect(hexOf(encodeUtf8('a\u{D800}'))).toBe('61 ed a0 80');
  expect(utf8Length('\u{DC00}\u{D800}')).toBe(6);
  expect(utf8Problem(encodeUtf8('\u{DFFF}'))?.fault).toBe('surrogate');
});

test('what is ill-formed is read as U+FFFD', () => {
  expect(decodeUtf8(bytesOf('"a" ff "b"'))).toBe('a\u{FFFD}b');
});
