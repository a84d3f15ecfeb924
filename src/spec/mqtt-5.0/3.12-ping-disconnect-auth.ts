import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: PINGREQ, DISCONNECT, AUTH. */
export const PING_DISCONNECT_AUTH = {
  'MQTT-3.12.4-1': { level: 'MUST', title: 'PINGREQ is answered with PINGRESP' },
  'MQTT-3.14.0-1': { level: 'MUST NOT', title: 'no DISCONNECT before a CONNACK that accepts' },
  'MQTT-3.14.1-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      close: { level: 'MUST', title: 'reserved flag bits in DISCONNECT: noticed and closed', needs: ['reaction'] },
      'disconnect-81': {
        level: 'SHOULD',
        title: 'reserved flag bits in DISCONNECT: told by DISCONNECT 0x81',
        needs: ['reaction'],
      },
    },
  },
  'MQTT-3.14.2-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'server-output': { level: 'MUST', title: 'a DISCONNECT from the server has a code of its table' },
      'client-input': {
        level: 'MUST',
        title: 'a DISCONNECT with a code that its table lacks: closed (0x81 or 0x82 preferred)',
        needs: ['reaction'],
      },
    },
  },
  'MQTT-3.14.2-2': { level: 'MUST NOT', title: 'a DISCONNECT from the server has no Session Expiry Interval' },
  'MQTT-3.14.2-3': {
    level: 'MUST NOT',
    title: "a Reason String does not push DISCONNECT over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.14.2-4': {
    level: 'MUST NOT',
    title: "user properties do not push DISCONNECT over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.14.4-1': { level: 'MUST NOT', title: 'nothing follows a DISCONNECT of the server', subject: 'both' },
  'MQTT-3.14.4-2': { level: 'MUST', title: 'who sends DISCONNECT closes the connection', subject: 'both' },
  'MQTT-3.14.4-3': { level: 'MUST', title: 'DISCONNECT 0x00 discards the will' },
  'MQTT-3.15.1-1': {
    level: 'MUST',
    title: 'an AUTH whose flags are not 0000: closed (0x81 preferred)',
    subject: 'both',
  },
  'MQTT-3.15.2-1': {
    level: 'MUST',
    subject: 'both',
    observable: 'partly',
    needs: ['enhanced-auth'],
    clauses: {
      'server-output': {
        level: 'MUST',
        title: 'a AUTH from the server has a code of its table',
        observable: 'partly',
        needs: ['enhanced-auth'],
      },
      'client-input': {
        level: 'MUST',
        title: 'a AUTH with a code that its table lacks: closed (0x81 or 0x82 preferred)',
        observable: 'partly',
        needs: ['reaction', 'enhanced-auth'],
      },
    },
  },
  'MQTT-3.15.2-2': {
    level: 'MUST NOT',
    title: "a Reason String does not push AUTH over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['enhanced-auth', 'optional-behaviour'],
  },
  'MQTT-3.15.2-3': {
    level: 'MUST NOT',
    title: "user properties do not push AUTH over the receiver's Maximum Packet Size",
    subject: 'both',
    observable: 'partly',
    needs: ['enhanced-auth', 'optional-behaviour'],
  },
} as const satisfies StatementTable;
