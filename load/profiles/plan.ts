/** A profile with all its numbers known: what an engine executes, and what is written into a k6 script. Plain JSON. */
import type { MqttVersion } from '#spec';
import type { Threshold } from '#results';
import type { Transport } from '#target';
import type { Qos } from '#wire';
import type { EndKind, InvariantName, Packing, StageRole } from './profile.ts';

export interface PlannedSubscription {
  readonly filter: string;
  readonly qos: Qos;
  readonly topics: number;
  readonly share?: string;
}

export interface PlannedPublication {
  readonly topic: string;
  readonly qos: Qos;
  readonly topics: number;
  readonly retain: boolean;
  readonly payloadBytes: number;
  readonly inFlight?: number;
  /** Lanes: one for each client and topic, `firstLane + client * topics + topic`. A lane has its own sequence from 0. */
  readonly firstLane: number;
  readonly lanes: number;
}

export interface PlannedWill {
  readonly topic: string;
  readonly qos: Qos;
  readonly retain: boolean;
  readonly payloadBytes: number;
  readonly delaySeconds: number;
  /** One lane for each client; it carries one message, the will, whenever the client ends abruptly. */
  readonly firstLane: number;
}

export interface PlannedPopulation {
  readonly name: string;
  /** Clients are numbered through all populations: this one has `first` to `first + count - 1`. */
  readonly first: number;
  readonly count: number;
  readonly keepAliveSeconds: number;
  readonly cleanStart: boolean;
  readonly sessionSeconds: number;
  readonly receiveMaximum?: number;
  readonly tlsResume: number;
  readonly subscribe: readonly PlannedSubscription[];
  readonly subscribeWhen: 'connected' | 'asked';
  readonly publish?: PlannedPublication;
  readonly will?: PlannedWill;
  /**
   * `strict`: what it must get is known exactly, so losses count. `loose`: it comes and goes while others publish; order,
   * repetition and content are checked, a loss can't be told from having been away. `retained`: the last message of each lane, once for each SUBSCRIBE.
   */
  readonly accounting: 'strict' | 'loose' | 'retained';
}

/** Populations are named by index. */
export type PlannedActivity =
  | {
      readonly do: 'connect' | 'subscribe' | 'unsubscribe' | 'resubscribe';
      readonly who: readonly number[];
      readonly perSecond: number;
    }
  | { readonly do: 'publish'; readonly who: readonly number[]; readonly perSecond: number; readonly messages?: number }
  | {
      readonly do: 'disconnect' | 'reconnect';
      readonly who: readonly number[];
      readonly perSecond: number;
      readonly how: EndKind;
    }
  | { readonly do: 'stall' | 'drain' | 'await-wills'; readonly who: readonly number[] };

export interface PlannedStage {
  readonly name: string;
  readonly role: StageRole;
  readonly seconds?: number;
  readonly withinSeconds: number;
  readonly do: readonly PlannedActivity[];
  /** Of a climb: the climb ends at the first stage whose conditions do not hold. `rate`: messages per second. */
  readonly step?: { readonly index: number; readonly rate: number; readonly holds: readonly Threshold[] };
}

export interface Plan {
  readonly profile: string;
  readonly title: string;
  readonly version: MqttVersion;
  readonly transport: Transport;
  /** Eight hexadecimal digits; in every topic, client identifier and payload. */
  readonly runId: string;
  /** With the run id, ends in a slash. */
  readonly topicPrefix: string;
  /** With the run id; the index of the client is appended in base 36. */
  readonly clientIdPrefix: string;
  readonly parameters: Readonly<Record<string, number | string | boolean>>;
  readonly populations: readonly PlannedPopulation[];
  readonly clients: number;
  /** Of publications and wills. */
  readonly lanes: number;
  readonly stages: readonly PlannedStage[];
  readonly thresholds: readonly Threshold[];
  readonly invariants: readonly InvariantName[];
  readonly packing: Packing;
  /** False where payloads are too short for the header: messages are counted, not told apart. */
  readonly payloadsChecked: boolean;
  /** Seconds after which the run ends by itself, whatever happens. */
  readonly limitSeconds: number;
}
