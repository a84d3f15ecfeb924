import type { FaultTable } from './table.ts';

/** Faults of sessions, takeover and resumption. */
export const SESSION_FAULTS = {
  'session-not-kept': { title: 'ends every session with its connection', defect: 'D-S01' },
  'resumes-without-subscriptions': { title: 'forgets the subscriptions of a session that is resumed', defect: 'D-S01' },
  'clean-start-keeps-state': { title: 'keeps the old session when a new one is asked for', defect: 'D-S02' },
  'session-never-resumed': { title: 'begins a new session where it should resume the stored one', defect: 'D-S01' },
  'session-outlives-connection': { title: 'keeps a session that was to end with its connection', defect: 'D-S04' },
  'session-dropped-early': { title: 'ends sessions after half their expiry interval', defect: 'D-S05' },
  'session-never-expires': { title: 'never ends a session whose expiry interval has passed' },
  'disconnect-expiry-ignored': { title: 'ignores the Session Expiry Interval of DISCONNECT' },
  'disconnect-revives-session': { title: 'lets DISCONNECT keep a session that was to end with its connection' },
  'takeover-keeps-old': { title: 'leaves the old connection open on takeover', defect: 'D-S07' },
  'takeover-ends-new': { title: 'refuses a client whose identifier is connected already', defect: 'D-S08' },
  'takeover-loses-deliveries': {
    title: 'delivers nothing to a connection that took an identifier over',
    defect: 'D-S09',
  },
  'resumed-session-is-deaf': { title: 'delivers nothing on a connection that resumed a session', defect: 'D-S10' },
  'loses-offline-messages': { title: 'does not keep messages for a session without connection', defect: 'D-S11' },
  'duplicates-offline-messages': { title: 'delivers waiting messages twice', defect: 'D-S11' },
  'reorders-offline-messages': { title: 'delivers messages that waited for a session last first', defect: 'D-S11' },
  'takeover-without-disconnect': { title: 'takes an identifier over without DISCONNECT 0x8E', defect: 'D-S12' },
  'takeover-wrong-code': { title: 'says another reason than 0x8E on takeover', defect: 'D-S12' },
  'resumes-without-shared': { title: 'forgets the shared subscriptions of a session that is resumed', defect: 'D-S13' },
  'resumes-without-options': {
    title: 'forgets the options of the subscriptions of a session that is resumed',
    defect: 'D-S13',
  },
  'keeps-old-receive-maximum': {
    title: 'keeps counting with the Receive Maximum of the first connection',
    defect: 'D-S14',
  },
  'removed-session-keeps-subscriptions': {
    title: 'keeps delivering to the subscriptions of a session that ended',
    defect: 'D-S16',
  },
} as const satisfies FaultTable;
