/** What alterations would have changed, had they been at work: one that changes nothing leaves the same run behind. */
import { aboutEffect, Altering, type Lookup } from './altering.ts';
import type { About, Alteration } from './alteration.ts';
import type { DecisionName, DecisionValue } from './decisions.ts';
import type { Effect } from './effects.ts';
import type { Limits } from './limits.ts';
import type { RuleName } from './rules.ts';
import { isSame } from './same.ts';
import { ShadowTimers } from './shadow-timers.ts';

interface Shadow {
  readonly name: string;
  readonly altering: Altering;
}

/**
 * Alterations that watch one broker and are asked at each of its turns what they would do. Up to the first turn at
 * which one would do something else, the broker that has it behaves as the watched one: all that goes in is the same.
 */
export class Shadows {
  /** Names of those that would have changed something so far. */
  readonly struck = new Set<string>();
  readonly #rules = new Map<string, Shadow[]>();
  readonly #decisions = new Map<string, Shadow[]>();
  readonly #limits = new Map<string, Shadow[]>();
  #rewriting: Shadow[] = [];
  #transforming: Shadow[] = [];
  readonly #timers = new ShadowTimers();
  #ended = false;

  constructor(alterations: Readonly<Record<string, Alteration>>) {
    for (const [name, alteration] of Object.entries(alterations)) {
      const shadow = { name, altering: new Altering(alteration) };
      for (const rule of alteration.waive ?? []) add(this.#rules, rule, shadow);
      for (const decision of Object.keys(alteration.decide ?? {})) add(this.#decisions, decision, shadow);
      for (const limit of Object.keys(alteration.limits ?? {})) add(this.#limits, limit, shadow);
      if (alteration.limits?.maximumPacketSize !== undefined) this.struck.add(name);
      if (alteration.rewrite !== undefined) this.#rewriting.push(shadow);
      if (alteration.bytes !== undefined) this.#transforming.push(shadow);
    }
  }

  /** `now`: milliseconds of the clock. */
  effect(effect: Effect, lookup: Lookup, now: number): void {
    this.#passed(now);
    this.#timers.passes(effect);
    if (this.#rewriting.length === 0) return;
    const about = aboutEffect(effect, lookup);
    this.#rewriting = this.#rewriting.filter((shadow) => {
      const instead = shadow.altering.rewriteOne(effect, about);
      if (instead === undefined || this.#timers.takes(shadow.name, effect, instead, now)) return true;
      return this.#stays(shadow, !(instead.length === 1 && isSame(instead[0], effect)));
    });
  }

  rule(rule: RuleName, about: About): void {
    for (const shadow of this.#rules.get(rule) ?? []) this.#stays(shadow, shadow.altering.waives(rule, about));
  }

  decision<D extends DecisionName>(name: D, value: DecisionValue<D>, about: About): void {
    for (const shadow of this.#decisions.get(name) ?? []) {
      this.#stays(shadow, !Object.is(shadow.altering.decide(name, value, about), value));
    }
  }

  bytes(bytes: Uint8Array, about: About): void {
    this.#transforming = this.#transforming.filter((shadow) =>
      this.#stays(shadow, !isSame(shadow.altering.transform(bytes, about), bytes)),
    );
  }

  /** A limit that is read counts as one that makes a difference. */
  limits(limits: Limits): Limits {
    if (this.#limits.size === 0) return limits;
    return new Proxy(limits, {
      get: (target, key: keyof Limits) => {
        for (const shadow of this.#limits.get(key) ?? []) {
          this.#stays(shadow, shadow.altering.alteration.limits?.[key] !== target[key]);
        }
        return target[key];
      },
    });
  }

  /** What happens from now on counts no more: the result is known. */
  end(now: number): void {
    this.#passed(now);
    this.#ended = true;
  }

  #passed(now: number): void {
    if (!this.#ended) for (const name of this.#timers.due(now)) this.struck.add(name);
  }

  #stays({ name }: Shadow, strikes: boolean): boolean {
    if (strikes && !this.#ended) this.struck.add(name);
    return !this.struck.has(name);
  }
}

function add(map: Map<string, Shadow[]>, key: string, shadow: Shadow): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [shadow]);
  else known.push(shadow);
}
