/** What a subscriber gets of a message, and whether it goes out now or waits. */
import type { Qos } from '#wire';
import type { Context } from './context.ts';
import type { StoredSubscription } from './effects.ts';
import { FanOut } from './fan-out.ts';
import { canOpen, open } from './inflight.ts';
import type { Message } from './message.ts';
import { isPast, sendPublish, sendShared } from './outgoing.ts';
import type { Session } from './state.ts';
import type { Why } from './why.ts';

/** Delivers to one client, which may have several subscriptions that match. */
export function deliverCopies(
  context: Context,
  fan: FanOut,
  subscriptions: readonly StoredSubscription[],
  why: Why,
): void {
  const { gate, store } = context;
  const first = subscriptions[0];
  const session = first === undefined ? undefined : store.sessions.get(first.clientId);
  if (first === undefined || session === undefined) return;
  let wanted = subscriptions;
  if (subscriptions.some(({ noLocal }) => noLocal) && first.clientId === fan.message.from) {
    wanted = subscriptions.filter(({ noLocal }) => !gate.decide('deliver.no-local', noLocal, session.live ?? session));
    if (wanted.length === 0) return;
  }
  if (wanted.length === 1) return deliver(context, fan, session, wanted, why);
  const overlap = gate.decide('deliver.overlap', 'one-copy', session.live ?? session);
  if (overlap === 'copy-per-subscription') {
    for (const one of wanted) deliver(context, fan, session, [one], why);
  } else if (overlap === 'lowest-qos') {
    const lowest = wanted.reduce((low, one) => (one.qos < low.qos ? one : low));
    deliver(context, fan, session, [lowest], why);
  } else deliver(context, fan, session, wanted, why);
}

/** One copy, on behalf of all the subscriptions: the highest QoS, all identifiers (5.0 §3.3.4). */
function deliver(
  context: Context,
  fan: FanOut,
  session: Session,
  subscriptions: readonly StoredSubscription[],
  why: Why,
): void {
  const { gate } = context;
  const { message } = fan;
  const about = session.live ?? session;
  let granted: Qos = 0;
  let keepsRetain = false;
  let identifiers: number[] | undefined;
  for (const { qos, retainAsPublished, identifier } of subscriptions) {
    if (qos > granted) granted = qos;
    if (retainAsPublished) keepsRetain = true;
    if (identifier !== undefined) (identifiers ??= []).push(identifier);
  }
  const qos = gate.decide('deliver.qos', message.qos < granted ? message.qos : granted, about);
  const retain = gate.decide('deliver.retain', message.retain && (why === 'retained' || keepsRetain), about);
  if (identifiers !== undefined) {
    const which = gate.decide('deliver.identifiers', 'all', about);
    if (which === 'none') identifiers = undefined;
    else if (which === 'first') identifiers = identifiers.slice(0, 1);
  }
  if (qos === 0 && identifiers === undefined && session.live !== undefined && session.queuedQos0 === 0) {
    return sendShared(context, session.live, fan, retain, why);
  }
  const copy: { -readonly [K in keyof Message]: Message[K] } = { ...message, qos, retain };
  if (identifiers !== undefined) copy.identifiers = identifiers;
  const { shareName, pattern } = subscriptions[0] ?? {};
  if (shareName !== undefined) copy.share = `${shareName}/${pattern ?? ''}`;
  dispatch(context, session, copy, why);
}

/** A retained message for a new subscription: RETAIN stays 1 (§3.3.1.3). */
export function deliverRetained(
  context: Context,
  session: Session,
  subscription: StoredSubscription,
  message: Message,
): void {
  if (subscription.noLocal && message.from === session.clientId) {
    if (context.gate.decide('deliver.no-local', true, session.live ?? session)) return;
  }
  deliver(context, new FanOut(message), session, [subscription], 'retained');
}

function dispatch(context: Context, session: Session, message: Message, why: Why): void {
  const { gate, limits, cause } = context;
  const { clientId, live } = session;
  if (live !== undefined) {
    const congested = live.sink.buffered > limits.sendBufferBytes;
    if (message.qos === 0 && session.queuedQos0 === 0) {
      if (congested) gate.emit({ kind: 'message-dropped', clientId, message, why: 'full', cause });
      else if (!isPast(context, message, live)) sendPublish(context, live, message, why);
      return;
    }
    if (message.qos > 0 && session.queue.length === 0 && !congested && canOpen(live)) {
      if (!isPast(context, message, live)) open(context, session, live, message, why);
      return;
    }
  } else if (message.qos === 0 ? !queuesQos0(context, session) : !gate.decide('deliver.offline', true, session)) {
    gate.emit({ kind: 'message-dropped', clientId, message, why, cause });
    return;
  }
  const isFull =
    session.queue.length >= limits.queuedMessages || session.queuedBytes + message.payload.length > limits.queuedBytes;
  gate.emit({
    kind: isFull ? 'message-dropped' : 'message-queued',
    clientId,
    message,
    why: isFull ? 'full' : why,
    cause,
  });
}

const queuesQos0 = (context: Context, session: Session): boolean =>
  context.gate.decide('deliver.offline-qos0', 'dropped', session) === 'queued';
