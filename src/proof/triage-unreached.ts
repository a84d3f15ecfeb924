/** Mutants of what no case comes to, by reason. */
import type { Reasoned } from './triage.ts';

export const UNREACHED: readonly Reasoned[] = [
  {
    reason: 'a rule for what a server sends: a broker never reads such a packet or frame',
    mutants: [
      'waive frame.masked',
      'waive connack.reserved-flags',
      'waive connack.session-present-refused',
      'waive suback.empty',
      'waive unsuback.empty',
    ],
  },
  {
    reason:
      'a bound that no standard knows and no CONNACK tells, larger than what a case may fill on somebody’s broker',
    mutants: ['waive connect.sessions', 'waive subscribe.limit', 'waive message.too-large'],
  },
  {
    reason: 'nothing can go on without it: there is no request to be served',
    mutants: ['waive request.not-http', 'waive request.too-large'],
  },
  {
    reason: 'no requirement says what becomes of it, so no case asks',
    mutants: ['waive request.host-twice', 'waive subprotocol.malformed', 'waive auth.out-of-turn'],
  },
  {
    reason: 'every text frame is refused before its text is looked at',
    mutants: ['waive message.not-utf8'],
  },
  {
    reason: 'a will is gone before anybody could ask: DISCONNECT has removed it',
    mutants: ['decide will.published true'],
  },
  {
    reason: '3.1.1 knows no shared subscriptions: what such a filter means there is left to a server',
    mutants: ['decide subscribe.share-311 literal'],
  },
  {
    reason: 'back-pressure and resets are of sockets, not of memory: `src/broker` tests them',
    mutants: [
      'drop reset',
      'double reset',
      'delay reset',
      'drop reading-stopped',
      'double reading-stopped',
      'delay reading-stopped',
      'drop reading-resumed',
      'double reading-resumed',
      'delay reading-resumed',
    ],
  },
  {
    reason: 'the reference broker never sends this property',
    mutants: [
      'property CONNACK.serverReference',
      'property PUBACK.userProperties',
      'property PUBREC.userProperties',
      'property PUBREL.reasonString',
      'property PUBREL.userProperties',
      'property PUBCOMP.reasonString',
      'property PUBCOMP.userProperties',
      'property SUBACK.reasonString',
      'property SUBACK.userProperties',
      'property UNSUBACK.reasonString',
      'property UNSUBACK.userProperties',
      'property DISCONNECT.sessionExpiryInterval',
      'property DISCONNECT.serverReference',
    ],
  },
  {
    reason: 'only a variant retransmits by a timer',
    mutants: ['timer retransmission × 0', 'timer retransmission × 0.5', 'timer retransmission × 3'],
  },
];
