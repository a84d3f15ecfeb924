/** What alterations would have changed, had they been at work: one that changes nothing leaves the same run behind. */
import { aboutEffect, Altering, type Lookup } from './altering.ts';
import type { About, Alteration } from './alteration.ts';
import type { DecisionName, DecisionValue } from './decisions.ts';
import type { Effect } from './effects.ts';
import type { Limits } from './limits.ts';
import type { RuleName } from './rules.ts';

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

  effect(effect: Effect, lookup: Lookup): void {
    if (this.#rewriting.length === 0) return;
    const about = aboutEffect(effect, lookup);
    this.#rewriting = this.#rewriting.filter((shadow) => {
      const instead = shadow.altering.rewriteOne(effect, about);
      return this.#stays(shadow, instead !== undefined && !(instead.length === 1 && isSame(instead[0], effect)));
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
  end(): void {
    this.#ended = true;
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

/** Whether two values of plain data are equal: many an alteration copies what it leaves as it is. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  if (ArrayBuffer.isView(one) && ArrayBuffer.isView(other)) return isSameBytes(one, other);
  const [mine, theirs] = [Object.entries(one), Object.entries(other)];
  return mine.length === theirs.length && mine.every(([key, value]) => isSame(value, Reflect.get(other, key)));
}

function isSameBytes(one: ArrayBufferView, other: ArrayBufferView): boolean {
  if (!(one instanceof Uint8Array) || !(other instanceof Uint8Array)) return false;
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
