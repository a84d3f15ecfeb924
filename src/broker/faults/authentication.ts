import type { FaultName } from '#spec';
import { encode, mutations, type PacketOf, type Properties } from '#wire';
import type { Alteration } from '../alteration.ts';
import { breaks, changeBytes, changeSent, never, on, without } from './packet-tools.ts';

type Auth = PacketOf<'AUTH'>;

const withMore = (packet: Auth, more: Properties): Auth => ({
  ...packet,
  properties: { ...packet.properties, ...more },
});

/** How each fault of enhanced authentication is done. */
export const AUTHENTICATION = {
  'auth-other-code-during-connect': changeSent('AUTH', (packet, { cause }) =>
    cause === 'CONNECT' ? { ...packet, reasonCode: 0x00 } : packet,
  ),
  'auth-unknown-code': changeBytes(
    'AUTH',
    (bytes, { version = '5.0' }) => mutations.withField(bytes, 'auth.reason-code', 0x01, version).bytes,
  ),
  'auth-names-other-method': changeSent('AUTH', (packet) => withMore(packet, { authenticationMethod: 'ANOTHER' })),
  'auth-names-no-method': changeBytes('AUTH', (_bytes, _about, packet) =>
    encode({ ...packet, properties: without(packet.properties, 'authenticationMethod') }, '5.0'),
  ),
  'connack-names-no-method': changeSent('CONNACK', (packet) =>
    packet.properties?.authenticationMethod === undefined
      ? packet
      : { ...packet, properties: without(packet.properties, 'authenticationMethod', 'authenticationData') },
  ),
  'accepts-wrong-answer': { waive: ['auth.answer'] },
  'keeps-open-after-failed-reauthentication': {
    decide: {
      'end.close': (normal, { ending, packet }) => normal && !(ending === 'not-authorized' && packet?.type === 'AUTH'),
    },
  },
  'closes-failed-reauthentication-without-word': {
    decide: {
      'end.disconnect': (normal, { ending, packet }) =>
        normal && !(ending === 'not-authorized' && packet?.type === 'AUTH'),
    },
  },
  'reauthentication-unanswered': { decide: { 'auth.answered': () => false } },
  'reauthentication-success-untold': never('send', ({ packet }) => packet.type === 'AUTH' && packet.reasonCode === 0),
  'blocks-during-reauthentication': never(
    'send',
    ({ packet }, { authenticating = false }) =>
      authenticating && packet.type !== 'AUTH' && packet.type !== 'DISCONNECT',
  ),
  'accepts-other-method-in-auth': { waive: ['auth.method-changed'] },
  'serves-before-authenticated': { waive: ['auth.other-packet'] },
  'accepts-auth-property-twice': {
    waive: ['property.duplicate'],
    when: (about) => breaks(about, 'R-3.15.2.2.3-1') || breaks(about, 'R-3.15.2.2.4-1'),
  },
  'connack-authentication-twice': changeBytes('CONNACK', (bytes, _about, packet) =>
    packet.properties?.authenticationMethod === undefined
      ? bytes
      : (['authenticationMethod', 'authenticationData'] as const).reduce(
          (octets, name) => mutations.duplicateProperty(octets, 'connack', name).bytes,
          bytes,
        ),
  ),
  'auth-explains-beyond-maximum-packet-size': changeSent('AUTH', (packet) =>
    withMore(packet, { reasonString: 'why '.repeat(30) }),
  ),
  'auth-adds-user-properties-beyond-maximum-packet-size': changeSent('AUTH', (packet) =>
    withMore(packet, { userProperties: [['why', 'why '.repeat(30)]] }),
  ),
  'acts-on-disconnect-before-authenticated': on('end', (effect, { authenticating = false, clientId, packet }) =>
    authenticating && packet?.type === 'DISCONNECT' && clientId !== undefined
      ? [effect, { kind: 'session-removed', clientId, why: 'disconnect', cause: effect.cause }]
      : [effect],
  ),
} as const satisfies { readonly [F in FaultName]?: Alteration };
