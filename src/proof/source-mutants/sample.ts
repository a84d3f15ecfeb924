/** A share of the mutants, the same for the same seed. */
import { seededRandom } from '#io';

/** `count` of the numbers below `size`, in an order of chance; all of them, in their order, where it is absent. */
export function sample(size: number, count: number | undefined, seed: string): number[] {
  const all = Array.from({ length: size }, (_, number) => number);
  if (count === undefined) return all;
  const random = seededRandom(seed);
  const drawn = all.map((number) => [number, wordOf(random.bytes(4))] as const);
  return drawn
    .toSorted(([, one], [, other]) => one - other)
    .slice(0, count)
    .map(([number]) => number);
}

const wordOf = (bytes: Uint8Array): number => bytes.reduce((word, byte) => word * 256 + byte, 0);
