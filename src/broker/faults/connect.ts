import { encode, type Packet } from '#wire';
import type { FaultName } from '#spec';
import type { About, Alteration } from '../alteration.ts';
import { breaks, changeBytes, changeSent, doubleSent, dropSent, never, on, without } from './packet-tools.ts';

/** Refuses clients whose CONNECT is right. */
export const refuses = (which: (about: About) => boolean): Alteration => ({
  decide: { 'connect.permitted': (normal, about) => normal && !which(about) },
});

/** How each fault around CONNECT and CONNACK is done. */
export const CONNECT = {
  'accepts-second-connect': { waive: ['connect.once'] },
  'accepts-reserved-connect-flag': { waive: ['connect.reserved-flag'] },
  'accepts-packets-before-connect': { waive: ['packet.not-connect'] },
  'session-present-wrong': {
    decide: {
      'connect.session-present': (normal, { packet }) =>
        packet?.type === 'CONNECT' && packet.cleanStart ? true : normal,
    },
  },
  'no-connack': dropSent('CONNACK', (_packet, { why }) => why === 'connect'),
  'two-connacks': doubleSent('CONNACK'),
  'accepts-level-6': { waive: ['connect.protocol-level'] },
  'keeps-open-after-refusal': { decide: { 'connect.closes-refused': () => false } },
  'assigned-id-missing': changeSent('CONNACK', (packet) =>
    packet.properties?.assignedClientIdentifier === undefined
      ? packet
      : { ...packet, properties: without(packet.properties, 'assignedClientIdentifier') },
  ),
  'assigned-id-not-unique': { decide: { 'connect.assigned-id': () => 'constant' } },
  'unknown-level-unanswered': { decide: { 'connect.unknown-level': () => 'close' } },
  'connack-without-property-length': changeBytes('CONNACK', (bytes, { version }) =>
    version === '5.0' ? Uint8Array.of(0x20, 0x02, bytes[2] ?? 0, bytes[3] ?? 0) : bytes,
  ),
  'connack-with-property-length': changeBytes('CONNACK', (bytes, { version }, packet) =>
    version === '5.0' ? bytes : encode(packet, '5.0'),
  ),
  'connack-reserved-flags': changeBytes('CONNACK', (bytes) => bytes.map((byte, i) => (i === 2 ? byte | 0x02 : byte))),
  'connack-code-6': changeSent('CONNACK', (packet, _sent, { version }) =>
    packet.reasonCode === 0 || version === '5.0' ? packet : { ...packet, reasonCode: 6 },
  ),
  'accepts-will-flags-without-will': {
    waive: ['connect.will-qos-without-will', 'connect.will-retain-without-will'],
  },
  'accepts-will-qos-3': { waive: ['connect.will-qos-3'] },
  'accepts-password-without-username': { waive: ['connect.password-without-username'] },
  'accepts-wrong-protocol-name': { waive: ['connect.protocol-name'] },
  'hangs-on-truncated-connect': {
    decide: { 'connect.refusal': () => 'close', 'connect.closes-refused': () => false },
    when: ({ violation }) => violation !== undefined,
  },
  'accepts-empty-id-with-session': { waive: ['connect.empty-id'] },
  'accepts-nul-in-strings': { waive: ['utf8.nul'] },
  'accepts-ill-formed-utf8': { waive: ['utf8.ill-formed', 'utf8.surrogate'] },
  'accepts-trailing-bytes': { waive: ['packet.trailing-bytes'] },
  'accepts-long-remaining-length': { waive: ['vbi.not-minimal'] },
  'session-present-missing': { decide: { 'connect.session-present': () => false } },
  'serves-after-refusal': { waive: ['connect.after-refusal'] },
  'publish-before-connack': { decide: { 'connect.resends-before-connack': () => true } },
  'accepts-wrong-password': { decide: { 'connect.credentials-match': () => true } },
  'accepts-no-credentials': { waive: ['connect.credentials'] },
  'loses-packets-behind-connect': { decide: { 'connect.pipelined': () => 'lost' } },
  'packets-behind-connect-fatal': { decide: { 'connect.pipelined': () => 'fatal' } },
  'accepts-receive-maximum-0': {
    waive: ['property.out-of-range'],
    when: (about) => breaks(about, 'R-3.1.2.11.3-2'),
  },
  'accepts-maximum-packet-size-0': {
    waive: ['property.out-of-range'],
    when: (about) => breaks(about, 'R-3.1.2.11.4-2'),
  },
  'ignores-authentication-method': { waive: ['connect.authentication-method'] },
  'accepts-authentication-data-alone': { waive: ['connect.auth-data-without-method'] },
  'old-code-for-bad-credentials': changeSent('CONNACK', (packet, _sent, { version }) =>
    version === '5.0' && (packet.reasonCode === 0x86 || packet.reasonCode === 0x87)
      ? { ...packet, reasonCode: 0x05 }
      : packet,
  ),
  'wrong-code-for-bad-credentials': changeSent('CONNACK', (packet, _sent, { version }) =>
    packet.reasonCode === 0x86 || packet.reasonCode === 0x87 || packet.reasonCode === 4 || packet.reasonCode === 5
      ? { ...packet, reasonCode: version === '5.0' ? 0x88 : 3 }
      : packet,
  ),
  'disconnect-before-connack': {
    decide: { 'connect.refusal': (normal) => (normal === 'connack-and-close' ? 'disconnect-and-close' : normal) },
    when: ({ version }) => version === '5.0',
  },
  'session-present-in-refusal': changeSent('CONNACK', (packet) =>
    packet.reasonCode === 0 ? packet : { ...packet, sessionPresent: true },
  ),
  'response-information-unasked': { decide: { 'connect.response-information': () => true } },
  'server-keep-alive-untold': {
    decide: { 'connect.keep-alive': (normal) => (normal > 2 ? 2 : normal) },
    ...changeSent('CONNACK', (packet) =>
      packet.properties?.serverKeepAlive === undefined
        ? packet
        : { ...packet, properties: without(packet.properties, 'serverKeepAlive') },
    ),
  },
  'session-expiry-untold': {
    limits: { maximumSessionExpiry: 1 },
    ...changeSent('CONNACK', (packet) =>
      packet.properties?.sessionExpiryInterval === undefined
        ? packet
        : { ...packet, properties: without(packet.properties, 'sessionExpiryInterval') },
    ),
  },
  'connack-unknown-property': changeSent('CONNACK', (packet, _sent, { version }) =>
    version === '5.0' ? { ...packet, properties: { ...packet.properties, topicAlias: 1 } } : packet,
  ),
  'waits-for-connect-for-ever': never('timer-set', ({ timer }) => timer === 'connect'),
  'accepts-connect-flags': {
    waive: ['packet.reserved-flags'],
    when: (about) => breaks(about, 'MQTT-2.2.2-2#connect') || breaks(about, 'MQTT-2.1.3-1#connect'),
  },
  'refuses-repeated-user-properties': refuses(({ packet }) => {
    const names = packet?.type === 'CONNECT' ? (packet.properties?.userProperties ?? []).map(([name]) => name) : [];
    return new Set(names).size < names.length;
  }),
  'refuses-long-client-ids': refuses(({ clientId = '' }) => clientId.length > 20),
  'calls-password-alone-malformed': {
    ...refuses(
      ({ version, packet }) =>
        version === '5.0' &&
        packet?.type === 'CONNECT' &&
        packet.password !== undefined &&
        packet.username === undefined,
    ),
    ...changeSent('CONNACK', (packet) => (packet.reasonCode === 0x85 ? { ...packet, reasonCode: 0x81 } : packet)),
  },
  'empty-id-refused-without-word': {
    decide: { 'connect.refusal': (normal, { version }) => (version === '3.1.1' ? 'close' : normal) },
  },
  'connack-for-malformed-connect': { decide: { 'connect.malformed': () => 'connack' } },
  'accepts-duplicate-authentication': {
    waive: ['property.duplicate', 'connect.authentication-method'],
    when: (about) =>
      about.violation === undefined || breaks(about, 'R-3.1.2.11.9-1') || breaks(about, 'R-3.1.2.11.10-2'),
  },
  'accepts-any-password-of-a-user': {
    decide: { 'connect.credentials-match': (normal, { knowsUser = false }) => normal || knowsUser },
  },
  'refuses-without-word': {
    decide: { 'connect.refusal': (normal, { version }) => (version === '3.1.1' ? 'close' : normal) },
  },
  'rejects-ids-with-other-code': changeSent('CONNACK', (packet, _sent, { version }) =>
    version === '3.1.1' && packet.reasonCode === 0x02 ? { ...packet, reasonCode: 0x03 } : packet,
  ),
  'invents-return-code': {
    decide: {
      'connect.refusal': (normal, { version }) =>
        version === '3.1.1' && normal === 'close' ? 'connack-and-close' : normal,
    },
  },
  'control-characters-in-own-strings': on('send', (sent) => {
    const { packet } = sent;
    const { reasonString } = ('properties' in packet ? packet.properties : undefined) ?? {};
    if (reasonString === undefined || packet.type === 'PUBLISH') return [sent];
    return [{ ...sent, packet: withWords(packet, `${reasonString}\u0007`) }];
  }),
  'assigned-session-not-kept': on('session-detached', (effect) =>
    effect.clientId.startsWith('auto-')
      ? [effect, { kind: 'session-removed', clientId: effect.clientId, why: effect.why, cause: effect.cause }]
      : [effect],
  ),
  'connack-explains-beyond-maximum-packet-size': changeSent('CONNACK', (packet, _sent, { version }) =>
    version === '5.0' ? withWords(packet, 'why '.repeat(30)) : packet,
  ),
  'connack-adds-properties-beyond-maximum-packet-size': changeSent('CONNACK', (packet, _sent, { version }) =>
    version === '5.0'
      ? { ...packet, properties: { ...packet.properties, userProperties: [['why', 'why '.repeat(30)]] } }
      : packet,
  ),
} as const satisfies { readonly [F in FaultName]?: Alteration };

const withWords = <P extends Packet>(packet: P, reasonString: string): P => ({
  ...packet,
  properties: { ...('properties' in packet ? packet.properties : {}), reasonString },
});
