import type { FaultName } from '#spec';
import type { Properties } from '#wire';
import type { Alteration } from '../alteration.ts';
import type { Limits } from '../limits.ts';
import { changeSent, without } from './packet-tools.ts';

const untold = (limits: Partial<Limits>, property: keyof Properties): Alteration => ({
  limits,
  ...changeSent('CONNACK', (packet) =>
    packet.properties?.[property] === undefined
      ? packet
      : { ...packet, properties: without(packet.properties, property) },
  ),
});

/** How each fault of limits is done. */
export const LIMITS = {
  'receive-maximum-untold': untold({ receiveMaximum: 3 }, 'receiveMaximum'),
  'maximum-qos-untold': untold({ maximumQos: 1 }, 'maximumQos'),
  'retain-unavailable-untold': untold({ retainAvailable: false }, 'retainAvailable'),
  'maximum-packet-size-untold': untold({ maximumPacketSize: 2_000 }, 'maximumPacketSize'),
  'wildcards-unavailable-untold': untold({ wildcardSubscriptionAvailable: false }, 'wildcardSubscriptionAvailable'),
  'identifiers-unavailable-untold': untold(
    { subscriptionIdentifierAvailable: false },
    'subscriptionIdentifierAvailable',
  ),
  'shared-unavailable-untold': untold({ sharedSubscriptionAvailable: false }, 'sharedSubscriptionAvailable'),
  'answers-exceed-maximum-packet-size': { decide: { 'reply.too-large': () => 'sent' } },
} as const satisfies { readonly [F in FaultName]?: Alteration };
