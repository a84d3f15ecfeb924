import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: PINGREQ, DISCONNECT. */
export const PING_DISCONNECT = {
  'MQTT-3.12.4-1': { level: 'MUST', title: 'PINGREQ is answered with PINGRESP' },
  'MQTT-3.14.1-1': { level: 'MUST', title: 'a DISCONNECT whose reserved bits are not 0: closed as an error' },
  'MQTT-3.14.4-1': { level: 'MUST', title: 'a client closes after DISCONNECT', subject: 'client', observable: 'no' },
  'MQTT-3.14.4-2': {
    level: 'MUST NOT',
    title: 'a client sends nothing after DISCONNECT',
    subject: 'client',
    observable: 'no',
  },
  'MQTT-3.14.4-3': { level: 'MUST', title: 'DISCONNECT discards the will' },
} as const satisfies StatementTable;
