import { expect, it } from 'vitest';
import { decodeBase64, encodeBase64 } from './base64.ts';

it.each([
  ['', ''],
  ['f', 'Zg=='],
  ['fo', 'Zm8='],
  ['foo', 'Zm9v'],
  ['foobar', 'Zm9vYmFy'],
  ['\xff\xfe\xfb', '//77'],
])('writes and reads %j as %s (RFC 4648 §10)', (text, encoded) => {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  expect(encodeBase64(bytes)).toBe(encoded);
  expect(decodeBase64(encoded)).toEqual(bytes);
});

it.each(['Zg', 'Zg=', 'Z===', '=Zg=', 'Zm9!', 'Zm 9', 'Zm9v\n', '====', 'Zg==Zg=='])(
  'reads no bytes from %j',
  (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  },
);

it('agrees with Node on all lengths', () => {
  for (let length = 0; length < 200; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 151 + length) & 0xff);
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
  }
});
