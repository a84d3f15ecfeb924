import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: PUBACK, PUBREC, PUBREL, PUBCOMP. */
export const ACKNOWLEDGEMENTS = {
  'MQTT-3.4.2-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos1'],
    clauses: {
      'server-output': { level: 'MUST', title: 'a PUBACK from the server has a code of its table', needs: ['qos1'] },
      'client-input': {
        level: 'MUST',
        title: 'a PUBACK with a code that its table lacks: closed (0x81 or 0x82 preferred)',
        needs: ['reaction', 'qos1'],
      },
    },
  },
  'MQTT-3.4.2-2': {
    level: 'MUST NOT',
    title: "a Reason String does not push PUBACK over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.4.2-3': {
    level: 'MUST NOT',
    title: "user properties do not push PUBACK over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.5.2-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos2'],
    clauses: {
      'server-output': { level: 'MUST', title: 'a PUBREC from the server has a code of its table', needs: ['qos2'] },
      'client-input': {
        level: 'MUST',
        title: 'a PUBREC with a code that its table lacks: closed (0x81 or 0x82 preferred)',
        needs: ['reaction', 'qos2'],
      },
    },
  },
  'MQTT-3.5.2-2': {
    level: 'MUST NOT',
    title: "a Reason String does not push PUBREC over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.5.2-3': {
    level: 'MUST NOT',
    title: "user properties do not push PUBREC over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.6.1-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos2'],
    clauses: {
      close: { level: 'MUST', title: 'a PUBREL whose flags are not 0010: closed', needs: ['qos2', 'reaction'] },
      'server-output': { level: 'MUST', title: 'a PUBREL from the server has flags 0010', needs: ['qos2'] },
    },
  },
  'MQTT-3.6.2-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos2'],
    clauses: {
      'server-output': { level: 'MUST', title: 'a PUBREL from the server has a code of its table', needs: ['qos2'] },
      'client-input': {
        level: 'MUST',
        title: 'a PUBREL with a code that its table lacks: closed (0x81 or 0x82 preferred)',
        needs: ['reaction', 'qos2'],
      },
    },
  },
  'MQTT-3.6.2-2': {
    level: 'MUST NOT',
    title: "a Reason String does not push PUBREL over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.6.2-3': {
    level: 'MUST NOT',
    title: "user properties do not push PUBREL over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.7.2-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos2'],
    clauses: {
      'server-output': { level: 'MUST', title: 'a PUBCOMP from the server has a code of its table', needs: ['qos2'] },
      'client-input': {
        level: 'MUST',
        title: 'a PUBCOMP with a code that its table lacks: closed (0x81 or 0x82 preferred)',
        needs: ['reaction', 'qos2'],
      },
    },
  },
  'MQTT-3.7.2-2': {
    level: 'MUST NOT',
    title: "a Reason String does not push PUBCOMP over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.7.2-3': {
    level: 'MUST NOT',
    title: "user properties do not push PUBCOMP over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
} as const satisfies StatementTable;
