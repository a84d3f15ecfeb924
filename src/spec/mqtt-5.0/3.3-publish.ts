import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: PUBLISH. */
export const PUBLISH = {
  'MQTT-3.3.1-1': { level: 'MUST', title: 'a PUBLISH that is sent again has DUP 1', subject: 'both', needs: ['qos1'] },
  'MQTT-3.3.1-2': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'client-input': {
        level: 'MUST',
        title: 'a QoS 0 PUBLISH with DUP 1: closed (0x81 or 0x82 preferred)',
        needs: ['reaction'],
      },
      'server-output': { level: 'MUST', title: 'a QoS 0 PUBLISH from the server has DUP 0' },
    },
  },
  'MQTT-3.3.1-3': { level: 'MUST', title: 'DUP of a delivery says only whether this delivery is a repetition' },
  'MQTT-3.3.1-4': {
    level: 'MUST NOT',
    subject: 'both',
    clauses: {
      close: { level: 'MUST NOT', title: 'a PUBLISH with QoS 3: closed (code: see R-3.3.1.2-1)', needs: ['reaction'] },
      'server-output': { level: 'MUST NOT', title: 'the server never sends QoS 3' },
    },
  },
  'MQTT-3.3.1-5': {
    level: 'MUST',
    needs: ['retain'],
    clauses: {
      store: { level: 'MUST', title: 'RETAIN 1: kept for later subscribers', needs: ['retain'] },
      replace: { level: 'MUST', title: 'RETAIN 1: the older retained message is replaced', needs: ['retain'] },
    },
  },
  'MQTT-3.3.1-6': {
    level: 'MUST',
    needs: ['retain'],
    clauses: {
      'deliver-live': {
        level: 'MUST',
        title: 'an empty retained PUBLISH reaches present subscribers',
        needs: ['retain'],
      },
      remove: { level: 'MUST', title: 'an empty retained PUBLISH clears the topic', needs: ['retain'] },
    },
  },
  'MQTT-3.3.1-7': { level: 'MUST NOT', title: 'an empty retained message is not stored', needs: ['retain'] },
  'MQTT-3.3.1-8': {
    level: 'MUST NOT',
    needs: ['retain'],
    clauses: {
      'not-stored': { level: 'MUST NOT', title: 'RETAIN 0 leaves nothing behind', needs: ['retain'] },
      'not-removed': { level: 'MUST NOT', title: 'RETAIN 0 leaves the retained message alone', needs: ['retain'] },
    },
  },
  'MQTT-3.3.1-9': {
    level: 'MUST',
    title: 'Retain Handling 0: the matching retained messages are sent',
    needs: ['retain'],
  },
  'MQTT-3.3.1-10': {
    level: 'MUST',
    needs: ['retain'],
    clauses: {
      'new-sends': {
        level: 'MUST',
        title: 'Retain Handling 1, new subscription: retained messages come',
        needs: ['retain'],
      },
      'existing-none': {
        level: 'MUST NOT',
        title: 'Retain Handling 1, existing subscription: none come',
        needs: ['retain'],
      },
    },
  },
  'MQTT-3.3.1-11': { level: 'MUST NOT', title: 'Retain Handling 2: no retained message is sent', needs: ['retain'] },
  'MQTT-3.3.1-12': { level: 'MUST', title: 'Retain As Published 0: deliveries have RETAIN 0', needs: ['retain'] },
  'MQTT-3.3.1-13': {
    level: 'MUST',
    title: 'Retain As Published 1: deliveries have the RETAIN flag of their publisher',
    needs: ['retain'],
  },
  'MQTT-3.3.2-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'client-input': {
        level: 'MUST',
        title: 'a topic name that is missing or not UTF-8: closed',
        needs: ['reaction'],
      },
      'server-output': { level: 'MUST', title: 'a PUBLISH from the server starts with a UTF-8 topic name' },
    },
  },
  'MQTT-3.3.2-2': {
    level: 'MUST NOT',
    subject: 'both',
    clauses: {
      'client-input': { level: 'MUST NOT', title: 'a PUBLISH topic with + or #: closed', needs: ['reaction'] },
      'server-output': { level: 'MUST NOT', title: 'a topic name from the server holds no wildcard' },
    },
  },
  'MQTT-3.3.2-3': { level: 'MUST', title: 'a delivery has a topic name that the subscription matches' },
  'MQTT-3.3.2-4': { level: 'MUST', title: 'the Payload Format Indicator is passed on unchanged' },
  'MQTT-3.3.2-5': {
    level: 'MUST',
    title: 'a message whose expiry has passed is not delivered any more',
    needs: ['time'],
  },
  'MQTT-3.3.2-6': {
    level: 'MUST',
    title: 'the Message Expiry Interval of a delivery is less by the time it waited',
    needs: ['time'],
  },
  'MQTT-3.3.2-7': {
    level: 'MUST NOT',
    title: 'topic aliases end with their connection',
    subject: 'both',
    needs: ['topic-alias'],
  },
  'MQTT-3.3.2-8': {
    level: 'MUST NOT',
    subject: 'both',
    clauses: {
      'client-input': {
        level: 'MUST NOT',
        title: 'a PUBLISH with Topic Alias 0: closed (code: R-3.3.4-2)',
        needs: ['reaction'],
      },
      'server-output': { level: 'MUST NOT', title: 'the server never sends Topic Alias 0', needs: ['topic-alias'] },
    },
  },
  'MQTT-3.3.2-9': {
    level: 'MUST NOT',
    title: "a topic alias above the server's maximum: closed (0x94 preferred)",
    subject: 'client',
    needs: ['alias-max<65535', 'reaction'],
  },
  'MQTT-3.3.2-10': {
    level: 'MUST',
    title: 'a client takes each alias within its own maximum',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-3.3.2-11': {
    level: 'MUST NOT',
    title: "no alias in a delivery exceeds the client's Topic Alias Maximum",
    needs: ['topic-alias'],
  },
  'MQTT-3.3.2-12': {
    level: 'MUST',
    title: "each alias within the server's own maximum is accepted",
    needs: ['topic-alias'],
  },
  'MQTT-3.3.2-13': {
    level: 'MUST',
    title: 'a Response Topic that is no well-formed UTF-8: closed (0x81 preferred)',
    subject: 'both',
  },
  'MQTT-3.3.2-14': {
    level: 'MUST NOT',
    title: 'a Response Topic with wildcards: closed (0x82 preferred)',
    subject: 'both',
  },
  'MQTT-3.3.2-15': { level: 'MUST', title: 'the Response Topic is passed on unchanged' },
  'MQTT-3.3.2-16': { level: 'MUST', title: 'the Correlation Data are passed on unchanged' },
  'MQTT-3.3.2-17': { level: 'MUST', title: 'all user properties are passed on unchanged' },
  'MQTT-3.3.2-18': { level: 'MUST', title: 'user properties keep their order' },
  'MQTT-3.3.2-19': {
    level: 'MUST',
    title: 'a Content Type that is no well-formed UTF-8: closed (0x81 preferred)',
    subject: 'both',
  },
  'MQTT-3.3.2-20': { level: 'MUST', title: 'the Content Type is passed on unchanged' },
  'MQTT-3.3.4-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos1', 'qos2'],
    clauses: {
      'qos0-none': { level: 'MUST', title: 'a QoS 0 PUBLISH gets no acknowledgement' },
      'qos1-puback': { level: 'MUST', title: 'a QoS 1 PUBLISH is answered by PUBACK', needs: ['qos1'] },
      'qos2-pubrec': { level: 'MUST', title: 'a QoS 2 PUBLISH is answered by PUBREC', needs: ['qos2'] },
    },
  },
  'MQTT-3.3.4-2': {
    level: 'MUST',
    title: 'overlapping subscriptions: the highest of their QoS counts',
    needs: ['qos1', 'wildcard'],
  },
  'MQTT-3.3.4-3': {
    level: 'MUST',
    title: 'overlapping subscriptions: their identifiers come with the message',
    needs: ['subid', 'wildcard'],
  },
  'MQTT-3.3.4-4': {
    level: 'MUST',
    title: 'one copy for several subscriptions carries the identifiers of all',
    needs: ['subid', 'wildcard'],
  },
  'MQTT-3.3.4-5': {
    level: 'MUST',
    title: 'one copy for each subscription carries the identifier of that one',
    needs: ['subid', 'wildcard'],
  },
  'MQTT-3.3.4-6': {
    level: 'MUST NOT',
    title: 'a PUBLISH from a client with a Subscription Identifier: closed (0x82 preferred)',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-3.3.4-7': {
    level: 'MUST NOT',
    title: "more open PUBLISHes than the server's Receive Maximum: closed (0x93 preferred)",
    subject: 'client',
    needs: ['qos2', 'recv-max-practical', 'reaction'],
  },
  'MQTT-3.3.4-8': {
    level: 'MUST NOT',
    title: 'a client whose quota is empty delays PUBLISH only',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-3.3.4-9': {
    level: 'MUST NOT',
    title: "no more open deliveries than the client's Receive Maximum",
    needs: ['qos1'],
  },
  'MQTT-3.3.4-10': { level: 'MUST NOT', title: 'an empty quota delays PUBLISH only, no other packet', needs: ['qos1'] },
} as const satisfies StatementTable;
