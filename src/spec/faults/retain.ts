import type { FaultTable } from './table.ts';

/** Faults of retained messages. */
export const RETAIN_FAULTS = {
  'retained-without-flag': { title: 'delivers retained messages to a new subscription with RETAIN 0', defect: 'D-R01' },
  'retain-flag-to-established': {
    title: 'delivers with RETAIN 1 to subscriptions that exist already',
    defect: 'D-R02',
  },
  'retained-not-cleared': { title: 'keeps the retained message when an empty one comes', defect: 'D-R04' },
  'retains-empty-payload': { title: 'stores an empty payload as a retained message', defect: 'D-R04' },
  'clearing-not-forwarded': { title: 'does not forward the empty message that clears a retained one', defect: 'D-R05' },
  'never-retains': { title: 'stores no retained messages' },
  'retained-not-to-wildcards': { title: 'sends no retained messages to subscriptions with wildcards', defect: 'D-R07' },
  'retained-not-on-resubscribe': {
    title: 'sends retained messages for the first subscription of a filter only',
    defect: 'D-R08',
  },
  'retained-at-stored-qos': { title: 'delivers retained messages with the QoS they were stored with', defect: 'D-R09' },
  'retained-without-qos': { title: 'stores retained messages with QoS 0', defect: 'D-R10' },
  'retained-for-refused': { title: 'sends retained messages for a subscription that it refused', defect: 'D-R13' },
  'retained-removed-with-session': {
    title: 'removes retained messages when the session of their publisher ends',
    defect: 'D-R14',
  },
  'retained-topics-mixed-up': { title: 'delivers a retained message under the topic of another', defect: 'D-R15' },
  'retained-oldest-wins': { title: 'keeps the first retained message of a topic', defect: 'D-R16' },
  'retained-set-cut': { title: 'sends no more than ten retained messages for a subscription', defect: 'D-R17' },
  'retained-for-shared': { title: 'sends retained messages for shared subscriptions', defect: 'D-R18' },
  'retain-handling-ignored': { title: 'sends retained messages whatever Retain Handling says', defect: 'D-R19' },
  'retain-as-published-ignored': {
    title: 'clears RETAIN for subscriptions that want it as published',
    defect: 'D-R20',
  },
  'retained-never-expires': { title: 'delivers retained messages that have expired', defect: 'D-R21' },
  'retain-availability-not-enforced': {
    title: 'says that retained messages are not available, and stores them',
    defect: 'D-V26',
  },
  'subscription-retained-twice': { title: 'sends retained messages twice for a new subscription' },
  'never-retains-qos-0': { title: 'stores no QoS 0 message as retained, and keeps the older one' },
  'third-retained-lost': { title: 'does not store each third retained message' },
  'retains-everything': { title: 'stores messages without RETAIN as retained ones too' },
  'clears-without-flag': { title: 'removes the retained message when an empty one without RETAIN comes' },
  'clears-parent-too': { title: 'removes the retained message of the parent topic together with that of a topic' },
  'retained-delivered-once': { title: 'removes a retained message once it has delivered it' },
  'retained-cut-at-64-kib': { title: 'delivers no more than 65,535 bytes of a retained message' },
  'retain-flag-on-resume': {
    title: 'delivers what waited for a session with the RETAIN of its publisher',
    defect: 'D-R02',
  },
  'retained-for-first-filter': { title: 'sends retained messages for the first filter of a SUBSCRIBE only' },
  'retained-without-properties': { title: 'delivers retained messages without their properties' },
  'retained-not-by-alias': { title: 'does not store retained messages that name their topic by an alias' },
  'retain-handling-1-sends-none': { title: 'takes Retain Handling 1 for 2', defect: 'D-R19' },
  'retain-handling-1-by-connection': {
    title: 'takes every subscription of a resumed session for a new one when Retain Handling is 1',
    defect: 'D-R19',
  },
  'retained-only-over-tcp': { title: 'sends retained messages over TCP only' },
  'retain-always-set': { title: 'sets RETAIN on each delivery' },
  'retain-as-published-lost-on-resume': {
    title: 'forgets Retain As Published when a session is resumed',
    defect: 'D-R20',
  },
  'retain-as-published-kept': { title: 'keeps Retain As Published when a subscription is replaced by one without' },
} as const satisfies FaultTable;
