/** What the cases touch of the clean broker: a rule that is never asked is a hole that needs no mutant to show. */
import type { Alteration, DecisionName, Effect, RuleName } from '#broker';
import { instancesOf, type Case } from '#kit';
import { LAB_DOORS } from './lab-target.ts';
import { runAlone } from './run-alone.ts';

export interface Reach {
  readonly rules: ReadonlySet<RuleName>;
  /** What each decision that was asked normally is. */
  readonly decisions: ReadonlyMap<DecisionName, ReadonlySet<unknown>>;
  /** Some effects of each kind, packet and timer. */
  readonly effects: readonly Effect[];
}

/** Effects kept of one kind, packet or timer. */
const SAMPLES = 40;

export async function reachOf(cases: readonly Case[]): Promise<Reach> {
  const rules = new Set<RuleName>();
  const decisions = new Map<DecisionName, Set<unknown>>();
  const effects = new Map<string, Effect[]>();
  await runAlone(instancesOf(cases, LAB_DOORS), {
    watcher: {
      rule: (name) => void rules.add(name),
      decision(name, normal) {
        const known = decisions.get(name) ?? new Set();
        decisions.set(name, known.add(normal));
      },
      effect(effect) {
        const key = `${effect.kind} ${'packet' in effect ? effect.packet.type : 'timer' in effect ? effect.timer : ''}`;
        const known = effects.get(key) ?? [];
        if (known.length < SAMPLES) effects.set(key, [...known, effect]);
      },
    },
  });
  return { rules, decisions, effects: [...effects.values()].flat() };
}

/** Whether any case comes to where the alteration could show. */
export function isReached({ waive = [], decide = {}, rewrite, bytes, limits }: Alteration, reach: Reach): boolean {
  const names = Object.keys(decide) as DecisionName[];
  const rewrites = (effect: Effect): boolean => {
    const instead = rewrite?.(effect, {}) ?? [effect];
    return instead.length !== 1 || instead[0] !== effect;
  };
  return (
    bytes !== undefined ||
    limits !== undefined ||
    waive.some((name) => reach.rules.has(name)) ||
    names.some((name) => reach.decisions.has(name)) ||
    reach.effects.some(rewrites)
  );
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
