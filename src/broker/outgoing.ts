/** PUBLISH packets on their way out: expiry, topic aliases, the client's Maximum Packet Size. */
import { encode } from '#wire';
import type { Publish } from '#wire';
import type { About } from './alteration.ts';
import { send } from './context.ts';
import type { Context } from './context.ts';
import { publishOf } from './fan-out.ts';
import type { FanOut } from './fan-out.ts';
import type { Message } from './message.ts';
import type { Connection } from './state.ts';
import type { Why } from './why.ts';

/** Whether a message has expired before its delivery began (5.0 §3.3.2.3.3). */
export function isPast(context: Context, message: Message, about: About): boolean {
  if (message.expiresAt === undefined) return false;
  return context.gate.decide('deliver.expired', message.expiresAt <= context.clock.now(), about);
}

/** Whole seconds that are left of the Message Expiry Interval. */
export function expiryLeft(context: Context, message: Message, about: About): number | undefined {
  if (message.expiresAt === undefined) return undefined;
  const left = Math.max(0, Math.ceil((message.expiresAt - context.clock.now()) / 1000));
  return context.gate.decide('deliver.expiry-left', left, about);
}

/** QoS 0 to one of many: the bytes are shared where nothing is this client's own. */
export function sendShared(context: Context, connection: Connection, fan: FanOut, retain: boolean, why: Why): void {
  const { gate, limits, cause } = context;
  const { message } = fan;
  if (isPast(context, message, connection)) return;
  if (connection.sink.buffered > limits.sendBufferBytes) {
    gate.emit({ kind: 'message-dropped', clientId: connection.clientId, message, why: 'full', cause });
    return;
  }
  const dup = gate.decide('deliver.dup', false, connection);
  if (dup || connection.topicAliasMaximum > 0 || gate.altered) {
    return sendPublish(context, connection, { ...message, qos: 0, retain }, why, dup);
  }
  const shared = fan.plain(connection.version, retain, expiryLeft(context, message, connection));
  if (shared.bytes.length > connection.maximumPacketSize) {
    if (gate.decide('deliver.too-large', 'dropped', connection) === 'dropped')
      return drop(context, connection, message);
  }
  send(context, connection, shared.packet, why, message, shared);
}

export function sendPublish(
  context: Context,
  connection: Connection,
  message: Message,
  why: Why,
  dup = context.gate.decide('deliver.dup', false, connection),
): void {
  const { qos, retain, identifiers } = message;
  const left = expiryLeft(context, message, connection);
  const packet = publishOf(message, { qos, retain, dup, identifiers, expiryLeft: left });
  if (!fits(context, connection, packet)) return drop(context, connection, message);
  send(context, connection, aliased(context, connection, packet), why, message);
}

/** A packet above the client's Maximum Packet Size is dropped as if it had been sent (5.0 §3.1.2.11.4). */
export function fits(context: Context, connection: Connection, packet: Publish): boolean {
  if (connection.maximumPacketSize === Infinity) return true;
  const { length } = encode(packet, connection.version);
  if (length <= connection.maximumPacketSize) return true;
  return context.gate.decide('deliver.too-large', 'dropped', connection) === 'sent';
}

export function drop(context: Context, connection: Connection, message: Message): void {
  const { gate, cause } = context;
  gate.emit({
    kind: 'message-dropped',
    clientId: connection.clientId,
    connection: connection.connection,
    message,
    why: 'too-large',
    cause,
  });
}

/** Replaces the topic by an alias: named with it the first time, alone from then on (5.0 §3.3.2.3.4). */
export function aliased(context: Context, connection: Connection, packet: Publish): Publish {
  const { gate, cause } = context;
  if (!connection.v5) return packet;
  const use = gate.decide('deliver.alias', connection.topicAliasMaximum > 0 ? 'where-allowed' : 'never', connection);
  if (use === 'never') return packet;
  const known = connection.aliasesOut.get(packet.topic);
  if (known !== undefined) return { ...packet, topic: '', properties: { ...packet.properties, topicAlias: known } };
  const alias = connection.aliasesOut.size + 1;
  if (alias > connection.topicAliasMaximum && use !== 'always') return packet;
  const named = { ...packet, properties: { ...packet.properties, topicAlias: alias } };
  // The alias makes this one packet longer: not beyond what the client takes.
  if (connection.maximumPacketSize !== Infinity && encode(named, '5.0').length > connection.maximumPacketSize)
    return packet;
  gate.emit({
    kind: 'alias-assigned',
    connection: connection.connection,
    alias,
    topic: packet.topic,
    why: 'route',
    cause,
  });
  return named;
}
