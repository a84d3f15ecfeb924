import type { Id311, Id50, RequirementKey, StatementKey, TransportKey } from './keys.ts';

export type { Id311, Id50, RequirementKey, StatementKey, TransportKey };

/** The versions that are tested, oldest first. */
export const MQTT_VERSIONS = ['3.1.1', '5.0'] as const satisfies readonly ['3.1.1', '5.0'];
export type MqttVersion = (typeof MQTT_VERSIONS)[number];

/** What a requirement demands; what a broken one means is in `severity`. */
export type Level = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY' | 'CONTRACT' | 'DERIVED' | 'OBSERVE';

/** Who the sentence binds. A client's duty counts for the server's reaction to its breach. */
export type Subject = 'server' | 'client' | 'both';

/** Whether a test from outside can see it; `partly`: one side of it, or only where the broker happens to do it. */
export type Observable = 'yes' | 'partly' | 'no';

/** One duty with one level: what cases verify and reports count. */
export interface Requirement {
  readonly key: RequirementKey;
  /** Within its version, or the whole key where it belongs to the transport. */
  readonly id: string;
  /** Absent for the transport, which is the same under both versions. */
  readonly version?: MqttVersion;
  readonly kind: 'statement' | 'clause' | 'rule' | 'transport';
  readonly level: Level;
  /** `3.1.4`; for the transport the source: `RFC 6455 §4.2.2 (5)`. */
  readonly section: string;
  /** Transport only: `upgrade`, `framing`, …, `tls`, `cert`. */
  readonly group?: string;
  readonly subject: Subject;
  readonly observable: Observable;
  readonly needs: readonly Need[];
  /** Wording of our own; the standard's sentence is behind `link`. */
  readonly title: string;
  /** The allowed outcomes, where the title doesn't say them. */
  readonly expected?: string;
  /** Transport only: how a test provokes and sees it. */
  readonly how?: string;
  readonly link: string;
  /** Of a clause: the statement that it is a part of. */
  readonly statement?: StatementKey;
}

/** A numbered statement of the standard. One that has clauses is not judged itself: its clauses are. */
export interface Statement extends Omit<Requirement, 'key' | 'kind' | 'statement' | 'title'> {
  readonly key: StatementKey;
  /** Absent where its clauses have theirs. */
  readonly title?: string;
  /** Keys of its clauses; empty where the statement is one requirement. */
  readonly clauses: readonly RequirementKey[];
}

/** What a test of the requirement needs from the target, or does to it. `NEEDS` says each in words. */
export type Need = keyof typeof NEEDS;

export const NEEDS = {
  qos1: 'deliveries of QoS 1',
  qos2: 'deliveries of QoS 2',
  retain: 'retained messages',
  wildcard: 'wildcard subscriptions',
  shared: 'shared subscriptions',
  subid: 'subscription identifiers',
  'topic-alias': 'topic aliases',
  'dollar-topic': 'topics that begin with $',
  time: 'waits seconds',
  slow: 'waits long',
  reaction: 'sends something illegal',
  'optional-behaviour': 'seen only if the server does it',
  'enhanced-auth': 'enhanced authentication by the method MQTTSPEC-CHALLENGE',
  auth: 'authentication of clients',
  acl: 'access rules that deny the topics below mqttspec-denied/',
  'acl-or-quota': 'access rules that deny the topics below mqttspec-denied/',
  'broker-config': 'a particular configuration of the broker',
  'wildcard-off-broker': 'a broker without wildcard subscriptions',
  'subid-off-broker': 'a broker without subscription identifiers',
  'shared-off-broker': 'a broker without shared subscriptions',
  'retain-off-broker': 'a broker without retained messages',
  'qos-limited-broker': 'a broker whose Maximum QoS is below 2',
  'recv-max-practical': 'a Receive Maximum small enough to exceed',
  'max-packet-advertised': 'a Maximum Packet Size in CONNACK',
  'alias-max<65535': 'a Topic Alias Maximum below 65,535',
  'alias-max-absent': 'a CONNACK without Topic Alias Maximum',
  websocket: 'WebSocket',
  'tcp-listener': 'a plain TCP listener of the same broker',
  'path-bound': 'a listener that serves MQTT on one path only',
  'origin-list': 'a listener that admits listed origins only',
  deflate: 'permessage-deflate',
  browser: 'a browser',
  'foreign-client': 'a client library over real sockets',
  destructive: 'known to stop brokers',
  tls: 'TLS',
  tls12: 'TLS 1.2',
  tls13: 'TLS 1.3',
  alpn: 'the server has answered ALPN at least once',
  'raw-tls': 'bytes that node:tls does not show or send',
  'mtls-required': 'a listener that requires client certificates',
  'mtls-optional': 'a listener that asks for client certificates',
  crl: 'a listener that checks revocation lists',
  identity: 'a listener that takes the user from the certificate',
  'root-only': 'a server that trusts the root only',
  'intermediate-held': 'a server that holds the intermediate certificate',
} as const;
