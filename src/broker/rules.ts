/** The checks of the reference broker: its own, the endpoint's, and every violation of the codec. */
import type { ViolationName } from '#wire';
import { ENDPOINT_RULES } from './endpoint/rules.ts';
import type { Rule } from './rule.ts';
import { TLS_RULES, type TlsRuleName } from './tls/rules.ts';

export type { Rule };

/** What the core checks itself; each is asked only when it is broken. */
export const CORE_RULES = {
  'connect.once': {
    binds: ['3.1.1/MQTT-3.1.0-2', '5.0/MQTT-3.1.0-2'],
    recovery: 'the second CONNECT is ignored',
  },
  'connect.empty-id': {
    binds: ['3.1.1/MQTT-3.1.3-8#connack-02'],
    recovery: 'an identifier is assigned to the persistent session too',
  },
  'connect.credentials': {
    binds: ['3.1.1/R-3.1.4-3', '5.0/MQTT-3.1.4-2#close'],
    recovery: 'the client is admitted',
  },
  'connect.authentication-method': {
    binds: ['5.0/MQTT-4.12.0-1#close'],
    recovery: 'the method is ignored',
  },
  'connect.will-qos': {
    binds: ['5.0/MQTT-3.2.2-12#reject', '5.0/MQTT-3.2.2-12#close'],
    recovery: 'the will is stored as it is',
  },
  'connect.will-retain': {
    binds: ['5.0/MQTT-3.2.2-13#reject', '5.0/MQTT-3.2.2-13#close'],
    recovery: 'the will is stored as it is',
  },
  'connect.sessions': {
    binds: [],
    recovery: 'the session is stored beyond the limit',
  },
  'connect.after-refusal': {
    binds: ['3.1.1/MQTT-3.1.4-5', '5.0/MQTT-3.1.4-6'],
    recovery: 'packets behind a refused CONNECT are served',
  },
  'publish.receive-maximum': {
    binds: ['5.0/MQTT-3.3.4-7', '5.0/R-3.3.4-1'],
    recovery: 'the message is taken beyond the quota',
  },
  'publish.alias-maximum': {
    binds: ['5.0/MQTT-3.3.2-9', '5.0/R-3.3.4-3'],
    recovery: 'the alias is defined all the same',
  },
  'publish.alias-unknown': {
    binds: ['5.0/R-3.3.2.3.4-1'],
    recovery: 'the message is acknowledged and goes nowhere',
  },
  'publish.qos-maximum': {
    binds: ['5.0/R-3.2.2.3.4-2'],
    recovery: 'the message is served at its QoS',
  },
  'publish.retain-available': {
    binds: ['5.0/R-3.2.2.3.5-2'],
    recovery: 'the message is retained',
  },
  'publish.server-topic': {
    binds: ['3.1.1/R-4.7.2-1', '5.0/R-4.7.2-1'],
    recovery: 'a topic of the server itself is routed like any other',
  },
  'subscribe.wildcard-available': {
    binds: ['5.0/R-3.2.2.3.11-2'],
    recovery: 'the subscription is granted',
  },
  'subscribe.identifier-available': {
    binds: ['5.0/R-3.2.2.3.12-2'],
    recovery: 'the identifier is stored',
  },
  'subscribe.shared-available': {
    binds: ['5.0/R-3.2.2.3.13-2'],
    recovery: 'the subscription is granted',
  },
  'subscribe.limit': {
    binds: [],
    recovery: 'the subscription is stored beyond the limit',
  },
  'disconnect.expiry-after-zero': {
    binds: ['5.0/R-3.14.2.2.2-2'],
    recovery: 'the session lives as long as DISCONNECT asks',
  },
  'auth.unexpected': {
    binds: ['5.0/MQTT-4.12.0-7'],
    recovery: 'the packet is ignored',
  },
  'auth.out-of-turn': {
    binds: [],
    recovery: 'the packet is ignored',
  },
  'auth.method-changed': {
    binds: ['5.0/R-3.15.2.2.2-2', '5.0/MQTT-4.12.1-1'],
    recovery: 'the packet counts as one of the method of CONNECT',
  },
  'auth.answer': {
    binds: ['5.0/MQTT-4.12.0-4#close', '5.0/MQTT-4.12.1-2#close'],
    recovery: 'the client counts as authenticated',
  },
  'auth.other-packet': {
    binds: ['5.0/MQTT-3.1.2-30'],
    recovery: 'the packet is served though nobody was authenticated',
  },
} as const satisfies Record<string, Rule>;

export type CoreRuleName = keyof typeof CORE_RULES;
export type EndpointRuleName = keyof typeof ENDPOINT_RULES;
/** A violation of the codec is a rule too: waived, decoding goes on with the violation's own recovery. */
export type RuleName = CoreRuleName | EndpointRuleName | TlsRuleName | ViolationName;

export const OWN_RULES: Readonly<Record<CoreRuleName | EndpointRuleName | TlsRuleName, Rule>> = {
  ...CORE_RULES,
  ...ENDPOINT_RULES,
  ...TLS_RULES,
};
