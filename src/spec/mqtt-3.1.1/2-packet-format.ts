import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: data representation and the parts that all packets share. */
export const PACKET_FORMAT = {
  'MQTT-1.5.3-1': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'client-input': {
        level: 'MUST',
        title: 'closes the connection when any string of a packet it receives is not well-formed UTF-8',
        needs: ['reaction'],
      },
      'surrogate-input': {
        level: 'MUST',
        title: 'closes when a string encodes a code point from U+D800 to U+DFFF (CESU style, three bytes)',
        needs: ['reaction'],
      },
      'server-output': {
        level: 'MUST NOT',
        title: 'no string that the server itself sends is ill-formed or holds an encoded surrogate',
      },
    },
  },
  'MQTT-1.5.3-2': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      'client-input': { level: 'MUST', title: 'closes when a string holds U+0000', needs: ['reaction'] },
      'server-output': { level: 'MUST NOT', title: 'no string that the server sends holds U+0000' },
    },
  },
  'MQTT-1.5.3-3': {
    level: 'MUST NOT',
    title: 'EF BB BF in a string is the character U+FEFF and is kept',
    subject: 'both',
  },
  'MQTT-2.2.2-1': {
    level: 'MUST',
    title: 'reserved flags of the fixed header have the value of their packet type',
    subject: 'both',
  },
  'MQTT-2.2.2-2': {
    level: 'MUST',
    subject: 'both',
    clauses: {
      connect: { level: 'MUST', title: 'closes on CONNECT with flag bits that are not 0000', needs: ['reaction'] },
      puback: { level: 'MUST', title: 'closes on PUBACK with flag bits that are not 0000', needs: ['reaction'] },
      pubrec: {
        level: 'MUST',
        title: 'closes on PUBREC with flag bits that are not 0000',
        needs: ['reaction', 'qos2'],
      },
      pubcomp: {
        level: 'MUST',
        title: 'closes on PUBCOMP with flag bits that are not 0000',
        needs: ['reaction', 'qos2'],
      },
      pingreq: { level: 'MUST', title: 'closes on PINGREQ with flag bits that are not 0000', needs: ['reaction'] },
    },
  },
  'MQTT-2.3.1-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos1'],
    clauses: {
      'publish-zero': {
        level: 'MUST',
        title: 'closes on a QoS 1 or 2 PUBLISH with packet identifier 0',
        needs: ['reaction', 'qos1'],
      },
      'subscribe-zero': { level: 'MUST', title: 'closes on a SUBSCRIBE with packet identifier 0', needs: ['reaction'] },
      'unsubscribe-zero': {
        level: 'MUST',
        title: 'closes on an UNSUBSCRIBE with packet identifier 0',
        needs: ['reaction'],
      },
      'server-output': {
        level: 'MUST',
        title: 'each QoS 1 or 2 PUBLISH from the server has a non-zero packet identifier',
        needs: ['qos1'],
      },
    },
  },
  'MQTT-2.3.1-2': {
    level: 'MUST',
    title: 'a client takes an unused packet identifier for each new packet',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-2.3.1-3': {
    level: 'MUST',
    title: 'a client repeats a packet with the identifier it had',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-2.3.1-4': {
    level: 'MUST',
    needs: ['qos1'],
    clauses: {
      'unused-id': {
        level: 'MUST',
        title:
          'a new PUBLISH from the server takes an identifier that none of its open deliveries on this session uses',
        needs: ['qos1'],
      },
      'resend-same-id': {
        level: 'MUST',
        title: 'a repeated PUBLISH from the server has the identifier of the first sending',
        needs: ['qos1'],
      },
      'reuse-after-ack': {
        level: 'MUST',
        title: 'an identifier comes back only after PUBACK (QoS 1) or PUBCOMP (QoS 2) of its delivery',
        needs: ['qos1', 'qos2'],
      },
    },
  },
  'MQTT-2.3.1-5': { level: 'MUST NOT', title: 'a QoS 0 PUBLISH has no packet identifier', subject: 'both' },
  'MQTT-2.3.1-6': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos1'],
    clauses: {
      puback: { level: 'MUST', title: 'PUBACK carries the identifier of the PUBLISH', needs: ['qos1'] },
      pubrec: { level: 'MUST', title: 'PUBREC carries the identifier of the PUBLISH', needs: ['qos2'] },
      pubrel: { level: 'MUST', title: 'PUBREL from the server carries the identifier of its PUBLISH', needs: ['qos2'] },
    },
  },
  'MQTT-2.3.1-7': {
    level: 'MUST',
    clauses: {
      suback: { level: 'MUST', title: 'SUBACK carries the identifier of the SUBSCRIBE' },
      unsuback: { level: 'MUST', title: 'UNSUBACK carries the identifier of the UNSUBSCRIBE' },
    },
  },
} as const satisfies StatementTable;
