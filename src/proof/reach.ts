/** What the cases touch of the clean broker: a rule that is never asked is a hole that needs no mutant to show. */
import type { Alteration, DecisionName, RuleName } from '#broker';
import { instancesOf, type Case } from '#kit';
import { LAB_DOORS } from './lab-target.ts';
import { runAlone } from './run-alone.ts';

export interface Reach {
  readonly rules: ReadonlySet<RuleName>;
  /** What each decision that was asked normally is. */
  readonly decisions: ReadonlyMap<DecisionName, ReadonlySet<unknown>>;
}

export async function reachOf(cases: readonly Case[]): Promise<Reach> {
  const rules = new Set<RuleName>();
  const decisions = new Map<DecisionName, Set<unknown>>();
  await runAlone(instancesOf(cases, LAB_DOORS), {
    watcher: {
      rule: (name) => void rules.add(name),
      decision(name, normal) {
        const known = decisions.get(name) ?? new Set();
        decisions.set(name, known.add(normal));
      },
    },
  });
  return { rules, decisions };
}

/** Whether any case comes to where the alteration could show; always, where it rewrites effects. */
export function isReached({ waive = [], decide = {} }: Alteration, reach: Reach): boolean {
  const names = Object.keys(decide) as DecisionName[];
  if (waive.length + names.length === 0) return true;
  return waive.some((name) => reach.rules.has(name)) || names.some((name) => reach.decisions.has(name));
}

/** True where it decides what is decided anyway. */
export function isNormal({ waive, decide, rewrite, bytes, limits }: Alteration, reach: Reach): boolean {
  if (waive ?? rewrite ?? bytes ?? limits) return false;
  const names = Object.keys(decide ?? {}) as DecisionName[];
  return names.every((name) => {
    type Choice = (normal: unknown, about: object) => unknown;
    const choose = decide?.[name] as Choice;
    return [...(reach.decisions.get(name) ?? [undefined])].every((normal) => Object.is(choose(normal, {}), normal));
  });
}
