import type { MqttVersion } from '#spec';
import type { Sender } from '../codec.ts';
import type { Packet } from '../packets.ts';
import { bytesOf } from './bytes.ts';

export interface ValidRow {
  readonly name: string;
  readonly version: MqttVersion;
  readonly from: Sender;
  readonly hex: string;
  readonly packet: Packet;
}

const connect = { type: 'CONNECT', protocolName: 'MQTT', cleanStart: true, keepAlive: 60, clientId: 'c' } as const;
const message = { type: 'PUBLISH', topic: 'a/b', retain: false, dup: false } as const;
const hi = bytesOf('"hi"');
const none = new Uint8Array(0);
const options = { noLocal: false, retainAsPublished: false, retainHandling: 0 } as const;

const V311: readonly Omit<ValidRow, 'version'>[] = [
  {
    name: 'CONNECT',
    from: 'client',
    hex: '10 0d 00 04 "MQTT" 04 02 00 3c 00 01 "c"',
    packet: { ...connect, protocolLevel: 4 },
  },
  {
    name: 'CONNECT of 3.1',
    from: 'client',
    hex: '10 0f 00 06 "MQIsdp" 03 02 00 3c 00 01 "c"',
    packet: { ...connect, protocolName: 'MQIsdp', protocolLevel: 3 },
  },
  {
    name: 'CONNECT with everything',
    from: 'client',
    hex: '10 1a 00 04 "MQTT" 04 f4 ff ff 00 01 "c" 00 01 "w" 00 02 "hi" 00 01 "u" 00 01 "p"',
    packet: {
      ...connect,
      protocolLevel: 4,
      cleanStart: false,
      keepAlive: 65535,
      will: { topic: 'w', payload: hi, qos: 2, retain: true },
      username: 'u',
      password: bytesOf('"p"'),
    },
  },
  {
    name: 'CONNACK',
    from: 'server',
    hex: '20 02 01 00',
    packet: { type: 'CONNACK', sessionPresent: true, reasonCode: 0 },
  },
  {
    name: 'CONNACK refused',
    from: 'server',
    hex: '20 02 00 05',
    packet: { type: 'CONNACK', sessionPresent: false, reasonCode: 5 },
  },
  { name: 'PUBLISH QoS 0', from: 'client', hex: '30 07 00 03 "a/b" "hi"', packet: { ...message, payload: hi, qos: 0 } },
  {
    name: 'PUBLISH QoS 1 retain, empty',
    from: 'client',
    hex: '33 07 00 03 "a/b" 00 0a',
    packet: { ...message, payload: none, qos: 1, retain: true, packetId: 10 },
  },
  {
    name: 'PUBLISH QoS 2 dup',
    from: 'server',
    hex: '3c 09 00 03 "a/b" ff ff "hi"',
    packet: { ...message, payload: hi, qos: 2, dup: true, packetId: 65535 },
  },
  {
    name: 'PUBLISH U+FEFF',
    from: 'client',
    hex: '30 05 00 03 ef bb bf',
    packet: { ...message, topic: '\u{FEFF}', payload: none, qos: 0 },
  },
  {
    name: 'PUBLISH 2, 3 and 4 bytes a character',
    from: 'client',
    hex: '30 0b 00 09 c3 a9 e2 82 ac f0 9f 98 80',
    packet: { ...message, topic: 'é€😀', payload: none, qos: 0 },
  },
  { name: 'PUBACK', from: 'client', hex: '40 02 00 01', packet: { type: 'PUBACK', packetId: 1, reasonCode: 0 } },
  { name: 'PUBREC', from: 'client', hex: '50 02 00 01', packet: { type: 'PUBREC', packetId: 1, reasonCode: 0 } },
  { name: 'PUBREL', from: 'client', hex: '62 02 00 01', packet: { type: 'PUBREL', packetId: 1, reasonCode: 0 } },
  { name: 'PUBCOMP', from: 'client', hex: '70 02 00 01', packet: { type: 'PUBCOMP', packetId: 1, reasonCode: 0 } },
  {
    name: 'SUBSCRIBE',
    from: 'client',
    hex: '82 0b 00 07 00 01 "a" 01 00 02 "+/" 02',
    packet: {
      type: 'SUBSCRIBE',
      packetId: 7,
      subscriptions: [
        { filter: 'a', qos: 1, ...options },
        { filter: '+/', qos: 2, ...options },
      ],
    },
  },
  {
    name: 'SUBACK',
    from: 'server',
    hex: '90 04 00 07 01 80',
    packet: { type: 'SUBACK', packetId: 7, reasonCodes: [1, 128] },
  },
  {
    name: 'UNSUBSCRIBE',
    from: 'client',
    hex: 'a2 05 00 08 00 01 "a"',
    packet: { type: 'UNSUBSCRIBE', packetId: 8, filters: ['a'] },
  },
  { name: 'UNSUBACK', from: 'server', hex: 'b0 02 00 08', packet: { type: 'UNSUBACK', packetId: 8, reasonCodes: [] } },
  { name: 'PINGREQ', from: 'client', hex: 'c0 00', packet: { type: 'PINGREQ' } },
  { name: 'PINGRESP', from: 'server', hex: 'd0 00', packet: { type: 'PINGRESP' } },
  { name: 'DISCONNECT', from: 'client', hex: 'e0 00', packet: { type: 'DISCONNECT', reasonCode: 0 } },
];

