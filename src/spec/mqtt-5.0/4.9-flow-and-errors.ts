import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: flow control, authentication, handling of errors. */
export const FLOW_AND_ERRORS = {
  'MQTT-4.9.0-1': {
    level: 'MUST',
    title: 'the first send quota is above 0 and within the Receive Maximum',
    subject: 'both',
    needs: ['qos1'],
  },
  'MQTT-4.9.0-2': {
    level: 'MUST NOT',
    title: 'no QoS 1 or 2 PUBLISH while the send quota is 0',
    subject: 'both',
    needs: ['qos1'],
  },
  'MQTT-4.9.0-3': {
    level: 'MUST',
    title: 'all other packets are served while the send quota is 0',
    subject: 'both',
    needs: ['qos1'],
  },
  'MQTT-4.12.0-1': {
    level: 'MUST',
    clauses: {
      close: { level: 'MUST', title: 'unsupported authentication method: closed' },
      may: { level: 'MAY', title: 'unsupported authentication method: CONNACK 0x8C or 0x87 before the close (record)' },
    },
  },
  'MQTT-4.12.0-2': {
    level: 'MUST',
    title: 'an AUTH from the server during CONNECT has code 0x18',
    observable: 'partly',
    needs: ['enhanced-auth'],
  },
  'MQTT-4.12.0-3': {
    level: 'MUST',
    title: 'a client answers AUTH with AUTH 0x18',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-4.12.0-4': {
    level: 'MUST',
    observable: 'partly',
    needs: ['enhanced-auth'],
    clauses: {
      close: {
        level: 'MUST',
        title: 'authentication rejected on the way: closed',
        observable: 'partly',
        needs: ['enhanced-auth'],
      },
      may: {
        level: 'MAY',
        title: 'authentication rejected on the way: CONNACK of 0x80 or above before the close (record)',
        observable: 'partly',
        needs: ['enhanced-auth'],
      },
    },
  },
  'MQTT-4.12.0-5': {
    level: 'MUST',
    subject: 'both',
    observable: 'partly',
    needs: ['enhanced-auth'],
    clauses: {
      auth: {
        level: 'MUST',
        title: 'each AUTH of the server names the method of the CONNECT',
        observable: 'partly',
        needs: ['enhanced-auth'],
      },
      connack: {
        level: 'MUST',
        title: 'the accepting CONNACK names the method of the CONNECT',
        observable: 'partly',
        needs: ['enhanced-auth'],
      },
    },
  },
  'MQTT-4.12.0-6': {
    level: 'MUST NOT',
    clauses: {
      'no-auth': { level: 'MUST NOT', title: 'no method in CONNECT: the server sends no AUTH' },
      'no-method': { level: 'MUST NOT', title: 'no method in CONNECT: CONNACK holds none' },
    },
  },
  'MQTT-4.12.0-7': {
    level: 'MUST NOT',
    title: 'AUTH from a client that named no method: closed (0x82 preferred)',
    subject: 'client',
    needs: ['reaction'],
  },
  'MQTT-4.12.1-1': {
    level: 'MUST',
    title: 're-authentication uses the method of the CONNECT',
    subject: 'client',
    observable: 'partly',
    needs: ['enhanced-auth', 'reaction'],
  },
  'MQTT-4.12.1-2': {
    level: 'MUST',
    subject: 'both',
    observable: 'partly',
    needs: ['enhanced-auth'],
    clauses: {
      close: {
        level: 'MUST',
        title: 'failed re-authentication: closed',
        observable: 'partly',
        needs: ['enhanced-auth'],
      },
      should: {
        level: 'SHOULD',
        title: 'failed re-authentication: DISCONNECT with a fitting code before the close',
        observable: 'partly',
        needs: ['enhanced-auth'],
      },
    },
  },
  'MQTT-4.13.1-1': { level: 'MUST', title: 'a malformed packet or a protocol error closes the connection' },
  'MQTT-4.13.2-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'after-connack': { level: 'MUST', title: 'a CONNACK of 0x80 or above is followed by the close' },
      'after-disconnect': { level: 'MUST', title: 'a DISCONNECT of 0x80 or above is followed by the close' },
    },
  },
} as const satisfies StatementTable;
