/** Whether a target has what a case needs; if not, why, in a few words. */
import type { Instance } from '#kit';
import { NEEDS, type Need } from '#spec';
import { isTls, isWebSocket, type Target } from '#target';
import { flag, maximumQos, type Sources } from './capabilities.ts';

export interface Circumstances {
  readonly sources: Sources;
  readonly target: Target;
  /** `TLSv1.3`, of the endpoint that is tested. */
  readonly tls?: string;
  readonly alpn?: string;
}

/** Undefined: it is there. Otherwise what is missing: `needs shared subscriptions (CONNACK says unavailable)`. */
export function missingNeed(instance: Instance, circumstances: Circumstances): string | undefined {
  for (const need of instance.case.needs ?? []) {
    const why = circumstances.target.declared.includes(need) ? undefined : CHECKS[need](circumstances, instance);
    if (why !== undefined) return `needs ${NEEDS[need]} (${why})`;
  }
  return undefined;
}

/** Why it is missing; undefined: it is there. */
type Check = (about: Circumstances, instance: Instance) => string | undefined;

const always: Check = () => undefined;
/** No probe can tell. */
const declared: Check = () => 'not declared';

const available =
  (name: 'retain' | 'wildcard' | 'shared' | 'subid'): Check =>
  ({ sources }) => {
    const { has, says } = flag(name, sources);
    return has === false ? says : undefined;
  };

const absent =
  (name: 'retain' | 'wildcard' | 'shared' | 'subid'): Check =>
  ({ sources }) =>
    flag(name, sources).has === false ? undefined : 'this one has them';

const qos =
  (least: number): Check =>
  ({ sources }) => {
    const { qos: most, says } = maximumQos(sources);
    return most >= least ? undefined : `Maximum QoS is ${most}, ${says}`;
  };

/** A Receive Maximum that can be exceeded within a case. */
const PRACTICAL = 1_000;

const CHECKS: Readonly<Record<Need, Check>> = {
  qos1: qos(1),
  qos2: qos(2),
  retain: available('retain'),
  wildcard: available('wildcard'),
  shared: available('shared'),
  subid: available('subid'),
  'topic-alias': ({ sources: { advertised } }) =>
    (advertised?.topicAliasMaximum ?? 0) > 0 ? undefined : 'CONNACK grants no alias',
  'dollar-topic': always,
  time: always,
  slow: always,
  reaction: always,
  'optional-behaviour': always,
  destructive: always,
  'enhanced-auth': declared,
  auth: ({ target }) => (target.credentials.username === undefined ? 'no credentials were given' : undefined),
  acl: declared,
  'acl-or-quota': declared,
  'broker-config': declared,
  'wildcard-off-broker': absent('wildcard'),
  'subid-off-broker': absent('subid'),
  'shared-off-broker': absent('shared'),
  'retain-off-broker': absent('retain'),
  'qos-limited-broker': ({ sources }) => (maximumQos(sources).qos < 2 ? undefined : 'this one takes QoS 2'),
  'recv-max-practical': ({ sources: { advertised } }) =>
    (advertised?.receiveMaximum ?? 65_535) <= PRACTICAL
      ? undefined
      : `Receive Maximum is ${advertised?.receiveMaximum ?? 'not limited'}`,
  'max-packet-advertised': ({ sources: { advertised } }) =>
    advertised?.maximumPacketSize === undefined ? 'CONNACK names none' : undefined,
  'alias-max<65535': ({ sources: { advertised } }) =>
    (advertised?.topicAliasMaximum ?? 0) < 65_535 ? undefined : 'this one grants 65,535',
  'alias-max-absent': ({ sources: { advertised } }) =>
    advertised?.topicAliasMaximum === undefined ? undefined : 'this CONNACK has one',
  websocket: (_, { transport }) => (isWebSocket(transport) ? undefined : 'this endpoint is TCP'),
  'tcp-listener': ({ target }) =>
    target.endpoints.some(({ transport }) => transport === 'mqtt') ? undefined : 'give it by --also mqtt://…',
  'path-bound': declared,
  'origin-list': declared,
  deflate: ({ sources: { deflate } }) => (deflate === undefined ? 'the server does not take it' : undefined),
  browser: always,
  'foreign-client': always,
  tls: (_, { transport }) => (isTls(transport) ? undefined : 'this endpoint has none'),
  tls12: (_, { transport }) => (isTls(transport) ? undefined : 'this endpoint has no TLS'),
  tls13: ({ tls }) => (tls === 'TLSv1.3' ? undefined : `this endpoint speaks ${tls ?? 'no TLS'}`),
  alpn: ({ alpn }) => (alpn === undefined ? 'the server has not answered ALPN' : undefined),
  'raw-tls': (_, { transport }) => (isTls(transport) ? undefined : 'this endpoint has no TLS'),
  'mtls-required': declared,
  'mtls-optional': declared,
  crl: declared,
  identity: declared,
  'root-only': declared,
  'intermediate-held': declared,
};
