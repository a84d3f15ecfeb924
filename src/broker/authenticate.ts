/** AUTH of a client in every state (5.0 §3.15, §4.12). */
import type { Auth, Packet } from '#wire';
import { ask, challenge, isRight, succeed } from './challenge.ts';
import { establish, refuse } from './connect.ts';
import type { Context } from './context.ts';
import { endConnection, violate } from './ending.ts';
import type { AuthExchange, Connection } from './state.ts';

const CONTINUE = 0x18;
const AGAIN = 0x19;
const NOT_AUTHORIZED = 0x87;

/** Before CONNACK a client that names a method sends AUTH and DISCONNECT, nothing else. True where that was the end. */
export function interrupts(context: Context, connection: Connection, packet: Packet): boolean {
  if (packet.type === 'AUTH') return false;
  if (packet.type === 'DISCONNECT') {
    // Nothing that it asks for a session counts: whose that is was not shown.
    endConnection(context, connection, { kind: 'normal' });
    return true;
  }
  if (!context.gate.enforces('auth.other-packet', connection)) return false;
  refuse(context, connection, { reasonCode: 0x82 });
  return true;
}

export function handleAuth(context: Context, connection: Connection, packet: Auth): void {
  const { gate } = context;
  const { exchange, method } = connection;
  if (method === undefined) {
    if (gate.enforces('auth.unexpected', connection))
      violate(context, connection, 0x82, 'AUTH without an authentication method in CONNECT');
    return;
  }
  if (packet.properties?.authenticationMethod !== method && gate.enforces('auth.method-changed', connection))
    return fail(context, connection, 0x82, 'AUTH of another method than CONNECT');
  const expected = exchange === undefined ? AGAIN : CONTINUE;
  if (packet.reasonCode !== expected) {
    if (gate.enforces('auth.out-of-turn', connection)) fail(context, connection, 0x82, 'AUTH out of turn');
    return;
  }
  if (exchange !== undefined) return answered(context, connection, exchange, packet);
  if (gate.decide('auth.answered', true, connection)) challenge(context, connection, {});
}

function answered(context: Context, connection: Connection, exchange: AuthExchange, packet: Auth): void {
  const { gate, cause } = context;
  const right = isRight(connection, exchange, packet.properties?.authenticationData);
  if (!right && gate.enforces('auth.answer', connection))
    return fail(context, connection, NOT_AUTHORIZED, 'the challenge was not answered rightly');
  const { left, connect } = exchange;
  if (left > 0) return ask(context, connection, { ...exchange, left: left - 1 });
  if (connect === undefined) return succeed(context, connection);
  connection.exchange = undefined;
  gate.emit({ kind: 'timer-cancelled', timer: 'connect', connection: connection.connection, why: 'connect', cause });
  establish(context, connection, connect.packet, connect.assigned);
}

/** CONNACK before the client was accepted, DISCONNECT after it. */
function fail(context: Context, connection: Connection, reasonCode: number, reasonString: string): void {
  if (connection.phase === 'connected') violate(context, connection, reasonCode, reasonString);
  else refuse(context, connection, { reasonCode }, connection.exchange?.connect?.packet);
}
