import type { ViolationTable } from './row.ts';

/** The fixed header, the packet as a whole, and what every packet has in common (§2). */
export const PACKET_VIOLATIONS = {
  'packet.type-reserved': {
    reasonCode: 0x81,
    client: ['3.1.1/R-2.2.1-1', '5.0/R-2.1.2-1'],
    exact: { AUTH: { client: ['3.1.1/R-2.2.1-2'] } },
  },
  'packet.wrong-direction': {
    reasonCode: 0x82,
    recovery: 'decoded as the packet that it is',
    client: ['3.1.1/R-2.2.1-3', '5.0/R-1.2-3'],
  },
  'packet.not-connect': {
    reasonCode: 0x82,
    client: ['5.0/MQTT-3.1.0-1', '3.1.1/MQTT-3.1.0-1'],
  },
  'packet.reserved-flags': {
    reasonCode: 0x81,
    recovery: 'the flags are ignored',
    server: ['3.1.1/MQTT-2.2.2-1', '5.0/MQTT-2.1.3-1#server-output'],
    exact: {
      CONNECT: { client: ['3.1.1/MQTT-2.2.2-2#connect', '5.0/MQTT-2.1.3-1#connect'] },
      PUBACK: { client: ['3.1.1/MQTT-2.2.2-2#puback', '5.0/MQTT-2.1.3-1#puback'] },
      PUBREC: { client: ['3.1.1/MQTT-2.2.2-2#pubrec', '5.0/MQTT-2.1.3-1#pubrec'] },
      PUBREL: {
        client: ['3.1.1/MQTT-3.6.1-1#close', '5.0/MQTT-3.6.1-1#close'],
        server: ['3.1.1/MQTT-3.6.1-1#server-output', '5.0/MQTT-3.6.1-1#server-output'],
      },
      PUBCOMP: { client: ['3.1.1/MQTT-2.2.2-2#pubcomp', '5.0/MQTT-2.1.3-1#pubcomp'] },
      SUBSCRIBE: { client: ['3.1.1/MQTT-3.8.1-1', '5.0/MQTT-3.8.1-1'] },
      UNSUBSCRIBE: { client: ['3.1.1/MQTT-3.10.1-1', '5.0/MQTT-3.10.1-1'] },
      PINGREQ: { client: ['3.1.1/MQTT-2.2.2-2#pingreq', '5.0/MQTT-2.1.3-1#pingreq'] },
      DISCONNECT: { client: ['3.1.1/MQTT-3.14.1-1', '5.0/MQTT-3.14.1-1#close', '5.0/MQTT-3.14.1-1#disconnect-81'] },
      AUTH: { client: ['5.0/MQTT-3.15.1-1'], server: ['5.0/MQTT-3.15.1-1'] },
    },
  },
  'packet.too-large': {
    reasonCode: 0x95,
    recovery: 'read and decoded in spite of its size',
    client: ['5.0/R-3.2.2.3.6-2', '5.0/MQTT-3.2.2-15'],
    server: ['5.0/MQTT-3.1.2-24'],
  },
  'packet.truncated': {
    reasonCode: 0x81,
    client: ['3.1.1/R-2.2.3-4', '5.0/R-1.2-1'],
    exact: {
      CONNECT: { client: ['3.1.1/MQTT-3.1.4-1#close', '5.0/MQTT-3.1.4-1'] },
      CONNACK: { server: ['3.1.1/R-3.2.2.3-1', '5.0/R-3.2.2.2-1'] },
      PUBACK: { client: ['3.1.1/R-3.4.1-1'], server: ['3.1.1/R-3.4.1-1'] },
      PUBREC: { client: ['3.1.1/R-3.5.1-1'], server: ['3.1.1/R-3.5.1-1'] },
      PUBREL: { client: ['3.1.1/R-3.6.1-1'], server: ['3.1.1/R-3.6.1-1'] },
      PUBCOMP: { client: ['3.1.1/R-3.7.1-1'], server: ['3.1.1/R-3.7.1-1'] },
    },
  },
  'packet.trailing-bytes': {
    reasonCode: 0x81,
    recovery: 'the bytes after the last field are ignored',
    client: ['5.0/R-1.2-2', '3.1.1/MQTT-4.8.0-1'],
    exact: {
      CONNECT: { client: ['3.1.1/MQTT-3.1.4-1#close', '5.0/MQTT-3.1.4-1'] },
      CONNACK: { server: ['3.1.1/R-3.2.2.3-1', '5.0/R-3.2.2.2-1'] },
      PUBACK: { client: ['3.1.1/R-3.4.1-1'], server: ['3.1.1/R-3.4.1-1'] },
      PUBREC: { client: ['3.1.1/R-3.5.1-1'], server: ['3.1.1/R-3.5.1-1'] },
      PUBREL: { client: ['3.1.1/R-3.6.1-1'], server: ['3.1.1/R-3.6.1-1'] },
      PUBCOMP: { client: ['3.1.1/R-3.7.1-1'], server: ['3.1.1/R-3.7.1-1'] },
      PINGREQ: { client: ['3.1.1/R-3.12.1-1'] },
      DISCONNECT: { client: ['3.1.1/R-3.14.1-1'] },
    },
  },
  'packet-id.zero': {
    reasonCode: 0x82,
    recovery: 'the packet identifier is 0',
    exact: {
      PUBLISH: {
        client: ['3.1.1/MQTT-2.3.1-1#publish-zero', '5.0/MQTT-2.2.1-3#publish-zero'],
        server: ['3.1.1/MQTT-2.3.1-1#server-output', '5.0/MQTT-2.2.1-4#non-zero'],
      },
      SUBSCRIBE: { client: ['3.1.1/MQTT-2.3.1-1#subscribe-zero', '5.0/MQTT-2.2.1-3#subscribe-zero'] },
      UNSUBSCRIBE: { client: ['3.1.1/MQTT-2.3.1-1#unsubscribe-zero', '5.0/MQTT-2.2.1-3#unsubscribe-zero'] },
    },
  },
} as const satisfies ViolationTable;
