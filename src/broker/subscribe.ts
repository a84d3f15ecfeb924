/** SUBSCRIBE and UNSUBSCRIBE (§3.8, §3.10). */
import { filterFault } from '#wire';
import type { Suback, Subscribe, Subscription, Unsuback, Unsubscribe } from '#wire';
import { maySubscribeTo } from './access.ts';
import { send } from './context.ts';
import type { Context } from './context.ts';
import { deliverRetained } from './delivery.ts';
import type { StoredSubscription } from './effects.ts';
import { violate } from './ending.ts';
import { hasWildcard, parseShare, topicMatches } from './matcher.ts';
import { retainedFor } from './retained.ts';
import type { Connection, Session } from './state.ts';

/** What one filter comes to: a code, and the subscription where it takes effect. */
interface Granted {
  readonly code: number;
  readonly subscription?: StoredSubscription;
  readonly isNew?: boolean;
}

export function handleSubscribe(context: Context, connection: Connection, packet: Subscribe): void {
  const { gate } = context;
  const unavailable = packet.subscriptions
    .map((one) => checkAvailable(context, connection, packet, one))
    .find((code) => code !== undefined);
  if (unavailable !== undefined)
    return violate(context, connection, unavailable, 'CONNACK says that this is not available');
  const results = packet.subscriptions.map((one) => subscribe(context, connection, packet, one));
  const early = gate.decide('subscribe.retained-when', 'after-suback', connection) === 'before-suback';
  if (early) for (const one of results) sendRetained(context, connection, one);
  send(context, connection, suback(context, connection, packet, results), 'reply');
  if (!early) for (const one of results) sendRetained(context, connection, one);
}

/** The code of a 5.0 DISCONNECT where CONNACK said that the broker lacks it. */
function checkAvailable(
  context: Context,
  connection: Connection,
  packet: Subscribe,
  { filter }: Subscription,
): number | undefined {
  const { gate, limits } = context;
  if (!connection.v5) return undefined;
  connection.filter = filter;
  const share = parseShare(filter);
  if (
    !limits.sharedSubscriptionAvailable &&
    share !== undefined &&
    gate.enforces('subscribe.shared-available', connection)
  )
    return 0x9e;
  if (
    !limits.wildcardSubscriptionAvailable &&
    hasWildcard(filter) &&
    gate.enforces('subscribe.wildcard-available', connection)
  )
    return 0xa2;
  const identified = packet.properties?.subscriptionIdentifiers !== undefined;
  if (
    !limits.subscriptionIdentifierAvailable &&
    identified &&
    gate.enforces('subscribe.identifier-available', connection)
  )
    return 0xa1;
  return undefined;
}

function subscribe(context: Context, connection: Connection, packet: Subscribe, asked: Subscription): Granted {
  const { gate, limits, cause } = context;
  const { session, clientId } = connection;
  connection.filter = asked.filter;
  const { filter } = asked;
  const refused = refusal(context, connection, filter);
  const qos = gate.decide(
    'subscribe.granted-qos',
    connection.v5 && asked.qos > limits.maximumQos ? limits.maximumQos : asked.qos,
    connection,
  );
  const code = gate.decide('subscribe.code', (refused ?? qos) as 0 | 1 | 2 | 0x80, connection);
  if (refused !== undefined && !gate.decide('subscribe.refused-stored', false, connection)) return { code };
  const isNew = session?.subscriptions.has(filter) !== true;
  const again = isNew ? 'replaces' : gate.decide('subscribe.again', 'replaces', connection);
  if (again === 'ignored') return { code };
  const share = shareOf(context, connection, filter);
  const identifier = packet.properties?.subscriptionIdentifiers?.[0];
  const subscription: StoredSubscription = {
    ...asked,
    qos,
    clientId,
    key: again === 'adds' ? `${filter}\u0000${session?.subscriptions.size ?? 0}` : filter,
    pattern: share?.pattern ?? filter,
    ...(share === undefined ? {} : { shareName: share.shareName }),
    ...(identifier === undefined ? {} : { identifier }),
  };
  gate.emit({ kind: 'subscription-added', clientId, subscription, replaces: !isNew, why: 'reply', cause });
  return { code, subscription, isNew };
}

