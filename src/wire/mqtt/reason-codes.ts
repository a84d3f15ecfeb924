/** Names of the reason codes of 5.0 (§2.4) and the return codes of 3.1.1, and which packet may carry which. */
import type { MqttVersion } from '#spec';
import type { Sender } from './codec.ts';
import type { PacketType } from './packets.ts';

export type CodedType = Exclude<
  PacketType,
  'CONNECT' | 'PUBLISH' | 'SUBSCRIBE' | 'UNSUBSCRIBE' | 'PINGREQ' | 'PINGRESP'
>;
type Codes = Readonly<Record<number, string>>;

const NAMES: Codes = {
  0x00: 'Success',
  0x01: 'Granted QoS 1',
  0x02: 'Granted QoS 2',
  0x04: 'Disconnect with Will Message',
  0x10: 'No matching subscribers',
  0x11: 'No subscription existed',
  0x18: 'Continue authentication',
  0x19: 'Re-authenticate',
  0x80: 'Unspecified error',
  0x81: 'Malformed Packet',
  0x82: 'Protocol Error',
  0x83: 'Implementation specific error',
  0x84: 'Unsupported Protocol Version',
  0x85: 'Client Identifier not valid',
  0x86: 'Bad User Name or Password',
  0x87: 'Not authorized',
  0x88: 'Server unavailable',
  0x89: 'Server busy',
  0x8a: 'Banned',
  0x8b: 'Server shutting down',
  0x8c: 'Bad authentication method',
  0x8d: 'Keep Alive timeout',
  0x8e: 'Session taken over',
  0x8f: 'Topic Filter invalid',
  0x90: 'Topic Name invalid',
  0x91: 'Packet Identifier in use',
  0x92: 'Packet Identifier not found',
  0x93: 'Receive Maximum exceeded',
  0x94: 'Topic Alias invalid',
  0x95: 'Packet too large',
  0x96: 'Message rate too high',
  0x97: 'Quota exceeded',
  0x98: 'Administrative action',
  0x99: 'Payload format invalid',
  0x9a: 'Retain not supported',
  0x9b: 'QoS not supported',
  0x9c: 'Use another server',
  0x9d: 'Server moved',
  0x9e: 'Shared Subscriptions not supported',
  0x9f: 'Connection rate exceeded',
  0xa0: 'Maximum connect time',
  0xa1: 'Subscription Identifiers not supported',
  0xa2: 'Wildcard Subscriptions not supported',
};

/** Of a 5.0 packet: the codes of its table. */
const CODES: Readonly<Record<CodedType, readonly number[]>> = {
  CONNACK: [
    0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x90, 0x95, 0x97, 0x99, 0x9a, 0x9b,
    0x9c, 0x9d, 0x9f,
  ],
  PUBACK: [0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99],
  PUBREC: [0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99],
  PUBREL: [0x00, 0x92],
  PUBCOMP: [0x00, 0x92],
  SUBACK: [0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8f, 0x91, 0x97, 0x9e, 0xa1, 0xa2],
  UNSUBACK: [0x00, 0x11, 0x80, 0x83, 0x87, 0x8f, 0x91],
  // 0x8C stands in the table of §2.4 for DISCONNECT, but not in that of §3.14.2.1: allowed.
  DISCONNECT: [
    0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97,
    0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2,
  ],
  AUTH: [0x00, 0x18, 0x19],
};

const CONNACK_311: Codes = {
  0: 'Connection Accepted',
  1: 'Unacceptable protocol version',
  2: 'Identifier rejected',
  3: 'Server unavailable',
  4: 'Bad user name or password',
  5: 'Not authorized',
};
const SUBACK_311: Codes = { 0x00: 'Maximum QoS 0', 0x01: 'Maximum QoS 1', 0x02: 'Maximum QoS 2', 0x80: 'Failure' };

/** Codes that only one side may send (§3.14.2.1, §3.15.2.1). */
const SENDERS: {
  readonly [T in PacketType]?: { readonly client: readonly number[]; readonly server: readonly number[] };
} = {
  DISCONNECT: {
    client: [0x04],
    server: [0x87, 0x89, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2],
  },
  AUTH: { client: [0x19], server: [0x00] },
};

/** The codes that a packet may carry: those of its table, in the order of their values. */
export function reasonCodesOf(type: CodedType, version: MqttVersion): readonly number[] {
  if (version === '5.0') return CODES[type];
  const table = type === 'CONNACK' ? CONNACK_311 : type === 'SUBACK' ? SUBACK_311 : { 0: 'Success' };
  return Object.keys(table).map(Number);
}

const allowed: Readonly<Record<MqttVersion, Partial<Record<CodedType, ReadonlySet<number>>>>> = {
  '3.1.1': {},
  '5.0': {},
};
for (const type of Object.keys(CODES) as CodedType[]) {
  for (const version of ['3.1.1', '5.0'] as const) allowed[version][type] = new Set(reasonCodesOf(type, version));
}

/** Whether the table of the packet has the code. */
export function isReasonCode(type: CodedType, version: MqttVersion, code: number): boolean {
  return allowed[version][type]?.has(code) === true;
}

/** The only side that may send the code in this packet; undefined for both. */
export function codeSender(type: CodedType, code: number): Sender | undefined {
  const senders = SENDERS[type];
  if (senders?.client.includes(code)) return 'client';
  return senders?.server.includes(code) ? 'server' : undefined;
}

/** The standard's name of a code in this packet: 'Granted QoS 0', 'Identifier rejected'; undefined where its table lacks it. */
export function reasonName(type: CodedType, code: number, version: MqttVersion = '5.0'): string | undefined {
  if (!isReasonCode(type, version, code)) return undefined;
  if (version === '3.1.1' && type === 'CONNACK') return CONNACK_311[code];
  if (version === '3.1.1' && type === 'SUBACK') return SUBACK_311[code];
  if (type === 'SUBACK' && code === 0) return 'Granted QoS 0';
  if (type === 'DISCONNECT' && code === 0) return 'Normal disconnection';
  return NAMES[code];
}
