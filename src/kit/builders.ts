/** Packets with the defaults of the well-behaved client; a case names only what it is about. */
import type { MqttVersion } from '#spec';
import type {
  Auth,
  Connect,
  Disconnect,
  PacketOf,
  PacketType,
  Properties,
  Publish,
  Subscribe,
  Subscription,
  Unsubscribe,
  Will,
} from '#wire';
import { utf8 } from './text.ts';

export type FilterInput = string | (Partial<Subscription> & { readonly filter: string });

/** Seconds (BROKERS.md, lesson 3: some brokers refuse 0). */
const KEEP_ALIVE = 60;

export function connect(
  version: MqttVersion,
  fields: Partial<Omit<Connect, 'type'>> & { readonly clientId: string },
): Connect {
  const level = version === '5.0' ? 5 : 4;
  return {
    type: 'CONNECT',
    protocolName: 'MQTT',
    protocolLevel: level,
    cleanStart: true,
    keepAlive: KEEP_ALIVE,
    ...fields,
  };
}

export function will(
  topic: string,
  payload: string | Uint8Array,
  more: Partial<Omit<Will, 'topic' | 'payload'>> = {},
): Will {
  return { topic, payload: octets(payload), qos: 0, retain: false, ...more };
}

export function publish(
  topic: string,
  payload: string | Uint8Array = '',
  more: Partial<Omit<Publish, 'type' | 'topic' | 'payload'>> = {},
): Publish {
  return { type: 'PUBLISH', topic, payload: octets(payload), qos: 0, retain: false, dup: false, ...more };
}

export function subscription(input: FilterInput): Subscription {
  const given = typeof input === 'string' ? { filter: input } : input;
  return { qos: 0, noLocal: false, retainAsPublished: false, retainHandling: 0, ...given };
}

export function subscribe(
  filters: FilterInput | readonly FilterInput[],
  packetId: number,
  properties?: Properties,
): Subscribe {
  const list = (Array.isArray(filters) ? filters : [filters]) as readonly FilterInput[];
  return {
    type: 'SUBSCRIBE',
    packetId,
    subscriptions: list.map(subscription),
    ...(properties === undefined ? {} : { properties }),
  };
}

export function unsubscribe(
  filters: string | readonly string[],
  packetId: number,
  properties?: Properties,
): Unsubscribe {
  const list = typeof filters === 'string' ? [filters] : filters;
  return { type: 'UNSUBSCRIBE', packetId, filters: list, ...(properties === undefined ? {} : { properties }) };
}

export function disconnect(reasonCode = 0, properties?: Properties): Disconnect {
  return { type: 'DISCONNECT', reasonCode, ...(properties === undefined ? {} : { properties }) };
}

export function auth(reasonCode: number, properties?: Properties): Auth {
  return { type: 'AUTH', reasonCode, ...(properties === undefined ? {} : { properties }) };
}

type Reply = Extract<PacketType, 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP'>;

export function reply<T extends Reply>(type: T, packetId: number, reasonCode = 0): PacketOf<T> {
  return { type, packetId, reasonCode } as PacketOf<T>;
}

export const octets = (payload: string | Uint8Array): Uint8Array =>
  typeof payload === 'string' ? utf8(payload) : payload;
