import type { SeededRandom } from '#io';
import type { Instance } from '#kit';

/** Those that wait long first, so that they don't stand alone at the end; the others as the seed has it. */
export function ordered(instances: readonly Instance[], random: SeededRandom): Instance[] {
  const shuffled = instances.map((instance) => ({ instance, rank: random.number() }));
  shuffled.sort((a, b) => seconds(b.instance) - seconds(a.instance) || a.rank - b.rank);
  return shuffled.map(({ instance }) => instance);
}

const seconds = ({ case: { takes } }: Instance): number => takes ?? 0;
