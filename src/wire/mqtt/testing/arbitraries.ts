import fc from 'fast-check';
import type { MqttVersion } from '#spec';
import type { Packet } from '../packets.ts';
import { PROPERTY_TABLE, type PropertyContext, type PropertyRow } from '../property-table.ts';
import { reasonCodesOf, type CodedType } from '../reason-codes.ts';

/** Well-formed text without U+0000, of every length of code point. */
const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.replaceAll('\0', ''));
const topic = text.map((value) => value.replaceAll(/[+#]/g, '') || 't');
const data = fc.uint8Array({ maxLength: 20 });
const packetId = fc.integer({ min: 1, max: 65_535 });
const qos = fc.constantFrom(0 as const, 1 as const, 2 as const);
const filter = fc.constantFrom('#', '+', 'a/+/b', '/', 'a b/#', '+/é/#', '$share/g/a', '$SYS/#');

/** Only what the sender may send. */
const SENT_BY_SERVER: Partial<Record<PropertyContext, readonly string[]>> = {
  PUBLISH: ['subscriptionIdentifiers'],
  DISCONNECT: ['serverReference'],
};

function value(row: PropertyRow, context: PropertyContext): fc.Arbitrary<unknown> {
  const one = single(row);
  if (row.repeats === undefined) return one;
  return fc.array(one, { minLength: 1, maxLength: row.repeats.includes(context) ? 3 : 1 });
}

function single({ type, name, min = 0, max }: PropertyRow): fc.Arbitrary<unknown> {
  const number = (limit: number) => fc.integer({ min, max: max ?? limit });
  if (name === 'responseTopic') return topic;
  if (type === 'byte') return number(255);
  if (type === 'u16') return number(65_535);
  if (type === 'u32') return number(0xffff_ffff);
  if (type === 'vbi') return number(268_435_455);
  if (type === 'binary') return data;
  return type === 'string' ? text : fc.tuple(text, text);
}

/** Absent, or at least one property; none that the other side would have to send. */
function properties(context: PropertyContext, version: MqttVersion, always: readonly string[] = []) {
  if (version === '3.1.1') return fc.constant({});
  const not = SENT_BY_SERVER[context] ?? [];
  const rows = PROPERTY_TABLE.filter(({ name, contexts }) => contexts.includes(context) && !not.includes(name));
  return fc
    .record(Object.fromEntries(rows.map((row) => [row.name, value(row, context)])), { requiredKeys: [...always] })
    .map((all) => (Object.keys(all).length === 0 ? {} : { properties: all }));
}

const code = (type: CodedType, version: MqttVersion) => fc.constantFrom(...reasonCodesOf(type, version));

/** Any valid packet that a client or, where only servers send it, a server may send. */
export function packets(version: MqttVersion): fc.Arbitrary<Packet> {
  const five = version === '5.0';
  const message = fc.tuple(topic, fc.uint8Array({ maxLength: 300 }), qos, fc.boolean());
  const will = fc
    .tuple(message, properties('WILL', version))
    .map(([[name, payload, level, retain], more]) => ({ topic: name, payload, qos: level, retain, ...more }));
  const connect = fc
    .record(
      { clientId: text, keepAlive: fc.nat(65_535), cleanStart: fc.boolean(), will, username: text, password: data },
      { requiredKeys: ['clientId', 'keepAlive', 'cleanStart'] },
    )
    .chain((fields) => properties('CONNECT', version, ['authenticationMethod']).map((more) => ({ ...fields, ...more })))
    .map(({ password, ...rest }) => ({
      type: 'CONNECT' as const,
      protocolName: 'MQTT',
      protocolLevel: five ? 5 : 4,
      ...rest,
      ...(password !== undefined && (five || rest.username !== undefined) ? { password } : {}),
    }));
  const publish = fc
    .tuple(message, packetId, fc.boolean(), properties('PUBLISH', version))
    .map(([[name, payload, level, retain], id, dup, more]) => ({
      type: 'PUBLISH' as const,
      topic: name,
      payload,
      qos: level,
      retain,
      dup: dup && level > 0,
      ...(level > 0 ? { packetId: id } : {}),
      ...more,
    }));
  const reply = (type: 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP') =>
    fc
      .tuple(packetId, five ? code(type, version) : fc.constant(0), properties(type, version))
      .map(([id, reasonCode, more]) => ({ type, packetId: id, reasonCode, ...more }));
  const subscription = fc
    .record({ filter, qos, noLocal: fc.boolean(), retainAsPublished: fc.boolean(), retainHandling: qos })
    .map((each) =>
      five
        ? { ...each, noLocal: each.noLocal && !each.filter.startsWith('$share') }
        : { ...each, noLocal: false, retainAsPublished: false, retainHandling: 0 as const },
    );
  const listOf = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 4 });
  const subscribe = fc
    .tuple(packetId, listOf(subscription), properties('SUBSCRIBE', version))
    .map(([id, subscriptions, more]) => ({ type: 'SUBSCRIBE' as const, packetId: id, subscriptions, ...more }));
  const unsubscribe = fc
    .tuple(packetId, listOf(filter), properties('UNSUBSCRIBE', version))
    .map(([id, filters, more]) => ({ type: 'UNSUBSCRIBE' as const, packetId: id, filters, ...more }));
  const acknowledgement = (type: 'SUBACK' | 'UNSUBACK') =>
    fc.tuple(packetId, listOf(code(type, version)), properties(type, version)).map(([id, codes, more]) => ({
      type,
      packetId: id,
      reasonCodes: five || type === 'SUBACK' ? codes : [],
      ...more,
    }));
  const connack = fc
    .tuple(code('CONNACK', version), fc.boolean(), properties('CONNACK', version))
    .map(([reasonCode, present, more]) => ({
      type: 'CONNACK' as const,
      sessionPresent: present && reasonCode === 0,
      reasonCode,
      ...more,
    }));
  const disconnect = fc
    .tuple(five ? fc.constantFrom(0, 4, 0x81, 0x82, 0x93) : fc.constant(0), properties('DISCONNECT', version))
    .map(([reasonCode, more]) => ({ type: 'DISCONNECT' as const, reasonCode, ...more }));
  const auth = fc
    .tuple(fc.constantFrom(0x18, 0x19), properties('AUTH', version, ['authenticationMethod']))
    .map(([reasonCode, more]) => ({ type: 'AUTH' as const, reasonCode, ...more }));
  const pings = fc.constantFrom({ type: 'PINGREQ' as const }, { type: 'PINGRESP' as const });
  const all: fc.Arbitrary<Packet>[] = [connect, publish, subscribe, unsubscribe, connack, disconnect, pings];
  for (const type of ['PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'] as const) all.push(reply(type));
  all.push(acknowledgement('SUBACK'), acknowledgement('UNSUBACK'));
  if (five) all.push(auth);
  return fc.oneof(...all);
}
