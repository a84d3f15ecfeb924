import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: PUBLISH. */
export const PUBLISH = {
  'MQTT-3.3.1-1': { level: 'MUST', subject: 'both', needs: ['qos1'] },
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
  'MQTT-3.3.1-3': { level: 'MUST' },
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
  'MQTT-3.3.1-7': { level: 'MUST NOT', needs: ['retain'] },
  'MQTT-3.3.1-8': {
    level: 'MUST NOT',
    needs: ['retain'],
    clauses: {
      'not-stored': { level: 'MUST NOT', title: 'RETAIN 0 leaves nothing behind', needs: ['retain'] },
      'not-removed': { level: 'MUST NOT', title: 'RETAIN 0 leaves the retained message alone', needs: ['retain'] },
    },
  },
  'MQTT-3.3.1-9': { level: 'MUST', needs: ['retain'] },
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
  'MQTT-3.3.1-11': { level: 'MUST NOT', needs: ['retain'] },
  'MQTT-3.3.1-12': { level: 'MUST', needs: ['retain'] },
  'MQTT-3.3.1-13': { level: 'MUST', needs: ['retain'] },
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
  'MQTT-3.3.2-3': { level: 'MUST' },
  'MQTT-3.3.2-4': { level: 'MUST' },
  'MQTT-3.3.2-5': { level: 'MUST', needs: ['time'] },
  'MQTT-3.3.2-6': { level: 'MUST', needs: ['time'] },
  'MQTT-3.3.2-7': { level: 'MUST NOT', subject: 'both', needs: ['topic-alias'] },
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
  'MQTT-3.3.2-9': { level: 'MUST NOT', subject: 'client', needs: ['alias-max<65535', 'reaction'] },
  'MQTT-3.3.2-10': { level: 'MUST', subject: 'client', observable: 'no' },
  'MQTT-3.3.2-11': { level: 'MUST NOT', needs: ['topic-alias'] },
  'MQTT-3.3.2-12': { level: 'MUST', needs: ['topic-alias'] },
  'MQTT-3.3.2-13': { level: 'MUST', subject: 'both' },
  'MQTT-3.3.2-14': { level: 'MUST NOT', subject: 'both' },
  'MQTT-3.3.2-15': { level: 'MUST' },
  'MQTT-3.3.2-16': { level: 'MUST' },
  'MQTT-3.3.2-17': { level: 'MUST' },
  'MQTT-3.3.2-18': { level: 'MUST' },
  'MQTT-3.3.2-19': { level: 'MUST', subject: 'both' },
  'MQTT-3.3.2-20': { level: 'MUST' },
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
  'MQTT-3.3.4-2': { level: 'MUST', needs: ['qos1', 'wildcard'] },
  'MQTT-3.3.4-3': { level: 'MUST', needs: ['subid', 'wildcard'] },
  'MQTT-3.3.4-4': { level: 'MUST', needs: ['subid', 'wildcard'] },
  'MQTT-3.3.4-5': { level: 'MUST', needs: ['subid', 'wildcard'] },
  'MQTT-3.3.4-6': { level: 'MUST NOT', subject: 'client', needs: ['reaction'] },
  'MQTT-3.3.4-7': { level: 'MUST NOT', subject: 'client', needs: ['qos2', 'recv-max-practical', 'reaction'] },
  'MQTT-3.3.4-8': { level: 'MUST NOT', subject: 'client', observable: 'no' },
  'MQTT-3.3.4-9': { level: 'MUST NOT', needs: ['qos1'] },
  'MQTT-3.3.4-10': { level: 'MUST NOT', needs: ['qos1'] },
} as const satisfies StatementTable;
