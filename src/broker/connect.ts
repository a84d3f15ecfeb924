/** CONNECT (§3.1): who may come in, with which session, and what the client is told. */
import type { MqttVersion } from '#spec';
import type { Connack, Connect, Properties } from '#wire';
import { send } from './context.ts';
import type { Context } from './context.ts';
import { checkConnect } from './connect-checks.ts';
import type { Refusal } from './connect-checks.ts';
import { endConnection, violate } from './ending.ts';
import { resume } from './inflight.ts';
import { FOREVER, removeSession, resumeSession } from './sessions.ts';
import type { Connection, Session } from './state.ts';
import { publishWill } from './wills.ts';

/** The version that a protocol level is served as; an unknown one by the nearest. */
export const versionOf = (protocolLevel: number): MqttVersion => (protocolLevel >= 5 ? '5.0' : '3.1.1');

export function handleConnect(context: Context, connection: Connection, packet: Connect): void {
  const { gate, cause } = context;
  if (connection.phase !== 'opened') {
    if (gate.enforces('connect.once', connection)) violate(context, connection, 0x82, 'CONNECT came a second time');
    else answerAgain(context, connection);
    return;
  }
  gate.emit({ kind: 'timer-cancelled', timer: 'connect', connection: connection.connection, why: 'connect', cause });
  connection.version = versionOf(packet.protocolLevel);
  connection.problemInformation = packet.properties?.requestProblemInformation !== 0;
  const assigned = packet.clientId === '' ? assignId(context, connection) : undefined;
  connection.clientId = assigned ?? packet.clientId;
  const refusal = checkConnect(context, connection, packet);
  if (refusal !== undefined) return refuse(context, connection, refusal, packet);
  if (!takeOver(context, connection)) return;
  admit(context, connection, packet, assigned);
}

/** The recovery of a waived `connect.once`: the client hears what it heard the first time. */
function answerAgain(context: Context, connection: Connection): void {
  send(context, connection, { type: 'CONNACK', sessionPresent: false, reasonCode: 0 }, 'connect');
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

function admit(context: Context, connection: Connection, packet: Connect, assigned: string | undefined): void {
  const { gate, store, limits, cause } = context;
  const { clientId } = connection;
  const about = connection;
  const asked = connection.v5 ? (packet.properties?.sessionExpiryInterval ?? 0) : packet.cleanStart ? 0 : FOREVER;
  connection.expiryAsked = asked;
  const expiry = gate.decide('session.expiry', Math.min(asked, limits.maximumSessionExpiry), about);
  const stored = store.sessions.get(clientId);
  const isThere = stored !== undefined && !packet.cleanStart;
  const sessionPresent = gate.decide('connect.session-present', isThere, about);
  if (stored !== undefined && gate.decide('session.resumed', isThere, about)) {
    connection.resumed = true;
    resumeSession(context, connection, stored);
    gate.emit({ kind: 'session-expiry-changed', clientId, expiry, why: 'connect', cause });
  } else {
    if (stored !== undefined) removeSession(context, stored, 'clean-start');
    gate.emit({ kind: 'session-stored', clientId, expiry, why: 'connect', cause });
  }
  const keepAlive = settle(context, connection, packet);
  const session = store.sessions.get(clientId);
  const early = session !== undefined && gate.decide('connect.resends-before-connack', false, about);
  if (early) attach(context, connection, session);
  const answer = connack(context, connection, packet, { sessionPresent, assigned, keepAlive, expiry, asked });
  connection.phase = 'connected';
  send(context, connection, answer, 'connect');
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

/** What the client's wishes come to on this connection; gives the keep alive in seconds. */
function settle(context: Context, connection: Connection, { keepAlive, properties }: Connect): number {
  const { gate, limits, clock, cause } = context;
  const { serverKeepAlive } = limits;
  const capped = serverKeepAlive > 0 && (keepAlive === 0 || keepAlive > serverKeepAlive) ? serverKeepAlive : keepAlive;
  const granted = gate.decide('connect.keep-alive', capped, connection);
  const window = Math.min(connection.v5 ? (properties?.receiveMaximum ?? 65_535) : 65_535, limits.inflight);
  connection.window = Math.min(65_535, gate.decide('deliver.window', window, connection));
  connection.quota = connection.window;
  if (connection.v5) {
    connection.maximumPacketSize = properties?.maximumPacketSize ?? Infinity;
    connection.topicAliasMaximum = properties?.topicAliasMaximum ?? 0;
  }
  connection.active = clock.now();
  connection.armed = connection.active;
  connection.keepAliveLimit = gate.decide('connect.keep-alive-limit', granted * 1500, connection);
  if (connection.keepAliveLimit > 0) {
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
  return granted;
}

interface Outcome {
  readonly sessionPresent: boolean;
  readonly assigned: string | undefined;
  readonly keepAlive: number;
  readonly expiry: number;
  readonly asked: number;
}

/** CONNACK 0x00; what differs from the defaults or from the client's wishes is said (5.0 §3.2.2.3). */
function connack(context: Context, connection: Connection, packet: Connect, outcome: Outcome): Connack {
  const { sessionPresent, assigned, keepAlive, expiry, asked } = outcome;
  // 3.1 has no Session Present flag: the byte is reserved.
  const answer: Connack = {
    type: 'CONNACK',
    sessionPresent: sessionPresent && packet.protocolLevel !== 3,
    reasonCode: 0,
  };
  if (!connection.v5) return answer;
  const { limits, gate } = context;
  const informed = gate.decide(
    'connect.response-information',
    packet.properties?.requestResponseInformation === 1,
    connection,
  );
  const properties: Properties = {
    ...(expiry === asked ? {} : { sessionExpiryInterval: expiry }),
    ...(limits.receiveMaximum === 65_535 ? {} : { receiveMaximum: limits.receiveMaximum }),
    ...(limits.maximumQos === 2 ? {} : { maximumQos: limits.maximumQos }),
    ...(limits.retainAvailable ? {} : { retainAvailable: 0 }),
    ...(Number.isFinite(limits.maximumPacketSize) ? { maximumPacketSize: limits.maximumPacketSize } : {}),
    ...(assigned === undefined ? {} : { assignedClientIdentifier: assigned }),
    ...(limits.topicAliasMaximum === 0 ? {} : { topicAliasMaximum: limits.topicAliasMaximum }),
    ...(limits.wildcardSubscriptionAvailable ? {} : { wildcardSubscriptionAvailable: 0 }),
    ...(limits.subscriptionIdentifierAvailable ? {} : { subscriptionIdentifierAvailable: 0 }),
    ...(limits.sharedSubscriptionAvailable ? {} : { sharedSubscriptionAvailable: 0 }),
    ...(keepAlive === packet.keepAlive ? {} : { serverKeepAlive: keepAlive }),
    ...(informed ? { responseInformation: `response/${connection.clientId}/` } : {}),
  };
  return { ...answer, properties };
}
