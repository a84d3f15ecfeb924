import type { FaultTable } from './table.ts';

/** Faults around CONNECT and CONNACK. */
export const CONNECT_FAULTS = {
  'accepts-second-connect': { title: 'answers a second CONNECT on a connection as if it were the first' },
  'accepts-reserved-connect-flag': { title: 'accepts a CONNECT whose reserved flag is 1', defect: 'D-C05' },
  'accepts-packets-before-connect': { title: 'serves packets that come before CONNECT' },
  'session-present-wrong': {
    title: 'says Session Present 1 to a client that asked for a new session',
    defect: 'D-C18',
  },
  'no-connack': { title: 'accepts a CONNECT without a word' },
  'two-connacks': { title: 'answers a CONNECT with two CONNACKs', defect: 'D-C24' },
  'accepts-level-6': { title: 'accepts protocol level 6, which does not exist' },
  'keeps-open-after-refusal': { title: 'refuses a CONNECT and leaves the connection open', defect: 'D-C21' },
  'assigned-id-missing': { title: 'gives an empty client identifier a name and does not tell it', defect: 'D-C12' },
} as const satisfies FaultTable;
