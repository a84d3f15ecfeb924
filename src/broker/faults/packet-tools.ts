/** What faults of the MQTT chapters are made of. */
import { encode, fieldsOf, mutations } from '#wire';
import type { Packet, PacketOf, PacketType, Properties, Publish, Will } from '#wire';
import type { About, Alteration } from '../alteration.ts';
import type { Cause, Effect, EffectKind, EffectOf, StoredSubscription } from '../effects.ts';
import { on } from './framing-tools.ts';

export { on };

type SentOf<T extends PacketType> = EffectOf<'send'> & { readonly packet: PacketOf<T> };

/** Rewrites the sending of packets of one type; the others pass. */
export function onSend<T extends PacketType>(
  type: T,
  instead: (sent: SentOf<T>, about: About) => readonly Effect[],
): Alteration {
  return on('send', (sent, about) => (sent.packet.type === type ? instead(sent as SentOf<T>, about) : [sent]));
}

/** Packets of one type leave changed; what `change` leaves as it is passes. */
export function changeSent<T extends PacketType>(
  type: T,
  change: (packet: PacketOf<T>, sent: SentOf<T>, about: About) => Packet,
): Alteration {
  return onSend(type, (sent, about) => {
    const packet = change(sent.packet, sent, about);
    return [packet === sent.packet ? sent : { ...sent, packet }];
  });
}

export function dropSent<T extends PacketType>(
  type: T,
  which: (packet: PacketOf<T>, sent: SentOf<T>, about: About) => boolean = () => true,
): Alteration {
  return onSend(type, (sent, about) => (which(sent.packet, sent, about) ? [] : [sent]));
}

export const doubleSent = (type: PacketType): Alteration => onSend(type, (sent) => [sent, sent]);

/** The bytes of one packet leave changed, whatever the codec would write. */
export function changeBytes<T extends PacketType>(
  type: T,
  change: (bytes: Uint8Array, about: About, packet: PacketOf<T>) => Uint8Array,
): Alteration {
  return onSend(type, (sent, about) => {
    const version = about.version ?? '3.1.1';
    const plain = encode(sent.packet, version);
    const bytes = change(plain, about, sent.packet);
    return [bytes === plain ? sent : { ...sent, shared: { packet: sent.packet, bytes } }];
  });
}

/** Effects of one kind do not happen. */
export function never<K extends EffectKind>(
  kind: K,
  which: (effect: EffectOf<K>, about: About) => boolean = () => true,
): Alteration {
  return on(kind, (effect, about) => (which(effect, about) ? [] : [effect]));
}

export const later = (effect: Effect, ms: number): Effect => ({
  kind: 'delayed',
  ms,
  effect,
  why: effect.why,
  cause: effect.cause,
});

/** The properties without some. */
export function without(properties: Properties | undefined, ...names: readonly (keyof Properties)[]): Properties {
  return Object.fromEntries(
    Object.entries(properties ?? {}).filter(([name]) => !names.includes(name as keyof Properties)),
  );
}

/** A delivery with other properties. */
export function changeProperties(change: (properties: Properties, packet: Publish) => Properties): Alteration {
  return changeSent('PUBLISH', (packet) => {
    if (packet.properties === undefined) return packet;
    const properties = change(packet.properties, packet);
    return properties === packet.properties ? packet : { ...packet, properties };
  });
}

/** A violation that breaks this requirement. */
export const breaks = (about: About, requirement: string): boolean =>
  about.violation?.requirements.some((key) => key.endsWith(requirement)) === true;

/** Only some of the properties. */
export const only = (properties: Properties, ...names: readonly (keyof Properties)[]): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => names.includes(name as keyof Properties)));

/** Deliveries leave changed by what the publisher's packet held; wills and the server's own messages pass. */
export function changeMessages(
  change: (packet: Publish, source: Publish, sent: SentOf<'PUBLISH'>) => Publish,
): Alteration {
  return changeSent('PUBLISH', (packet, sent) => {
    const source = sent.message?.source;
    return source === undefined ? packet : change(packet, source, sent);
  });
}

/** Acknowledgements of a client's messages leave with another identifier. */
export function changeAcks(change: (packetId: number) => number): Alteration {
  return on('send', (sent) => {
    const { packet } = sent;
    const isAck = packet.type === 'PUBACK' || packet.type === 'PUBREC' || packet.type === 'PUBCOMP';
    return [isAck ? { ...sent, packet: { ...packet, packetId: change(packet.packetId) } } : sent];
  });
}

