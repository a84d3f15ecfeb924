import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: CONNACK. */
export const CONNACK = {
  'MQTT-3.2.0-1': { level: 'MUST', title: 'CONNACK is the first packet of the server' },
  'MQTT-3.2.2-1': { level: 'MUST', title: 'CleanSession 1: Session Present is 0' },
  'MQTT-3.2.2-2': { level: 'MUST', title: 'CleanSession 0 with a stored session: Session Present is 1' },
  'MQTT-3.2.2-3': { level: 'MUST', title: 'no stored session: Session Present is 0' },
  'MQTT-3.2.2-4': { level: 'MUST', title: 'a refusing CONNACK has Session Present 0' },
  'MQTT-3.2.2-5': { level: 'MUST', title: 'a refusing CONNACK is followed by the close' },
  'MQTT-3.2.2-6': { level: 'MUST', title: 'no return code fits: closed without CONNACK', observable: 'partly' },
} as const satisfies StatementTable;
