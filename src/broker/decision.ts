import type { RequirementKey } from '#spec';

/** A choice of the reference broker that can be overridden. */
export interface Decision<V> {
  /** What it may be overridden with, the allowed and the forbidden; for open numbers: examples. */
  readonly domain: readonly V[];
  /** True where it always comes out as the first of its domain, whatever happens, unless it is overridden. */
  readonly fixed?: boolean;
  /** The requirements that it binds. */
  readonly binds: readonly RequirementKey[];
  readonly about: string;
}

/** What comes out by what happened. */
export function decision<const V>(domain: readonly V[], binds: readonly RequirementKey[], about: string): Decision<V> {
  return { domain, binds, about };
}

/** A habit: the first of its domain, unless it is overridden. */
export function choice<const V>(domain: readonly V[], binds: readonly RequirementKey[], about: string): Decision<V> {
  return { domain, binds, about, fixed: true };
}

/** A choice among numbers that no list can hold; the examples are what mutants try. */
export function numeric(
  examples: readonly number[],
  binds: readonly RequirementKey[],
  about: string,
): Decision<number> {
  return { domain: examples, binds, about };
}
