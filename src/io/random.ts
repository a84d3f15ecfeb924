import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { RandomBytes } from './compression.ts';

/** A source of random values. */
export interface Random {
  readonly bytes: RandomBytes;
  /** From 0 up to but not including 1. */
  number(): number;
  /** A whole number from 0 up to but not including `below`. */
  integer(below: number): number;
}

/** The same values each time for the same seed; values for different seeds have nothing in common. */
export interface SeededRandom extends Random {
  /** A source of its own for a part of the run: what others draw doesn't change what it gives. */
  fork(name: string): SeededRandom;
}

/** sfc32 by Chris Doty-Humphrey: small, fast, and good enough for test data; not for secrets. */
export function seededRandom(seed: string | number): SeededRandom {
  const digest = createHash('sha256').update(String(seed)).digest();
  let a = digest.readUInt32LE(0);
  let b = digest.readUInt32LE(4);
  let c = digest.readUInt32LE(8);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  for (let round = 0; round < 12; round += 1) next();
  const number = (): number => next() / 4_294_967_296;
  return {
    number,
    integer: (below) => Math.floor(number() * below),
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += 4) {
        const word = next();
        for (let index = at; index < Math.min(length, at + 4); index += 1) bytes[index] = word >>> (8 * (index - at));
      }
      return bytes;
    },
    fork: (name) => seededRandom(`${String(seed)}\n${name}`),
  };
}

/** The system's random source. */
export const cryptoRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  number: () => randomInt(2 ** 47) / 2 ** 47,
  integer: (below) => randomInt(below),
};
