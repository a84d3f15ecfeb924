import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: session state, delivery by QoS, ordering. */
export const DELIVERY = {
  'MQTT-4.1.0-1': { level: 'MUST NOT', subject: 'both', needs: ['time'] },
  'MQTT-4.1.0-2': { level: 'MUST', needs: ['time'] },
  'MQTT-4.2-1': { level: 'MUST', subject: 'both', observable: 'no' },
  'MQTT-4.3.1-1': { level: 'MUST', subject: 'both' },
  'MQTT-4.3.2-1': { level: 'MUST', subject: 'both', needs: ['qos1'] },
  'MQTT-4.3.2-2': { level: 'MUST', subject: 'both', needs: ['qos1'] },
  'MQTT-4.3.2-3': { level: 'MUST', subject: 'both', needs: ['qos1'] },
  'MQTT-4.3.2-4': { level: 'MUST', subject: 'both', needs: ['qos1'] },
  'MQTT-4.3.2-5': { level: 'MUST', subject: 'both', needs: ['qos1'] },
  'MQTT-4.3.3-1': { level: 'MUST', subject: 'both', needs: ['qos2'] },
  'MQTT-4.3.3-2': { level: 'MUST', subject: 'both', needs: ['qos2'] },
  'MQTT-4.3.3-3': { level: 'MUST', subject: 'both', needs: ['qos2'] },
  'MQTT-4.3.3-4': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos2'],
    clauses: {
      pubrel: { level: 'MUST', title: 'PUBREC below 0x80 is answered by PUBREL', needs: ['qos2'] },
      'same-id': { level: 'MUST', title: 'that PUBREL has the identifier of the PUBLISH', needs: ['qos2'] },
    },
  },
  'MQTT-4.3.3-5': { level: 'MUST', subject: 'both', needs: ['qos2'] },
  'MQTT-4.3.3-6': { level: 'MUST NOT', subject: 'both', needs: ['qos2'] },
  'MQTT-4.3.3-7': { level: 'MUST NOT', subject: 'both', needs: ['qos2', 'time'] },
  'MQTT-4.3.3-8': { level: 'MUST', subject: 'both', needs: ['qos2'] },
  'MQTT-4.3.3-9': { level: 'MUST', subject: 'both', observable: 'partly', needs: ['qos2', 'acl-or-quota'] },
  'MQTT-4.3.3-10': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos2'],
    clauses: {
      'pubrec-again': {
        level: 'MUST',
        title: 'the same identifier before PUBREL is answered by PUBREC again',
        needs: ['qos2'],
      },
      'no-duplicate': {
        level: 'MUST NOT',
        title: 'the same identifier before PUBREL is not delivered twice',
        needs: ['qos2'],
      },
    },
  },
  'MQTT-4.3.3-11': { level: 'MUST', subject: 'both', needs: ['qos2'] },
  'MQTT-4.3.3-12': { level: 'MUST', subject: 'both', needs: ['qos2'] },
  'MQTT-4.3.3-13': { level: 'MUST', subject: 'both', needs: ['qos2', 'time'] },
  'MQTT-4.4.0-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos1'],
    clauses: {
      publish: { level: 'MUST', title: 'resumed session: unacknowledged PUBLISHes come again', needs: ['qos1'] },
      pubrel: { level: 'MUST', title: 'resumed session: unacknowledged PUBRELs come again', needs: ['qos2'] },
      'same-ids': { level: 'MUST', title: 'what comes again has its old identifier', needs: ['qos1'] },
      'not-otherwise': {
        level: 'MUST NOT',
        title: 'nothing is sent again on a connection that lasts',
        needs: ['qos1', 'time'],
      },
    },
  },
  'MQTT-4.4.0-2': {
    level: 'MUST NOT',
    subject: 'both',
    needs: ['qos1'],
    clauses: {
      'puback-error': {
        level: 'MUST NOT',
        title: 'after PUBACK of 0x80 or above the message does not come again',
        needs: ['qos1'],
      },
      'pubrec-error': {
        level: 'MUST NOT',
        title: 'after PUBREC of 0x80 or above neither PUBLISH nor PUBREL follows',
        needs: ['qos2'],
      },
    },
  },
  'MQTT-4.5.0-1': { level: 'MUST', needs: ['qos1'] },
  'MQTT-4.5.0-2': { level: 'MUST', subject: 'client', observable: 'no' },
  'MQTT-4.6.0-1': { level: 'MUST', subject: 'client', observable: 'no' },
  'MQTT-4.6.0-2': { level: 'MUST', subject: 'client', observable: 'no' },
  'MQTT-4.6.0-3': { level: 'MUST', subject: 'client', observable: 'no' },
  'MQTT-4.6.0-4': { level: 'MUST', subject: 'client', observable: 'no' },
  'MQTT-4.6.0-5': { level: 'MUST' },
  'MQTT-4.6.0-6': { level: 'MUST' },
} as const satisfies StatementTable;
