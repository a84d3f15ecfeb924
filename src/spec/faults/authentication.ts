import type { FaultTable } from './table.ts';

/** Faults of enhanced authentication (5.0 §4.12). */
export const AUTHENTICATION_FAULTS = {
  'auth-other-code-during-connect': {
    title: 'asks a connecting client to go on by an AUTH with another code than 0x18',
  },
  'auth-unknown-code': { title: 'sends AUTH with a reason code that its table lacks' },
  'auth-names-other-method': { title: 'names another method in its AUTH than the client did in CONNECT' },
  'auth-names-no-method': { title: 'sends AUTH without an authentication method' },
  'connack-names-no-method': {
    title: 'accepts a client after an exchange of AUTH and leaves the method out of CONNACK',
  },
  'accepts-wrong-answer': { title: 'accepts a client that answers its challenge wrongly' },
  'keeps-open-after-failed-reauthentication': {
    title: 'says that a client could not authenticate again, and leaves the connection open',
  },
  'closes-failed-reauthentication-without-word': {
    title: 'closes a client that could not authenticate again without DISCONNECT',
  },
  'reauthentication-unanswered': { title: 'never answers a client that asks to authenticate again' },
  'reauthentication-success-untold': { title: 'says nothing to a client that has authenticated again' },
  'blocks-during-reauthentication': { title: 'serves nothing else while a client authenticates again' },
  'accepts-other-method-in-auth': { title: 'accepts AUTH of another method than that of CONNECT' },
  'serves-before-authenticated': { title: 'serves a client that has not finished its authentication' },
  'accepts-auth-property-twice': { title: 'accepts AUTH with a property twice that may come once' },
  'connack-authentication-twice': { title: 'sends authentication method and data twice in CONNACK' },
  'auth-explains-beyond-maximum-packet-size': {
    title: 'explains itself in AUTH even where that makes the packet larger than the client allows',
  },
  'auth-adds-user-properties-beyond-maximum-packet-size': {
    title: 'adds user properties to AUTH even where that makes the packet larger than the client allows',
  },
  'acts-on-disconnect-before-authenticated': {
    title: 'ends the session of a client identifier for somebody who has not authenticated',
  },
} as const satisfies FaultTable;
