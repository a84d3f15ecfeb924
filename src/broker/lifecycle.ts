/** PINGREQ, DISCONNECT, keep alive (§3.12, §3.14, §3.1.2.10). */
import type { Disconnect } from '#wire';
import { send } from './context.ts';
import type { Context } from './context.ts';
import { endConnection, violate } from './ending.ts';
import type { Connection } from './state.ts';

export function handlePingreq(context: Context, connection: Connection): void {
  if (context.gate.decide('ping.answered', true, connection)) send(context, connection, { type: 'PINGRESP' }, 'reply');
}

export function handleDisconnect(context: Context, connection: Connection, packet: Disconnect): void {
  const { gate, limits, cause } = context;
  const { clientId } = connection;
  const expiry = connection.v5 ? packet.properties?.sessionExpiryInterval : undefined;
  if (expiry !== undefined) {
    const revives = expiry > 0 && connection.expiryAsked === 0;
    if (revives && gate.enforces('disconnect.expiry-after-zero', connection)) {
      return violate(context, connection, 0x82, 'the session was to end with its connection');
    }
    const granted = gate.decide('session.expiry', Math.min(expiry, limits.maximumSessionExpiry), connection);
    gate.emit({ kind: 'session-expiry-changed', clientId, expiry: granted, why: 'disconnect', cause });
  }
  if (!gate.decide('disconnect.obeyed', true, connection)) return;
  // Any other code leaves the will (5.0 §3.1.2.5, §3.14.4).
  const discardsWill = packet.reasonCode === 0x00;
  if (discardsWill && connection.will !== undefined) {
    gate.emit({ kind: 'will-removed', clientId, connection: connection.connection, why: 'disconnect', cause });
  }
  endConnection(context, connection, { kind: 'normal', discardsWill });
}

/** The timer has run out: either something came since it was set, or the client is gone. */
export function keepAliveFired(context: Context, connection: Connection): void {
  const { gate, clock, cause } = context;
  if (connection.active > connection.armed) {
    const ms = Math.max(0, connection.active + connection.keepAliveLimit - clock.now());
    connection.armed = connection.active;
    gate.emit({
      kind: 'timer-set',
      timer: 'keep-alive',
      connection: connection.connection,
      ms,
      why: 'keep-alive',
      cause,
    });
    return;
  }
  endConnection(context, connection, {
    kind: 'keep-alive',
    reasonCode: 0x8d,
    reasonString: 'nothing came within the keep alive',
  });
}
