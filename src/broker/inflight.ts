/** QoS 1 and 2 deliveries: opened within the client's quota, kept until they are acknowledged, repeated on a new connection (§4.4). */
import { send } from './context.ts';
import type { Context } from './context.ts';
import { publishOf } from './fan-out.ts';
import type { Message } from './message.ts';
import { aliased, drop, expiryLeft, fits, isPast, sendPublish } from './outgoing.ts';
import type { Connection, Delivery, Session } from './state.ts';
import type { Why } from './why.ts';

export const canOpen = (connection: Connection): boolean => connection.quota > 0 && connection.resend.length === 0;

/** Opens a delivery; the caller has seen that the quota allows it. */
export function open(context: Context, session: Session, connection: Connection, message: Message, why: Why): void {
  const { gate, cause } = context;
  const { clientId } = session;
  const packetId = nextId(context, session, connection);
  const { qos, retain, identifiers } = message;
  const dup = gate.decide('deliver.dup', false, connection);
  const left = expiryLeft(context, message, connection);
  const packet = publishOf(message, { qos, retain, dup, packetId, identifiers, expiryLeft: left });
  if (!fits(context, connection, packet)) return drop(context, connection, message);
  session.lastId = packetId;
  gate.emit({ kind: 'delivery-opened', clientId, packet, message, why, cause });
  gate.emit({ kind: 'quota-taken', connection: connection.connection, why, cause });
  send(context, connection, aliased(context, connection, packet), why, message);
  const again = gate.decide('deliver.retransmission', 0, connection);
  if (again > 0) {
    const timer = 'retransmission';
    gate.emit({ kind: 'timer-set', timer, connection: connection.connection, ms: again, why: 'unacknowledged', cause });
  }
}

/** The next Packet Identifier that is free; at most 65,535 are open because the quota is never larger. */
function nextId(context: Context, session: Session, connection: Connection): number {
  let id =
    session.lastId === 0 ? context.gate.decide('deliver.first-id', 1, connection) : (session.lastId % 65_535) + 1;
  while (session.outbound.has(id)) id = (id % 65_535) + 1;
  return id;
}

/** On a new connection: everything open is to be repeated, in the order it was sent. */
export function resume(context: Context, session: Session, connection: Connection): void {
  const ids = [...session.outbound.keys()];
  const reversed = context.gate.decide('resend.order', 'as-sent', connection) === 'reversed';
  connection.resend = reversed ? ids.toReversed() : ids;
  pump(context, session, connection);
}

/** Sends what waits, as far as quota and buffer allow: first what is repeated, then the queue. */
export function pump(context: Context, session: Session, connection: Connection): void {
  const { gate, limits } = context;
  while (connection.phase === 'connected' && connection.sink.buffered <= limits.sendBufferBytes) {
    const packetId = connection.resend[0];
    if (packetId !== undefined) {
      const delivery = session.outbound.get(packetId);
      // A PUBREL takes no quota; a PUBLISH waits for it.
      if (delivery?.stage === 'publish' && connection.quota <= 0) break;
      connection.resend.shift();
      if (delivery !== undefined) repeat(context, session, connection, packetId, delivery);
      continue;
    }
    const order = gate.decide('deliver.queue-order', 'first-in', connection);
    const next = takeNext(session, connection.quota > 0, order === 'last-in');
    if (next === undefined) break;
    if (isPast(context, next, connection)) continue;
    if (next.qos === 0) sendPublish(context, connection, next, 'queued');
    else open(context, session, connection, next, 'queued');
  }
}

/** The next message in the queue; where the quota is used up, QoS 0 passes the others. */
function takeNext(session: Session, hasQuota: boolean, fromEnd: boolean): Message | undefined {
  const { queue } = session;
  const next = hasQuota
    ? fromEnd
      ? queue.pop()
      : queue.shift()
    : session.queuedQos0 > 0
      ? queue.take(({ qos }) => qos === 0)
      : undefined;
  if (next === undefined) return undefined;
  session.queuedBytes -= next.payload.length;
  if (next.qos === 0) session.queuedQos0 -= 1;
  return next;
}

function repeat(
  context: Context,
  session: Session,
  connection: Connection,
  packetId: number,
  delivery: Delivery,
): void {
  const { gate, cause } = context;
  const { clientId } = session;
  const stage = gate.decide('resend.stage', 'as-left', connection);
  if (stage === 'none') return;
  const asPubrel = stage === 'pubrel' || (stage === 'as-left' && delivery.stage === 'pubrel');
  if (asPubrel) return send(context, connection, { type: 'PUBREL', packetId, reasonCode: 0 }, 'resend');
  let packet = { ...delivery.packet, dup: gate.decide('resend.dup', true, connection) };
  const left = expiryLeft(context, delivery.message, connection);
  if (left !== undefined) packet = { ...packet, properties: { ...packet.properties, messageExpiryInterval: left } };
  if (gate.decide('resend.id', 'same', connection) === 'new') {
    packet = { ...packet, packetId: nextId(context, session, connection) };
    session.lastId = packet.packetId ?? 0;
    gate.emit({ kind: 'delivery-closed', clientId, packetId, why: 'resend', cause });
    gate.emit({ kind: 'delivery-opened', clientId, packet, message: delivery.message, why: 'resend', cause });
  }
  if (!fits(context, connection, packet)) {
    gate.emit({ kind: 'delivery-closed', clientId, packetId, why: 'too-large', cause });
    return;
  }
  gate.emit({ kind: 'quota-taken', connection: connection.connection, why: 'resend', cause });
  send(context, connection, aliased(context, connection, packet), 'resend', delivery.message);
}

/** Only alterations set the timer: a live connection repeats nothing (5.0 §4.4). */
export function retransmit(context: Context, session: Session, connection: Connection): void {
  for (const [packetId, { stage, packet }] of session.outbound) {
    if (stage === 'publish') send(context, connection, { ...packet, dup: true }, 'unacknowledged');
    else send(context, connection, { type: 'PUBREL', packetId, reasonCode: 0 }, 'unacknowledged');
  }
}
