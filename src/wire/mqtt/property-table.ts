import type { Sender } from './codec.ts';
import type { PacketType } from './packets.ts';
import type { PropertyName } from './properties.ts';

/** The packets that carry properties; the will has its own. */
export type PropertyContext = Exclude<PacketType, 'PINGREQ' | 'PINGRESP'> | 'WILL';
export type PropertyType = 'byte' | 'u16' | 'u32' | 'vbi' | 'string' | 'binary' | 'pair';

export interface PropertyRow {
  readonly id: number;
  readonly name: PropertyName;
  readonly type: PropertyType;
  readonly contexts: readonly PropertyContext[];
  /** In these packets it may come several times; elsewhere once. */
  readonly repeats?: readonly PropertyContext[];
  /** Absent: every value that fits the type. */
  readonly min?: number;
  readonly max?: number;
  /** In this packet only this side sends it. */
  readonly sender?: { readonly [C in PropertyContext]?: Sender };
}

const MESSAGE = ['PUBLISH', 'WILL'] as const;
const REPLIES = [
  'CONNACK',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBACK',
  'UNSUBACK',
  'DISCONNECT',
  'AUTH',
] as const;
const EVERYWHERE = ['CONNECT', 'WILL', 'PUBLISH', 'SUBSCRIBE', 'UNSUBSCRIBE', ...REPLIES] as const;
const FLAG = { min: 0, max: 1 } as const;

/** All properties of MQTT 5.0 (§2.2.2.2, table 2-4). */
export const PROPERTY_TABLE: readonly PropertyRow[] = [
  { id: 0x01, name: 'payloadFormatIndicator', type: 'byte', contexts: MESSAGE, ...FLAG },
  { id: 0x02, name: 'messageExpiryInterval', type: 'u32', contexts: MESSAGE },
  { id: 0x03, name: 'contentType', type: 'string', contexts: MESSAGE },
  { id: 0x08, name: 'responseTopic', type: 'string', contexts: MESSAGE },
  { id: 0x09, name: 'correlationData', type: 'binary', contexts: MESSAGE },
  {
    id: 0x0b,
    name: 'subscriptionIdentifiers',
    type: 'vbi',
    contexts: ['PUBLISH', 'SUBSCRIBE'],
    repeats: ['PUBLISH'],
    min: 1,
    sender: { PUBLISH: 'server' },
  },
  {
    id: 0x11,
    name: 'sessionExpiryInterval',
    type: 'u32',
    contexts: ['CONNECT', 'CONNACK', 'DISCONNECT'],
    sender: { DISCONNECT: 'client' },
  },
  { id: 0x12, name: 'assignedClientIdentifier', type: 'string', contexts: ['CONNACK'] },
  { id: 0x13, name: 'serverKeepAlive', type: 'u16', contexts: ['CONNACK'] },
  { id: 0x15, name: 'authenticationMethod', type: 'string', contexts: ['CONNECT', 'CONNACK', 'AUTH'] },
  { id: 0x16, name: 'authenticationData', type: 'binary', contexts: ['CONNECT', 'CONNACK', 'AUTH'] },
  { id: 0x17, name: 'requestProblemInformation', type: 'byte', contexts: ['CONNECT'], ...FLAG },
  { id: 0x18, name: 'willDelayInterval', type: 'u32', contexts: ['WILL'] },
  { id: 0x19, name: 'requestResponseInformation', type: 'byte', contexts: ['CONNECT'], ...FLAG },
  { id: 0x1a, name: 'responseInformation', type: 'string', contexts: ['CONNACK'] },
  {
    id: 0x1c,
    name: 'serverReference',
    type: 'string',
    contexts: ['CONNACK', 'DISCONNECT'],
    sender: { DISCONNECT: 'server' },
  },
  { id: 0x1f, name: 'reasonString', type: 'string', contexts: REPLIES },
  { id: 0x21, name: 'receiveMaximum', type: 'u16', contexts: ['CONNECT', 'CONNACK'], min: 1 },
  { id: 0x22, name: 'topicAliasMaximum', type: 'u16', contexts: ['CONNECT', 'CONNACK'] },
  { id: 0x23, name: 'topicAlias', type: 'u16', contexts: ['PUBLISH'], min: 1 },
  { id: 0x24, name: 'maximumQos', type: 'byte', contexts: ['CONNACK'], ...FLAG },
  { id: 0x25, name: 'retainAvailable', type: 'byte', contexts: ['CONNACK'], ...FLAG },
  { id: 0x26, name: 'userProperties', type: 'pair', contexts: EVERYWHERE, repeats: EVERYWHERE },
  { id: 0x27, name: 'maximumPacketSize', type: 'u32', contexts: ['CONNECT', 'CONNACK'], min: 1 },
  { id: 0x28, name: 'wildcardSubscriptionAvailable', type: 'byte', contexts: ['CONNACK'], ...FLAG },
  { id: 0x29, name: 'subscriptionIdentifierAvailable', type: 'byte', contexts: ['CONNACK'], ...FLAG },
  { id: 0x2a, name: 'sharedSubscriptionAvailable', type: 'byte', contexts: ['CONNACK'], ...FLAG },
];

const byId: (PropertyRow | undefined)[] = [];
const byName: Record<string, PropertyRow> = {};
for (const row of PROPERTY_TABLE) {
  byId[row.id] = row;
  byName[row.name] = row;
}

/** By identifier; undefined for one that the standard doesn't have. */
export function propertyById(id: number): PropertyRow | undefined {
  return byId[id];
}

/** By its name in `Properties`. */
export function propertyByName(name: string): PropertyRow | undefined {
  return byName[name];
}
