/** CONNECT (§3.1): who may come in, with which session, and what the client is told. */
import type { MqttVersion } from '#spec';
import type { Connack, Connect } from '#wire';
import { challenge } from './challenge.ts';
import { send } from './context.ts';
import type { Context } from './context.ts';
import { connackOf, termsOf } from './connack.ts';
import type { Terms } from './connack.ts';
import { checkConnect } from './connect-checks.ts';
import type { Refusal } from './connect-checks.ts';
import { endConnection, violate } from './ending.ts';
import { resume } from './inflight.ts';
import { removeSession, resumeSession } from './sessions.ts';
import type { Connection, Session } from './state.ts';
import { publishWill } from './wills.ts';

/** The version that a protocol level is served as; an unknown one by the nearest. */
export const versionOf = (protocolLevel: number): MqttVersion => (protocolLevel >= 5 ? '5.0' : '3.1.1');

export function handleConnect(context: Context, connection: Connection, packet: Connect): void {
  const { gate, cause, limits } = context;
  if (connection.phase !== 'opened') {
    if (gate.enforces('connect.once', connection)) violate(context, connection, 0x82, 'CONNECT came a second time');
    else answerAgain(context, connection);
    return;
  }
  gate.emit({ kind: 'timer-cancelled', timer: 'connect', connection: connection.connection, why: 'connect', cause });
  heed(connection, packet);
  const assigned = packet.clientId === '' ? assignId(context, connection) : undefined;
  connection.clientId = assigned ?? keyOf(context, connection, packet.clientId);
  const refusal = checkConnect(context, connection, packet);
  if (refusal !== undefined) return refuse(context, connection, refusal, packet);
  if (connection.method === undefined) return establish(context, connection, packet, assigned);
  challenge(context, connection, { connect: { packet, assigned } });
  connection.phase = 'authenticating';
  const ms = limits.connectTimeoutMs;
  gate.emit({ kind: 'timer-set', timer: 'connect', connection: connection.connection, ms, why: 'connect', cause });
}

/** Nothing is in the way of a client any more. */
export function establish(
  context: Context,
  connection: Connection,
  packet: Connect,
  assigned: string | undefined,
): void {
  const terms = termsOf(context, connection, packet, assigned);
  const answer = connackOf(context, connection, packet, terms);
  if (answer === undefined) return refuse(context, connection, { reasonCode: 0x95 }, packet);
  if (takeOver(context, connection)) admit(context, connection, packet, terms, answer);
}

/** What the client says of itself. */
function heed(connection: Connection, { protocolLevel, properties }: Connect): void {
  connection.version = versionOf(protocolLevel);
  if (!connection.v5) return;
  connection.problemInformation = properties?.requestProblemInformation !== 0;
  // 0 comes here only where its rule is waived: it bounds nothing then.
  connection.maximumPacketSize = properties?.maximumPacketSize || Infinity;
  connection.topicAliasMaximum = properties?.topicAliasMaximum ?? 0;
}

/** The recovery of a waived `connect.once`: the client hears what it heard the first time. */
function answerAgain(context: Context, connection: Connection): void {
  send(context, connection, { type: 'CONNACK', sessionPresent: false, reasonCode: 0 }, 'connect');
}

/** What the session is found by (§3.1.3.1). */
function keyOf({ gate }: Context, connection: Connection, clientId: string): string {
  const how = gate.decide('session.key', 'exact', connection);
  return how === 'exact' ? clientId : how === 'cut' ? clientId.slice(0, 13) : clientId.toLowerCase();
}

