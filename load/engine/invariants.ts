/** Promises of the standard that are checked on every message. */
import type { MqttVersion } from '#spec';
import type { InvariantName } from '../profiles/profile.ts';
import type { WorkerInvariant } from './contract.ts';

interface Watched {
  checked: number;
  broken: number;
  first?: NonNullable<WorkerInvariant['first']>;
}

/** Counted for every invariant that the plan has; the first breach keeps its transcript. */
export class Invariants {
  readonly #watched: ReadonlyMap<InvariantName, Watched>;
  readonly order: Watched | undefined;
  readonly exactlyOnce: Watched | undefined;
  readonly receiveMaximum: Watched | undefined;
  readonly dup: Watched | undefined;
  readonly afterUnsubscribe: Watched | undefined;

  constructor(names: readonly InvariantName[]) {
    this.#watched = new Map(names.map((name) => [name, { checked: 0, broken: 0 }]));
    this.order = this.#watched.get('order');
    this.exactlyOnce = this.#watched.get('exactly-once');
    this.receiveMaximum = this.#watched.get('receive-maximum');
    this.dup = this.#watched.get('dup');
    this.afterUnsubscribe = this.#watched.get('after-unsubscribe');
  }

  /** `told` is asked for the first breach only. */
  broken(watched: Watched, told: () => NonNullable<WorkerInvariant['first']>): void {
    watched.broken += 1;
    watched.first ??= told();
  }

  /** Breaches of all of them. */
  get broke(): number {
    let sum = 0;
    for (const one of this.#watched.values()) sum += one.broken;
    return sum;
  }

  get results(): readonly WorkerInvariant[] {
    return [...this.#watched].map(([name, one]) => ({ name, ...one }));
  }
}

/** The requirements that a broken invariant violates. */
export function requirementsOf(name: string, version: MqttVersion): readonly string[] {
  const ids = REQUIREMENTS[name as InvariantName] ?? {};
  return (ids[version] ?? []).map((id) => `${version}/${id}`);
}

const REQUIREMENTS: { readonly [Name in InvariantName]: { readonly [V in MqttVersion]?: readonly string[] } } = {
  order: { '3.1.1': ['MQTT-4.6.0-6#order'], '5.0': ['MQTT-4.6.0-5'] },
  'exactly-once': { '3.1.1': ['MQTT-4.3.3-1#no-publish-after-pubrel'], '5.0': ['MQTT-4.3.3-6'] },
  'receive-maximum': { '5.0': ['MQTT-3.3.4-9'] },
  dup: { '3.1.1': ['MQTT-3.3.1-3'], '5.0': ['MQTT-3.3.1-3'] },
  'after-unsubscribe': { '3.1.1': ['MQTT-3.10.4-2'], '5.0': ['MQTT-3.10.4-2'] },
};
