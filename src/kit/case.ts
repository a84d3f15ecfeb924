/** A case: one observable behaviour with one body, run as instances (version × transport × row). */
import type { FaultName, Id311, Id50, MqttVersion, Need, RequirementKey, TransportKey, VariantName } from '#spec';
import type { Endpoint, Transport } from '#target';
import type { CaseContext } from './context.ts';

/** What a case verifies. A version that is absent is not run; `transport` alone makes a case that runs once. */
export interface Verifies {
  readonly '3.1.1'?: readonly Id311[];
  readonly '5.0'?: readonly Id50[];
  readonly transport?: readonly TransportKey[];
}

/** `gentle` harms nobody; `intrusive` floods, opens many connections or subscribes to all; `destructive` is known to stop brokers. */
export type Risk = 'gentle' | 'intrusive' | 'destructive';

export type ImpostorName = string;

export interface CaseDefinition<Row = undefined> {
  /** What a correct broker does, as a sentence. */
  readonly title: string;
  readonly verifies: Verifies;
  /** Faults of the reference broker that this case must catch, in every version that it claims. */
  readonly caughtBy?: readonly FaultName[];
  /** For cases of OBSERVE and MAY requirements only, instead of `caughtBy`: two brokers that must be observed differently. */
  readonly observes?: readonly [VariantName | 'clean', VariantName | 'clean'];
  /** Impostors that truly satisfy this case, each with the reason. */
  readonly satisfiedBy?: Readonly<Record<ImpostorName, string>>;
  /** Variants of the reference broker on which the case is proved: it does there what it is about, and the plain one never does. */
  readonly provedOn?: readonly VariantName[];
  readonly needs?: readonly Need[];
  /** Default `gentle`. */
  readonly risk?: Risk;
  /** Why nothing else may run beside it. */
  readonly exclusive?: string;
  /** It sees messages of other instances (root wildcards); they are not held against the broker. */
  readonly sees?: 'all';
  /** Seconds that the protocol makes it wait. */
  readonly takes?: number;
  /** Default `any`; cases that verify `ws/…` default to `websocket`. */
  readonly over?: 'websocket' | 'tcp' | 'any';
  /** Ids that it had before. */
  readonly aliases?: readonly string[];
  /** Each key is an instance of its own. */
  readonly rows?: Readonly<Record<string, Row>>;
  run(t: CaseContext<Row>): Promise<void>;
}

/** A case with the identity that its place gives it. */
export interface Case extends CaseDefinition<unknown> {
  /** `connect/second-connect`. */
  readonly id: string;
  readonly suite: string;
  /** `mqtt/3.1-connect`: where a reader finds it. */
  readonly file: string;
}

export interface Instance {
  readonly id: string;
  readonly case: Case;
  /** What is spoken. */
  readonly version: MqttVersion;
  /** False where the case says nothing about MQTT, and so runs once. */
  readonly versioned: boolean;
  readonly endpoint: Endpoint;
  readonly transport: Transport;
  readonly row?: string;
  readonly verifies: readonly RequirementKey[];
}

/** Checks nothing but types: the place of the export gives the id. */
export function defineCase<Row = undefined>(definition: CaseDefinition<Row>): CaseDefinition<Row> {
  return definition;
}
