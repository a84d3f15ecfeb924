/** Mutants that no client can tell from the clean broker, by reason. */
import type { Reasoned } from './triage.ts';

export const EQUIVALENT: readonly Reasoned[] = [
  {
    reason: 'setting the same state twice leaves it as it is',
    mutants: [
      'double end',
      'double timer-set',
      'double timer-cancelled',
      'double session-stored',
      'double session-removed',
      'double session-attached',
      'double session-detached',
      'double session-expiry-changed',
      'double subscription-added',
      'double subscription-removed',
      'double retained-set',
      'double retained-cleared',
      'double delivery-opened',
      'double delivery-received',
      'double delivery-closed',
      'double inbound-opened',
      'double inbound-closed',
      'double alias-defined',
      'double alias-assigned',
      'double will-stored',
      'double will-removed',
      'double transport-end',
    ],
  },
  {
    reason: 'nothing is done by it: it is there for whoever watches',
    mutants: ['drop message-dropped', 'double message-dropped', 'delay message-dropped'],
  },
  {
    reason: 'without an offer there is nothing to take',
    mutants: ['decide ws.extensions deflate'],
  },
  {
    reason: 'what has expired is not delivered either way: it is asked again before a delivery (`deliver.expired`)',
    mutants: ['decide retain.expires false'],
  },
  {
    reason: 'the next rule refuses the same packet in the same way (`auth.method-changed`)',
    mutants: ['waive auth.method-absent'],
  },
];
