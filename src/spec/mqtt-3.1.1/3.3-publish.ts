import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: PUBLISH. */
export const PUBLISH = {
  'MQTT-3.3.1-1': { level: 'MUST', title: 'a PUBLISH that is sent again has DUP 1', subject: 'both', needs: ['qos1'] },
  'MQTT-3.3.1-2': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'client-input': { level: 'MUST', title: 'closes on a QoS 0 PUBLISH with DUP 1', needs: ['reaction'] },
      'server-output': { level: 'MUST', title: 'a QoS 0 PUBLISH from the server has DUP 0' },
    },
  },
  'MQTT-3.3.1-3': { level: 'MUST', title: 'DUP of a delivery says only whether this delivery is a repetition' },
  'MQTT-3.3.1-4': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      close: { level: 'MUST', title: 'closes on a PUBLISH with both QoS bits set', needs: ['reaction'] },
      'server-output': { level: 'MUST NOT', title: 'the server never sends QoS 3' },
    },
  },
  'MQTT-3.3.1-5': {
    level: 'MUST',
    needs: ['retain'],
    clauses: {
      store: { level: 'MUST', title: 'RETAIN 1: kept for later subscribers', needs: ['retain'] },
      'with-qos': { level: 'MUST', title: 'the retained message keeps its QoS', needs: ['retain', 'qos1'] },
    },
  },
  'MQTT-3.3.1-6': {
    level: 'MUST',
    title: 'a new subscription gets the retained message of each matching topic',
    needs: ['retain'],
  },
  'MQTT-3.3.1-7': {
    level: 'MUST',
    needs: ['retain'],
    clauses: {
      'discard-old': {
        level: 'MUST',
        title: 'a retained QoS 0 message displaces the older retained message of the topic',
        needs: ['retain'],
      },
      should: { level: 'SHOULD', title: 'the QoS 0 message becomes the retained message', needs: ['retain'] },
      may: { level: 'MAY', title: 'the server forgets a retained QoS 0 message later (record)', needs: ['retain'] },
    },
  },
  'MQTT-3.3.1-8': {
    level: 'MUST',
    title: 'a message sent because of a new subscription has RETAIN 1',
    needs: ['retain'],
  },
  'MQTT-3.3.1-9': {
    level: 'MUST',
    title: 'a message sent to an established subscription has RETAIN 0',
    needs: ['retain'],
  },
  'MQTT-3.3.1-10': {
    level: 'MUST',
    needs: ['retain'],
    clauses: {
      'deliver-live': {
        level: 'MUST',
        title: 'an empty retained PUBLISH reaches present subscribers like any other',
        needs: ['retain'],
      },
      remove: {
        level: 'MUST',
        title: 'an empty retained PUBLISH clears the retained message of its topic',
        needs: ['retain'],
      },
    },
  },
  'MQTT-3.3.1-11': { level: 'MUST NOT', title: 'an empty retained message is not stored', needs: ['retain'] },
  'MQTT-3.3.1-12': {
    level: 'MUST NOT',
    needs: ['retain'],
    clauses: {
      'not-stored': { level: 'MUST NOT', title: 'RETAIN 0 leaves nothing for later subscribers', needs: ['retain'] },
      'not-removed': { level: 'MUST NOT', title: 'RETAIN 0 leaves an older retained message alone', needs: ['retain'] },
    },
  },
  'MQTT-3.3.2-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'client-input': {
        level: 'MUST',
        title: 'closes on a PUBLISH whose topic name is missing or not UTF-8',
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
  'MQTT-3.3.5-1': {
    level: 'MUST',
    title: 'overlapping subscriptions: the highest of their QoS counts',
    needs: ['qos1', 'wildcard'],
  },
  'MQTT-3.3.5-2': {
    level: 'MUST',
    title: 'a PUBLISH that is not authorised: acknowledged as usual, or closed',
    observable: 'partly',
    needs: ['acl'],
  },
} as const satisfies StatementTable;
