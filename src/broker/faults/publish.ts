import type { FaultName } from '#spec';
import { encodedSize } from '#wire';
import type { Alteration } from '../alteration.ts';
import {
  changeAcks,
  changeBytes,
  changeMessages,
  changeSent,
  changeSubscriptions,
  dropSent,
  endOfAll,
  forgetsDelivery,
  isBoundary,
  isFailure,
  later,
  never,
  on,
  onSend,
  others,
} from './packet-tools.ts';

/** How each fault of PUBLISH and of delivery is done. */
export const PUBLISH = {
  'accepts-qos-3': { waive: ['publish.qos-3'] },
  'accepts-topic-wildcard': { waive: ['publish.topic-wildcard'] },
  'forwards-dup': changeMessages((packet, source) => (source.dup ? { ...packet, dup: true } : packet)),
  'qos2-puback': { decide: { 'publish.reply': () => 'puback' } },
  'wrong-packet-id': changeAcks((packetId) => (packetId % 65_535) + 1),
  'no-pubcomp': dropSent('PUBCOMP'),
  'no-pubcomp-for-unknown': dropSent('PUBCOMP', ({ reasonCode }) => reasonCode !== 0),
  'no-puback': dropSent('PUBACK'),
  'no-pubrec': dropSent('PUBREC'),
  'drops-qos0': never('message-routed', ({ message }) => message.qos === 0),
  'drops-qos1': never('message-routed', ({ message }) => message.qos === 1),
  'drops-qos2': never('message-routed', ({ message }) => message.qos === 2),
  'duplicates-qos2': { decide: { 'publish.qos2-duplicate': () => false } },
  'duplicates-qos0': onSend('PUBLISH', (sent) =>
    sent.packet.qos === 0 && sent.why === 'route' ? [sent, sent] : [sent],
  ),
  reorders: { ...onSend('PUBLISH', (sent) => [later(sent, 20)]), when: (_about, nth) => nth % 2 === 1 },
  'reorders-waiting': { decide: { 'deliver.queue-order': () => 'last-in' } },
  'delivers-above-granted-qos': changeSubscriptions((one) => (one.qos === 2 ? one : { ...one, qos: 2 })),
  'delivers-below-granted-qos': { decide: { 'deliver.qos': () => 0 } },
  'corrupts-payload': changeSent('PUBLISH', (packet) =>
    packet.payload.length === 0
      ? packet
      : { ...packet, payload: packet.payload.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) },
  ),
  'truncates-at-boundary': changeSent('PUBLISH', (packet, _sent, { version = '3.1.1' }) =>
    isBoundary(encodedSize(packet, version)) ? { ...packet, payload: packet.payload.subarray(0, -1) } : packet,
  ),
  'loses-empty-payload': { decide: { 'deliver.empty': () => false } },
  'alters-topic': changeSent('PUBLISH', (packet) =>
    packet.topic === '' ? packet : { ...packet, topic: `${packet.topic}/` },
  ),
  'accepts-dup-with-qos-0': { waive: ['publish.dup-qos-0'] },
  'accepts-empty-topic': { waive: ['publish.topic-empty'] },
  'accepts-nul-in-topic': {
    waive: ['utf8.nul', 'utf8.ill-formed', 'utf8.surrogate'],
    when: ({ violation }) => violation?.message.includes('publish.topic') === true,
  },
  'dies-on-dollar-topic': {
    waive: ['publish.server-topic'],
    ...on('message-routed', (effect) => (effect.message.topic.startsWith('$') ? endOfAll(effect.cause) : [effect])),
  },
  'publishes-without-permission': { decide: { 'publish.permitted': () => true } },
  'accepts-packet-id-0': { waive: ['packet-id.zero'] },
  'loses-qos2-state': { decide: { 'session.restored': () => 'without-inbound' } },
  'discards-dup-qos2': {
    decide: { 'publish.qos2-duplicate': (normal, { packet }) => normal || (packet?.type === 'PUBLISH' && packet.dup) },
  },
  'loses-qos2-burst': {
    ...never('message-routed', ({ message }) => message.qos === 2),
    when: (_about, nth) => nth > 10,
  },
  'one-id-space': on('send', forgetsDelivery),
  'keeps-qos2-id': never('inbound-closed'),
  'retransmits-on-timer': { decide: { 'deliver.retransmission': () => 500 } },
  'resends-without-dup': { decide: { 'resend.dup': () => false } },
  'dup-on-first-delivery': changeSent('PUBLISH', (packet) =>
    packet.qos > 0 && !packet.dup ? { ...packet, dup: true } : packet,
  ),
  'resends-with-new-id': { decide: { 'resend.id': () => 'new' } },
  'resends-publish-after-pubrec': { decide: { 'resend.stage': () => 'publish' } },
  'publish-instead-of-pubrel': { decide: { 'pubrec.pubrel': (normal) => (normal === 'pubrel' ? 'publish' : normal) } },
  'no-pubrel': { decide: { 'pubrec.pubrel': () => 'none' } },
  'no-pubrel-on-resume': dropSent('PUBREL', (_packet, { why }) => why === 'resend'),
  'loses-unacknowledged': { decide: { 'session.restored': () => 'without-deliveries' } },
  'resends-reversed': { decide: { 'resend.order': () => 'reversed' } },
  'resends-acknowledged': { decide: { 'ack.closes': () => false } },
  'pubrel-after-failed-pubrec': { decide: { 'pubrec.pubrel': () => 'pubrel' } },
  'resends-after-failed-ack': { decide: { 'ack.closes': (normal, { packet }) => normal && !isFailure(packet) } },
  'reuses-open-id': changeSent('PUBLISH', (packet) => (packet.qos > 0 ? { ...packet, packetId: 1 } : packet)),
  'delivers-packet-id-0': changeSent('PUBLISH', (packet) => (packet.qos > 0 ? { ...packet, packetId: 0 } : packet)),
  'pubrel-wrong-flags': changeBytes('PUBREL', (bytes) => bytes.map((byte, i) => (i === 0 ? 0x60 : byte))),
  'stops-after-first-ack': { decide: { 'deliver.window': () => 1 }, ...never('quota-returned') },
  'serves-dollar-topics': { waive: ['publish.server-topic'] },
  'ignores-reserved-types': {
    decide: { 'end.close': (_normal, { violation }) => violation?.name !== 'packet.type-reserved' },
  },
  'accepts-server-packets': { waive: ['packet.wrong-direction'] },
  'bad-client-harms-others': on('end', (effect) =>
    effect.reason.kind === 'protocol-error' ? [effect, ...others(effect)] : [effect],
  ),
  'never-closes-on-error': { decide: { 'end.close': (normal, { ending }) => normal && ending !== 'protocol-error' } },
} as const satisfies { readonly [F in FaultName]?: Alteration };
