import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: data representation and the parts that all packets share. */
export const PACKET_FORMAT = {
  'MQTT-1.5.4-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'client-input': {
        level: 'MUST',
        title: 'ill-formed UTF-8 in any string: closed (0x81 preferred)',
        needs: ['reaction'],
      },
      'surrogate-input': {
        level: 'MUST NOT',
        title: 'an encoded surrogate in any string: closed (0x81 preferred)',
        needs: ['reaction'],
      },
      'server-output': { level: 'MUST', title: 'strings from the server are well-formed, without surrogates' },
    },
  },
  'MQTT-1.5.4-2': {
    level: 'MUST NOT',
    subject: 'both',
    clauses: {
      'client-input': {
        level: 'MUST NOT',
        title: 'U+0000 in any string: closed (0x81 preferred)',
        needs: ['reaction'],
      },
      'server-output': { level: 'MUST NOT', title: 'strings from the server hold no U+0000' },
    },
  },
  'MQTT-1.5.4-3': {
    level: 'MUST NOT',
    title: 'EF BB BF in a string is the character U+FEFF and is kept',
    subject: 'both',
  },
  'MQTT-1.5.5-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'client-input': {
        level: 'DERIVED',
        title:
          'a variable byte integer longer than needed: closed (0x81 preferred); taking it is a warning (README, doubts)',
        needs: ['reaction'],
      },
      'server-output': { level: 'MUST', title: 'lengths and identifiers from the server use the fewest bytes' },
    },
  },
  'MQTT-1.5.7-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'name-input': {
        level: 'MUST',
        title: 'a user property with a bad name string: closed (0x81 preferred)',
        needs: ['reaction'],
      },
      'value-input': {
        level: 'MUST',
        title: 'a user property with a bad value string: closed (0x81 preferred)',
        needs: ['reaction'],
      },
      'server-output': { level: 'MUST', title: 'string pairs from the server are well-formed' },
    },
  },
  'MQTT-2.1.3-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      connect: {
        level: 'MUST',
        title: 'CONNECT with flag bits that are not 0000: closed (0x81 preferred)',
        needs: ['reaction'],
      },
      puback: {
        level: 'MUST',
        title: 'PUBACK with flag bits that are not 0000: closed (0x81 preferred)',
        needs: ['reaction'],
      },
      pubrec: {
        level: 'MUST',
        title: 'PUBREC with flag bits that are not 0000: closed (0x81 preferred)',
        needs: ['reaction', 'qos2'],
      },
      pubcomp: {
        level: 'MUST',
        title: 'PUBCOMP with flag bits that are not 0000: closed (0x81 preferred)',
        needs: ['reaction', 'qos2'],
      },
      pingreq: {
        level: 'MUST',
        title: 'PINGREQ with flag bits that are not 0000: closed (0x81 preferred)',
        needs: ['reaction'],
      },
      'server-output': {
        level: 'MUST',
        title: 'packets from the server have the flag bits that their type prescribes',
      },
    },
  },
  'MQTT-2.2.1-2': { level: 'MUST NOT', title: 'a QoS 0 PUBLISH has no packet identifier', subject: 'both' },
  'MQTT-2.2.1-3': {
    level: 'MUST',
    subject: 'client',
    observable: 'partly',
    needs: ['reaction'],
    clauses: {
      'publish-zero': {
        level: 'MUST',
        title: 'a QoS 1 or 2 PUBLISH with identifier 0: closed',
        needs: ['reaction', 'qos1'],
      },
      'subscribe-zero': { level: 'MUST', title: 'a SUBSCRIBE with identifier 0: closed', needs: ['reaction'] },
      'unsubscribe-zero': { level: 'MUST', title: 'an UNSUBSCRIBE with identifier 0: closed', needs: ['reaction'] },
      'in-use': {
        level: 'OBSERVE',
        title: 'an identifier that is still in use: the server may answer 0x91 or take it for a repetition',
        observable: 'partly',
        needs: ['qos2'],
      },
    },
  },
  'MQTT-2.2.1-4': {
    level: 'MUST',
    needs: ['qos1'],
    clauses: {
      'non-zero': { level: 'MUST', title: 'deliveries of QoS 1 and 2 have a non-zero identifier', needs: ['qos1'] },
      unused: { level: 'MUST', title: 'a new delivery takes an identifier that no open one has', needs: ['qos1'] },
    },
  },
  'MQTT-2.2.1-5': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos1'],
    clauses: {
      puback: { level: 'MUST', title: 'PUBACK carries the identifier of the PUBLISH', needs: ['qos1'] },
      pubrec: { level: 'MUST', title: 'PUBREC carries the identifier of the PUBLISH', needs: ['qos2'] },
      pubrel: { level: 'MUST', title: 'PUBREL carries the identifier of the PUBLISH', needs: ['qos2'] },
      pubcomp: { level: 'MUST', title: 'PUBCOMP carries the identifier of the PUBLISH', needs: ['qos2'] },
    },
  },
  'MQTT-2.2.1-6': {
    level: 'MUST',
    clauses: {
      suback: { level: 'MUST', title: 'SUBACK carries the identifier of the SUBSCRIBE' },
      unsuback: { level: 'MUST', title: 'UNSUBACK carries the identifier of the UNSUBSCRIBE' },
    },
  },
  'MQTT-2.2.2-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'client-input': {
        level: 'MUST',
        title: 'a packet that needs a property length and has none: closed',
        needs: ['reaction'],
      },
      'server-output': { level: 'MUST', title: 'packets from the server that have no properties say so with length 0' },
    },
  },
} as const satisfies StatementTable;
