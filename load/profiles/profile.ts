/** A load scenario as data: what a profile file holds. Numbers may refer to a parameter, so that `--set` can change them. */
import type { MqttVersion } from '#spec';
import type { TrendName, CounterName, RateName } from '#results';

export const PROFILE_FORMAT = 'mqttspec/profile/1';

/** `'$publishers'`: the value of that parameter. */
export type Ref = `$${string}`;
export type Num = number | Ref;

/** What `--set name=value` may change. */
export interface Parameter {
  readonly title: string;
  readonly default: number | string | boolean;
  /** Bounds of a number, both included. A number without `fraction` is whole. */
  readonly min?: number;
  readonly max?: number;
  readonly fraction?: boolean;
  /** All values that a text may have. */
  readonly choices?: readonly string[];
  /** `messages/s`, `bytes`, `s`. */
  readonly unit?: string;
}

/**
 * A topic or filter. `{client}` is the index of the client in its population, `{topic}` the index among the topics of that client,
 * both from 0. Everything stands below the topic prefix and the id of the run, which are put in front.
 */
export type TopicTemplate = string;

export interface SubscriptionTemplate {
  readonly filter: TopicTemplate;
  readonly qos: Num;
  /** The subscriptions with `{topic}` from 0 to this, less one. Default 1. */
  readonly topics?: Num;
  /** Name of a shared subscription (5.0 §4.8.2): the clients of the population get each message once together. */
  readonly share?: string;
}

export interface PublicationTemplate {
  readonly topic: TopicTemplate;
  readonly qos: Num;
  /** Each client publishes to this many topics in turn. Default 1. */
  readonly topics?: Num;
  readonly retain?: boolean;
  /** Bytes; below `HEADER_BYTES` nothing but counting is possible, and the result says so. */
  readonly payloadBytes: Num;
  /** Messages of QoS 1 and 2 that a client may have unacknowledged. Default: what the broker allows. 1 makes it a closed loop. */
  readonly inFlight?: Num;
}

export interface WillTemplate {
  readonly topic: TopicTemplate;
  readonly qos: Num;
  readonly retain?: boolean;
  readonly payloadBytes: Num;
  /** 5.0 §3.1.3.2.2, seconds. Default 0. */
  readonly delaySeconds?: Num;
}

/** Clients that are alike. */
export interface Population {
  readonly name: string;
  readonly count: Num;
  /** Seconds; default 60. PINGREQ is sent when nothing else was. 0 turns it off. */
  readonly keepAliveSeconds?: Num;
  /** Default true. */
  readonly cleanStart?: boolean;
  /** How long a session stays (5.0; under 3.1.1 any value above 0 is a session without end). Default 0. */
  readonly sessionSeconds?: Num;
  /** 5.0 §3.1.2.11.3; default: none is sent. */
  readonly receiveMaximum?: Num;
  readonly will?: WillTemplate;
  readonly subscribe?: readonly SubscriptionTemplate[];
  /** When it subscribes: as soon as it is connected (the default), or by an activity `subscribe`. */
  readonly subscribeWhen?: 'connected' | 'asked';
  readonly publish?: PublicationTemplate;
  /** Share of TLS connections that try to resume an earlier session, 0 to 1. Default 0. */
  readonly tlsResume?: Num;
}

/** How a connection ends: DISCONNECT and a closing handshake · the socket's FIN without DISCONNECT · RST · silence, the socket kept open. */
export type EndKind = 'disconnect' | 'close' | 'reset' | 'half-open';

/** What happens in a stage. `who` names populations; rates are of all their clients together, spread evenly. */
export type Activity =
  | { readonly do: 'connect'; readonly who: readonly string[]; readonly perSecond: Num }
  | { readonly do: 'subscribe' | 'unsubscribe'; readonly who: readonly string[]; readonly perSecond: Num }
  /** `messages`: of all clients together; the stage ends when they are sent. Absent: as long as the stage lasts. */
  | { readonly do: 'publish'; readonly who: readonly string[]; readonly perSecond: Num; readonly messages?: Num }
  | { readonly do: 'disconnect'; readonly who: readonly string[]; readonly perSecond: Num; readonly how: EndKind | Ref }
  /** Ends and opens connections again, or unsubscribes and subscribes again, client after client. */
  | { readonly do: 'reconnect'; readonly who: readonly string[]; readonly perSecond: Num; readonly how: EndKind | Ref }
  | { readonly do: 'resubscribe'; readonly who: readonly string[]; readonly perSecond: Num }
  /** Does not read from its sockets while the stage lasts. */
  | { readonly do: 'stall'; readonly who: readonly string[] }
  /** Waits until all that was published has arrived, or until `within` of the stage is over. */
  | { readonly do: 'drain'; readonly who: readonly string[] }
  /** Waits until the wills of the population have arrived, or until `within` is over. */
  | { readonly do: 'await-wills'; readonly who: readonly string[] };

/** Only what happens in `steady` stages is measured; the others are shown. */
export type StageRole = 'setup' | 'warm-up' | 'steady' | 'cool-down';

export interface Stage {
  readonly name: string;
  readonly role: StageRole;
  /** How long it lasts. Absent: until its activities are done. */
  readonly seconds?: Num;
  /** Without `seconds`: the deadline for its activities. Default 60. */
  readonly within?: Num;
  /** Empty: the connections are held. */
  readonly do: readonly Activity[];
  /**
   * The stage is repeated with every rate in it multiplied, `times` times at most, until a condition of `holds` (metric: expression)
   * does not hold: the last rate that held is the knee.
   */
  readonly steps?: { readonly factor: Num; readonly times: Num; readonly holds: ThresholdMap };
}

export type MetricName = TrendName | CounterName | RateName;
/** Metric to expressions: `{ message_latency: ['p(99)<50'] }`. */
export type ThresholdMap = Readonly<Record<string, readonly string[]>>;

/** Promises of the standard that are checked on every message; a broken one fails the run. */
export const INVARIANTS = ['order', 'exactly-once', 'receive-maximum', 'dup', 'after-unsubscribe'] as const;
export type InvariantName = (typeof INVARIANTS)[number];

/** WebSocket only: one packet in each frame · all that is due at a moment in one frame · each packet in two frames. */
export const PACKINGS = ['one', 'many', 'split'] as const;
export type Packing = (typeof PACKINGS)[number];

export interface Profile {
  readonly format: typeof PROFILE_FORMAT;
  /** kebab-case. */
  readonly name: string;
  readonly title: string;
  /** What it does to the broker, and which question it answers. */
  readonly description: string;
  /** Default: both. */
  readonly versions?: readonly MqttVersion[];
  /** `tls`: only where the URL is wss: or mqtts:. */
  readonly needs?: readonly 'tls'[];
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly populations: readonly Population[];
  readonly stages: readonly Stage[];
  readonly thresholds: ThresholdMap;
  readonly invariants?: readonly InvariantName[];
  readonly packing?: Packing | Ref;
}

/** Bytes of what the engine writes into each payload; the rest is a pattern that is checked. */
export const HEADER_BYTES = 40;
