/** Mutants of the source that no case kills, looked at one by one. */

import { LEFT_OUT_GROUPS } from './triage-left-out.ts';
import { SEEN_GROUPS } from './triage-seen.ts';

/**
 * `equivalent`: the broker does the same. `alteration`: only a broker that is altered by name comes there, or differs.
 * `elsewhere`: memory lacks what it takes, and a lane over sockets has it. `invisible`: it does something else, and no
 * client can tell (memory, speed). `allowed`: the standards leave it to a server. `gap`: a case is missing.
 */
export type SourceClass = 'equivalent' | 'alteration' | 'elsewhere' | 'invisible' | 'allowed' | 'gap';

export interface SourceGroup {
  readonly is: SourceClass;
  readonly reason: string;
  /** Ids; one that ends in `*` stands for all that begin so. */
  readonly mutants: readonly string[];
}

const SOURCE_GROUPS: readonly SourceGroup[] = [...LEFT_OUT_GROUPS, ...SEEN_GROUPS];

/** What the triage says of a mutant: under its own id, or under the beginning of it. */
export function triageOf(id: string): SourceGroup | undefined {
  return BY_ID.get(id) ?? BEGINNINGS.find(([beginning]) => id.startsWith(beginning))?.[1];
}

const entries = SOURCE_GROUPS.flatMap((group) => group.mutants.map((id) => [id, group] as const));
const BY_ID = new Map(entries);
const BEGINNINGS = entries.filter(([id]) => id.endsWith('*')).map(([id, group]) => [id.slice(0, -1), group] as const);
