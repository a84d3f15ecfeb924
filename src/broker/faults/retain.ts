import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { changeMessages, changeSent, dropSent, never, onSend } from './packet-tools.ts';

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
} as const satisfies { readonly [F in FaultName]?: Alteration };
