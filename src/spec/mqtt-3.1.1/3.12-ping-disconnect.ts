import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: PINGREQ, DISCONNECT. */
export const PING_DISCONNECT = {
  'MQTT-3.12.4-1': { level: 'MUST' },
  'MQTT-3.14.1-1': { level: 'MUST' },
  'MQTT-3.14.4-1': { level: 'MUST', subject: 'client', observable: 'no' },
  'MQTT-3.14.4-2': { level: 'MUST NOT', subject: 'client', observable: 'no' },
  'MQTT-3.14.4-3': { level: 'MUST' },
} as const satisfies StatementTable;
