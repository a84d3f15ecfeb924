import type { FaultName } from '#spec';
import type { About, Alteration } from '../alteration.ts';
import { changeMessages, changeSent, dropSent, never, on, onSend, only } from './packet-tools.ts';

/** The Retain Handling that the SUBSCRIBE asks for. */
const handlingOf = ({ packet, filter }: About): number | undefined =>
  packet?.type === 'SUBSCRIBE' ? packet.subscriptions.find((one) => one.filter === filter)?.retainHandling : undefined;

/** How each fault of retained messages is done. */
export const RETAIN = {
  'retained-without-flag': changeSent('PUBLISH', (packet, { why }) =>
    why === 'retained' ? { ...packet, retain: false } : packet,
  ),
  'retain-flag-to-established': changeMessages((packet, source) =>
    source.retain ? { ...packet, retain: true } : packet,
  ),
  'retained-not-cleared': { decide: { 'retain.stored': (normal) => (normal === 'clear' ? 'keep' : normal) } },
  'retains-empty-payload': { decide: { 'retain.stored': (normal) => (normal === 'clear' ? 'set' : normal) } },
  'clearing-not-forwarded': never('message-routed', ({ message }) => message.retain && message.payload.length === 0),
  'never-retains': never('retained-set', ({ cause }) => cause !== 'owner'),
  'retained-not-to-wildcards': {
    decide: { 'subscribe.retained': (normal, { filter = '' }) => normal && !/[+#]/.test(filter) },
  },
  'retained-not-on-resubscribe': {
    decide: { 'subscribe.retained': (normal, { subscribed }) => normal && subscribed !== true },
  },
  'retained-at-stored-qos': changeSent('PUBLISH', (packet, { why, message }) => {
    const qos = message?.source?.qos ?? 0;
    return why === 'retained' && qos > packet.qos ? { ...packet, qos, packetId: packet.packetId ?? 1 } : packet;
  }),
  'retained-without-qos': { decide: { 'retain.qos': () => 0 } },
  'retained-for-refused': { decide: { 'subscribe.permitted': () => false, 'subscribe.refused-stored': () => true } },
  'retained-removed-with-session': { decide: { 'session.removes-retained': () => true } },
  'retained-topics-mixed-up': changeSent('PUBLISH', (packet, { why }) =>
    why === 'retained' ? { ...packet, topic: `${packet.topic}x` } : packet,
  ),
  'retained-oldest-wins': { decide: { 'retain.stored': (normal) => (normal === 'set' ? 'set-if-absent' : normal) } },
  'retained-set-cut': {
    ...dropSent('PUBLISH', (_packet, { why }) => why === 'retained'),
    when: (_about, nth) => nth > 10,
  },
  'retained-for-shared': {
    decide: { 'subscribe.retained': (normal, { filter = '' }) => normal || filter.startsWith('$share/') },
  },
  'retain-handling-ignored': {
    decide: { 'subscribe.retained': (_normal, { filter = '' }) => !filter.startsWith('$share/') },
  },
  'retain-as-published-ignored': changeMessages((packet, _source, { why }) =>
    packet.retain && why !== 'retained' ? { ...packet, retain: false } : packet,
  ),
  'retained-never-expires': { decide: { 'retain.expires': () => false, 'deliver.expired': () => false } },
  'retain-availability-not-enforced': { limits: { retainAvailable: false }, waive: ['publish.retain-available'] },
  'subscription-retained-twice': onSend('PUBLISH', (sent) => (sent.why === 'retained' ? [sent, sent] : [sent])),
  'never-retains-qos-0': {
    decide: {
      'retain.stored': (normal, { packet }) =>
        normal === 'set' && packet?.type === 'PUBLISH' && packet.qos === 0 ? 'keep' : normal,
    },
  },
  'third-retained-lost': {
    ...never('retained-set', ({ cause }) => cause !== 'owner'),
    when: (_about, nth) => nth % 3 === 0,
  },
  'retains-everything': { decide: { 'retain.asked': () => true } },
  'clears-without-flag': {
    decide: {
      'retain.asked': (normal, { packet }) => normal || (packet?.type === 'PUBLISH' && packet.payload.length === 0),
    },
  },
  'clears-parent-too': on('retained-cleared', (effect) => [
    effect,
    { ...effect, topic: effect.topic.replace(/\/[^/]*$/, '') },
  ]),
  'retained-delivered-once': onSend('PUBLISH', (sent) => {
    const { topic } = sent.packet;
    return sent.why === 'retained'
      ? [sent, { kind: 'retained-cleared', topic, why: 'reply', cause: sent.cause }]
      : [sent];
  }),
  'retained-cut-at-64-kib': changeSent('PUBLISH', (packet, { why }) =>
    why === 'retained' && packet.payload.length > 65_535
      ? { ...packet, payload: packet.payload.slice(0, 65_535) }
      : packet,
  ),
  'retain-flag-on-resume': changeSent('PUBLISH', (packet, { message }, { resumed }) =>
    resumed === true && message?.source?.retain === true ? { ...packet, retain: true } : packet,
  ),
  'retained-for-first-filter': {
    decide: {
      'subscribe.retained': (normal, { packet, filter }) =>
        normal && packet?.type === 'SUBSCRIBE' && packet.subscriptions[0]?.filter === filter,
    },
  },
  'retained-without-properties': changeSent('PUBLISH', (packet, { why }) => {
    const { properties = {} } = packet;
    return why === 'retained'
      ? { ...packet, properties: only(properties, 'messageExpiryInterval', 'subscriptionIdentifiers') }
      : packet;
  }),
  'retained-not-by-alias': never('retained-set', ({ message }) => message.source?.topic === ''),
  'retain-handling-1-sends-none': {
    decide: { 'subscribe.retained': (normal, about) => normal && handlingOf(about) !== 1 },
  },
  'retain-handling-1-by-connection': {
    decide: {
      'subscribe.retained': (normal, about) => normal || (about.resumed === true && handlingOf(about) === 1),
    },
  },
  'retained-only-over-tcp': {
    decide: { 'subscribe.retained': (normal, { transport }) => normal && transport === 'tcp' },
  },
  'retain-always-set': changeSent('PUBLISH', (packet) => (packet.retain ? packet : { ...packet, retain: true })),
  'retain-as-published-lost-on-resume': changeSent('PUBLISH', (packet, { why }, { resumed }) =>
    resumed === true && why !== 'retained' && packet.retain ? { ...packet, retain: false } : packet,
  ),
  'retain-as-published-kept': on('subscription-added', (effect) => [
    effect.replaces ? { ...effect, subscription: { ...effect.subscription, retainAsPublished: true } } : effect,
  ]),
} as const satisfies { readonly [F in FaultName]?: Alteration };
