/** Allowed ways of MQTT that differ from those of the reference broker. */
import type { VariantName } from '#spec';
import { encodedSize, isValidUtf8, type Packet, type Properties } from '#wire';
import type { About, Alteration } from '../alteration.ts';
import { refuses } from '../faults/connect.ts';
import { failOnFrames } from '../faults/framing-tools.ts';
import { breaks, changeSent, later, never, on, onSend, without } from '../faults/packet-tools.ts';

/** Reason code and property length are optional in these where they say nothing (5.0 §3.4.2). */
const LONG = ['PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP', 'DISCONNECT'] as const;

const EXPLANATION: Properties = { reasonString: 'as asked', userProperties: [['broker', 'reference']] };

/** What is larger than a 5.0 client takes is left as it was; others know no properties. */
const fitting = <P extends Packet>(plain: P, more: P, { version, maximumPacketSize = Infinity }: About): P =>
  version === '5.0' && encodedSize(more, version) <= maximumPacketSize ? more : plain;

const isControl = (text: string): boolean => /\p{Cc}/u.test(text);

export const MQTT = {
  'puback-no-matching-subscribers': { decide: { 'publish.no-subscribers': () => 0x10 } },
  'forwards-at-pubrel': { decide: { 'publish.qos2-forwarded': () => 'at-pubrel' } },
  'copy-per-subscription': { decide: { 'deliver.overlap': () => 'copy-per-subscription' } },
  'retained-reversed': { decide: { 'subscribe.retained-order': () => 'reversed' } },
  'retained-before-suback': { decide: { 'subscribe.retained-when': () => 'before-suback' } },
  'pubcomp-success-for-unknown': { decide: { 'pubrel.unknown': () => 0x00 } },
  'disconnects-on-bad-filter': { decide: { 'subscribe.bad-filter': () => 'closed' } },
  'queues-qos0-offline': { decide: { 'deliver.offline-qos0': () => 'queued' } },
  'slow-suback': on('send', (sent) =>
    sent.packet.type === 'SUBACK' || sent.packet.type === 'UNSUBACK' ? [later(sent, 500)] : [sent],
  ),
  'server-keep-alive': { limits: { serverKeepAlive: 10 } },
  'maximum-qos-1': { limits: { maximumQos: 1 } },
  'maximum-qos-0': { limits: { maximumQos: 0 } },
  'no-retained-messages': { limits: { retainAvailable: false } },
  'no-shared-subscriptions': { limits: { sharedSubscriptionAvailable: false } },
  'no-wildcard-subscriptions': { limits: { wildcardSubscriptionAvailable: false } },
  'no-subscription-identifiers': { limits: { subscriptionIdentifierAvailable: false } },
  'level-6-unanswered': {
    decide: { 'connect.unknown-level': (normal, { violation }) => (isNewer(violation?.message) ? 'close' : normal) },
  },
  'level-6-code-84': {
    decide: {
      'connect.unknown-level': (normal, { violation }) => (isNewer(violation?.message) ? 'connack-84' : normal),
    },
  },
  'disconnects-without-reason-string': { decide: { 'end.reason-string': () => false } },
  'packet-ids-from-high': { decide: { 'deliver.first-id': () => 65_535 } },
  'refuses-control-characters': {
    decide: {
      'publish.permitted': (normal, { topic = '' }) => normal && !isControl(topic),
      'subscribe.permitted': (normal, { filter = '' }) => normal && !isControl(filter),
    },
  },
  'bare-close-on-bad-connect': { decide: { 'connect.malformed': () => 'close' } },
  'bare-close-on-refusal': {
    decide: { 'connect.refusal': (normal, { version }) => (version === '5.0' ? 'close' : normal) },
  },
  'late-acknowledgements': on('send', (sent) =>
    sent.packet.type === 'PUBACK' || sent.packet.type === 'PUBREC' ? [later(sent, 100)] : [sent],
  ),
  'late-pingresp-allowed': onSend('PINGRESP', (sent) => [later(sent, 200)]),
  'late-deliveries': on('send', (sent) =>
    sent.packet.type === 'PUBLISH' || sent.packet.type === 'PUBREL' ? [later(sent, 100)] : [sent],
  ),
  'clean-start-drops-waiting-will': { decide: { 'will.at-session-end': () => false } },
  'coarse-timers': on('timer-set', (effect) => [
    effect.timer === 'will-delay' || effect.timer === 'session-expiry' ? { ...effect, ms: effect.ms + 1000 } : effect,
  ]),
  'receive-maximum-10': { limits: { receiveMaximum: 10 } },
  'no-topic-aliases': { limits: { topicAliasMaximum: 0 } },
  'never-uses-aliases': { decide: { 'deliver.alias': () => 'never' } },
  'session-expiry-limited': { limits: { maximumSessionExpiry: 120 } },
  'closes-on-unexpected-acknowledgement': { decide: { 'ack.unexpected': () => 'closed' } },
  'says-defaults': changeSent('CONNACK', (packet, _sent, { version }) =>
    version !== '5.0' || packet.reasonCode !== 0
      ? packet
      : {
          ...packet,
          properties: {
            receiveMaximum: 65_535,
            retainAvailable: 1,
            wildcardSubscriptionAvailable: 1,
            subscriptionIdentifierAvailable: 1,
            sharedSubscriptionAvailable: 1,
            topicAliasMaximum: 0,
            ...packet.properties,
          },
        },
  ),
  'more-in-connack': changeSent('CONNACK', (packet, _sent, about) =>
    fitting(packet, { ...packet, properties: { ...packet.properties, ...EXPLANATION } }, about),
  ),
  'challenges-twice': { decide: { 'auth.challenges': () => 2 } },
  'explains-authentication': changeSent('AUTH', (packet, _sent, about) =>
    fitting(packet, { ...packet, properties: { ...packet.properties, ...EXPLANATION } }, about),
  ),
  'no-proof-of-server': on('send', (sent) => {
    const { packet } = sent;
    const succeeds = (packet.type === 'CONNACK' || packet.type === 'AUTH') && packet.reasonCode === 0;
    if (!succeeds || packet.properties?.authenticationData === undefined) return [sent];
    return [{ ...sent, packet: { ...packet, properties: without(packet.properties, 'authenticationData') } }];
  }),
  'long-acknowledgements': on('send', (sent, { version }) => {
    const { packet } = sent;
    const isShort =
      LONG.some((type) => type === packet.type) && 'reasonCode' in packet && packet.properties === undefined;
    return [isShort && version === '5.0' ? { ...sent, packet: { ...packet, properties: {} } } : sent];
  }),
  'refuses-dollar-subscriptions': {
    decide: {
      'subscribe.permitted': (normal, { filter = '' }) =>
        normal && (!filter.startsWith('$') || filter.startsWith('$share/')),
    },
  },
  'refuses-deep-topics': {
    decide: {
      'publish.permitted': (normal, { topic = '' }) => normal && topic.split('/').length <= 128,
      'subscribe.permitted': (normal, { filter = '' }) => normal && filter.split('/').length <= 128,
    },
  },
  'retransmits-to-311': {
    decide: { 'deliver.retransmission': (normal, { version }) => (version === '3.1.1' ? 10_000 : normal) },
  },
  'refuses-unusual-client-ids': refuses(({ clientId = '' }) => !/^[0-9a-zA-Z-]{0,40}$/.test(clientId)),
  'refuses-needless-lengths': failOnFrames(({ payload, fin, rsv1, opcode }) => {
    // Fragments, compressed octets and long frames may be pieces of a packet, which look like anything.
    if (payload.length > 1_000 || !fin || rsv1 || opcode !== 2) return false;
    const length = payload.subarray(1, 5).findIndex((byte) => byte < 0x80);
    return length > 0 && payload[length + 1] === 0;
  }),
  'refuses-empty-client-ids': refuses(({ packet }) => packet?.type === 'CONNECT' && packet.clientId === ''),
  'no-response-information': { decide: { 'connect.response-information': () => false } },
  // For half a second, then they go out all the same.
  'holds-qos0-while-full': onSend('PUBLISH', (sent, { quota }) =>
    sent.packet.qos === 0 && quota === 0 ? [later(sent, 1_300)] : [sent],
  ),
  'refuses-mqtt-3.1': refuses(({ packet }) => packet?.type === 'CONNECT' && packet.protocolLevel === 3),
  'drops-silent-clients': {
    decide: { 'connect.keep-alive-limit': (normal) => (normal === 0 ? 2_000 : normal) },
  },
  'refuses-identifiers-in-use': {
    decide: {
      'publish.in-use': (normal, { packet, version }) =>
        packet?.type === 'PUBLISH' && !packet.dup && version === '5.0' ? 0x91 : normal,
    },
  },
  'repeats-to-qos-0': onSend('PUBLISH', (sent) => {
    const { source } = sent.message ?? {};
    return sent.packet.qos === 0 && source?.qos === 1 && source.dup ? [sent, sent] : [sent];
  }),
  'drops-buffered-at-unsubscribe': { decide: { 'unsubscribe.buffered': () => 'dropped' } },
  'forgets-large-retained-qos-0': never(
    'retained-set',
    ({ message: { qos, payload } }) => qos === 0 && payload.length > 4_000,
  ),
  'redistributes-when-connection-is-lost': { decide: { 'share.when-lost': () => 'to-another' } },
  'redirects-long-client-ids': {
    ...refuses(({ clientId = '', version }) => version === '5.0' && clientId.length > 50),
    ...changeSent('CONNACK', (packet, _sent, { clientId = '', version }) =>
      packet.reasonCode === 0x85 && version === '5.0' && clientId.length > 50
        ? { ...packet, reasonCode: 0x9d, properties: { serverReference: 'another.invalid:1883' } }
        : packet,
    ),
  },
  'takes-any-payload-format': {
    waive: ['property.out-of-range'],
    when: (about) => breaks(about, 'R-3.3.2.3.2-2'),
  },
  'checks-payload-format': {
    decide: {
      'publish.permitted': (normal, { packet }) => {
        const says = packet?.type === 'PUBLISH' && packet.properties?.payloadFormatIndicator === 1;
        return normal && !(says && !isValidUtf8(packet.payload));
      },
      'connect.permitted': (normal, { packet }) => {
        const will = packet?.type === 'CONNECT' ? packet.will : undefined;
        const says = will?.properties?.payloadFormatIndicator === 1;
        return normal && !(says && !isValidUtf8(will.payload));
      },
    },
    ...on('send', (sent) => {
      const { packet } = sent;
      const isPayload =
        (packet.type === 'PUBACK' && packet.reasonCode === 0x87) ||
        (packet.type === 'CONNACK' && packet.reasonCode === 0x85);
      return [isPayload ? { ...sent, packet: { ...packet, reasonCode: 0x99 } } : sent];
    }),
  },
} as const satisfies { readonly [V in VariantName]?: Alteration };

/** A level above those that exist: 5.0 leaves open how it is refused; 3.1.1 asks for 0x01. */
const isNewer = (message = ''): boolean => Number(/level (\d+)/.exec(message)?.[1] ?? 0) > 5;
