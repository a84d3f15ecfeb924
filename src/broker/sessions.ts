/** The life of a session: from CONNECT to the end of its connection, and to its own (§3.1.2.4, §4.1). */
import type { Context } from './context.ts';
import type { Ending } from './ending.ts';
import { passOn, redistribute } from './routing.ts';
import type { Connection, Session } from './state.ts';
import type { Why } from './why.ts';
import { cancelWill, publishWill, willDelay } from './wills.ts';

/** Seconds that never end. */
export const FOREVER = 0xffffffff;

/** The connection is gone: its will, and the session's remaining time. */
export function leaveSession(
  context: Context,
  connection: Connection,
  session: Session,
  ending: Ending,
  why: Why,
): void {
  const { gate, cause } = context;
  const { clientId } = session;
  gate.emit({ kind: 'session-detached', clientId, connection: connection.connection, why, cause });
  const { will } = connection;
  if (will !== undefined) {
    const delay = willDelay(context, connection, session, will, ending);
    if (delay === 0) publishWill(context, clientId, will);
    else if (delay !== undefined) {
      gate.emit({ kind: 'will-stored', clientId, will, why: 'connection-lost', cause });
      gate.emit({ kind: 'timer-set', timer: 'will-delay', clientId, ms: delay * 1000, why: 'will', cause });
    }
  }
  if (session.expiry === 0) removeSession(context, session, 'disconnect');
  else if (gate.decide('share.when-lost', 'waits', connection) === 'to-another') passOn(context, session);
  if (session.expiry !== 0 && session.expiry !== FOREVER) {
    gate.emit({
      kind: 'timer-set',
      timer: 'session-expiry',
      clientId,
      ms: session.expiry * 1000,
      why: 'expired',
      cause,
    });
  }
}

/** The session ends; a will that waits is published now (5.0 §3.1.3.2.2). */
export function removeSession(context: Context, session: Session, why: Why): void {
  const { gate, store, cause } = context;
  const { clientId, will } = session;
  gate.emit({ kind: 'timer-cancelled', timer: 'session-expiry', clientId, why, cause });
  if (will !== undefined) {
    cancelWill(context, session, why);
    if (gate.decide('will.at-session-end', true, session)) publishWill(context, clientId, will);
  }
  if (gate.decide('session.removes-retained', false, session)) {
    for (const message of store.retained.values()) {
      if (message.from === clientId) gate.emit({ kind: 'retained-cleared', topic: message.topic, why, cause });
    }
  }
  gate.emit({ kind: 'session-removed', clientId, why, cause });
  redistribute(context, session);
}

/** The stored session continues: what was to end it doesn't. */
export function resumeSession(context: Context, connection: Connection, session: Session): void {
  const { gate, cause } = context;
  const { clientId } = session;
  gate.emit({ kind: 'timer-cancelled', timer: 'session-expiry', clientId, why: 'connect', cause });
  if (session.will !== undefined && gate.decide('will.cancelled', true, connection))
    cancelWill(context, session, 'connect');
  const restored = gate.decide('session.restored', 'everything', connection);
  if (restored === 'without-queue') session.queue.clear();
  for (const [key, subscription] of session.subscriptions) {
    const dropped =
      restored === 'without-subscriptions' || (restored === 'without-shared' && subscription.shareName !== undefined);
    if (dropped) gate.emit({ kind: 'subscription-removed', clientId, key, why: 'connect', cause });
    else if (restored === 'without-options') {
      const plain = { ...subscription, noLocal: false, retainAsPublished: false };
      gate.emit({ kind: 'subscription-added', clientId, subscription: plain, replaces: true, why: 'connect', cause });
    }
  }
  if (restored === 'without-deliveries') {
    for (const packetId of session.outbound.keys())
      gate.emit({ kind: 'delivery-closed', clientId, packetId, why: 'connect', cause });
  }
  if (restored === 'without-inbound') {
    for (const packetId of session.inbound.keys())
      gate.emit({ kind: 'inbound-closed', clientId, packetId, why: 'connect', cause });
  }
}
