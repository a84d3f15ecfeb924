import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: session state, delivery by QoS, ordering. */
export const DELIVERY = {
  'MQTT-4.1.0-1': {
    level: 'MUST',
    title: 'session state is kept as long as the session lasts',
    subject: 'both',
    observable: 'partly',
  },
  'MQTT-4.1.0-2': {
    level: 'MUST',
    title: 'a session lasts at least as long as its connection',
    subject: 'both',
    observable: 'partly',
  },
  'MQTT-4.3.1-1': { level: 'MUST', title: 'a QoS 0 message is sent with QoS 0 and DUP 0', subject: 'both' },
  'MQTT-4.3.2-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos1'],
    clauses: {
      'new-id': { level: 'MUST', title: 'each new QoS 1 delivery has an identifier not in use', needs: ['qos1'] },
      'dup-0': { level: 'MUST', title: 'the first sending of a QoS 1 delivery has DUP 0', needs: ['qos1'] },
      'open-until-puback': { level: 'MUST', title: 'a QoS 1 delivery stays open until PUBACK', needs: ['qos1'] },
    },
  },
  'MQTT-4.3.2-2': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos1'],
    clauses: {
      puback: { level: 'MUST', title: 'a QoS 1 PUBLISH is answered by PUBACK with its identifier', needs: ['qos1'] },
      'new-after-puback': {
        level: 'MUST',
        title: 'the same identifier after PUBACK is a new message, whatever DUP says',
        needs: ['qos1'],
      },
    },
  },
  'MQTT-4.3.3-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos2'],
    clauses: {
      'new-id': { level: 'MUST', title: 'each new QoS 2 delivery has an identifier not in use', needs: ['qos2'] },
      'dup-0': { level: 'MUST', title: 'the first sending of a QoS 2 delivery has DUP 0', needs: ['qos2'] },
      'open-until-pubrec': { level: 'MUST', title: 'a QoS 2 PUBLISH stays open until PUBREC', needs: ['qos2'] },
      pubrel: { level: 'MUST', title: 'the server answers PUBREC with PUBREL', needs: ['qos2'] },
      'pubrel-same-id': { level: 'MUST', title: 'that PUBREL has the identifier of the PUBLISH', needs: ['qos2'] },
      'open-until-pubcomp': { level: 'MUST', title: 'a PUBREL stays open until PUBCOMP', needs: ['qos2'] },
      'no-publish-after-pubrel': {
        level: 'MUST NOT',
        title: 'after PUBREL the PUBLISH is not sent again',
        needs: ['qos2'],
      },
    },
  },
  'MQTT-4.3.3-2': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos2'],
    clauses: {
      pubrec: { level: 'MUST', title: 'a QoS 2 PUBLISH is answered by PUBREC with its identifier', needs: ['qos2'] },
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
      pubcomp: {
        level: 'MUST',
        title: 'PUBREL is answered by PUBCOMP with its identifier, known or not',
        needs: ['qos2'],
      },
      'new-after-pubcomp': {
        level: 'MUST',
        title: 'the same identifier after PUBCOMP is a new message',
        needs: ['qos2'],
      },
    },
  },
  'MQTT-4.4.0-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos1'],
    clauses: {
      publish: {
        level: 'MUST',
        title: 'reconnect with CleanSession 0: unacknowledged PUBLISHes come again',
        needs: ['qos1'],
      },
      pubrel: {
        level: 'MUST',
        title: 'reconnect with CleanSession 0: unacknowledged PUBRELs come again',
        needs: ['qos2'],
      },
      'same-ids': { level: 'MUST', title: 'what comes again has its old identifier', needs: ['qos1'] },
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
    title: 'PUBLISH packets are repeated in the order of their first sending',
    subject: 'both',
    needs: ['qos1'],
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
    title: 'PUBRELs come in the order of the PUBRECs',
    subject: 'both',
    observable: 'partly',
    needs: ['qos2'],
  },
  'MQTT-4.6.0-5': {
    level: 'MUST',
    clauses: {
      'by-default': {
        level: 'MUST',
        title: 'order holds on every topic where nothing else was configured',
        needs: ['qos1'],
      },
      may: { level: 'MAY', title: 'topics configured as unordered', observable: 'no', needs: ['broker-config'] },
    },
  },
  'MQTT-4.6.0-6': {
    level: 'MUST',
    clauses: {
      order: {
        level: 'MUST',
        title: 'one publisher, one topic, one QoS: delivered in the order of publishing',
        needs: ['qos1'],
      },
      'resend-order': { level: 'MUST', title: 'what comes again comes in the order of first sending', needs: ['qos1'] },
      'pubrel-order': {
        level: 'MUST',
        title: 'PUBRELs of the server follow the order of the PUBRECs',
        needs: ['qos2'],
      },
    },
  },
} as const satisfies StatementTable;
