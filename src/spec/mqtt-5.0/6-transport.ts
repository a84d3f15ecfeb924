import type { StatementTable } from '../rows.ts';

/** MQTT 5.0: WebSocket as a transport, conformance. */
export const MQTT_OVER_WEBSOCKET = {
  'MQTT-6.0.0-1': {
    level: 'MUST',
    subject: 'both',
    needs: ['websocket'],
    clauses: {
      'server-output': {
        level: 'MUST',
        title: 'MQTT bytes from the server travel in binary frames only',
        needs: ['websocket'],
      },
      'close-other': { level: 'MUST', title: 'a text frame makes the server close', needs: ['websocket'] },
    },
  },
  'MQTT-6.0.0-2': {
    level: 'MUST NOT',
    subject: 'both',
    needs: ['websocket'],
    clauses: {
      several: { level: 'MUST NOT', title: 'several packets in one frame are all served', needs: ['websocket'] },
      partial: { level: 'MUST NOT', title: 'a packet cut over frames at any byte is served', needs: ['websocket'] },
    },
  },
  'MQTT-6.0.0-3': {
    level: 'MUST',
    title: 'a client offers the subprotocol mqtt',
    subject: 'client',
    // What a server does with one that doesn't is open: `ws/subprotocol/none-acceptance` and its neighbours observe it.
    observable: 'no',
    needs: ['websocket', 'reaction'],
  },
  'MQTT-6.0.0-4': { level: 'MUST', title: 'the subprotocol selected is mqtt', needs: ['websocket'] },
} as const satisfies StatementTable;
