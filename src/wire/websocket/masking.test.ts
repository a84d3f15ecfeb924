import { expect, it } from 'vitest';
import { mask } from './masking.ts';
import { bytesOf } from './testing/hex.ts';

it('masks like RFC 6455 §5.3 at every alignment and length', () => {
  const key = bytesOf('01fe37c8');
  for (let offset = 0; offset < 8; offset += 1) {
    for (let length = 0; length < 80; length += 1) {
      for (const from of [0, 1, 6]) {
        const bytes = new Uint8Array(new ArrayBuffer(120), offset, from + length);
        bytes.forEach((_, index) => void (bytes[index] = index * 7));
        const expected = bytes.map((byte, index) => (index < from ? byte : byte ^ (key[(index - from) & 3] ?? 0)));
        mask(bytes, key, from);
        expect(bytes).toEqual(expected);
      }
    }
  }
});
