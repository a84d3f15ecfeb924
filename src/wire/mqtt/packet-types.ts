import type { Sender } from './codec.ts';
import type { PacketType } from './packets.ts';

/** By the upper half of the first byte (§2.1.2). 0 is reserved. */
export const PACKET_TYPES = [
  undefined,
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'AUTH',
] as const satisfies readonly (PacketType | undefined)[];

/** The number of each type. */
export const TYPE_NUMBER = Object.fromEntries(PACKET_TYPES.map((type, number) => [type, number])) as Readonly<
  Record<PacketType, number>
>;

/** Who sends it, where only one side does. A DISCONNECT from a server is 5.0 only. */
export const ONLY_FROM: { readonly [T in PacketType]?: Sender } = {
  CONNECT: 'client',
  CONNACK: 'server',
  SUBSCRIBE: 'client',
  SUBACK: 'server',
  UNSUBSCRIBE: 'client',
  UNSUBACK: 'server',
  PINGREQ: 'client',
  PINGRESP: 'server',
};

/** How the names of a packet's fields begin: 'connect.'. */
export const FIELD_PREFIX = Object.fromEntries(
  PACKET_TYPES.map((type) => [type, `${type?.toLowerCase()}.`]),
) as Readonly<Record<PacketType, string>>;
