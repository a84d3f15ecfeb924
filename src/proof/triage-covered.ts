/** Mutants that are one half of a named fault, which is caught: alone they change nothing that a case could meet. */
import type { FaultName } from '#spec';

export const COVERED: Readonly<Record<string, FaultName>> = {
  // Another rule refuses what this one lets through.
  'waive fragment.text-inside': 'accepts-text-inside-message',
  'waive subprotocol.empty': 'accepts-empty-protocol-list',
  // The lab tells a case in advance what its broker lacks, so that CONNACK is not needed.
  'property CONNACK.receiveMaximum': 'receive-maximum-untold',
  'property CONNACK.maximumQos': 'maximum-qos-untold',
  'property CONNACK.retainAvailable': 'retain-unavailable-untold',
  'property CONNACK.maximumPacketSize': 'maximum-packet-size-untold',
  'property CONNACK.wildcardSubscriptionAvailable': 'wildcards-unavailable-untold',
  'property CONNACK.subscriptionIdentifierAvailable': 'identifiers-unavailable-untold',
  'property CONNACK.sharedSubscriptionAvailable': 'shared-unavailable-untold',
  // The clean broker grants what is asked for.
  'property CONNACK.sessionExpiryInterval': 'session-expiry-untold',
  'property CONNACK.serverKeepAlive': 'server-keep-alive-untold',
};
