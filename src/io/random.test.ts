import { describe, expect, it } from 'vitest';
import { cryptoRandom, seededRandom } from './random.ts';
import { sha1 } from './sha1.ts';

describe('seededRandom', () => {
  it('repeats itself by seed, however it is asked', () => {
    const draw = (seed: string | number): unknown => {
      const random = seededRandom(seed);
      return [random.integer(1000), Array.from(random.bytes(7)), random.number(), random.fork('x').integer(1000)];
    };
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    expect(draw(1)).toEqual(draw('1'));
  });

  it('keeps its values for good: a recorded run stays repeatable', () => {
    const random = seededRandom('mqttspec');
    expect([random.integer(1_000_000), ...random.bytes(6)]).toMatchInlineSnapshot(`
      [
        303594,
        26,
        51,
        87,
        241,
        148,
        5,
      ]
    `);
  });

  it('gives a fork that does not depend on what was drawn before', () => {
    const one = seededRandom('s');
    const other = seededRandom('s');
    other.bytes(100);
    expect(one.fork('case').bytes(8)).toEqual(other.fork('case').bytes(8));
    expect(one.fork('case').bytes(8)).not.toEqual(one.fork('other').bytes(8));
  });

  it('uses every value about as often', () => {
    const counts = Array.from({ length: 16 }, () => 0);
    for (const byte of seededRandom(7).bytes(160_000)) counts[byte >> 4] = (counts[byte >> 4] ?? 0) + 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(600);
  });
});

describe('cryptoRandom', () => {
  it('gives bytes and numbers in range', () => {
    expect(cryptoRandom.bytes(16)).toHaveLength(16);
    expect(cryptoRandom.bytes(16)).not.toEqual(cryptoRandom.bytes(16));
    for (let round = 0; round < 100; round += 1) {
      expect(cryptoRandom.integer(3)).toBeLessThan(3);
      expect(cryptoRandom.number()).toBeLessThan(1);
    }
  });
});

it('digests by SHA-1 (FIPS 180, "abc")', () => {
  const digest = sha1(Uint8Array.of(0x61, 0x62, 0x63));
  expect(Buffer.from(digest).toString('hex')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
});
