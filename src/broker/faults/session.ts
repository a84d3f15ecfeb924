import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { changeSent, dropSent, never, on } from './packet-tools.ts';

/** How each fault of sessions, takeover and resumption is done. */
export const SESSION = {
  'session-not-kept': { decide: { 'session.expiry': () => 0 } },
  'resumes-without-subscriptions': { decide: { 'session.restored': () => 'without-subscriptions' } },
  'clean-start-keeps-state': { decide: { 'session.resumed': () => true } },
  'session-never-resumed': { decide: { 'session.resumed': () => false } },
  'session-outlives-connection': { decide: { 'session.expiry': (normal) => (normal === 0 ? 3600 : normal) } },
  'session-dropped-early': on('timer-set', (effect) => [
    effect.timer === 'session-expiry' ? { ...effect, ms: effect.ms / 2 } : effect,
  ]),
  'session-never-expires': never('timer-set', ({ timer }) => timer === 'session-expiry'),
  'disconnect-expiry-ignored': never('session-expiry-changed', ({ why }) => why === 'disconnect'),
  'disconnect-revives-session': { waive: ['disconnect.expiry-after-zero'] },
  'takeover-keeps-old': { decide: { 'session.takeover': () => 'both-live' } },
  'takeover-ends-new': { decide: { 'session.takeover': () => 'new-ends' } },
  'takeover-loses-deliveries': never('session-attached', (_effect, { tookOver }) => tookOver === true),
  'resumed-session-is-deaf': dropSent('PUBLISH', (_packet, { why }) => why === 'queued' || why === 'resend'),
  'loses-offline-messages': { decide: { 'deliver.offline': () => false } },
  'duplicates-offline-messages': on('message-queued', (effect) => [effect, effect]),
  'reorders-offline-messages': { decide: { 'deliver.queue-order': () => 'last-in' } },
  'takeover-without-disconnect': {
    decide: { 'end.disconnect': (normal, { ending }) => normal && ending !== 'takeover' },
  },
  'takeover-wrong-code': changeSent('DISCONNECT', (packet) =>
    packet.reasonCode === 0x8e ? { ...packet, reasonCode: 0x98 } : packet,
  ),
  'resumes-without-shared': { decide: { 'session.restored': () => 'without-shared' } },
  'resumes-without-options': { decide: { 'session.restored': () => 'without-options' } },
  'keeps-old-receive-maximum': {
    decide: { 'deliver.window': (normal, { resumed }) => (resumed === true ? Math.max(normal, 20) : normal) },
  },
  'removed-session-keeps-subscriptions': never('session-removed'),
} as const satisfies { readonly [F in FaultName]?: Alteration };
