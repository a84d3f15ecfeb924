/** Mutants of the source that no case kills, looked at one by one. */

/**
 * `equivalent`: the broker does the same. `alteration`: only a broker that is altered by name comes there, or differs.
 * `invisible`: it does something else, and no client can tell (memory, speed, logs). `allowed`: the standards leave it
 * to a server. `gap`: a case is missing.
 */
export type SourceClass = 'equivalent' | 'alteration' | 'invisible' | 'allowed' | 'gap';

export interface SourceGroup {
  readonly is: SourceClass;
  readonly reason: string;
  readonly mutants: readonly string[];
}

export const SOURCE_GROUPS: readonly SourceGroup[] = [];

export const SOURCE_TRIAGE: Readonly<Record<string, SourceGroup>> = Object.fromEntries(
  SOURCE_GROUPS.flatMap((group) => group.mutants.map((id) => [id, group])),
);
