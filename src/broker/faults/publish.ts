import type { FaultName } from '#spec';
import { encode, encodedSize, mutations } from '#wire';
import type { Alteration } from '../alteration.ts';
import {
  changeAcks,
  changeBytes,
  changeMessages,
  changeSent,
  changeSubscriptions,
  dropSent,
  endOfAll,
  firstByte,
  forgetsDelivery,
  isBoundary,
  isFailure,
  lastOfTopic,
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
  'answers-with-wrong-flags': on('send', (sent, { version = '3.1.1' }) => {
    const { packet } = sent;
    if (packet.type === 'PUBLISH' || packet.type === 'PUBREL' || packet.type === 'CONNACK') return [sent];
    const bytes = encode(packet, version).map((byte, i) => (i === 0 ? byte | 1 : byte));
    return [{ ...sent, shared: { packet, bytes } }];
  }),
  'sends-needless-lengths': changeBytes('PUBLISH', (bytes) =>
    (bytes[1] ?? 0) < 0x80 ? Uint8Array.of(bytes[0] ?? 0, (bytes[1] ?? 0) | 0x80, 0, ...bytes.subarray(2)) : bytes,
  ),
  'acknowledges-qos0': { decide: { 'publish.qos0-acknowledged': () => true } },
  'dup-with-qos-0': changeBytes('PUBLISH', (bytes, _about, { qos }) => (qos === 0 ? firstByte(bytes, 0x08) : bytes)),
  'sends-qos-3': changeBytes('PUBLISH', (bytes, _about, { qos }) => (qos > 0 ? firstByte(bytes, 0x06) : bytes)),
  'sends-wildcard-topic': changeBytes('PUBLISH', lastOfTopic(0x23)),
  'sends-nul-in-topic': changeBytes('PUBLISH', lastOfTopic(0x00)),
  'sends-ill-formed-topic': changeBytes('PUBLISH', lastOfTopic(0xff)),
  'strips-bom': changeSent('PUBLISH', (packet) =>
    packet.topic.includes('\uFEFF') ? { ...packet, topic: packet.topic.replaceAll('\uFEFF', '') } : packet,
  ),
  'alters-non-bmp': changeSent('PUBLISH', (packet) => {
    const topic = packet.topic.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
    return topic === packet.topic ? packet : { ...packet, topic };
  }),
  'drops-repeated-qos1': never('message-routed', ({ message }) => message.qos === 1 && message.source?.dup === true),
  'pubrel-other-id': changeSent('PUBREL', (packet) => ({ ...packet, packetId: (packet.packetId % 65_535) + 1 })),
  'pubrels-reordered': { ...onSend('PUBREL', (sent) => [later(sent, 20)]), when: (_about, nth) => nth % 2 === 1 },
  'unknown-acknowledgement-code': on('send', (sent, { version }) => {
    const { packet } = sent;
    const isAck =
      packet.type === 'PUBACK' || packet.type === 'PUBREC' || packet.type === 'PUBREL' || packet.type === 'PUBCOMP';
    return [isAck && version === '5.0' ? { ...sent, packet: { ...packet, reasonCode: 0x01 } } : sent];
  }),
  'two-reason-strings': on('send', (sent, { version }) => {
    const { packet } = sent;
    const isFailure = 'reasonCode' in packet && packet.reasonCode >= 0x80 && packet.type !== 'CONNACK';
    if (!isFailure || version !== '5.0') return [sent];
    const explained = { ...packet, properties: { ...packet.properties, reasonString: 'why' } };
    const of = packet.type.toLowerCase() as Lowercase<typeof packet.type>;
    const { bytes } = mutations.duplicateProperty(encode(explained, version), of, 'reasonString');
    return [{ ...sent, packet: explained, shared: { packet: explained, bytes } }];
  }),
  'explains-beyond-maximum-packet-size': on('send', (sent, { version }) => {
    const { packet } = sent;
    if (version !== '5.0' || !('reasonCode' in packet) || packet.reasonCode < 0x80) return [sent];
    return [{ ...sent, packet: { ...packet, properties: { reasonString: 'why '.repeat(30) } } }];
  }),
  'dies-on-unexpected-acknowledgement': {
    decide: { 'ack.unexpected': () => 'closed' },
    ...on('end', (effect) => (effect.reason.kind === 'protocol-error' ? [effect, ...others(effect)] : [effect])),
  },
  'accepts-ill-formed-properties': {
    waive: ['utf8.ill-formed', 'utf8.surrogate', 'utf8.nul'],
    when: ({ violation }) => violation?.message.includes('.property.') === true,
  },
  'sends-ill-formed-user-properties': changeBytes('PUBLISH', (bytes, { version }, packet) =>
    packet.properties?.userProperties === undefined || version !== '5.0'
      ? bytes
      : mutations.withField(bytes, 'publish.property.userProperties[0].value', Uint8Array.of(0, 1, 0xff), version)
          .bytes,
  ),
  'denied-publish-unanswered': {
    decide: {
      'publish.reply': (normal, { topic = '' }) => (topic.startsWith('mqttspec-denied/') ? 'none' : normal),
    },
  },
  'closes-after-failure-in-acknowledgement': on('send', (sent) =>
    isFailure(sent.packet)
      ? [
          sent,
          {
            kind: 'end',
            connection: sent.connection,
            reason: { kind: 'not-authorized' },
            why: 'refused',
            cause: sent.cause,
          },
        ]
      : [sent],
  ),
  'failure-in-acknowledgement-ends-subscriptions': on('send', (sent, { clientId }) =>
    isFailure(sent.packet) && clientId !== undefined
      ? [sent, { kind: 'session-removed', clientId, why: 'refused', cause: sent.cause }]
      : [sent],
  ),
  'remembers-refused-identifiers': on('send', (sent, { clientId }) =>
    sent.packet.type === 'PUBREC' && isFailure(sent.packet) && clientId !== undefined
      ? [{ kind: 'inbound-opened', clientId, packetId: sent.packet.packetId, why: 'reply', cause: sent.cause }, sent]
      : [sent],
  ),
  'cuts-long-topics': changeSent('PUBLISH', (packet) =>
    packet.topic.length > 32_767 ? { ...packet, topic: packet.topic.slice(0, 32_767) } : packet,
  ),
} as const satisfies { readonly [F in FaultName]?: Alteration };
