import { expect, test } from 'vitest';
import { hexOf } from './testing/bytes.ts';
import { encodeVbi, vbiLength, writeVbi } from './vbi.ts';

test.each([
  [0, '00'],
  [127, '7f'],
  [128, '80 01'],
  [16_383, 'ff 7f'],
  [16_384, '80 80 01'],
  [2_097_151, 'ff ff 7f'],
  [2_097_152, '80 80 80 01'],
  [268_435_455, 'ff ff ff 7f'],
])('%i is %s', (value, hex) => {
  expect(hexOf(encodeVbi(value))).toBe(hex);
  const buffer = new Uint8Array(8);
  expect(hexOf(buffer.subarray(0, writeVbi(value, buffer, 0)))).toBe(hex);
  expect(vbiLength(value)).toBe(hex.length / 3 + 1 / 3);
});

test.each([
  [0, 1, '00'],
  [0, 4, '80 80 80 00'],
  [5, 2, '85 00'],
  [1, 5, '81 80 80 80 00'],
  [268_435_456, 5, '80 80 80 80 01'],
])('%i forced into %i bytes is %s', (value, length, hex) => {
  expect(hexOf(encodeVbi(value, length))).toBe(hex);
});

test.each([
  [-1, undefined],
  [1.5, undefined],
  [268_435_456, undefined],
  [128, 1],
])('%d in %s bytes is refused', (value, length) => {
  expect(() => encodeVbi(value, length)).toThrow(expect.objectContaining({ code: 'ERR_MQTT_ENCODE' }));
});
