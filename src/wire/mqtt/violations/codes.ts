import type { ViolationTable } from './row.ts';

/** Reason codes and return codes: not in the table of the packet, or reserved to the other side. */
export const CODE_VIOLATIONS = {
  'reason-code.not-in-table': {
    reasonCode: 0x81,
    recovery: 'the code is kept',
    exact: {
      CONNACK: { server: ['3.1.1/R-3.2.2.3-1', '5.0/MQTT-3.2.2-8'] },
      PUBACK: { client: ['5.0/MQTT-3.4.2-1#client-input'], server: ['5.0/MQTT-3.4.2-1#server-output'] },
      PUBREC: { client: ['5.0/MQTT-3.5.2-1#client-input'], server: ['5.0/MQTT-3.5.2-1#server-output'] },
      PUBREL: { client: ['5.0/MQTT-3.6.2-1#client-input'], server: ['5.0/MQTT-3.6.2-1#server-output'] },
      PUBCOMP: { client: ['5.0/MQTT-3.7.2-1#client-input'], server: ['5.0/MQTT-3.7.2-1#server-output'] },
      SUBACK: { server: ['3.1.1/MQTT-3.9.3-2', '5.0/MQTT-3.9.3-2'] },
      UNSUBACK: { server: ['5.0/MQTT-3.11.3-2#known-code'] },
      DISCONNECT: { client: ['5.0/MQTT-3.14.2-1#client-input'], server: ['5.0/MQTT-3.14.2-1#server-output'] },
      AUTH: { client: ['5.0/MQTT-3.15.2-1#client-input'], server: ['5.0/MQTT-3.15.2-1#server-output'] },
    },
  },
  'reason-code.wrong-direction': {
    reasonCode: 0x82,
    recovery: 'the code is kept',
    exact: {
      DISCONNECT: { client: ['5.0/R-3.14.2.1-2'], server: ['5.0/MQTT-3.14.2-1#server-output'] },
      AUTH: { client: ['5.0/MQTT-3.15.2-1#client-input'], server: ['5.0/MQTT-3.15.2-1#server-output'] },
    },
  },
  'auth.method-absent': {
    reasonCode: 0x82,
    recovery: 'no method',
    client: ['5.0/R-3.15.2.2.2-1'],
    server: ['5.0/MQTT-4.12.0-5#auth', '5.0/R-3.15.2.2.2-1'],
  },
} as const satisfies ViolationTable;
