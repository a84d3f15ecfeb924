import type { FaultName } from '#spec';
import { encode, mutations, type Properties } from '#wire';
import type { Alteration } from '../alteration.ts';
import {
  blocked,
  breaks,
  changeBytes,
  changeMessages,
  changeProperties,
  changeSent,
  closed,
  doubleSent,
  later,
  never,
  on,
  onSend,
  withAlias,
  without,
} from './packet-tools.ts';

/** How each fault of PING, keep-alive, DISCONNECT and flow control is done. */
export const LIFECYCLE = {
  'no-pingresp': { decide: { 'ping.answered': () => false } },
  'late-pingresp': onSend('PINGRESP', (sent) => [later(sent, 60_000)]),
  'two-pingresps': doubleSent('PINGRESP'),
  'never-times-out': { decide: { 'connect.keep-alive-limit': () => 0 } },
  'server-keep-alive-expires-at-once': {
    limits: { serverKeepAlive: 60 },
    decide: { 'connect.keep-alive-limit': (normal) => (normal === 90_000 ? 1 : normal) },
  },
  'times-out-early': { decide: { 'connect.keep-alive-limit': (normal) => normal / 3 } },
  'times-out-late': { decide: { 'connect.keep-alive-limit': (normal) => normal * 4 } },
  'keep-alive-ignores-packets': { decide: { 'keep-alive.by-packet': () => false } },
  'keep-alive-by-sends': { decide: { 'keep-alive.by-send': () => true } },
  'keep-alive-by-websocket-ping': { decide: { 'keep-alive.by-ping': () => true } },
  'ignores-disconnect': { decide: { 'disconnect.obeyed': () => false } },
  'delivers-will-after-disconnect': {
    decide: { 'will.published': () => true },
    ...never('will-removed', ({ why }) => why === 'disconnect'),
  },
  'accepts-pingreq-flags': { waive: ['packet.reserved-flags'], when: (about) => breaks(about, '#pingreq') },
  'accepts-ack-flags': {
    waive: ['packet.reserved-flags'],
    when: (about) => breaks(about, '#puback') || breaks(about, '#pubrec') || breaks(about, '#pubcomp'),
  },
  'accepts-pubrel-flags': { waive: ['packet.reserved-flags'], when: (about) => breaks(about, 'MQTT-3.6.1-1#close') },
  'accepts-disconnect-flags': {
    waive: ['packet.reserved-flags'],
    when: (about) => breaks(about, 'MQTT-3.14.1-1') || breaks(about, 'MQTT-3.14.1-1#close'),
  },
  'accepts-unknown-reason-code': { waive: ['reason-code.not-in-table'] },
  'accepts-duplicate-property': { waive: ['property.duplicate'] },
  'accepts-misplaced-property': { waive: ['property.not-allowed'] },
  'accepts-property-out-of-range': { waive: ['property.out-of-range'] },
  'accepts-subscription-id-from-client': {
    waive: ['property.wrong-direction'],
    when: (about) => breaks(about, 'MQTT-3.3.4-6'),
  },
  'accepts-response-topic-wildcard': { waive: ['property.response-topic-wildcard'] },
  'accepts-auth': { waive: ['auth.unexpected'] },
  'user-properties-reordered': changeProperties((properties) =>
    (properties.userProperties?.length ?? 0) < 2
      ? properties
      : { ...properties, userProperties: properties.userProperties?.toReversed() ?? [] },
  ),
  'user-properties-merged': changeProperties((properties) =>
    properties.userProperties === undefined
      ? properties
      : { ...properties, userProperties: [...new Map(properties.userProperties)] },
  ),
  'user-properties-dropped': changeProperties((properties) =>
    properties.userProperties === undefined ? properties : without(properties, 'userProperties'),
  ),
  'response-topic-dropped': changeProperties((properties) =>
    properties.responseTopic === undefined ? properties : without(properties, 'responseTopic'),
  ),
  'correlation-data-altered': changeProperties((properties) =>
    properties.correlationData === undefined
      ? properties
      : { ...properties, correlationData: properties.correlationData.map((byte) => byte ^ 0xff) },
  ),
  'content-type-dropped': changeProperties((properties) =>
    properties.contentType === undefined ? properties : without(properties, 'contentType'),
  ),
  'payload-format-dropped': changeProperties((properties) =>
    properties.payloadFormatIndicator === undefined ? properties : without(properties, 'payloadFormatIndicator'),
  ),
  'delivers-expired': { decide: { 'deliver.expired': () => false, 'retain.expires': () => false } },
  'expiry-not-decremented': changeMessages((packet, { properties }) =>
    properties?.messageExpiryInterval === undefined
      ? packet
      : { ...packet, properties: { ...packet.properties, messageExpiryInterval: properties.messageExpiryInterval } },
  ),
  'expiry-dropped': changeProperties((properties) =>
    properties.messageExpiryInterval === undefined ? properties : without(properties, 'messageExpiryInterval'),
  ),
  'expires-after-delivery-began': { decide: { 'deliver.gives-up': () => true } },
  'accepts-alias-0': {
    waive: ['property.out-of-range'],
    when: (about) => breaks(about, 'R-3.3.4-2') || breaks(about, 'MQTT-3.3.2-8#client-input'),
  },
  'accepts-alias-above-maximum': { waive: ['publish.alias-maximum'] },
  'alias-keeps-first-topic': { decide: { 'alias.topic': () => 'first' } },
  'alias-unasked': { decide: { 'deliver.alias': () => 'always' } },
  'alias-leaked': changeMessages((packet, { properties }) =>
    properties?.topicAlias === undefined
      ? packet
      : { ...packet, properties: { ...packet.properties, topicAlias: properties.topicAlias } },
  ),
  'explains-unasked': { decide: { 'connect.problem-information': () => true } },
  'exceeds-maximum-packet-size': { decide: { 'deliver.too-large': () => 'sent' } },
  'closes-without-disconnect': {
    decide: { 'end.disconnect': (normal, { ending }) => normal && ending === 'takeover' },
  },
  'disconnect-code-below-80': changeSent('DISCONNECT', (packet) =>
    packet.reasonCode >= 0x80 ? { ...packet, reasonCode: 0x00 } : packet,
  ),
  'disconnect-wrong-code': changeSent('DISCONNECT', (packet) =>
    packet.reasonCode > 0x80 && packet.reasonCode !== 0x8e ? { ...packet, reasonCode: 0x80 } : packet,
  ),
  'disconnect-to-311': {
    decide: {
      'end.disconnect': (_normal, { version, ending }) =>
        version !== '5.0' && ending !== 'normal' && ending !== 'connection-lost',
    },
  },
  'maximum-qos-not-enforced': { limits: { maximumQos: 1 }, waive: ['publish.qos-maximum'] },
  'maximum-packet-size-not-enforced': { waive: ['packet.too-large'] },
  'exceeds-receive-maximum': { decide: { 'deliver.window': () => 65_535 } },
  'quota-not-returned': never('quota-returned'),
  'quota-not-returned-by-failed-pubrec': never('quota-returned', (_effect, { packet }) => packet?.type === 'PUBREC'),
  'quota-not-reset': {
    decide: { 'deliver.window': (normal, { resumed }) => (resumed === true ? Math.max(0, normal - 1) : normal) },
  },
  'receive-maximum-not-enforced': { waive: ['publish.receive-maximum'] },
  'drops-above-receive-maximum': {
    waive: ['publish.receive-maximum'],
    decide: { 'publish.routed': (normal, { exceeding }) => normal && exceeding !== true },
  },
  'pings-wait-for-quota': on('send', (sent, { quota }) =>
    quota === 0 && (sent.packet.type === 'PINGRESP' || sent.packet.type === 'SUBACK') ? [] : [sent],
  ),
  'accepts-unknown-alias': { waive: ['publish.alias-unknown'] },
  'too-large-blocks-queue': on('message-dropped', (effect) =>
    effect.why === 'too-large' ? [effect, ...blocked(effect)] : [effect],
  ),
  'receive-maximum-below-told': changeSent('CONNACK', (packet) =>
    packet.properties?.receiveMaximum === undefined
      ? packet
      : { ...packet, properties: { ...packet.properties, receiveMaximum: packet.properties.receiveMaximum + 5 } },
  ),
  'receive-maximum-for-good': never('inbound-closed'),
  'disconnect-unknown-code': changeSent('DISCONNECT', (packet) => ({ ...packet, reasonCode: 0x01 })),
  'disconnect-with-session-expiry': changeSent('DISCONNECT', (packet) => ({
    ...packet,
    properties: { ...packet.properties, sessionExpiryInterval: 0 },
  })),
  'two-server-references': changeBytes('DISCONNECT', (_bytes, _about, packet) => {
    const properties = { ...packet.properties, serverReference: 'elsewhere' };
    return mutations.duplicateProperty(encode({ ...packet, properties }, '5.0'), 'disconnect', 'serverReference').bytes;
  }),
  'sends-after-disconnect': onSend('DISCONNECT', (sent) => [sent, { ...sent, packet: { type: 'PINGRESP' } }]),
  'accepts-server-codes': { waive: ['reason-code.wrong-direction'] },
  'accepts-server-reference': {
    waive: ['property.wrong-direction'],
    when: (about) => breaks(about, 'R-3.14.2.2.5-1'),
  },
  'authentication-method-unasked': changeSent('CONNACK', (packet, _sent, { version }) =>
    version === '5.0' ? { ...packet, properties: { ...packet.properties, authenticationMethod: 'reference' } } : packet,
  ),
  'auth-unasked': onSend('CONNACK', (sent, { version }) =>
    version === '5.0' && sent.packet.reasonCode === 0
      ? [
          sent,
          { ...sent, packet: { type: 'AUTH', reasonCode: 0x18, properties: { authenticationMethod: 'reference' } } },
        ]
      : [sent],
  ),
  'connack-property-twice': changeBytes('CONNACK', (bytes, { version }, packet) => {
    const [name] = Object.keys(packet.properties ?? {}) as (keyof Properties)[];
    return version === '5.0' && name !== undefined && name !== 'userProperties'
      ? mutations.duplicateProperty(bytes, 'connack', name).bytes
      : bytes;
  }),
  'connack-property-out-of-range': changeBytes('CONNACK', (bytes, { version }, packet) =>
    version === '5.0' && packet.properties?.receiveMaximum !== undefined
      ? mutations.withPropertyValue(bytes, 'connack', 'receiveMaximum', Uint8Array.of(0, 0)).bytes
      : bytes,
  ),
  'connack-unknown-code': changeSent('CONNACK', (packet, _sent, { version }) =>
    version === '5.0' && packet.reasonCode !== 0 ? { ...packet, reasonCode: 0x01 } : packet,
  ),
  'alias-maximum-below-told': changeSent('CONNACK', (packet) =>
    packet.properties?.topicAliasMaximum === undefined
      ? packet
      : { ...packet, properties: { ...packet.properties, topicAliasMaximum: packet.properties.topicAliasMaximum + 1 } },
  ),
  'sends-alias-0': changeBytes('PUBLISH', withAlias(0)),
  'sends-alias-above-maximum': changeBytes('PUBLISH', withAlias(0xffff)),
  'publish-property-twice': changeBytes('PUBLISH', (bytes, { version }, packet) =>
    version === '5.0' && packet.properties?.contentType !== undefined
      ? mutations.duplicateProperty(bytes, 'publish', 'contentType').bytes
      : bytes,
  ),
  'expires-without-interval': never('message-queued', ({ message }) => message.expiresAt === undefined),
  'will-lost-after-disconnect-04': {
    decide: { 'will.published': (normal, { packet }) => normal && packet?.type !== 'DISCONNECT' },
  },
  'too-large-ends-connection': on('message-dropped', (effect) =>
    effect.why === 'too-large' ? [effect, ...closed(effect)] : [effect],
  ),
  'sends-packets-of-clients': changeBytes('PINGRESP', (bytes) => Uint8Array.of(...bytes, 0xc0, 0x00)),
  'sends-reserved-packet-types': changeBytes('PINGRESP', (bytes) => Uint8Array.of(...bytes, 0x00, 0x00)),
} as const satisfies { readonly [F in FaultName]?: Alteration };
