/** PUBLISH from a client (§3.3). */
import type { Puback, Publish, Pubrec } from '#wire';
import { mayPublishTo } from './access.ts';
import { send } from './context.ts';
import type { Context } from './context.ts';
import { violate } from './ending.ts';
import { ownBytes } from './message.ts';
import type { Message } from './message.ts';
import { explained } from './reason-string.ts';
import { accept, forwarded } from './routing.ts';
import type { Connection } from './state.ts';

export function handlePublish(context: Context, connection: Connection, packet: Publish): void {
  const { gate, limits } = context;
  const topic = resolveTopic(context, connection, packet);
  if (topic === undefined) return;
  connection.topic = topic;
  // Only a 5.0 client was told in CONNACK; 3.1.1 knows no such limits.
  if (connection.v5 && packet.qos > limits.maximumQos && gate.enforces('publish.qos-maximum', connection)) {
    return violate(context, connection, 0x9b, `QoS ${packet.qos} is above the Maximum QoS ${limits.maximumQos}`);
  }
  if (
    connection.v5 &&
    packet.retain &&
    !limits.retainAvailable &&
    gate.enforces('publish.retain-available', connection)
  ) {
    return violate(context, connection, 0x9a, 'retained messages are not available');
  }
  const { packetId } = packet;
  if (packet.qos !== 2 || packetId === undefined) {
    const code = take(context, connection, messageOf(context, connection, packet, topic));
    if (packet.qos > 0 || gate.decide('publish.qos0-acknowledged', false, connection))
      reply(context, connection, packet, code);
    return;
  }
  const isOpen = connection.session?.inbound.has(packetId) === true;
  if (gate.decide('publish.qos2-duplicate', isOpen, connection))
    return reply(context, connection, packet, gate.decide('publish.in-use', 0x00, connection));
  connection.exceeding = connection.receiving.size >= limits.receiveMaximum;
  if (connection.v5 && connection.exceeding) {
    if (gate.enforces('publish.receive-maximum', connection)) {
      return violate(context, connection, 0x93, `more than ${limits.receiveMaximum} messages are open`);
    }
  }
  receiveQos2(context, connection, packet, packetId, topic);
}

/** Method B of §4.3.3 forwards now and keeps the identifier; method A keeps the message until PUBREL. */
function receiveQos2(context: Context, connection: Connection, packet: Publish, packetId: number, topic: string): void {
  const { gate, cause } = context;
  const { clientId } = connection;
  const message = messageOf(context, connection, packet, topic);
  const now = gate.decide('publish.qos2-forwarded', 'at-publish', connection) === 'at-publish';
  let code = 0;
  if (now) code = take(context, connection, message);
  else if (!mayPublish(context, connection, topic)) code = refusal(topic);
  if (code < 0x80) {
    const opened = { kind: 'inbound-opened', clientId, packetId, why: 'unacknowledged', cause } as const;
    gate.emit(now ? opened : { ...opened, message });
  }
  reply(context, connection, packet, code);
}

/** The topic of the packet or of its alias; undefined where the connection ended, or nothing is known by the alias. */
function resolveTopic(context: Context, connection: Connection, packet: Publish): string | undefined {
  const { gate, limits, cause } = context;
  const alias = connection.v5 ? packet.properties?.topicAlias : undefined;
  if (alias === undefined) return packet.topic;
  if (alias > limits.topicAliasMaximum && gate.enforces('publish.alias-maximum', connection)) {
    violate(context, connection, 0x94, `topic alias ${alias} is above ${limits.topicAliasMaximum}`);
    return undefined;
  }
  const known = connection.aliasesIn.get(alias);
  if (packet.topic !== '') {
    const keeps = known !== undefined && gate.decide('alias.topic', 'newest', connection) === 'first';
    if (!keeps) {
      const { topic } = packet;
      gate.emit({ kind: 'alias-defined', connection: connection.connection, alias, topic, why: 'reply', cause });
    }
    return packet.topic;
  }
  if (known !== undefined) return known;
  if (gate.enforces('publish.alias-unknown', connection)) {
    violate(context, connection, 0x82, `topic alias ${alias} stands for nothing`);
    return undefined;
  }
  if (packet.qos > 0) reply(context, connection, packet, 0);
  return undefined;
}

function messageOf(context: Context, connection: Connection, packet: Publish, topic: string): Message {
  const { qos, retain, properties } = packet;
  const payload = qos > 0 || retain ? ownBytes(packet.payload) : packet.payload;
  const source = payload === packet.payload ? packet : { ...packet, payload };
  const message = { topic, payload, qos, retain, from: connection.clientId, source };
  if (properties === undefined || !connection.v5) return message;
  const asked = properties.messageExpiryInterval;
  const seconds = asked === undefined ? -1 : context.gate.decide('publish.expiry', asked, connection);
  const kept = forwarded(properties);
  return seconds < 0
    ? { ...message, properties: kept }
    : { ...message, properties: kept, expiresAt: context.clock.now() + seconds * 1000 };
}

/** Hands the message on, if the client may send it; gives the reason code. */
function take(context: Context, connection: Connection, message: Message): number {
  if (!mayPublish(context, connection, message.topic)) return refusal(message.topic);
  const matched = accept(context, message, 'route', connection);
  return matched === 0 ? context.gate.decide('publish.no-subscribers', 0x00, connection) : 0x00;
}

/** `$` topics are the server's own (§4.7.2). */
function mayPublish(context: Context, connection: Connection, topic: string): boolean {
  const { gate } = context;
  if (topic.startsWith('$') && gate.enforces('publish.server-topic', connection)) return false;
  return gate.decide('publish.permitted', mayPublishTo(connection, topic), connection);
}

const refusal = (topic: string): number => (topic.startsWith('$') ? 0x90 : 0x87);

function reply(context: Context, connection: Connection, packet: Publish, reasonCode: number): void {
  const { gate } = context;
  const how = gate.decide('publish.reply', 'by-qos', connection);
  if (how === 'none') return;
  const type = packet.qos === 2 && how === 'by-qos' ? 'PUBREC' : 'PUBACK';
  const answer: Puback | Pubrec = { type, packetId: packet.packetId ?? 0, reasonCode };
  const explains =
    connection.v5 &&
    reasonCode >= 0x80 &&
    gate.decide('connect.problem-information', connection.problemInformation, connection);
  const full = explains ? explained(connection, answer, 'the client may not publish to this topic') : answer;
  send(context, connection, full, 'reply');
}
