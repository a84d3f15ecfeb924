/** Matchers of MQTT packets: type, topic and packet identifier address; everything else judges. */
import { describe, type PacketOf, type PacketType, type Properties } from '#wire';
import type { Inbound } from '#net';
import { octets } from './builders.ts';
import { judgeField, printExpected, type Expected, type Matcher } from './matcher.ts';

type Fields<T extends PacketType> = {
  readonly [K in Exclude<keyof PacketOf<T>, 'type' | 'properties'>]?: Expected<NonNullable<PacketOf<T>[K]>>;
} & { readonly properties?: { readonly [P in keyof Properties]?: Expected<NonNullable<Properties[P]>> } };

export type PacketExpectation<T extends PacketType> = Fields<T>;

/** Fields that say which packet is meant. */
const ADDRESS: { readonly [T in PacketType]?: readonly string[] } = {
  PUBLISH: ['topic'],
  PUBACK: ['packetId'],
  PUBREC: ['packetId'],
  PUBREL: ['packetId'],
  PUBCOMP: ['packetId'],
  SUBACK: ['packetId'],
  UNSUBACK: ['packetId'],
};

export function packetMatcher<T extends PacketType>(
  type: T,
  expected: PacketExpectation<T> = {},
  addressing: readonly string[] = ADDRESS[type] ?? [],
): Matcher {
  const { properties, ...fields } = expected as Record<string, unknown> & { properties?: Record<string, unknown> };
  const wrongIn = (event: Inbound, names: readonly string[]): string[] => {
    if (event.kind !== 'packet') return [];
    const packet = event.packet as unknown as Record<string, unknown>;
    return names.flatMap((name) => judgeField(name, fields[name], packet[name]) ?? []);
  };
  const given = Object.keys(fields);
  return {
    claims: (event) =>
      event.kind === 'packet' &&
      event.packet.type === type &&
      wrongIn(
        event,
        given.filter((n) => addressing.includes(n)),
      ).length === 0,
    judge: (event) => {
      if (event.kind !== 'packet') return `not a ${type}`;
      const wrong = wrongIn(
        event,
        given.filter((name) => !addressing.includes(name)),
      );
      const actual = (event.packet as { properties?: Record<string, unknown> }).properties ?? {};
      for (const [name, value] of Object.entries(properties ?? {})) {
        const message = judgeField(name, value, actual[name]);
        if (message !== undefined) wrong.push(message);
      }
      return wrong.length === 0 ? undefined : `${describe(event.packet)}: ${wrong.join('; ')}`;
    },
    print: () => [type, ...printFields(fields), ...printFields(properties ?? {})].join(' '),
  };
}

function printFields(fields: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(fields).map(([name, value]) => `${name}=${printExpected(value)}`);
}

export const connack = (expected?: PacketExpectation<'CONNACK'>): Matcher => packetMatcher('CONNACK', expected);
/** `topic` addresses; payload, QoS, flags and properties are judged. */
export const publish = (expected?: PacketExpectation<'PUBLISH'>): Matcher => packetMatcher('PUBLISH', expected);
/** A PUBLISH that is told from others of its topic by its payload, for lanes in which several travel. */
export const message = (topic: string, payload: string | Uint8Array, more?: PacketExpectation<'PUBLISH'>): Matcher =>
  packetMatcher('PUBLISH', { ...more, topic, payload: octets(payload) }, ['topic', 'payload']);
export const puback = (expected?: PacketExpectation<'PUBACK'>): Matcher => packetMatcher('PUBACK', expected);
export const pubrec = (expected?: PacketExpectation<'PUBREC'>): Matcher => packetMatcher('PUBREC', expected);
export const pubrel = (expected?: PacketExpectation<'PUBREL'>): Matcher => packetMatcher('PUBREL', expected);
export const pubcomp = (expected?: PacketExpectation<'PUBCOMP'>): Matcher => packetMatcher('PUBCOMP', expected);
export const suback = (expected?: PacketExpectation<'SUBACK'>): Matcher => packetMatcher('SUBACK', expected);
export const unsuback = (expected?: PacketExpectation<'UNSUBACK'>): Matcher => packetMatcher('UNSUBACK', expected);
export const pingresp = (): Matcher => packetMatcher('PINGRESP');
export const disconnect = (expected?: PacketExpectation<'DISCONNECT'>): Matcher =>
  packetMatcher('DISCONNECT', expected);
export const auth = (expected?: PacketExpectation<'AUTH'>): Matcher => packetMatcher('AUTH', expected);
