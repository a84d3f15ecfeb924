import type { FaultName } from '#spec';
import type { Alteration } from '../alteration.ts';
import { changeWills, later, on, only, without } from './packet-tools.ts';

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
} as const satisfies { readonly [F in FaultName]?: Alteration };
