import type { BySender, ViolationTable } from './row.ts';

/** Which string it is decides which further requirement is broken. */
const ILL_FORMED_FIELD: Readonly<Record<string, BySender>> = {
  'connect.client-id': { client: ['3.1.1/MQTT-3.1.3-4', '5.0/MQTT-3.1.3-4'] },
  'connect.username': { client: ['3.1.1/MQTT-3.1.3-11', '5.0/MQTT-3.1.3-12#utf8'] },
  'will.topic': { client: ['3.1.1/MQTT-3.1.3-10', '5.0/MQTT-3.1.3-11'] },
  'publish.topic': {
    client: ['3.1.1/MQTT-3.3.2-1#client-input', '5.0/MQTT-3.3.2-1#client-input'],
    server: ['3.1.1/MQTT-3.3.2-1#server-output', '5.0/MQTT-3.3.2-1#server-output'],
  },
  'subscribe.filter': { client: ['3.1.1/MQTT-3.8.3-1', '5.0/MQTT-3.8.3-1'] },
  'unsubscribe.filter': { client: ['3.1.1/MQTT-3.10.3-1', '5.0/MQTT-3.10.3-1'] },
  'property.responseTopic': { client: ['5.0/MQTT-3.3.2-13'], server: ['5.0/MQTT-3.3.2-13'] },
  'property.contentType': { client: ['5.0/MQTT-3.3.2-19'], server: ['5.0/MQTT-3.3.2-19'] },
  'property.userProperties.name': {
    client: ['5.0/MQTT-1.5.7-1#name-input'],
    server: ['5.0/MQTT-1.5.7-1#server-output'],
  },
  'property.userProperties.value': {
    client: ['5.0/MQTT-1.5.7-1#value-input'],
    server: ['5.0/MQTT-1.5.7-1#server-output'],
  },
};

const NUL_TOPIC: BySender = {
  client: ['3.1.1/MQTT-4.7.3-2#topic', '5.0/MQTT-4.7.3-2#topic'],
  server: ['3.1.1/MQTT-4.7.3-2#topic', '5.0/MQTT-4.7.3-2#topic'],
};
const NUL_FILTER: BySender = { client: ['3.1.1/MQTT-4.7.3-2#filter', '5.0/MQTT-4.7.3-2#filter'] };

/** UTF-8 strings, binary data and variable byte integers (§1.5), and fields that aren't there. */
export const STRING_VIOLATIONS = {
  'utf8.ill-formed': {
    reasonCode: 0x81,
    recovery: 'each ill-formed part is read as U+FFFD',
    client: ['3.1.1/MQTT-1.5.3-1#client-input', '5.0/MQTT-1.5.4-1#client-input'],
    server: ['3.1.1/MQTT-1.5.3-1#server-output', '5.0/MQTT-1.5.4-1#server-output'],
    exact: ILL_FORMED_FIELD,
  },
  'utf8.surrogate': {
    reasonCode: 0x81,
    recovery: 'each ill-formed part is read as U+FFFD',
    client: ['3.1.1/MQTT-1.5.3-1#surrogate-input', '5.0/MQTT-1.5.4-1#surrogate-input'],
    server: ['3.1.1/MQTT-1.5.3-1#server-output', '5.0/MQTT-1.5.4-1#server-output'],
    exact: ILL_FORMED_FIELD,
  },
  'utf8.nul': {
    reasonCode: 0x81,
    recovery: 'the string holds U+0000',
    client: ['3.1.1/MQTT-1.5.3-2#client-input', '5.0/MQTT-1.5.4-2#client-input'],
    server: ['3.1.1/MQTT-1.5.3-2#server-output', '5.0/MQTT-1.5.4-2#server-output'],
    exact: {
      'publish.topic': NUL_TOPIC,
      'will.topic': NUL_TOPIC,
      'subscribe.filter': NUL_FILTER,
      'unsubscribe.filter': NUL_FILTER,
    },
  },
  'string.truncated': {
    reasonCode: 0x81,
    client: ['3.1.1/R-1.5.3-2', '5.0/R-1.2-1'],
    exact: {
      CONNECT: { client: ['5.0/MQTT-3.1.4-1'] },
      'publish.topic': { server: ['3.1.1/MQTT-3.3.2-1#server-output', '5.0/MQTT-3.3.2-1#server-output'] },
    },
  },
  'field.absent': {
    reasonCode: 0x81,
    client: ['3.1.1/R-2.2.3-4', '5.0/R-1.2-1'],
    exact: {
      'connect.client-id': { client: ['3.1.1/MQTT-3.1.3-3#present', '5.0/MQTT-3.1.3-3#present'] },
      'will.property-length': { client: ['5.0/MQTT-3.1.2-9#properties'] },
      'will.topic': { client: ['3.1.1/MQTT-3.1.2-9#topic', '5.0/MQTT-3.1.2-9#topic'] },
      'will.payload': { client: ['3.1.1/MQTT-3.1.2-9#message', '5.0/MQTT-3.1.2-9#payload'] },
      'connect.username': { client: ['3.1.1/MQTT-3.1.2-19', '5.0/MQTT-3.1.2-17'] },
      'connect.password': { client: ['3.1.1/MQTT-3.1.2-21', '5.0/MQTT-3.1.2-19'] },
      'connect.property-length': { client: ['5.0/R-3.1.2.4-1', '5.0/MQTT-2.2.2-1#client-input'] },
      'property-length': { client: ['5.0/MQTT-2.2.2-1#client-input'], server: ['5.0/MQTT-2.2.2-1#server-output'] },
      'publish.topic': {
        client: ['3.1.1/MQTT-3.3.2-1#client-input', '5.0/MQTT-3.3.2-1#client-input'],
        server: ['3.1.1/MQTT-3.3.2-1#server-output', '5.0/MQTT-3.3.2-1#server-output'],
      },
      CONNECT: { client: ['3.1.1/MQTT-3.1.4-1#close', '5.0/MQTT-3.1.4-1'] },
      PUBACK: { client: ['3.1.1/R-3.4.1-1'], server: ['3.1.1/R-3.4.1-1'] },
      PUBREC: { client: ['3.1.1/R-3.5.1-1'], server: ['3.1.1/R-3.5.1-1'] },
      PUBREL: { client: ['3.1.1/R-3.6.1-1'], server: ['3.1.1/R-3.6.1-1'] },
      PUBCOMP: { client: ['3.1.1/R-3.7.1-1'], server: ['3.1.1/R-3.7.1-1'] },
    },
  },
  'vbi.too-long': {
    reasonCode: 0x81,
    client: ['5.0/R-1.5.5-2'],
    exact: { 'header.remaining-length': { client: ['3.1.1/R-2.2.3-1', '5.0/R-1.5.5-1'] } },
  },
  'vbi.not-minimal': {
    reasonCode: 0x81,
    recovery: 'the value counts',
    client: ['5.0/MQTT-1.5.5-1#client-input'],
    server: ['5.0/MQTT-1.5.5-1#server-output'],
  },
} as const satisfies ViolationTable;
