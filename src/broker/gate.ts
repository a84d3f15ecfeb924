/** The one gate of the reference broker: every effect, every check that failed and every choice passes here. */
import type { Clock } from '#io';
import type { About, Alteration } from './alteration.ts';
import { Altering } from './altering.ts';
import type { DecisionName, DecisionValue } from './decisions.ts';
import type { Effect, EffectKind, EffectOf } from './effects.ts';
import type { Limits } from './limits.ts';
import type { RuleName } from './rules.ts';
import type { Shadows } from './shadows.ts';

/** Carries out the effects of some kinds. */
export type Performers = { readonly [K in EffectKind]?: (effect: EffectOf<K>) => void };

/** Sees everything that passes: for logs, and for the guards that look for holes. */
export interface GateWatcher {
  effect?(effect: Effect): void;
  rule?(rule: RuleName, about: About): void;
  decision?(name: DecisionName, normal: unknown, about: About): void;
}

export interface Gate {
  /** Makes it happen, unless an alteration says otherwise. */
  emit(effect: Effect): void;
  /** Asked only when the rule is broken: false lets its stated recovery happen. */
  enforces(rule: RuleName, about: About): boolean;
  /** The choice that is `normal` unless it is overridden. */
  decide<D extends DecisionName>(name: D, normal: DecisionValue<D>, about: About): DecisionValue<D>;
  /** Bytes as they leave on a connection, below all framing. */
  transform(bytes: Uint8Array, about: About): Uint8Array;
  /** Core and endpoint say how their kinds of effects are carried out; each kind has one performer. */
  performs(performers: Performers): void;
  /** The core says what an effect is about, so that alterations can be conditional. */
  describes(connection: (connection: number) => About | undefined): void;
  /** The limits, watched where somebody wants to know which of them are asked for. */
  limits(limits: Limits): Limits;
  /** True where anything can be altered or is watched: then nothing may be remembered that a choice went into. */
  readonly altered: boolean;
}

export interface GateOptions {
  readonly clock: Clock;
  readonly alterations?: readonly Alteration[];
  readonly watcher?: GateWatcher;
  /** Alterations that are only asked what they would do, behind those that do it. */
  readonly shadows?: Shadows;
}

export function createGate({ clock, alterations = [], watcher, shadows }: GateOptions): Gate {
  const performers = new Map<EffectKind, (effect: never) => void>();
  let about: (connection: number) => About | undefined = () => undefined;

  const perform = (effect: Effect): void => {
    if (effect.kind === 'delayed') {
      clock.after(effect.ms, () => perform(effect.effect));
      return;
    }
    performers.get(effect.kind)?.(effect as never);
  };
  const plain: Gate = {
    emit: perform,
    enforces: () => true,
    decide: (_name, normal) => normal,
    transform: (bytes) => bytes,
    performs(more) {
      for (const [kind, call] of Object.entries(more)) performers.set(kind as EffectKind, call);
    },
    describes: (lookup) => {
      about = lookup;
    },
    limits: (limits) => limits,
    altered: false,
  };
  if (alterations.length === 0 && watcher === undefined && shadows === undefined) return plain;
  const altering = alterations.map((alteration) => new Altering(alteration));
  return {
    ...plain,
    altered: true,
    emit(effect) {
      let effects: readonly Effect[] = [effect];
      for (const one of altering) effects = one.rewrite(effects, about);
      for (const one of effects) {
        watcher?.effect?.(one);
        shadows?.effect(one, about, clock.now());
        perform(one);
      }
    },
    enforces(rule, about) {
      watcher?.rule?.(rule, about);
      if (altering.some((one) => one.waives(rule, about))) return false;
      shadows?.rule(rule, about);
      return true;
    },
    decide(name, normal, about) {
      watcher?.decision?.(name, normal, about);
      const value = altering.reduce((value, one) => one.decide(name, value, about), normal);
      shadows?.decision(name, value, about);
      return value;
    },
    transform(bytes, about) {
      const changed = altering.reduce((value, one) => one.transform(value, about), bytes);
      shadows?.bytes(changed, about);
      return changed;
    },
    limits: (limits) => shadows?.limits(limits) ?? limits,
  };
}
