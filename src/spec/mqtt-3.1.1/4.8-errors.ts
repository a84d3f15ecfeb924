import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: handling of errors. */
export const ERRORS = {
  'MQTT-4.8.0-1': { level: 'MUST', title: 'a protocol violation closes the connection it came on', subject: 'both' },
  'MQTT-4.8.0-2': {
    level: 'MUST',
    title: 'a transient error while a packet is processed closes its connection',
    subject: 'both',
    observable: 'no',
  },
} as const satisfies StatementTable;
