import type { FaultTable } from './table.ts';

/** Faults of SUBSCRIBE, UNSUBSCRIBE and matching. */
export const SUBSCRIBE_FAULTS = {
  'one-code-too-few': { title: 'answers several filters with one code too few', defect: 'D-U01' },
  'accepts-empty-subscribe': { title: 'accepts a SUBSCRIBE without a topic filter', defect: 'D-U03' },
  'accepts-subscribe-flags': { title: 'accepts a SUBSCRIBE with wrong bits in its fixed header', defect: 'D-C15' },
  'suback-other-id': { title: 'answers SUBSCRIBE with another packet identifier' },
  'wildcard-matches-dollar': { title: 'matches topics that begin with $ by a leading wildcard', defect: 'D-U09' },
  'delivers-after-unsuback': { title: 'still delivers after UNSUBACK', defect: 'D-U17' },
  'no-unsuback': { title: 'does not answer an UNSUBSCRIBE', defect: 'D-U18' },
} as const satisfies FaultTable;
