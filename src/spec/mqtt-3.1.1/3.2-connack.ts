import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: CONNACK. */
export const CONNACK = {
  'MQTT-3.2.0-1': { level: 'MUST' },
  'MQTT-3.2.2-1': { level: 'MUST' },
  'MQTT-3.2.2-2': { level: 'MUST' },
  'MQTT-3.2.2-3': { level: 'MUST' },
  'MQTT-3.2.2-4': { level: 'MUST' },
  'MQTT-3.2.2-5': { level: 'MUST' },
  'MQTT-3.2.2-6': { level: 'MUST', observable: 'partly' },
} as const satisfies StatementTable;
