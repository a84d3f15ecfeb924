import type { StatementTable } from '../rows.ts';

/** MQTT 3.1.1: PUBACK, PUBREC, PUBREL, PUBCOMP. */
export const ACKNOWLEDGEMENTS = {
  'MQTT-3.6.1-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['qos2'],
    clauses: {
      close: { level: 'MUST', title: 'closes on a PUBREL whose flags are not 0010', needs: ['qos2', 'reaction'] },
      'server-output': { level: 'MUST', title: 'a PUBREL from the server has flags 0010', needs: ['qos2'] },
    },
  },
} as const satisfies StatementTable;