const V50: readonly Omit<ValidRow, 'version'>[] = [
  {
    name: 'CONNECT',
    from: 'client',
    hex: '10 0e 00 04 "MQTT" 05 02 00 3c 00 00 01 "c"',
    packet: { ...connect, protocolLevel: 5 },
  },
  {
    name: 'CONNECT with every property',
    from: 'client',
    hex: `10 [00 04 "MQTT" 05 02 00 3c [11 ff ff ff ff 15 00 01 "m" 16 00 02 00 01 17 00 19 01 21 00 0a 22 00 05
          26 00 01 "k" 00 01 "v" 26 00 01 "k" 00 00 27 00 01 00 00] 00 01 "c"]`,
    packet: {
      ...connect,
      protocolLevel: 5,
      properties: {
        sessionExpiryInterval: 0xffffffff,
        authenticationMethod: 'm',
        authenticationData: bytesOf('00 01'),
        requestProblemInformation: 0,
        requestResponseInformation: 1,
        receiveMaximum: 10,
        topicAliasMaximum: 5,
        userProperties: [
          ['k', 'v'],
          ['k', ''],
        ],
        maximumPacketSize: 65536,
      },
    },
  },
  {
    name: 'CONNECT with a will, a password without user name',
    from: 'client',
    hex: `10 [00 04 "MQTT" 05 6e 00 3c 00 00 01 "c" [18 00 00 00 05 01 01 02 00 00 00 3c 03 00 01 "t" 08 00 01 "r"
          09 00 01 ff] 00 01 "w" 00 02 "hi" 00 01 "p"]`,
    packet: {
      ...connect,
      protocolLevel: 5,
      will: {
        topic: 'w',
        payload: hi,
        qos: 1,
        retain: true,
        properties: {
          willDelayInterval: 5,
          payloadFormatIndicator: 1,
          messageExpiryInterval: 60,
          contentType: 't',
          responseTopic: 'r',
          correlationData: bytesOf('ff'),
        },
      },
      password: bytesOf('"p"'),
    },
  },
  {
    name: 'CONNACK',
    from: 'server',
    hex: '20 03 00 00 00',
    packet: { type: 'CONNACK', sessionPresent: false, reasonCode: 0 },
  },
  {
    name: 'CONNACK with every property',
    from: 'server',
    hex: `20 [00 00 [11 00 00 00 0a 21 00 14 24 01 25 01 27 00 00 10 00 12 00 01 "i" 22 00 02 1f 00 01 "r"
          26 00 01 "k" 00 01 "v" 28 01 29 00 2a 01 13 00 1e 1a 00 01 "x" 1c 00 01 "s" 15 00 01 "m" 16 00 01 00]]`,
    packet: {
      type: 'CONNACK',
      sessionPresent: false,
      reasonCode: 0,
      properties: {
        sessionExpiryInterval: 10,
        receiveMaximum: 20,
        maximumQos: 1,
        retainAvailable: 1,
        maximumPacketSize: 4096,
        assignedClientIdentifier: 'i',
        topicAliasMaximum: 2,
        reasonString: 'r',
        userProperties: [['k', 'v']],
        wildcardSubscriptionAvailable: 1,
        subscriptionIdentifierAvailable: 0,
        sharedSubscriptionAvailable: 1,
        serverKeepAlive: 30,
        responseInformation: 'x',
        serverReference: 's',
        authenticationMethod: 'm',
        authenticationData: bytesOf('00'),
      },
    },
  },
  {
    name: 'PUBLISH QoS 0',
    from: 'client',
    hex: '30 08 00 03 "a/b" 00 "hi"',
    packet: { ...message, payload: hi, qos: 0 },
  },
  {
    name: 'PUBLISH with topic alias only',
    from: 'client',
    hex: '32 0a 00 00 00 01 03 23 00 01 "hi"',
    packet: { ...message, topic: '', payload: hi, qos: 1, packetId: 1, properties: { topicAlias: 1 } },
  },
  {
    name: 'PUBLISH with two subscription identifiers',
    from: 'server',
    hex: '30 0f 00 03 "a/b" 07 0b ff ff ff 7f 0b 01 "hi"',
    packet: { ...message, payload: hi, qos: 0, properties: { subscriptionIdentifiers: [268435455, 1] } },
  },
  {
    name: 'PUBACK of two bytes',
    from: 'client',
    hex: '40 02 00 01',
    packet: { type: 'PUBACK', packetId: 1, reasonCode: 0 },
  },
  {
    name: 'PUBACK of three bytes',
    from: 'client',
    hex: '40 03 00 01 10',
    packet: { type: 'PUBACK', packetId: 1, reasonCode: 16 },
  },
  {
    name: 'PUBACK with a reason string',
    from: 'server',
    hex: '40 08 00 01 87 04 1f 00 01 "r"',
    packet: { type: 'PUBACK', packetId: 1, reasonCode: 0x87, properties: { reasonString: 'r' } },
  },
  { name: 'PUBREC', from: 'server', hex: '50 03 00 01 97', packet: { type: 'PUBREC', packetId: 1, reasonCode: 0x97 } },
  { name: 'PUBREL', from: 'client', hex: '62 03 00 01 92', packet: { type: 'PUBREL', packetId: 1, reasonCode: 0x92 } },
  {
    name: 'PUBCOMP',
    from: 'client',
    hex: '70 03 00 01 92',
    packet: { type: 'PUBCOMP', packetId: 1, reasonCode: 0x92 },
  },
  {
    name: 'SUBSCRIBE',
    from: 'client',
    hex: '82 13 00 07 03 0b 80 01 00 0a "$share/g/#" 2a',
    packet: {
      type: 'SUBSCRIBE',
      packetId: 7,
      properties: { subscriptionIdentifiers: [128] },
      subscriptions: [{ filter: '$share/g/#', qos: 2, noLocal: false, retainAsPublished: true, retainHandling: 2 }],
    },
  },
  {
    name: 'SUBACK',
    from: 'server',
    hex: '90 05 00 07 00 02 8f',
    packet: { type: 'SUBACK', packetId: 7, reasonCodes: [2, 0x8f] },
  },
  {
    name: 'UNSUBSCRIBE',
    from: 'client',
    hex: 'a2 06 00 08 00 00 01 "a"',
    packet: { type: 'UNSUBSCRIBE', packetId: 8, filters: ['a'] },
  },
  {
    name: 'UNSUBACK',
    from: 'server',
    hex: 'b0 05 00 08 00 00 11',
    packet: { type: 'UNSUBACK', packetId: 8, reasonCodes: [0, 0x11] },
  },
  { name: 'PINGREQ', from: 'client', hex: 'c0 00', packet: { type: 'PINGREQ' } },
  { name: 'PINGRESP', from: 'server', hex: 'd0 00', packet: { type: 'PINGRESP' } },
  { name: 'DISCONNECT of no bytes', from: 'client', hex: 'e0 00', packet: { type: 'DISCONNECT', reasonCode: 0 } },
  { name: 'DISCONNECT of one byte', from: 'client', hex: 'e0 01 04', packet: { type: 'DISCONNECT', reasonCode: 4 } },
  {
    name: 'DISCONNECT from the server',
    from: 'server',
    hex: 'e0 06 9c 04 1c 00 01 "s"',
    packet: { type: 'DISCONNECT', reasonCode: 0x9c, properties: { serverReference: 's' } },
  },
  {
    name: 'AUTH',
    from: 'client',
    hex: 'f0 0a 18 08 15 00 01 "m" 16 00 01 01',
    packet: {
      type: 'AUTH',
      reasonCode: 0x18,
      properties: { authenticationMethod: 'm', authenticationData: bytesOf('01') },
    },
  },
  { name: 'AUTH of no bytes', from: 'server', hex: 'f0 00', packet: { type: 'AUTH', reasonCode: 0 } },
];

/** Packets as they must stand on the wire, byte by byte. */
export const VALID: readonly ValidRow[] = [
  ...V311.map((row) => ({ ...row, version: '3.1.1' as const })),
  ...V50.map((row) => ({ ...row, version: '5.0' as const })),
];
