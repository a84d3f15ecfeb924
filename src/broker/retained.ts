/** Retained messages (§3.3.1.3). */
import type { About } from './alteration.ts';
import type { Context } from './context.ts';
import { hasWildcard, normalise, topicMatches } from './matcher.ts';
import type { Message } from './message.ts';

/** Sets or clears the retained message of a topic. */
export function retain(context: Context, message: Message, about: About): void {
  const { gate, store, limits, cause } = context;
  const { topic } = message;
  const what = gate.decide('retain.stored', message.payload.length === 0 ? 'clear' : 'set', about);
  if (what === 'clear') {
    if (store.retained.has(topic)) gate.emit({ kind: 'retained-cleared', topic, why: 'reply', cause });
    return;
  }
  if (what === 'keep' || (what === 'set-if-absent' && store.retained.has(topic))) return;
  if (!store.retained.has(topic) && store.retained.size >= limits.retainedMessages) {
    gate.emit({ kind: 'message-dropped', clientId: message.from, message, why: 'full', cause });
    return;
  }
  const qos = gate.decide('retain.qos', message.qos, about);
  gate.emit({
    kind: 'retained-set',
    message: qos === message.qos ? message : { ...message, qos },
    why: 'reply',
    cause,
  });
}

/** What a new subscription is sent; what has expired goes. */
export function retainedFor(context: Context, pattern: string, about: About): readonly Message[] {
  const { gate, store, clock, cause } = context;
  const found: Message[] = [];
  const dollar = gate.decide('match.dollar', false, about);
  const parent = gate.decide('match.parent', true, about);
  const how = gate.decide('match.normalisation', 'none', about);
  const exact = hasWildcard(pattern) || how !== 'none' ? undefined : (store.retained.get(pattern) ?? null);
  const candidates = exact === undefined ? store.retained.values() : exact === null ? [] : [exact];
  const compared = normalise(pattern, how);
  for (const message of candidates) {
    if (!topicMatches(compared, normalise(message.topic, how), { dollar, parent })) continue;
    const isPast = message.expiresAt !== undefined && message.expiresAt <= clock.now();
    if (message.expiresAt !== undefined && gate.decide('retain.expires', isPast, about)) {
      gate.emit({ kind: 'retained-cleared', topic: message.topic, why: 'expired', cause });
    } else found.push(message);
  }
  if (found.length < 2) return found;
  return gate.decide('subscribe.retained-order', 'as-stored', about) === 'reversed' ? found.toReversed() : found;
}
