/** Which instances a mutant is tried with, the likeliest first. */
import type { Watched } from './exercise.ts';
import type { SourceMutant } from './schemata.ts';

export class Order {
  readonly #watched: readonly Watched[];
  readonly #mutants: readonly SourceMutant[];
  readonly #candidates = new Map<number, number[]>();
  readonly #reached = new Set<number>();
  readonly #rare = new Map<string, readonly number[]>();
  /** How many of its case come before it. */
  readonly #rank: readonly number[];
  /** How many mutants a case has killed, of all and of a file. */
  readonly #kills = new Map<string, number>();

  constructor(watched: readonly Watched[], mutants: readonly SourceMutant[]) {
    this.#mutants = mutants;
    this.#watched = watched;
    const ofCase = new Map<string, number>();
    this.#rank = watched.map(({ caseId }) => {
      const rank = ofCase.get(caseId) ?? 0;
      ofCase.set(caseId, rank + 1);
      return rank;
    });
    for (const [index, { reached, differed }] of watched.entries()) {
      for (const mutant of reached) this.#reached.add(mutant);
      for (const mutant of differed) {
        const known = this.#candidates.get(mutant) ?? [];
        known.push(index);
        this.#candidates.set(mutant, known);
      }
    }
  }

  isReached(mutant: number): boolean {
    return this.#reached.has(mutant);
  }

  /** All the instances in which it may make a difference. */
  of(mutant: number): number[] {
    return this.#sorted(this.#candidates.get(mutant) ?? [], this.#mutants[mutant] as SourceMutant);
  }

  /** For what happens once, before all instances: those that come to where it is named, then one of each case. */
  ofLoaded(mutant: number): number[] {
    const changed = this.#mutants[mutant] as SourceMutant;
    const name = changed.owner.split('.').at(-1);
    const users = new Set<number>();
    for (const [number, { from }] of this.#mutants.entries()) {
      if (number === mutant || name === undefined || name === '' || !from.includes(name) || from.startsWith('{'))
        continue;
      for (const index of this.#candidates.get(number) ?? []) users.add(index);
    }
    const firsts = this.#rank.flatMap((rank, index) => (rank === 0 && !users.has(index) ? [index] : []));
    return [...this.#sorted([...users], changed), ...this.#sorted(firsts, changed)];
  }

  killed(instance: string, file: string): void {
    const caseId = this.#watched.find((one) => one.instance === instance)?.caseId;
    if (caseId === undefined) return;
    for (const key of [caseId, `${file} ${caseId}`]) this.#kills.set(key, (this.#kills.get(key) ?? 0) + 1);
  }

  /** The likeliest first, but no case a second time before all others had their turn. */
  #sorted(indices: readonly number[], { file, owner }: SourceMutant): number[] {
    const rare = this.#rareIn(file, owner);
    const worth = new Map(indices.map((index) => [index, this.#worth(index, file, rare)]));
    const sorted = indices.toSorted((one, other) => (worth.get(other) ?? 0) - (worth.get(one) ?? 0));
    const seen = new Map<string, number>();
    const rounds = sorted.map((index) => {
      const { caseId } = this.#watched[index] as Watched;
      const before = seen.get(caseId) ?? 0;
      seen.set(caseId, before + 1);
      return [before, index] as const;
    });
    return rounds.toSorted(([one], [other]) => one - other).map(([, index]) => index);
  }

  /** How much of what seldom makes a difference in a function makes one in each instance. */
  #rareIn(file: string, owner: string): readonly number[] {
    const key = `${file} ${owner}`;
    const known = this.#rare.get(key);
    if (known !== undefined) return known;
    const rare = this.#watched.map(() => 0);
    for (const [number, one] of this.#mutants.entries()) {
      if (one.file !== file || one.owner !== owner) continue;
      const candidates = this.#candidates.get(number) ?? [];
      for (const index of candidates) rare[index] = (rare[index] ?? 0) + 1 / candidates.length;
    }
    this.#rare.set(key, rare);
    return rare;
  }

  #worth(index: number, file: string, rare: readonly number[]): number {
    const { caseId, milliseconds } = this.#watched[index] as Watched;
    const kills = (this.#kills.get(`${file} ${caseId}`) ?? 0) + ELSEWHERE * (this.#kills.get(caseId) ?? 0);
    return (((rare[index] ?? 0) + LEAST) * (1 + kills)) / (milliseconds + OVERHEAD);
  }
}

/** What a kill in another file counts. */
const ELSEWHERE = 0.1;
/** So that what kills often, or is quick, counts where nothing is rare. */
const LEAST = 0.01;
/** Milliseconds that each run costs beside its own. */
const OVERHEAD = 5;
