/** PUBACK, PUBREC, PUBCOMP: what the client says about our deliveries; PUBREL about its own messages (§4.3). */
import type { Puback, Pubcomp, Pubrec, Pubrel } from '#wire';
import { send } from './context.ts';
import type { Context } from './context.ts';
import { endConnection } from './ending.ts';
import { pump } from './inflight.ts';
import { accept, refuseShared } from './routing.ts';
import type { Connection } from './state.ts';

export function handlePuback(context: Context, connection: Connection, packet: Puback): void {
  const { session } = connection;
  const delivery = session?.outbound.get(packet.packetId);
  if (delivery?.packet.qos !== 1) return unexpected(context, connection);
  close(context, connection, packet.packetId);
  if (packet.reasonCode >= 0x80) refuseShared(context, delivery.message, connection);
}

export function handlePubrec(context: Context, connection: Connection, packet: Pubrec): void {
  const { gate, cause } = context;
  const { session, clientId } = connection;
  const { packetId, reasonCode } = packet;
  const delivery = session?.outbound.get(packetId);
  const failed = reasonCode >= 0x80;
  const answer = gate.decide('pubrec.pubrel', failed ? 'none' : 'pubrel', connection);
  if (delivery?.packet.qos !== 2) {
    // PUBREL 0x92 tells a 5.0 client that nothing is open (§4.3.3); a 3.1.1 client just gets on with it.
    if (answer !== 'none') send(context, connection, { type: 'PUBREL', packetId, reasonCode: 0x92 }, 'reply');
    return unexpected(context, connection);
  }
  const isPast = delivery.message.expiresAt !== undefined && delivery.message.expiresAt <= context.clock.now();
  if (isPast && gate.decide('deliver.gives-up', false, connection)) return close(context, connection, packetId);
  if (failed) {
    close(context, connection, packetId);
    refuseShared(context, delivery.message, connection);
  } else gate.emit({ kind: 'delivery-received', clientId, packetId, why: 'acknowledged', cause });
  if (answer === 'pubrel') send(context, connection, { type: 'PUBREL', packetId, reasonCode: 0 }, 'reply');
  else if (answer === 'publish') send(context, connection, { ...delivery.packet, dup: true }, 'reply');
}

export function handlePubcomp(context: Context, connection: Connection, packet: Pubcomp): void {
  const delivery = connection.session?.outbound.get(packet.packetId);
  if (delivery?.packet.qos !== 2) return unexpected(context, connection);
  close(context, connection, packet.packetId);
}

/** A delivery is done: its identifier and its part of the quota are free (5.0 §4.9). */
function close(context: Context, connection: Connection, packetId: number): void {
  const { gate, cause } = context;
  const { clientId, session } = connection;
  if (!gate.decide('ack.closes', true, connection)) return;
  gate.emit({ kind: 'delivery-closed', clientId, packetId, why: 'acknowledged', cause });
  gate.emit({ kind: 'quota-returned', connection: connection.connection, why: 'acknowledged', cause });
  if (session !== undefined && (session.queue.length > 0 || connection.resend.length > 0))
    pump(context, session, connection);
}

function unexpected(context: Context, connection: Connection): void {
  if (context.gate.decide('ack.unexpected', 'ignored', connection) === 'closed') {
    endConnection(context, connection, { kind: 'protocol-error', reasonCode: 0x82 });
  }
}

export function handlePubrel(context: Context, connection: Connection, packet: Pubrel): void {
  const { gate, cause } = context;
  const { session, clientId } = connection;
  const { packetId } = packet;
  let reasonCode = 0;
  if (session?.inbound.has(packetId) === true) {
    const message = session.inbound.get(packetId);
    if (message !== undefined) accept(context, message, 'route', connection);
    gate.emit({ kind: 'inbound-closed', clientId, packetId, why: 'acknowledged', cause });
  } else reasonCode = gate.decide('pubrel.unknown', 0x92, connection);
  send(context, connection, { type: 'PUBCOMP', packetId, reasonCode }, 'reply');
}
