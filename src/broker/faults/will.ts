import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { changeWills, later, never, on, only, without } from './packet-tools.ts';

/** How each fault of will messages is done. */
export const WILL = {
  'will-lost-on-connection-loss': {
    decide: { 'will.published': (normal, { ending }) => normal && ending !== 'connection-lost' },
  },
  'will-lost-on-close': { decide: { 'will.published': (normal, { lost }) => normal && lost !== 'closed' } },
  'will-lost-on-websocket': {
    decide: { 'will.published': (normal, { lost, transport }) => normal && (lost === undefined || transport !== 'ws') },
  },
  'will-lost-on-keep-alive': {
    decide: { 'will.published': (normal, { ending }) => normal && ending !== 'keep-alive' },
  },
  'will-lost-on-protocol-error': {
    decide: { 'will.published': (normal, { ending }) => normal && ending !== 'protocol-error' },
  },
  'will-lost-on-takeover': { decide: { 'will.published': (normal, { ending }) => normal && ending !== 'takeover' } },
  'will-lost-on-disconnect-04': { decide: { 'will.published': (normal, { ending }) => normal && ending !== 'normal' } },
  'will-published-twice': on('message-routed', (effect) =>
    effect.why === 'will' ? [effect, later(effect, 100)] : [effect],
  ),
  'will-of-refused-connect': { decide: { 'will.stored': () => true } },
  'will-delay-ignored': { decide: { 'will.delay': () => 0 } },
  'will-not-cancelled': { decide: { 'will.cancelled': () => false } },
  'will-waits-beyond-session': {
    decide: {
      'will.delay': (normal, { will }) => will?.properties?.willDelayInterval ?? normal,
      'will.at-session-end': () => false,
    },
  },
  'will-retain-ignored': changeWills((will) => ({ ...will, retain: false })),
  'will-always-retained': changeWills((will) => ({ ...will, retain: true })),
  'will-qos-ignored': changeWills((will) => ({ ...will, qos: 0 })),
  'accepts-will-topic-wildcard': { waive: ['will.topic-wildcard'] },
  'accepts-empty-will-topic': { waive: ['will.topic-empty'] },
  'will-properties-lost': changeWills((will) =>
    will.properties === undefined ? will : { ...will, properties: only(will.properties, 'willDelayInterval') },
  ),
  'will-user-properties-lost': changeWills((will) =>
    will.properties === undefined ? will : { ...will, properties: without(will.properties, 'userProperties') },
  ),
  'will-bypasses-access-rules': { decide: { 'will.permitted': () => true } },
  'will-payload-altered': changeWills((will) => ({ ...will, payload: will.payload.subarray(1) })),
  'will-qos-not-limited': { limits: { maximumQos: 1 }, waive: ['connect.will-qos'] },
  'will-retain-not-limited': { limits: { retainAvailable: false }, waive: ['connect.will-retain'] },
  'will-on-disconnect-04-only': {
    decide: {
      'will.published': (normal, { packet }) =>
        normal && !(packet?.type === 'DISCONNECT' && packet.reasonCode !== 0x04),
    },
  },
  'resumed-session-without-will': on('will-stored', (effect, { resumed }) => (resumed === true ? [] : [effect])),
  'empty-will-lost': on('message-routed', (effect) =>
    effect.why === 'will' && effect.message.payload.length === 0 ? [] : [effect],
  ),
  'delayed-will-lost': never('timer-set', ({ timer }) => timer === 'will-delay'),
  'will-always-delayed': { decide: { 'will.delay': (normal) => (normal === 0 ? 60 : normal) } },
  'will-delay-halved': { decide: { 'will.delay': (normal) => normal / 2 } },
  'will-expiry-shortened': changeWills((will) => {
    const seconds = will.properties?.messageExpiryInterval;
    return seconds === undefined
      ? will
      : { ...will, properties: { ...will.properties, messageExpiryInterval: Math.max(0, seconds - 3) } };
  }),
} as const satisfies { readonly [F in FaultName]?: Alteration };
