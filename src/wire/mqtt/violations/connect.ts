import type { ViolationTable } from './row.ts';

/** CONNECT with its will, and CONNACK (§3.1, §3.2). */
export const CONNECT_VIOLATIONS = {
  'connect.protocol-name': {
    reasonCode: 0x84,
    recovery: 'read as if the name were MQTT',
    client: ['3.1.1/MQTT-3.1.2-1#not-as-mqtt', '5.0/MQTT-3.1.2-1#close'],
  },
  'connect.protocol-level': {
    reasonCode: 0x84,
    recovery: 'the rest is read in the version asked for',
    client: ['3.1.1/MQTT-3.1.2-2#connack-01', '3.1.1/MQTT-3.1.2-2#close', '5.0/MQTT-3.1.2-2#close'],
  },
  'connect.reserved-flag': {
    reasonCode: 0x81,
    recovery: 'the flag is ignored',
    client: ['3.1.1/MQTT-3.1.2-3', '5.0/MQTT-3.1.2-3'],
  },
  'connect.will-qos-without-will': {
    reasonCode: 0x81,
    recovery: 'the will QoS is ignored',
    client: ['3.1.1/MQTT-3.1.2-13', '3.1.1/MQTT-3.1.2-11#flags-zero', '5.0/MQTT-3.1.2-11'],
  },
  'connect.will-retain-without-will': {
    reasonCode: 0x81,
    recovery: 'will retain is ignored',
    client: ['3.1.1/MQTT-3.1.2-15', '3.1.1/MQTT-3.1.2-11#flags-zero', '5.0/MQTT-3.1.2-13'],
  },
  'connect.will-qos-3': {
    reasonCode: 0x81,
    recovery: 'the will QoS is 2',
    client: ['3.1.1/MQTT-3.1.2-14', '5.0/MQTT-3.1.2-12#will-qos-3'],
  },
  'connect.password-without-username': {
    reasonCode: 0x81,
    recovery: 'the password is read',
    client: ['3.1.1/MQTT-3.1.2-22'],
  },
  'connect.auth-data-without-method': {
    reasonCode: 0x82,
    recovery: 'the data is kept',
    client: ['5.0/R-3.1.2.11.10-1'],
  },
  'will.topic-empty': {
    reasonCode: 0x90,
    recovery: 'the topic is empty',
    client: ['3.1.1/MQTT-4.7.3-1#topic', '5.0/MQTT-4.7.3-1#topic'],
  },
  'will.topic-wildcard': {
    reasonCode: 0x90,
    recovery: 'the topic is kept',
    client: ['3.1.1/MQTT-4.7.1-1#will-topic', '5.0/MQTT-4.7.0-1#will-topic'],
  },
  'connack.reserved-flags': {
    reasonCode: 0x81,
    recovery: 'the flags are ignored',
    server: ['3.1.1/R-3.2.2.1-1', '5.0/MQTT-3.2.2-1'],
  },
  'connack.session-present-refused': {
    reasonCode: 0x82,
    recovery: 'both are kept',
    server: ['3.1.1/MQTT-3.2.2-4', '5.0/MQTT-3.2.2-6'],
  },
} as const satisfies ViolationTable;
