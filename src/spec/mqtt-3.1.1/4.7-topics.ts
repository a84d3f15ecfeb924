import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: topic names, filters. */
export const TOPICS = {
  'MQTT-4.7.1-1': {
    level: 'MUST NOT',
    subject: 'both',
    clauses: {
      'publish-topic': {
        level: 'MUST NOT',
        title: 'closes on a PUBLISH topic with a wildcard (with 3.3.2-2)',
        needs: ['reaction'],
      },
      'will-topic': {
        level: 'MUST NOT',
        title: 'a will topic with a wildcard is refused at CONNECT or never published',
        needs: ['reaction'],
      },
    },
  },
  'MQTT-4.7.1-2': {
    level: 'MUST',
    subject: 'both',
    needs: ['wildcard'],
    clauses: {
      'after-separator': {
        level: 'MUST',
        title: 'refuses a filter like a# (code 0x80 or close)',
        needs: ['reaction', 'wildcard'],
      },
      last: {
        level: 'MUST',
        title: 'refuses a filter like a/#/b (code 0x80 or close)',
        needs: ['reaction', 'wildcard'],
      },
    },
  },
  'MQTT-4.7.1-3': {
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
      topic: { level: 'MUST', title: 'closes on an empty topic name', needs: ['reaction'] },
      filter: { level: 'MUST', title: 'an empty filter is refused (0x80 or close)', needs: ['reaction'] },
    },
  },
  'MQTT-4.7.3-2': {
    level: 'MUST NOT',
    subject: 'both',
    clauses: {
      topic: { level: 'MUST NOT', title: 'closes on a topic name with U+0000', needs: ['reaction'] },
      filter: { level: 'MUST NOT', title: 'closes on a filter with U+0000', needs: ['reaction'] },
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
} as const satisfies StatementTable;
