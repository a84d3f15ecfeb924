import type { FaultTable } from './table.ts';

/** Limits of a 5.0 broker that it enforces and does not tell in CONNACK, or of its clients that it does not heed. */
export const LIMIT_FAULTS = {
  'receive-maximum-untold': { title: 'takes three messages at once and does not say so' },
  'maximum-qos-untold': { title: 'takes QoS 1 at most and does not say so' },
  'retain-unavailable-untold': { title: 'refuses retained messages and did not say so' },
  'maximum-packet-size-untold': { title: 'refuses packets above 2,000 octets and did not say so' },
  'wildcards-unavailable-untold': { title: 'refuses wildcard subscriptions and did not say so' },
  'identifiers-unavailable-untold': { title: 'refuses subscription identifiers and did not say so' },
  'shared-unavailable-untold': { title: 'refuses shared subscriptions and did not say so' },
  'answers-exceed-maximum-packet-size': { title: 'sends a SUBACK that is larger than its client takes' },
} as const satisfies FaultTable;