function assignId(context: Context, connection: Connection): string {
  if (context.gate.decide('connect.assigned-id', 'unique', connection) === 'constant') return 'assigned';
  const hex = [...context.random(12)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `auto-${hex}`;
}

/** Answers with a failure, in the words of its version, and closes (§3.2.2.3, 5.0 §3.2.2.2). */
export function refuse(context: Context, connection: Connection, refusal: Refusal, packet?: Connect): void {
  const { gate, cause } = context;
  connection.refused = true;
  connection.exchange = undefined;
  const reasonCode = connection.v5 ? refusal.reasonCode : refusal.returnCode;
  const normal = reasonCode === undefined ? 'close' : 'connack-and-close';
  const how = gate.decide('connect.refusal', normal, connection);
  if (how === 'connack-and-close' || how === 'connack') {
    send(context, connection, { type: 'CONNACK', sessionPresent: false, reasonCode: reasonCode ?? 0x80 }, 'refused');
  } else if (how === 'disconnect-and-close') {
    send(context, connection, { type: 'DISCONNECT', reasonCode: refusal.reasonCode }, 'refused');
  }
  if (packet?.will !== undefined && gate.decide('will.stored', false, connection)) {
    publishWill(context, connection.clientId, packet.will);
  }
  gate.emit({ kind: 'timer-cancelled', timer: 'connect', connection: connection.connection, why: 'refused', cause });
  if (how === 'connack') {
    connection.phase = 'refused';
    return;
  }
  if (gate.decide('connect.closes-refused', true, connection)) {
    const reason = { kind: 'refused', reasonCode: refusal.reasonCode } as const;
    gate.emit({ kind: 'end', connection: connection.connection, reason, why: 'refused', cause });
  } else connection.phase = 'refused';
}

/** An identifier that is in use: its old connection ends (§3.1.4). False where the new one ended instead. */
function takeOver(context: Context, connection: Connection): boolean {
  const { gate, store, cause } = context;
  const { clientId } = connection;
  const old = store.sessions.get(clientId)?.live;
  if (old === undefined) return true;
  connection.tookOver = true;
  connection.tookOverFrom = old.transport;
  connection.otherIdentity = old.peer.identity !== connection.peer.identity;
  const who = gate.decide('session.takeover', 'old-ends', connection);
  if (who === 'new-ends') {
    refuse(context, connection, { reasonCode: 0x85, returnCode: 2 });
    return false;
  }
  if (who === 'old-ends') {
    endConnection(context, old, {
      kind: 'takeover',
      reasonCode: 0x8e,
      reasonString: 'another client took the identifier over',
    });
  }
  if (old.session !== undefined) {
    gate.emit({ kind: 'session-detached', clientId, connection: old.connection, why: 'takeover', cause });
  }
  return true;
}

function admit(context: Context, connection: Connection, packet: Connect, terms: Terms, answer: Connack): void {
  const { gate, store, cause } = context;
  const { clientId } = connection;
  const { expiry, asked, keepAlive } = terms;
  const about = connection;
  connection.expiryAsked = asked;
  const stored = store.sessions.get(clientId);
  const isThere = stored !== undefined && !packet.cleanStart;
  // 3.1 has no Session Present flag: the byte is reserved.
  const sessionPresent = gate.decide('connect.session-present', isThere, about) && packet.protocolLevel !== 3;
  if (stored !== undefined && gate.decide('session.resumed', isThere, about)) {
    connection.resumed = true;
    resumeSession(context, connection, stored);
    gate.emit({ kind: 'session-expiry-changed', clientId, expiry, why: 'connect', cause });
  } else {
    if (stored !== undefined) removeSession(context, stored, 'clean-start');
    gate.emit({ kind: 'session-stored', clientId, expiry, why: 'connect', cause });
  }
  settle(context, connection, packet, keepAlive);
  const session = store.sessions.get(clientId);
  const early = session !== undefined && gate.decide('connect.resends-before-connack', false, about);
  if (early) attach(context, connection, session);
  connection.phase = 'connected';
  send(context, connection, sessionPresent ? { ...answer, sessionPresent } : answer, 'connect');
  if (!early && session !== undefined) attach(context, connection, session);
  if (packet.will !== undefined && gate.decide('will.stored', true, about)) {
    const { will } = packet;
    gate.emit({ kind: 'will-stored', clientId, connection: connection.connection, will, why: 'connect', cause });
  }
}

function attach(context: Context, connection: Connection, session: Session): void {
  const { gate, cause } = context;
  const { clientId } = connection;
  connection.phase = 'connected';
  gate.emit({ kind: 'session-attached', clientId, connection: connection.connection, why: 'connect', cause });
  resume(context, session, connection);
}

/** The quota and the keep alive of this connection. */
function settle(context: Context, connection: Connection, { properties }: Connect, keepAlive: number): void {
  const { gate, limits, clock, cause } = context;
  const allowed = connection.v5 ? (properties?.receiveMaximum ?? 65_535) : 65_535;
  const window = gate.decide('deliver.window', Math.min(allowed, limits.inflight), connection);
  connection.window = Math.min(65_535, window);
  connection.quota = connection.window;
  connection.active = clock.now();
  connection.armed = connection.active;
  connection.keepAliveLimit = gate.decide('connect.keep-alive-limit', keepAlive * 1500, connection);
  if (connection.keepAliveLimit === 0) return;
  const ms = connection.keepAliveLimit;
  gate.emit({
    kind: 'timer-set',
    timer: 'keep-alive',
    connection: connection.connection,
    ms,
    why: 'keep-alive',
    cause,
  });
}
