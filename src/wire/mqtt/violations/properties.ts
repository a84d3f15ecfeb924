import { DUPLICATE_REQUIREMENTS, RANGE_REQUIREMENTS } from './property-requirements.ts';
import type { ViolationTable } from './row.ts';

/** Properties of MQTT 5.0 (§2.2.2): the exact requirement depends on the property and on the packet. */
export const PROPERTY_VIOLATIONS = {
  'property.length-beyond-packet': {
    reasonCode: 0x81,
    client: ['5.0/R-2.2.2.2-15'],
    server: ['5.0/R-2.2.2.2-17'],
  },
  'property.truncated': {
    reasonCode: 0x81,
    client: ['5.0/R-2.2.2.2-14'],
    server: ['5.0/R-2.2.2.2-17'],
  },
  'property.unknown': {
    reasonCode: 0x81,
    client: ['5.0/R-2.2.2.2-1'],
    server: ['5.0/R-2.2.2.2-17'],
    exact: { 'two-byte-identifier': { client: ['5.0/R-2.2.2.2-2'] } },
  },
  'property.not-allowed': {
    reasonCode: 0x81,
    recovery: 'the property is left out',
    server: ['5.0/R-2.2.2.2-17'],
    exact: {
      CONNECT: { client: ['5.0/R-2.2.2.2-3'] },
      WILL: { client: ['5.0/R-2.2.2.2-4'] },
      PUBLISH: { client: ['5.0/R-2.2.2.2-5'] },
      PUBACK: { client: ['5.0/R-2.2.2.2-6'] },
      PUBREC: { client: ['5.0/R-2.2.2.2-7'] },
      PUBREL: { client: ['5.0/R-2.2.2.2-8'] },
      PUBCOMP: { client: ['5.0/R-2.2.2.2-9'] },
      SUBSCRIBE: { client: ['5.0/R-2.2.2.2-10'] },
      UNSUBSCRIBE: { client: ['5.0/R-2.2.2.2-11'] },
      DISCONNECT: { client: ['5.0/R-2.2.2.2-12'] },
      AUTH: { client: ['5.0/R-2.2.2.2-13'] },
    },
  },
  'property.wrong-direction': {
    reasonCode: 0x82,
    recovery: 'the property is kept',
    exact: {
      'PUBLISH.subscriptionIdentifiers': { client: ['5.0/MQTT-3.3.4-6'] },
      'DISCONNECT.sessionExpiryInterval': { server: ['5.0/MQTT-3.14.2-2'] },
      'DISCONNECT.serverReference': { client: ['5.0/R-3.14.2.2.5-1'] },
    },
  },
  'property.duplicate': {
    reasonCode: 0x82,
    recovery: 'the first value counts',
    server: ['5.0/R-2.2.2.2-17'],
    exact: DUPLICATE_REQUIREMENTS,
  },
  'property.out-of-range': {
    reasonCode: 0x82,
    recovery: 'the value is kept',
    server: ['5.0/R-2.2.2.2-17'],
    exact: RANGE_REQUIREMENTS,
  },
  'property.response-topic-wildcard': {
    reasonCode: 0x82,
    recovery: 'the topic is kept',
    client: ['5.0/MQTT-3.3.2-14'],
    server: ['5.0/MQTT-3.3.2-14'],
  },
} as const satisfies ViolationTable;
