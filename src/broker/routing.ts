/** From a message to its subscribers. */
import type { Properties } from '#wire';
import type { About } from './alteration.ts';
import type { Context } from './context.ts';
import { deliverCopies } from './delivery.ts';
import type { StoredSubscription } from './effects.ts';
import { FanOut } from './fan-out.ts';
import { normalise, topicMatches } from './matcher.ts';
import type { Message } from './message.ts';
import { retain } from './retained.ts';
import type { Session } from './state.ts';
import type { Route } from './store.ts';
import type { Why } from './why.ts';

/** A message was taken on: it is retained where it asks for that, and goes out. Gives how many subscribers it has. */
export function accept(context: Context, message: Message, why: Why, about: About): number {
  if (context.gate.decide('retain.asked', message.retain, about)) retain(context, message, about);
  if (message.payload.length === 0 && !context.gate.decide('deliver.empty', true, about)) return 0;
  context.matched = 0;
  if (context.gate.decide('publish.routed', true, about)) {
    context.gate.emit({ kind: 'message-routed', clientId: message.from, message, why, cause: context.cause });
  }
  return context.matched;
}

/** Carries out `message-routed`. */
export function route(context: Context, message: Message, why: Why): void {
  const { clients, groups } = routeOf(context, message.topic);
  const fan = new FanOut(message);
  for (const subscriptions of clients) deliverCopies(context, fan, subscriptions, why);
  for (const members of groups) {
    for (const member of chosen(context, members)) deliverCopies(context, fan, [member], why);
  }
  context.matched += clients.length + groups.length;
}

function routeOf(context: Context, topic: string): Route {
  const { store, limits, gate } = context;
  if (gate.altered) return makeRoute(matching(context, topic));
  if (store.routesOf !== store.index.generation || store.routes.size >= limits.cachedRoutes) {
    store.routes.clear();
    store.routesOf = store.index.generation;
  }
  let known = store.routes.get(topic);
  if (known === undefined) {
    known = makeRoute(store.index.match(topic));
    store.routes.set(topic, known);
  }
  return known;
}

/** What matches under the decisions that say how topics are compared. */
function matching(context: Context, topic: string): readonly StoredSubscription[] {
  const { gate, store } = context;
  const about = { topic };
  const dollar = gate.decide('match.dollar', false, about);
  const parent = gate.decide('match.parent', true, about);
  const how = gate.decide('match.normalisation', 'none', about);
  if (!dollar && parent && how === 'none') return store.index.match(topic);
  const compared = normalise(topic, how);
  return [...store.index.all].filter(({ pattern }) =>
    topicMatches(normalise(pattern, how), compared, { dollar, parent }),
  );
}

function makeRoute(subscriptions: readonly StoredSubscription[]): Route {
  const clients = new Map<string, StoredSubscription[]>();
  const groups = new Map<string, StoredSubscription[]>();
  for (const subscription of subscriptions) {
    const [map, key] =
      subscription.shareName === undefined ? [clients, subscription.clientId] : [groups, groupOf(subscription)];
    const list = map.get(key);
    if (list === undefined) map.set(key, [subscription]);
    else list.push(subscription);
  }
  return { clients: [...clients.values()], groups: [...groups.values()] };
}

/** QoS 1 messages that a member of a shared subscription leaves unacknowledged go to another (5.0 §4.8.2); QoS 2 never does. */
export function redistribute(context: Context, session: Session): void {
  const { gate } = context;
  const left = [...Array.from(session.outbound.values(), ({ message }) => message), ...session.queue];
  for (const message of left) {
    if (message.share === undefined) continue;
    const members = membersOf(context, message.share);
    if (members.length === 0 || !gate.decide('share.redistributes', message.qos === 1, { clientId: session.clientId }))
      continue;
    for (const member of chosen(context, members)) deliverCopies(context, new FanOut(message), [member], 'resend');
  }
}

/** A member lost its connection and keeps its session: what it leaves unacknowledged goes to one that is connected. */
export function passOn(context: Context, session: Session): void {
  const { clientId } = session;
  for (const [packetId, { message, stage }] of session.outbound) {
    if (message.share === undefined || message.qos !== 1 || stage !== 'publish') continue;
    const others = membersOf(context, message.share).filter(
      (one) => context.store.sessions.get(one.clientId)?.live !== undefined,
    );
    if (others.length === 0) continue;
    context.gate.emit({ kind: 'delivery-closed', clientId, packetId, why: 'connection-lost', cause: context.cause });
    for (const member of chosen(context, others)) deliverCopies(context, new FanOut(message), [member], 'resend');
  }
}

/** A member refused a message: it is discarded (5.0 §4.8.2). */
export function refuseShared(context: Context, message: Message, about: About): void {
  if (message.share === undefined || context.gate.decide('share.refused', 'discarded', about) === 'discarded') return;
  for (const member of chosen(context, membersOf(context, message.share))) {
    deliverCopies(context, new FanOut(message), [member], 'resend');
  }
}

const membersOf = ({ store }: Context, share: string): readonly StoredSubscription[] =>
  [...store.index.all].filter((one) => one.shareName !== undefined && groupOf(one) === share);

const groupOf = ({ shareName, pattern }: StoredSubscription): string => `${shareName ?? ''}/${pattern}`;

/** One member of a shared subscription in turn, a connected one where there is any (5.0 §4.8.2). */
function chosen(context: Context, members: readonly StoredSubscription[]): readonly StoredSubscription[] {
  const { store, gate, limits } = context;
  const connected = members.filter(({ clientId }) => store.sessions.get(clientId)?.live !== undefined);
  const candidates = connected.length > 0 ? connected : members;
  const first = candidates[0];
  if (first === undefined) return [];
  const how = gate.decide('share.member', 'next', { filter: first.key, clientId: first.clientId });
  if (how === 'none') return [];
  if (how === 'all') return candidates;
  if (how === 'first') return [first];
  const group = groupOf(first);
  const turn = store.turns.get(group) ?? 0;
  if (store.turns.size >= limits.cachedRoutes) store.turns.clear();
  store.turns.set(group, turn + 1);
  const member = candidates[turn % candidates.length];
  return member === undefined ? [] : [member];
}

/** The properties that go to subscribers unaltered (5.0 §3.3.2.3); the rest belongs to the hop. */
export function forwarded(properties: Properties): Properties {
  const { payloadFormatIndicator, contentType, responseTopic, correlationData, userProperties } = properties;
  return {
    ...(payloadFormatIndicator === undefined ? {} : { payloadFormatIndicator }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(responseTopic === undefined ? {} : { responseTopic }),
    ...(correlationData === undefined ? {} : { correlationData }),
    ...(userProperties === undefined ? {} : { userProperties }),
  };
}