/** Subscriptions are stored as something else than was asked for. */
export const changeSubscriptions = (change: (one: StoredSubscription) => StoredSubscription): Alteration =>
  on('subscription-added', (effect) => {
    const subscription = change(effect.subscription);
    return [subscription === effect.subscription ? effect : { ...effect, subscription }];
  });

/** A shared subscription as an ordinary one to the topic that its filter spells. */
export function plain({ shareName: _shareName, ...one }: StoredSubscription): StoredSubscription {
  return { ...one, pattern: one.filter };
}

/** Wills are stored as something else than CONNECT held. */
export const changeWills = (change: (will: Will) => Will): Alteration =>
  on('will-stored', (effect) => {
    const will = change(effect.will);
    return [will === effect.will ? effect : { ...effect, will }];
  });

/** An acknowledgement that says that the client did not take the message. */
export const isFailure = (packet: Packet | undefined): boolean =>
  (packet?.type === 'PUBACK' || packet?.type === 'PUBREC') && packet.reasonCode >= 0x80;

/** Whole packets whose remaining length is the first that needs one byte more. */
export const isBoundary = (size: number): boolean => [128 + 3, 16_384 + 4, 2_097_152 + 5].includes(size);

const MANY = 1000;

const endOf = (connection: number, cause: Cause): Effect => ({
  kind: 'end',
  connection,
  reason: { kind: 'server-error' },
  why: 'violation',
  cause,
});

/** The ends of the connections around this one. */
export function others({ connection, cause }: EffectOf<'end'>): readonly Effect[] {
  const first = Math.max(1, connection - MANY / 2);
  const numbers = Array.from({ length: MANY }, (_, i) => first + i).filter((number) => number !== connection);
  return numbers.map((number) => endOf(number, cause));
}

/** As if the process had died: the ends of all connections there are. */
export const endOfAll = (cause: Cause): readonly Effect[] =>
  Array.from({ length: MANY }, (_, i) => endOf(i + 1, cause));

/** The client's quota is used up for good. */
export function blocked({ connection, cause }: EffectOf<'message-dropped'>): readonly Effect[] {
  if (connection === undefined) return [];
  return Array.from({ length: 1000 }, () => ({ kind: 'quota-taken', connection, why: 'too-large', cause }) as const);
}

export function closed({ connection, cause }: EffectOf<'message-dropped'>): readonly Effect[] {
  if (connection === undefined) return [];
  return [{ kind: 'end', connection, reason: { kind: 'too-large' }, why: 'too-large', cause }];
}

/** An acknowledgement of a client's message erases the delivery to the client that has the same identifier. */
export function forgetsDelivery(sent: EffectOf<'send'>, { clientId }: About): readonly Effect[] {
  const { packet, cause } = sent;
  if ((packet.type !== 'PUBACK' && packet.type !== 'PUBREC') || clientId === undefined) return [sent];
  return [sent, { kind: 'delivery-closed', clientId, packetId: packet.packetId, why: 'acknowledged', cause }];
}

/** Bits of the first byte set. */
export const firstByte = (bytes: Uint8Array, bits: number): Uint8Array =>
  bytes.map((byte, i) => (i === 0 ? byte | bits : byte));

/** Another last byte in the topic of a PUBLISH. */
export const lastOfTopic =
  (instead: number) =>
  (bytes: Uint8Array, { version = '3.1.1' }: About, packet: Publish): Uint8Array => {
    if (packet.topic === '') return bytes;
    const { offset, length } = fieldsOf(bytes, version).find(({ name }) => name === 'publish.topic') ?? NOWHERE;
    return bytes.map((byte, i) => (i === offset + length - 1 ? instead : byte));
  };

/** A delivery that uses a topic alias uses another one. */
export const withAlias =
  (alias: number) =>
  (bytes: Uint8Array, _about: About, packet: Publish): Uint8Array =>
    packet.properties?.topicAlias === undefined
      ? bytes
      : mutations.withPropertyValue(bytes, 'publish', 'topicAlias', Uint8Array.of(alias >> 8, alias & 0xff)).bytes;

const NOWHERE = { offset: 0, length: 0 };
