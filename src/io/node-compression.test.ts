import { array, assert, integer, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCompression } from './node-compression.ts';
import { seededRandom } from './random.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const hex = (value: string): Uint8Array =>
  Uint8Array.from(value.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const LIMIT = 10_000_000;

describe('nodeCompression', () => {
  // The examples of RFC 7692 §7.2.3, with the tail that the receiver puts back.
  it.each([
    ['one block', 'f248cdc9c907000000ffff'],
    ['two blocks', 'f24805000000ffffcac9c907000000ffff'],
    ['an uncompressed block', '000500faff48656c6c6f000000ffff'],
    ['a final block', 'f348cdc9c90700000000ffff'],
  ])('inflates Hello from %s', (_, bytes) => {
    expect(nodeCompression.inflater(15).inflate(hex(bytes), 5)).toEqual(text('Hello'));
  });

  it('refers back to the message before, unless it is reset', () => {
    const deflater = nodeCompression.deflater(15);
    const inflater = nodeCompression.inflater(15);
    const first = deflater.deflate(text('Hello'));
    const second = deflater.deflate(text('Hello'));
    expect(second.length).toBeLessThan(first.length);
    expect(second).toEqual(hex('f2001100000000ffff'));
    expect(inflater.inflate(first, 5)).toEqual(text('Hello'));
    expect(inflater.inflate(second, 5)).toEqual(text('Hello'));
    inflater.reset();
    expect(() => inflater.inflate(second, 5)).toThrow('not a whole DEFLATE stream');
    deflater.reset();
    expect(deflater.deflate(text('Hello'))).toEqual(first);
  });

  it('ends each message in an empty stored block, an empty one too', () => {
    expect(nodeCompression.deflater(15).deflate(new Uint8Array(0))).toEqual(hex('000000ffff'));
  });

  it.each([8, 9, 10, 12, 15])('keeps within a window of 2^%i bytes', (bits) => {
    const deflater = nodeCompression.deflater(bits);
    const inflater = nodeCompression.inflater(bits);
    const repeat = Uint8Array.from({ length: 2 ** bits }, (_, index) => (index * index * 31 + (index >> 3)) & 0xff);
    for (const size of [2 ** bits, 100, 2 ** bits - 3, 0, 1, 2 ** bits]) {
      const message = repeat.subarray(0, size);
      expect(inflater.inflate(deflater.deflate(message), LIMIT)).toEqual(message);
    }
  });

  it.each([8, 9, 11, 14])('refuses a reference beyond a window of 2^%i bytes, within a message too', (bits) => {
    const once = seededRandom(bits).bytes(1.5 * 2 ** bits);
    const twice = Uint8Array.of(...once, ...once);
    const compressed = nodeCompression.deflater(15).deflate(twice);
    expect(() => nodeCompression.inflater(bits).inflate(compressed, LIMIT)).toThrow('too far back');
    expect(nodeCompression.inflater(15).inflate(compressed, LIMIT)).toEqual(twice);
  });

  it('takes back any messages', () => {
    const messages = array(uint8Array({ maxLength: 3000 }), { maxLength: 8 });
    assert(
      property(messages, integer({ min: 8, max: 15 }), (list, bits) => {
        const deflater = nodeCompression.deflater(bits);
        const inflater = nodeCompression.inflater(bits);
        for (const message of list) expect(inflater.inflate(deflater.deflate(message), 3000)).toEqual(message);
      }),
      { numRuns: 100 },
    );
  });

  it('ends a bomb at the limit', () => {
    const bomb = nodeCompression.deflater(15).deflate(new Uint8Array(5_000_000));
    expect(() => nodeCompression.inflater(15).inflate(bomb, 4_999_999)).toThrow(
      expect.objectContaining({ code: 'INFLATE_TOO_LARGE' }),
    );
    expect(nodeCompression.inflater(15).inflate(bomb, 5_000_000)).toHaveLength(5_000_000);
    expect(() => nodeCompression.inflater(15).inflate(hex('f248cdc9c907000000ffff'), 0)).toThrow(
      expect.objectContaining({ code: 'INFLATE_TOO_LARGE' }),
    );
  });

  it('refuses a message cut anywhere', () => {
    const whole = nodeCompression.deflater(15).deflate(text('Hello, hello, hello, good morning, hello'));
    for (let length = 0; length < whole.length - 5; length += 1) {
      const cut = Uint8Array.of(...whole.subarray(0, length), 0x00, 0x00, 0xff, 0xff);
      expect(() => nodeCompression.inflater(15).inflate(cut, LIMIT)).toThrow(
        expect.objectContaining({ code: 'INFLATE_CORRUPT' }),
      );
    }
  });

  it('does not make a stream for each of countless final blocks', () => {
    const blocks = new Uint8Array(20_000);
    for (let at = 0; at < blocks.length; at += 2) blocks[at] = 0x03;
    expect(() => nodeCompression.inflater(15).inflate(blocks, LIMIT)).toThrow('final blocks');
  });
});
