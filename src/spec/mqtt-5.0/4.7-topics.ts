import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: topic names, filters, shared subscriptions. */
export const TOPICS = {
  'MQTT-4.7.0-1': {
    level: 'MUST NOT',
    subject: 'both',
    clauses: {
      'publish-topic': {
        level: 'MUST NOT',
        title: 'a PUBLISH topic with a wildcard: closed (0x90 or 0x81/0x82)',
        needs: ['reaction'],
      },
      'will-topic': {
        level: 'MUST NOT',
        title: 'a will topic with a wildcard: refused at CONNECT, or never published',
        needs: ['reaction'],
      },
    },
  },
  'MQTT-4.7.1-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['wildcard'],
    clauses: {
      'after-separator': {
        level: 'MUST',
        title: 'a filter like a#: SUBACK 0x8F or closed',
        needs: ['reaction', 'wildcard'],
      },
      last: { level: 'MUST', title: 'a filter like a/#/b: SUBACK 0x8F or closed', needs: ['reaction', 'wildcard'] },
    },
  },
  'MQTT-4.7.1-2': {
    level: 'MUST',
    title: '+ stands alone in its level and may be at any level; a filter like a+ is refused',
    subject: 'both',
    needs: ['wildcard'],
  },
  'MQTT-4.7.2-1': {
    level: 'MUST NOT',
    title: 'a filter that begins with a wildcard does not match topics that begin with $',
    observable: 'partly',
    needs: ['wildcard', 'dollar-topic'],
  },
  'MQTT-4.7.3-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      topic: { level: 'MUST', title: 'an empty topic name without alias: closed', needs: ['reaction'] },
      filter: { level: 'MUST', title: 'an empty filter: SUBACK 0x8F or closed', needs: ['reaction'] },
    },
  },
  'MQTT-4.7.3-2': {
    level: 'MUST NOT',
    subject: 'both',
    clauses: {
      topic: { level: 'MUST NOT', title: 'a topic name with U+0000: closed', needs: ['reaction'] },
      filter: { level: 'MUST NOT', title: 'a filter with U+0000: closed', needs: ['reaction'] },
    },
  },
  'MQTT-4.7.3-3': {
    level: 'MUST NOT',
    title: 'topic names and filters have at most 65,535 bytes',
    subject: 'both',
    observable: 'partly',
  },
  'MQTT-4.7.3-4': {
    level: 'MUST NOT',
    clauses: {
      'no-normalization': {
        level: 'MUST NOT',
        title: 'letters, Unicode forms and separators are compared as they are',
      },
      'no-substitution': {
        level: 'MUST NOT',
        title: 'characters the server does not know reach the subscriber unchanged',
      },
    },
  },
  'MQTT-4.8.2-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['shared'],
    clauses: {
      prefix: {
        level: 'MUST',
        title: 'only $share/ starts a shared subscription ($Share/ or $shared/ do not)',
        needs: ['shared'],
      },
      'share-name': {
        level: 'MUST',
        title: '$share// with an empty name: SUBACK 0x8F or closed',
        needs: ['shared', 'reaction'],
      },
    },
  },
  'MQTT-4.8.2-2': {
    level: 'MUST',
    subject: 'both',
    needs: ['shared'],
    clauses: {
      'no-special': {
        level: 'MUST NOT',
        title: 'a share name with + or #: SUBACK 0x8F or closed',
        needs: ['shared', 'reaction'],
      },
      slash: {
        level: 'MUST',
        title: '$share/name without a second slash: SUBACK 0x8F or closed',
        needs: ['shared', 'reaction'],
      },
      filter: {
        level: 'MUST',
        title: '$share/name/ without a filter: SUBACK 0x8F or closed',
        needs: ['shared', 'reaction'],
      },
    },
  },
  'MQTT-4.8.2-3': {
    level: 'MUST',
    title: 'a shared subscription: the QoS granted to the chosen client counts',
    needs: ['shared', 'qos1'],
  },
  'MQTT-4.8.2-4': {
    level: 'MUST',
    title: 'a shared subscription: a QoS 2 delivery that broke off is completed to the same client',
    needs: ['shared', 'qos2'],
  },
  'MQTT-4.8.2-5': {
    level: 'MUST NOT',
    title: 'a shared subscription: a QoS 2 message of a session that ended goes to no other client',
    needs: ['shared', 'qos2'],
  },
  'MQTT-4.8.2-6': {
    level: 'MUST',
    needs: ['shared', 'qos1'],
    clauses: {
      discard: {
        level: 'MUST',
        title: 'refused by the chosen member: not sent to it again',
        needs: ['shared', 'qos1'],
      },
      'not-to-others': {
        level: 'MUST',
        title: 'refused by the chosen member: not sent to another',
        needs: ['shared', 'qos1'],
      },
    },
  },
} as const satisfies StatementTable;
