import type { FaultName } from '#spec';
import type { About, Alteration } from '../alteration.ts';
import type { Effect, EffectOf } from '../effects.ts';
import type { Why } from '../why.ts';
import { changeSent, dropSent, later, never, on, only, onSend, others, without } from './packet-tools.ts';

/** The session is not kept where its connection ended for this reason; absent: for any. */
const endsSessionOn = (reason?: Why): Alteration =>
  on('session-detached', (effect) => {
    const { clientId, why, cause } = effect;
    if (reason !== undefined && why !== reason) return [effect];
    return [effect, { kind: 'session-expiry-changed', clientId, expiry: 0, why, cause }];
  });

/** With a connection that ends for this reason end those that are older. */
const endsOlderWith = (kind: EffectOf<'end'>['reason']['kind']): Alteration =>
  on('end', (effect) => {
    if (effect.reason.kind !== kind) return [effect];
    return [effect, ...others(effect).filter((other) => other.kind === 'end' && other.connection < effect.connection)];
  });

/** Another expiry interval than CONNACK lets the client believe. */
const untold = (expiry: (normal: number, about: About) => number): Alteration => ({
  decide: { 'session.expiry': expiry },
  ...changeSent('CONNACK', (packet) =>
    packet.properties?.sessionExpiryInterval === undefined
      ? packet
      : { ...packet, properties: without(packet.properties, 'sessionExpiryInterval') },
  ),
});

const removal = ({ clientId, cause }: Pick<EffectOf<'session-stored'>, 'clientId' | 'cause'>): Effect => ({
  kind: 'session-removed',
  clientId,
  why: 'expired',
  cause,
});

/** How each fault of sessions, takeover and resumption is done. */
export const SESSION = {
  'session-not-kept': endsSessionOn(),
  'resumes-without-subscriptions': { decide: { 'session.restored': () => 'without-subscriptions' } },
  'clean-start-keeps-state': { decide: { 'session.resumed': () => true } },
  'session-never-resumed': { decide: { 'session.resumed': () => false } },
  'session-outlives-connection': untold((normal) => (normal === 0 ? 3600 : normal)),
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
  'session-present-invented': {
    decide: {
      'connect.session-present': (normal, { packet }) =>
        packet?.type === 'CONNECT' && !packet.cleanStart ? true : normal,
    },
  },
  'third-resumption-fails': {
    decide: { 'session.resumed': () => false },
    when: (_about, nth) => nth % 3 === 0,
  },
  'session-lost-on-connection-loss': endsSessionOn('connection-lost'),
  'session-lost-on-disconnect': endsSessionOn('disconnect'),
  'session-lost-on-protocol-error': endsSessionOn('violation'),
  'session-lost-on-keep-alive': endsSessionOn('keep-alive'),
  'session-lost-on-takeover': endsSessionOn('takeover'),
  'clean-start-spares-session': {
    decide: {
      'session.resumed': (normal, { packet }) => normal || (packet?.type === 'CONNECT' && packet.cleanStart),
    },
    ...never('session-expiry-changed', ({ why }) => why === 'connect'),
  },
  'clean-start-not-kept': untold((normal, { packet }) =>
    packet?.type === 'CONNECT' && packet.cleanStart ? 0 : normal,
  ),
  'session-not-resumed-over-websocket': {
    decide: { 'session.resumed': (normal, { transport }) => normal && transport !== 'ws' },
  },
  'session-not-resumed-over-tcp': {
    decide: { 'session.resumed': (normal, { transport }) => normal && transport !== 'tcp' },
  },
  'client-ids-ignore-case': { decide: { 'session.key': () => 'case-ignored' } },
  'client-ids-cut': { decide: { 'session.key': () => 'cut' } },
  'session-expires-while-connected': on('session-stored', (effect) =>
    effect.expiry === 0 ? [effect] : [effect, later(removal(effect), effect.expiry * 1000)],
  ),
  'resumption-does-not-stop-expiry': on('timer-set', (effect) => {
    const { timer, clientId, ms } = effect;
    return timer === 'session-expiry' && clientId !== undefined
      ? [effect, later(removal({ clientId, cause: effect.cause }), ms)]
      : [effect];
  }),
  'resumed-expiry-ignored': never('session-expiry-changed', ({ why }) => why === 'connect'),
  'session-forever-not-kept': untold((normal) => (normal === 0xffff_ffff ? 0 : normal)),
  'takeover-within-transport-only': {
    decide: {
      'session.takeover': (normal, { transport, tookOverFrom }) => (transport === tookOverFrom ? normal : 'both-live'),
    },
  },
  'third-takeover-keeps-old': {
    decide: { 'session.takeover': () => 'both-live' },
    when: (_about, nth) => nth % 3 === 0,
  },
  'takeover-ends-all': endsOlderWith('takeover'),
  'refused-connect-harms-others': endsOlderWith('refused'),
  'keeps-few-waiting': { limits: { queuedMessages: 10 } },
  'redelivers-once': onSend('PUBLISH', (sent, { clientId }) => {
    const { packetId } = sent.packet;
    if (sent.why !== 'resend' || packetId === undefined || clientId === undefined) return [sent];
    return [sent, { kind: 'delivery-closed', clientId, packetId, why: 'resend', cause: sent.cause }];
  }),
  'repeats-without-properties': changeSent('PUBLISH', (packet, { why }) => {
    if (why !== 'resend' || packet.properties === undefined) return packet;
    return { ...packet, properties: only(packet.properties, 'topicAlias') };
  }),
  'loses-unreleased-qos2': {
    decide: { 'publish.qos2-forwarded': () => 'at-pubrel', 'session.restored': () => 'without-inbound' },
  },
} as const satisfies { readonly [F in FaultName]?: Alteration };
