/** One alteration at work in a gate. */
import type { About, Alteration } from './alteration.ts';
import type { DecisionName, DecisionValue } from './decisions.ts';
import type { Effect } from './effects.ts';
import type { RuleName } from './rules.ts';

/** What is known of a connection by its number. */
export type Lookup = (connection: number) => About | undefined;

/** One alteration and the count of what it has matched. */
export class Altering {
  readonly alteration: Alteration;
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

  rewrite(effects: readonly Effect[], lookup: Lookup): readonly Effect[] {
    if (this.alteration.rewrite === undefined) return effects;
    return effects.flatMap((effect) => this.rewriteOne(effect, aboutEffect(effect, lookup)) ?? effect);
  }

  /** Undefined: it stays as it is. */
  rewriteOne(effect: Effect, about: About): readonly Effect[] | undefined {
    const instead = this.alteration.rewrite?.(effect, about);
    if (instead === undefined || (instead.length === 1 && instead[0] === effect)) return undefined;
    return this.strikes(about) ? instead : undefined;
  }

  transform(bytes: Uint8Array, about: About): Uint8Array {
    const { bytes: change } = this.alteration;
    return change !== undefined && this.strikes(about) ? change(bytes, about) : bytes;
  }
}

/** What an effect is about, as far as its connection is known. */
export function aboutEffect(effect: Effect, lookup: Lookup): About {
  const connection = 'connection' in effect ? effect.connection : undefined;
  const known = connection === undefined ? undefined : lookup(connection);
  const clientId = 'clientId' in effect ? effect.clientId : known?.clientId;
  const packet = 'packet' in effect ? effect.packet : known?.packet;
  const { transport, version, ending, violation, will, quota, resumed, tookOver } = known ?? {};
  const { maximumPacketSize, authenticating } = known ?? {};
  return {
    connection,
    transport,
    version,
    clientId,
    packet,
    ending,
    violation,
    will,
    quota,
    resumed,
    tookOver,
    maximumPacketSize,
    authenticating,
  };
}
