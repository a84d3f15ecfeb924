import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: CONNACK. */
export const CONNACK = {
  'MQTT-3.2.0-1': { level: 'MUST', title: 'CONNACK is the first packet of the server, AUTH excepted' },
  'MQTT-3.2.0-2': { level: 'MUST NOT', title: 'one CONNACK a connection, never two' },
  'MQTT-3.2.2-1': { level: 'MUST', title: 'the reserved bits of the CONNACK flags are 0' },
  'MQTT-3.2.2-2': { level: 'MUST', title: 'Clean Start 1: Session Present is 0' },
  'MQTT-3.2.2-3': {
    level: 'MUST',
    clauses: {
      'present-1': { level: 'MUST', title: 'Clean Start 0 with a stored session: Session Present 1' },
      'present-0': { level: 'MUST', title: 'Clean Start 0 without one: Session Present 0' },
      'reason-0': { level: 'MUST', title: 'both answers to Clean Start 0 have reason code 0x00' },
    },
  },
  'MQTT-3.2.2-4': {
    level: 'MUST',
    title: 'a client without session state closes on Session Present 1',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-3.2.2-5': {
    level: 'MUST',
    title: 'a client discards its session state on Session Present 0',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-3.2.2-6': { level: 'MUST', title: 'a CONNACK with a code other than 0x00 has Session Present 0' },
  'MQTT-3.2.2-7': { level: 'MUST', title: 'a CONNACK with a code from 0x80 on is followed by the close' },
  'MQTT-3.2.2-8': { level: 'MUST', title: 'CONNACK has a code of its table' },
  'MQTT-3.2.2-9': {
    level: 'MUST',
    title: 'a server that lacks QoS 1 or 2 says so by Maximum QoS',
    observable: 'partly',
    needs: ['qos-limited-broker'],
  },
  'MQTT-3.2.2-10': {
    level: 'MUST',
    title: 'a server that lacks QoS 1 or 2 still takes subscriptions that ask for them',
    observable: 'partly',
    needs: ['qos-limited-broker'],
  },
  'MQTT-3.2.2-11': {
    level: 'MUST NOT',
    title: 'a client sends no PUBLISH above the Maximum QoS',
    subject: 'client',
    observable: 'partly',
    needs: ['qos-limited-broker', 'reaction'],
  },
  'MQTT-3.2.2-12': {
    level: 'MUST',
    observable: 'partly',
    needs: ['qos-limited-broker'],
    clauses: {
      reject: {
        level: 'MUST',
        title: 'will QoS above the advertised maximum: not accepted',
        observable: 'partly',
        needs: ['qos-limited-broker'],
      },
      should: {
        level: 'SHOULD',
        title: 'will QoS above the advertised maximum: told by CONNACK 0x9B',
        observable: 'partly',
        needs: ['qos-limited-broker'],
      },
      close: {
        level: 'MUST',
        title: 'will QoS above the advertised maximum: closed',
        observable: 'partly',
        needs: ['qos-limited-broker'],
      },
    },
  },
  'MQTT-3.2.2-13': {
    level: 'MUST',
    observable: 'partly',
    needs: ['retain-off-broker'],
    clauses: {
      reject: {
        level: 'MUST',
        title: 'will retain without retain support: not accepted',
        observable: 'partly',
        needs: ['retain-off-broker'],
      },
      should: {
        level: 'SHOULD',
        title: 'will retain without retain support: told by CONNACK 0x9A',
        observable: 'partly',
        needs: ['retain-off-broker'],
      },
      close: {
        level: 'MUST',
        title: 'will retain without retain support: closed',
        observable: 'partly',
        needs: ['retain-off-broker'],
      },
    },
  },
  'MQTT-3.2.2-14': {
    level: 'MUST NOT',
    title: 'a client sends no RETAIN 1 where Retain Available is 0',
    subject: 'client',
    observable: 'partly',
    needs: ['retain-off-broker', 'reaction'],
  },
  'MQTT-3.2.2-15': {
    level: 'MUST NOT',
    title: "a packet beyond the server's Maximum Packet Size: closed (0x95 preferred)",
    subject: 'client',
    needs: ['max-packet-advertised', 'reaction'],
  },
  'MQTT-3.2.2-16': {
    level: 'MUST',
    clauses: {
      returned: { level: 'MUST', title: 'accepted with an empty identifier: Assigned Client Identifier present' },
      unique: { level: 'MUST', title: 'the assigned identifier belongs to no other session' },
    },
  },
  'MQTT-3.2.2-17': {
    level: 'MUST NOT',
    title: "a topic alias beyond the server's maximum: closed (0x94 preferred)",
    subject: 'client',
    needs: ['alias-max<65535', 'reaction'],
  },
  'MQTT-3.2.2-18': {
    level: 'MUST NOT',
    title: 'a topic alias though the server allows none: closed (0x94 preferred)',
    subject: 'client',
    needs: ['alias-max-absent', 'reaction'],
  },
  'MQTT-3.2.2-19': {
    level: 'MUST NOT',
    title: "a Reason String does not push CONNACK over the client's Maximum Packet Size",
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.2.2-20': {
    level: 'MUST NOT',
    title: "user properties do not push CONNACK over the client's Maximum Packet Size",
    observable: 'partly',
    needs: ['optional-behaviour'],
  },
  'MQTT-3.2.2-21': {
    level: 'MUST',
    title: 'a client uses the Server Keep Alive in place of its own',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-3.2.2-22': { level: 'MUST', title: "without Server Keep Alive the client's own value counts", needs: ['time'] },
} as const satisfies StatementTable;
