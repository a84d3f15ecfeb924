/** What a CONNECT is granted, and the CONNACK that says so (§3.2). */
import { encodedSize } from '#wire';
import type { Connack, Connect, Properties } from '#wire';
import type { Context } from './context.ts';
import { FOREVER } from './sessions.ts';
import type { Connection } from './state.ts';

/** The client's wishes, and what they come to. */
export interface Terms {
  /** The identifier that the broker gave; undefined where the client has its own. */
  readonly assigned: string | undefined;
  /** Seconds. */
  readonly keepAlive: number;
  /** Seconds that the session outlives its connection, asked for and granted. */
  readonly asked: number;
  readonly expiry: number;
}

export function termsOf(
  context: Context,
  connection: Connection,
  packet: Connect,
  assigned: string | undefined,
): Terms {
  const { gate, limits } = context;
  const asked = connection.v5 ? (packet.properties?.sessionExpiryInterval ?? 0) : packet.cleanStart ? 0 : FOREVER;
  const expiry = gate.decide(
    'session.expiry',
    asked === 0 ? 0 : Math.min(asked, limits.maximumSessionExpiry),
    connection,
  );
  const { serverKeepAlive } = limits;
  const { keepAlive: wish } = packet;
  const capped = serverKeepAlive > 0 && (wish === 0 || wish > serverKeepAlive) ? serverKeepAlive : wish;
  return { assigned, keepAlive: gate.decide('connect.keep-alive', capped, connection), asked, expiry };
}

/**
 * CONNACK 0x00 for a new session; what differs from the defaults or from the client's wishes is said (5.0 §3.2.2.3).
 * Undefined where it is larger than the client allows: what it says can't be left out.
 */
export function connackOf(
  context: Context,
  connection: Connection,
  packet: Connect,
  terms: Terms,
): Connack | undefined {
  const answer: Connack = { type: 'CONNACK', sessionPresent: false, reasonCode: 0 };
  if (!connection.v5) return answer;
  const { method, proof } = connection;
  const authenticated: Properties = {
    ...(method === undefined ? {} : { authenticationMethod: method }),
    ...(proof === undefined ? {} : { authenticationData: proof }),
  };
  const full = { ...answer, properties: { ...propertiesOf(context, packet, terms), ...authenticated } };
  const asked = packet.properties?.requestResponseInformation === 1;
  const informed = context.gate.decide('connect.response-information', asked, connection);
  const responseInformation = `response/${connection.connection}/`;
  const more = informed ? { ...full, properties: { ...full.properties, responseInformation } } : full;
  return [more, full].find((one) => encodedSize(one, '5.0') <= connection.maximumPacketSize);
}

function propertiesOf({ limits }: Context, packet: Connect, terms: Terms): Properties {
  const { assigned, keepAlive, asked, expiry } = terms;
  return {
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
  };
}
