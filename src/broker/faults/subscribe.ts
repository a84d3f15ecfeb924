import type { FaultName } from '#spec';
import { encode, mutations } from '#wire';
import type { Alteration } from '../alteration.ts';
import {
  breaks,
  changeBytes,
  changeSent,
  changeSubscriptions,
  dropSent,
  later,
  never,
  on,
  onSend,
  plain,
  without,
} from './packet-tools.ts';

const twice = (type: 'SUBACK' | 'UNSUBACK'): Alteration =>
  changeBytes<typeof type>(type, (bytes, { version }, packet) => {
    if (version !== '5.0') return bytes;
    const explained = encode({ ...packet, properties: { ...packet.properties, reasonString: 'why' } }, version);
    return mutations.duplicateProperty(explained, type === 'SUBACK' ? 'suback' : 'unsuback', 'reasonString').bytes;
  });

/** How each fault of SUBSCRIBE, UNSUBSCRIBE and matching is done. */
export const SUBSCRIBE = {
  'one-code-too-few': changeSent('SUBACK', (packet) =>
    packet.reasonCodes.length < 2 ? packet : { ...packet, reasonCodes: packet.reasonCodes.slice(0, -1) },
  ),
  'merges-equal-filters': { decide: { 'subscribe.codes-order': () => 'merged' } },
  'codes-in-other-order': { decide: { 'subscribe.codes-order': () => 'reversed' } },
  'accepts-empty-subscribe': { waive: ['subscribe.empty'] },
  'accepts-empty-unsubscribe': { waive: ['unsubscribe.empty'] },
  'accepts-reserved-option-bits': { waive: ['subscribe.reserved-bits'] },
  'accepts-subscribe-qos-3': { waive: ['subscribe.qos-3'] },
  'accepts-retain-handling-3': { waive: ['subscribe.retain-handling-3'] },
  'accepts-subscribe-flags': { waive: ['packet.reserved-flags'], when: (about) => breaks(about, 'MQTT-3.8.1-1') },
  'accepts-unsubscribe-flags': { waive: ['packet.reserved-flags'], when: (about) => breaks(about, 'MQTT-3.10.1-1') },
  'suback-other-id': changeSent('SUBACK', (packet) => ({ ...packet, packetId: (packet.packetId % 65_535) + 1 })),
  'unsuback-other-id': changeSent('UNSUBACK', (packet) => ({ ...packet, packetId: (packet.packetId % 65_535) + 1 })),
  'no-suback': dropSent('SUBACK'),
  'grants-above-asked': {
    decide: {
      'subscribe.granted-qos': (normal) => (normal === 0 ? 1 : 2),
      'subscribe.code': (normal) => (normal === 0 ? 1 : normal === 1 ? 2 : normal),
    },
  },
  'subscribes-to-nothing': never('subscription-added'),
  'wildcard-matches-dollar': { waive: ['publish.server-topic'], decide: { 'match.dollar': () => true } },
  'hash-misses-parent': { decide: { 'match.parent': () => false } },
  'plus-matches-many': changeSubscriptions((one) => ({ ...one, pattern: one.pattern.replace(/\+.*$/, '#') })),
  'plus-misses-empty-level': dropSent(
    'PUBLISH',
    (packet, { why }) => why === 'route' && packet.topic.split('/').includes(''),
  ),
  'ignores-case': { decide: { 'match.normalisation': () => 'case' } },
  'merges-slashes': { decide: { 'match.normalisation': () => 'double-slash' } },
  'drops-trailing-slash': { decide: { 'match.normalisation': () => 'trailing-slash' } },
  'drops-leading-slash': { decide: { 'match.normalisation': () => 'leading-slash' } },
  'normalises-unicode': { decide: { 'match.normalisation': () => 'unicode' } },
  'unknown-suback-code': changeSent('SUBACK', (packet) => ({
    ...packet,
    reasonCodes: packet.reasonCodes.map((code) => (code === 0 ? 0 : code < 0x80 ? 3 : 0x84)),
  })),
  'overlap-lowest-qos': { decide: { 'deliver.overlap': () => 'lowest-qos' } },
  'overlap-extra-copy': onSend('PUBLISH', (sent) => (sent.why === 'route' ? [sent, sent] : [sent])),
  'resubscribe-adds': {
    decide: {
      'subscribe.again': (normal) => (normal === 'replaces' ? 'adds' : normal),
      'deliver.overlap': () => 'copy-per-subscription',
    },
  },
  'resubscribe-ignored': { decide: { 'subscribe.again': () => 'ignored' } },
  'resubscribe-interrupts': on('subscription-added', (effect) => {
    if (!effect.replaces) return [effect];
    const { clientId, why, cause } = effect;
    return [{ kind: 'subscription-removed', clientId, key: effect.subscription.key, why, cause }, later(effect, 500)];
  }),
  'unsubscribes-by-pattern': { decide: { 'unsubscribe.match': () => 'pattern' } },
  'delivers-after-unsuback': { decide: { 'unsubscribe.match': () => 'none' } },
  'no-unsuback': { decide: { 'unsubscribe.answered': () => false } },
  'no-unsuback-for-unknown': {
    decide: { 'unsubscribe.answered': (normal, { subscribed }) => normal && subscribed === true },
  },
  'unsuback-too-few-codes': changeSent('UNSUBACK', (packet) =>
    packet.reasonCodes.length < 2 ? packet : { ...packet, reasonCodes: packet.reasonCodes.slice(0, 1) },
  ),
  'unsuback-unknown-code': { decide: { 'unsubscribe.code': () => 0x01 } },
  'unsuback-always-success': { decide: { 'unsubscribe.code': () => 0x00 } },
  'accepts-bad-filter': {
    waive: ['filter.multi-level-not-last', 'filter.multi-level-not-alone', 'filter.single-level-not-alone'],
  },
  'accepts-empty-filter': { waive: ['filter.empty'] },
  'accepts-malformed-share': {
    waive: ['filter.share-name-empty', 'filter.share-name-wildcard', 'filter.share-without-filter'],
  },
  'share-copies-to-all': { decide: { 'share.member': () => 'all' } },
  'share-to-nobody': { decide: { 'share.member': () => 'none' } },
  'share-is-literal': changeSubscriptions((one) => (one.shareName === undefined ? one : plain(one))),
  'plain-unsubscribe-ends-share': changeSubscriptions((one) =>
    one.shareName === undefined ? one : { ...one, key: one.pattern },
  ),
  'no-local-ignored': { decide: { 'deliver.no-local': () => false } },
  'accepts-shared-no-local': { waive: ['subscribe.no-local-shared'] },
  'accepts-subscription-id-0': { waive: ['property.out-of-range'], when: (about) => breaks(about, 'R-3.8.2.1.2-1') },
  'accepts-two-subscription-ids': { waive: ['property.duplicate'], when: (about) => breaks(about, 'R-3.8.2.1.2-2') },
  'no-subscription-ids': { decide: { 'deliver.identifiers': () => 'none' } },
  'first-subscription-id-only': { decide: { 'deliver.identifiers': () => 'first' } },
  'wildcard-availability-not-enforced': {
    limits: { wildcardSubscriptionAvailable: false },
    waive: ['subscribe.wildcard-available'],
  },
  'shared-availability-not-enforced': {
    limits: { sharedSubscriptionAvailable: false },
    waive: ['subscribe.shared-available'],
  },
  'identifier-availability-not-enforced': {
    limits: { subscriptionIdentifierAvailable: false },
    waive: ['subscribe.identifier-available'],
  },
  'refuses-plus': { decide: { 'subscribe.permitted': (normal, { filter = '' }) => normal && !filter.includes('+') } },
  'accepts-nul-in-filter': {
    waive: ['utf8.nul'],
    when: ({ violation }) => violation?.message.includes('subscribe.filter') === true,
  },
  'resumes-without-subscription-ids': changeSent('PUBLISH', (packet, _sent, { resumed }) => {
    if (resumed !== true || packet.properties?.subscriptionIdentifiers === undefined) return packet;
    return { ...packet, properties: without(packet.properties, 'subscriptionIdentifiers') };
  }),
  'adds-subscription-id': changeSent('PUBLISH', (packet, _sent, { version }) => {
    const { subscriptionIdentifiers = [], ...rest } = packet.properties ?? {};
    const identifiers = [...subscriptionIdentifiers, 268_435_455];
    return version === '5.0' ? { ...packet, properties: { ...rest, subscriptionIdentifiers: identifiers } } : packet;
  }),
  'unsubscribe-drops-deliveries': on('subscription-removed', (effect) => {
    const { clientId, cause } = effect;
    const ids = Array.from({ length: 100 }, (_, index) => index + 1);
    const closed = ids.map(
      (packetId) => ({ kind: 'delivery-closed', clientId, packetId, why: 'reply', cause }) as const,
    );
    return [effect, ...closed];
  }),
  'explains-beyond-packet-size': on('send', (sent, { version }) => {
    const { packet } = sent;
    if (version !== '5.0' || (packet.type !== 'SUBACK' && packet.type !== 'UNSUBACK')) return [sent];
    const properties = { reasonString: 'x'.repeat(100), userProperties: [['why', 'x'.repeat(100)]] } as const;
    return [{ ...sent, packet: { ...packet, properties } }];
  }),
  'trims-topics': { decide: { 'match.normalisation': () => 'spaces' } },
  'share-names-ignored': changeSubscriptions((one) => (one.shareName === undefined ? one : { ...one, shareName: 'g' })),
  'share-prefix-any-case': changeSubscriptions((one) => {
    const [first = '', shareName = '', ...levels] = one.filter.split('/');
    const isMeant = /^\$shared?$/i.test(first) && levels.length > 0;
    return isMeant ? { ...one, shareName, pattern: levels.join('/') } : one;
  }),
  'share-qos-of-publisher': changeSubscriptions((one) => (one.shareName === undefined ? one : { ...one, qos: 2 })),
  'share-not-redistributed': { decide: { 'share.redistributes': () => false } },
  'share-redistributes-qos-2': { decide: { 'share.redistributes': () => true } },
  'share-refused-to-others': { decide: { 'share.refused': () => 'to-another' } },
  'wildcard-survives-unsubscribe': never(
    'subscription-removed',
    ({ key, why }) => why === 'reply' && key.includes('+'),
  ),
  'share-survives-unsubscribe': never('subscription-removed', ({ key }) => key.startsWith('$share/')),
  'wildcards-never-match-dollar': {
    decide: {
      'subscribe.retained': (normal, { filter = '' }) =>
        normal && !(filter.startsWith('$') && !filter.startsWith('$share/') && /[+#]/.test(filter)),
    },
  },
  'reason-string-twice-in-suback': twice('SUBACK'),
  'reason-string-twice-in-unsuback': twice('UNSUBACK'),
} as const satisfies { readonly [F in FaultName]?: Alteration };
