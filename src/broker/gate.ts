/** The one gate of the reference broker: every effect, every check that failed and every choice passes here. */
import type { Clock } from '#io';
import type { About, Alteration } from './alteration.ts';
import type { DecisionName, DecisionValue } from './decisions.ts';
import type { Effect, EffectKind, EffectOf } from './effects.ts';
import type { RuleName } from './rules.ts';

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
  /** True where anything can be altered or is watched: then nothing may be remembered that a choice went into. */
  readonly altered: boolean;
}

export interface GateOptions {
  readonly clock: Clock;
  readonly alterations?: readonly Alteration[];
  readonly watcher?: GateWatcher;
}

export function createGate({ clock, alterations = [], watcher }: GateOptions): Gate {
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
    altered: false,
  };
  if (alterations.length === 0 && watcher === undefined) return plain;
  const altering = alterations.map((alteration) => new Altering(alteration));
  return {
    ...plain,
    altered: true,
    emit(effect) {
      let effects: readonly Effect[] = [effect];
      for (const one of altering) effects = one.rewrite(effects, about);
      for (const one of effects) {
        watcher?.effect?.(one);
        perform(one);
      }
    },
    enforces(rule, about) {
      watcher?.rule?.(rule, about);
      return !altering.some((one) => one.waives(rule, about));
    },
    decide(name, normal, about) {
      watcher?.decision?.(name, normal, about);
      return altering.reduce((value, one) => one.decide(name, value, about), normal);
    },
    transform: (bytes, about) => altering.reduce((value, one) => one.transform(value, about), bytes),
  };
}

/** One alteration and the count of what it has matched. */
class Altering {
  private readonly alteration: Alteration;
  private matched = 0;

  constructor(alteration: Alteration) {
    this.alteration = alteration;
  }

  private strikes(about: About): boolean {
    const { when } = this.alteration;
    if (when === undefined) return true;
    this.matched += 1;
    return when(about, this.matched);
  }

  waives(rule: RuleName, about: About): boolean {
    return this.alteration.waive?.includes(rule) === true && this.strikes(about);
  }

  decide<D extends DecisionName>(name: D, value: DecisionValue<D>, about: About): DecisionValue<D> {
    const override = this.alteration.decide?.[name];
    if (override === undefined) return value;
    const other = override(value, about);
    return Object.is(other, value) || !this.strikes(about) ? value : other;
  }

  rewrite(effects: readonly Effect[], lookup: (connection: number) => About | undefined): readonly Effect[] {
    const { rewrite } = this.alteration;
    if (rewrite === undefined) return effects;
    return effects.flatMap((effect) => {
      const about = aboutEffect(effect, lookup);
      const instead = rewrite(effect, about);
      const unchanged = instead.length === 1 && instead[0] === effect;
      return unchanged || !this.strikes(about) ? [effect] : [...instead];
    });
  }

  transform(bytes: Uint8Array, about: About): Uint8Array {
    const { bytes: change } = this.alteration;
    return change !== undefined && this.strikes(about) ? change(bytes, about) : bytes;
  }
}

function aboutEffect(effect: Effect, lookup: (connection: number) => About | undefined): About {
  const connection = 'connection' in effect ? effect.connection : undefined;
  const known = connection === undefined ? undefined : lookup(connection);
  const clientId = 'clientId' in effect ? effect.clientId : known?.clientId;
  const packet = 'packet' in effect ? effect.packet : known?.packet;
  const { transport, version, ending, violation, will, quota, resumed, tookOver } = known ?? {};
  return { connection, transport, version, clientId, packet, ending, violation, will, quota, resumed, tookOver };
}
