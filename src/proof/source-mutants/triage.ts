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

/** What the triage says of a mutant: under its own id, or under the beginning of it. */
export function triageOf(id: string): SourceGroup | undefined {
  return BY_ID.get(id) ?? BEGINNINGS.find(([beginning]) => id.startsWith(beginning))?.[1];
}

const entries = SOURCE_GROUPS.flatMap((group) => group.mutants.map((id) => [id, group] as const));
const BY_ID = new Map(entries);
const BEGINNINGS = entries.filter(([id]) => id.endsWith('*')).map(([id, group]) => [id.slice(0, -1), group] as const);