/** The code of a filter that is not granted; the same failure has another code in 3.1.1. */
function refusal(context: Context, connection: Connection, filter: string): number | undefined {
  const { gate, limits } = context;
  const { session, v5 } = connection;
  const bad = filterFault(filter, connection.version);
  if (bad !== undefined && gate.enforces(bad, connection)) return v5 ? 0x8f : 0x80;
  // CONNACK of 3.1.1 can't say so: each filter is answered (3.1.1 §3.8.3).
  const unknown = !v5 && !limits.wildcardSubscriptionAvailable && hasWildcard(filter);
  if (unknown && gate.enforces('subscribe.wildcard-available', connection)) return 0x80;
  const stored = session?.subscriptions;
  if (stored !== undefined && stored.size >= limits.subscriptionsPerSession && !stored.has(filter)) {
    if (gate.enforces('subscribe.limit', connection)) return v5 ? 0x97 : 0x80;
  }
  if (!gate.decide('subscribe.permitted', maySubscribeTo(connection, filter), connection)) return v5 ? 0x87 : 0x80;
  return undefined;
}

function shareOf(
  context: Context,
  connection: Connection,
  filter: string,
): { shareName: string; pattern: string } | undefined {
  const share = parseShare(filter);
  if (share === undefined || filterFault(filter, '5.0') !== undefined) return undefined;
  if (connection.v5) return share;
  return context.gate.decide('subscribe.share-311', 'shared', connection) === 'shared' ? share : undefined;
}

function suback(context: Context, connection: Connection, packet: Subscribe, results: readonly Granted[]): Suback {
  const order = context.gate.decide('subscribe.codes-order', 'as-asked', connection);
  const codes = results.map(({ code }) => code);
  const reasonCodes = order === 'reversed' ? codes.toReversed() : order === 'merged' ? [...new Set(codes)] : codes;
  return { type: 'SUBACK', packetId: packet.packetId, reasonCodes };
}

/** Retained messages for one subscription, as its Retain Handling asks (5.0 §3.3.1.3). */
function sendRetained(context: Context, connection: Connection, { subscription, isNew }: Granted): void {
  const { session } = connection;
  if (subscription === undefined || session === undefined) return;
  const { retainHandling, shareName, pattern, filter } = subscription;
  connection.filter = filter;
  connection.subscribed = isNew !== true;
  const normal = shareName === undefined && (retainHandling === 0 || (retainHandling === 1 && isNew === true));
  if (!context.gate.decide('subscribe.retained', normal, connection)) return;
  for (const message of retainedFor(context, pattern, connection))
    deliverRetained(context, session, subscription, message);
}

export function handleUnsubscribe(context: Context, connection: Connection, packet: Unsubscribe): void {
  const { gate } = context;
  const reasonCodes = packet.filters.map((filter) => unsubscribe(context, connection, filter));
  if (!gate.decide('unsubscribe.answered', true, connection)) return;
  const answer: Unsuback = {
    type: 'UNSUBACK',
    packetId: packet.packetId,
    reasonCodes: connection.v5 ? reasonCodes : [],
  };
  send(context, connection, answer, 'reply');
}

/** Filters are compared character by character (§3.10.4). */
function unsubscribe(context: Context, connection: Connection, filter: string): number {
  const { gate, cause } = context;
  const { session, clientId } = connection;
  connection.filter = filter;
  const bad = filterFault(filter, connection.version);
  if (bad !== undefined && gate.enforces(bad, connection)) return 0x8f;
  const how = gate.decide('unsubscribe.match', 'exact', connection);
  const keys = [...(session?.subscriptions.keys() ?? [])].filter((key) => {
    if (how === 'none') return false;
    return key === filter || (how === 'pattern' && topicMatches(filter, key));
  });
  for (const key of keys) gate.emit({ kind: 'subscription-removed', clientId, key, why: 'reply', cause });
  if (session !== undefined && gate.decide('unsubscribe.buffered', 'delivered', connection) === 'dropped')
    dropBuffered(session);
  const isKnown = session?.subscriptions.has(filter) === true || keys.length > 0;
  connection.subscribed = isKnown;
  return gate.decide('unsubscribe.code', isKnown ? 0x00 : 0x11, connection);
}

/** What waits and matches none of the subscriptions that are left. */
function dropBuffered(session: Session): void {
  const patterns = [...session.subscriptions.values()].map(({ pattern }) => pattern);
  const kept = [...session.queue].filter(({ topic }) => patterns.some((pattern) => topicMatches(pattern, topic)));
  session.queue.clear();
  session.queuedBytes = 0;
  session.queuedQos0 = 0;
  for (const message of kept) {
    session.queue.push(message);
    session.queuedBytes += message.payload.length;
    if (message.qos === 0) session.queuedQos0 += 1;
  }
}
