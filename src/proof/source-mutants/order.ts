/** Which instances a mutant is tried with, the likeliest first. */
import type { Watched } from './exercise.ts';
import type { SourceMutant } from './schemata.ts';

export class Order {
  readonly #watched: readonly Watched[];
  readonly #mutants: readonly SourceMutant[];
  readonly #candidates = new Map<number, number[]>();
  readonly #reached = new Set<number>();
  /** How many of its case come before it. */
  readonly #rank: readonly number[];
  /** Mutants of a file that a case has killed. */
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
  of(mutant: number, file: string): number[] {
    return this.#sorted(this.#candidates.get(mutant) ?? [], file);
  }

  /** For what happens once, before all instances: those that come to where it is named, then one of each case. */
  ofLoaded(mutant: number): number[] {
    const { id, file } = this.#mutants[mutant] as SourceMutant;
    const name = nameIn(id);
    const users = new Set<number>();
    for (const [number, { from }] of this.#mutants.entries()) {
      if (number === mutant || name === undefined || !from.includes(name) || from.startsWith('{')) continue;
      for (const index of this.#candidates.get(number) ?? []) users.add(index);
    }
    const firsts = this.#rank.flatMap((rank, index) => (rank === 0 && !users.has(index) ? [index] : []));
    return [...this.#sorted([...users], file), ...this.#sorted(firsts, file)];
  }

  killed(instance: string, file: string): void {
    const caseId = this.#watched.find((one) => one.instance === instance)?.caseId;
    if (caseId === undefined) return;
    const key = `${file} ${caseId}`;
    this.#kills.set(key, (this.#kills.get(key) ?? 0) + 1);
  }

  #sorted(indices: readonly number[], file: string): number[] {
    const keys = new Map(indices.map((index) => [index, this.#cost(index, file)]));
    return indices.toSorted((one, other) => (keys.get(one) ?? 0) - (keys.get(other) ?? 0));
  }

  /** Milliseconds, weighed by how likely they are spent well. */
  #cost(index: number, file: string): number {
    const { caseId, milliseconds } = this.#watched[index] as Watched;
    const kills = this.#kills.get(`${file} ${caseId}`) ?? 0;
    return ((milliseconds + 1) * (1 + (this.#rank[index] ?? 0))) / (1 + kills);
  }
}

/** `limits.ts DEFAULT_LIMITS.inflight: 100 → 101`: the last name. */
const nameIn = (id: string): string | undefined => /^\S+ (?:[\w$#]+\.)*([\w$]+): /.exec(id)?.[1];
