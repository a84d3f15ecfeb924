import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: session state, delivery by QoS, ordering. */
export const DELIVERY = {
  'MQTT-4.1.0-1': {
    level: 'MUST NOT',
    title: 'session state is kept while the connection is open',
    subject: 'both',
    needs: ['time'],
  },
  'MQTT-4.1.0-2': {
    level: 'MUST',
    title: 'session state is gone once the connection is closed and its expiry has passed',
    needs: ['time'],
  },
  'MQTT-4.2-1': {
    level: 'MUST',
    title: 'the transport is an ordered, lossless stream of bytes in both directions',
    subject: 'both',
    observable: 'no',
  },
  'MQTT-4.3.1-1': { level: 'MUST', title: 'a QoS 0 message is sent with QoS 0 and DUP 0', subject: 'both' },
  'MQTT-4.3.2-1': {
    level: 'MUST',
    title: 'each new QoS 1 delivery has an identifier not in use',
    subject: 'both',
    needs: ['qos1'],
  },
  'MQTT-4.3.2-2': {
    level: 'MUST',
    title: 'the first sending of a QoS 1 delivery has QoS 1 and DUP 0',
    subject: 'both',
    needs: ['qos1'],
  },
  'MQTT-4.3.2-3': {
    level: 'MUST',
    title: 'a QoS 1 delivery stays open until PUBACK',
    subject: 'both',
    needs: ['qos1'],
  },
  'MQTT-4.3.2-4': {
    level: 'MUST',
    title: 'a QoS 1 PUBLISH is answered by PUBACK with its identifier',
    subject: 'both',
    needs: ['qos1'],
  },
  'MQTT-4.3.2-5': {
    level: 'MUST',
    title: 'the same identifier after PUBACK is a new message, whatever DUP says',
    subject: 'both',
    needs: ['qos1'],
  },
  'MQTT-4.3.3-1': {
    level: 'MUST',
    title: 'each new QoS 2 delivery has an identifier not in use',
    subject: 'both',
    needs: ['qos2'],
  },
  'MQTT-4.3.3-2': {
    level: 'MUST',
    title: 'the first sending of a QoS 2 delivery has QoS 2 and DUP 0',
    subject: 'both',
    needs: ['qos2'],
  },
  'MQTT-4.3.3-3': { level: 'MUST', title: 'a QoS 2 PUBLISH stays open until PUBREC', subject: 'both', needs: ['qos2'] },
  'MQTT-4.3.3-4': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos2'],
    clauses: {
      pubrel: { level: 'MUST', title: 'PUBREC below 0x80 is answered by PUBREL', needs: ['qos2'] },
      'same-id': { level: 'MUST', title: 'that PUBREL has the identifier of the PUBLISH', needs: ['qos2'] },
    },
  },
  'MQTT-4.3.3-5': { level: 'MUST', title: 'a PUBREL stays open until PUBCOMP', subject: 'both', needs: ['qos2'] },
  'MQTT-4.3.3-6': {
    level: 'MUST NOT',
    title: 'a PUBLISH is not sent again once its PUBREL was sent',
    subject: 'both',
    needs: ['qos2'],
  },
  'MQTT-4.3.3-7': {
    level: 'MUST NOT',
    title: 'expiry does not stop a QoS 2 delivery whose PUBLISH was sent',
    subject: 'both',
    needs: ['qos2', 'time'],
  },
  'MQTT-4.3.3-8': {
    level: 'MUST',
    title: 'a QoS 2 PUBLISH is answered by PUBREC with its identifier',
    subject: 'both',
    needs: ['qos2'],
  },
  'MQTT-4.3.3-9': {
    level: 'MUST',
    title: 'after a PUBREC with an error the same identifier is a new message',
    subject: 'both',
    observable: 'partly',
    needs: ['qos2', 'acl-or-quota'],
  },
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
  'MQTT-4.3.3-11': {
    level: 'MUST',
    title: 'PUBREL is answered by PUBCOMP with its identifier',
    subject: 'both',
    needs: ['qos2'],
  },
  'MQTT-4.3.3-12': {
    level: 'MUST',
    title: 'the same identifier after PUBCOMP is a new message',
    subject: 'both',
    needs: ['qos2'],
  },
  'MQTT-4.3.3-13': {
    level: 'MUST',
    title: 'the QoS 2 exchange goes on though the message has expired',
    subject: 'both',
    needs: ['qos2', 'time'],
  },
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
  'MQTT-4.5.0-1': {
    level: 'MUST',
    title: 'an accepted message goes to every session with a matching subscription',
    needs: ['qos1'],
  },
  'MQTT-4.5.0-2': {
    level: 'MUST',
    title: 'a client acknowledges each PUBLISH by its QoS',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-4.6.0-1': {
    level: 'MUST',
    title: 'a client repeats PUBLISHes in the order of their first sending',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-4.6.0-2': {
    level: 'MUST',
    title: 'a client sends PUBACKs in the order of the PUBLISHes',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-4.6.0-3': {
    level: 'MUST',
    title: 'a client sends PUBRECs in the order of the PUBLISHes',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-4.6.0-4': {
    level: 'MUST',
    title: 'a client sends PUBRELs in the order of the PUBRECs',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-4.6.0-5': { level: 'MUST', title: 'messages of one publisher, topic and QoS arrive in their order' },
  'MQTT-4.6.0-6': { level: 'MUST', title: 'every topic is ordered by default, for subscriptions that are not shared' },
} as const satisfies StatementTable;
