import { expect, it } from 'vitest';
import { fragmentMessage, splitBytes, splitFrames } from './fragment.ts';
import { bytesOf, hexOf } from './testing/hex.ts';

it.each([
  ['0102030405', [2], ['0102', '0304', '05']],
  ['0102030405', [1, 3], ['01', '020304', '05']],
  ['0102030405', [0, 2, 0, 9], ['', '0102', '', '030405']],
  ['0102', [9], ['0102']],
  ['0102', [], ['0102']],
  ['', [3], []],
])('splits %s by %j', (hex, sizes, expected) => {
  expect(splitBytes(bytesOf(hex), sizes).map(hexOf)).toEqual(expected);
});

it('does not split for ever', () => {
  expect(() => splitBytes(bytesOf('0102'), [0])).toThrow('1 or more');
});

it('makes messages of their own, or fragments of one', () => {
  let keys = 0;
  const key = (): Uint8Array => Uint8Array.of(0, 0, 0, (keys += 1));
  expect(splitFrames(bytesOf('010203'), [2], key)).toEqual([
    { opcode: 2, payload: bytesOf('0102'), maskingKey: bytesOf('00000001') },
    { opcode: 2, payload: bytesOf('03'), maskingKey: bytesOf('00000002') },
  ]);
  expect(fragmentMessage(2, bytesOf('010203'), [1])).toEqual([
    { opcode: 2, fin: false, payload: bytesOf('01') },
    { opcode: 0, fin: false, payload: bytesOf('02') },
    { opcode: 0, fin: true, payload: bytesOf('03') },
  ]);
  expect(fragmentMessage(1, bytesOf(''), [1])).toEqual([{ opcode: 1, fin: true, payload: bytesOf('') }]);
});
