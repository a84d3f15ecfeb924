import type { ViolationTable } from './row.ts';

/** PUBLISH, SUBSCRIBE, UNSUBSCRIBE, their answers, DISCONNECT and AUTH (§3.3 to §3.15). */
export const MESSAGE_VIOLATIONS = {
  'publish.qos-3': {
    reasonCode: 0x81,
    recovery: 'read as QoS 2',
    client: ['3.1.1/MQTT-3.3.1-4#close', '5.0/MQTT-3.3.1-4#close', '5.0/R-3.3.1.2-1'],
    server: ['3.1.1/MQTT-3.3.1-4#server-output', '5.0/MQTT-3.3.1-4#server-output'],
  },
  'publish.dup-qos-0': {
    reasonCode: 0x82,
    recovery: 'DUP is kept',
    client: ['3.1.1/MQTT-3.3.1-2#client-input', '5.0/MQTT-3.3.1-2#client-input'],
    server: ['3.1.1/MQTT-3.3.1-2#server-output', '5.0/MQTT-3.3.1-2#server-output'],
  },
  'publish.topic-empty': {
    reasonCode: 0x82,
    recovery: 'the topic is empty',
    client: ['5.0/R-3.3.2.1-1', '3.1.1/MQTT-4.7.3-1#topic', '5.0/MQTT-4.7.3-1#topic'],
    server: ['5.0/R-3.3.2.1-1', '3.1.1/MQTT-4.7.3-1#topic', '5.0/MQTT-4.7.3-1#topic'],
  },
  'publish.topic-wildcard': {
    reasonCode: 0x90,
    recovery: 'the topic is kept',
    client: [
      '3.1.1/MQTT-3.3.2-2#client-input',
      '5.0/MQTT-3.3.2-2#client-input',
      '3.1.1/MQTT-4.7.1-1#publish-topic',
      '5.0/MQTT-4.7.0-1#publish-topic',
    ],
    server: ['3.1.1/MQTT-3.3.2-2#server-output', '5.0/MQTT-3.3.2-2#server-output'],
  },
  'subscribe.empty': {
    reasonCode: 0x82,
    recovery: 'no subscriptions',
    client: ['3.1.1/MQTT-3.8.3-3', '5.0/MQTT-3.8.3-2'],
  },
  'subscribe.reserved-bits': {
    reasonCode: 0x81,
    recovery: 'the bits are ignored',
    client: ['3.1.1/MQTT-3.8.3-4#reserved-bits', '5.0/MQTT-3.8.3-5'],
  },
  'subscribe.qos-3': {
    reasonCode: 0x82,
    recovery: 'read as QoS 2',
    client: ['3.1.1/MQTT-3.8.3-4#qos-3', '5.0/R-3.8.3.1-1'],
  },
  'subscribe.retain-handling-3': {
    reasonCode: 0x82,
    recovery: 'read as 2',
    client: ['5.0/R-3.8.3.1-2'],
  },
  'subscribe.no-local-shared': {
    reasonCode: 0x82,
    recovery: 'both are kept',
    client: ['5.0/MQTT-3.8.3-4#no-local-shared'],
  },
  'filter.empty': {
    reasonCode: 0x8f,
    recovery: 'the filter is empty',
    client: ['3.1.1/MQTT-4.7.3-1#filter', '5.0/MQTT-4.7.3-1#filter'],
  },
  'filter.multi-level-not-last': {
    reasonCode: 0x8f,
    recovery: 'the filter is kept',
    client: ['3.1.1/MQTT-4.7.1-2#last', '5.0/MQTT-4.7.1-1#last'],
  },
  'filter.multi-level-not-alone': {
    reasonCode: 0x8f,
    recovery: 'the filter is kept',
    client: ['3.1.1/MQTT-4.7.1-2#after-separator', '5.0/MQTT-4.7.1-1#after-separator'],
  },
  'filter.single-level-not-alone': {
    reasonCode: 0x8f,
    recovery: 'the filter is kept',
    client: ['3.1.1/MQTT-4.7.1-3', '5.0/MQTT-4.7.1-2'],
  },
  'filter.share-name-empty': {
    reasonCode: 0x8f,
    recovery: 'the filter is kept',
    client: ['5.0/MQTT-4.8.2-1#share-name'],
  },
  'filter.share-name-wildcard': {
    reasonCode: 0x8f,
    recovery: 'the filter is kept',
    client: ['5.0/MQTT-4.8.2-2#no-special'],
  },
  'filter.share-without-filter': {
    reasonCode: 0x8f,
    recovery: 'the filter is kept',
    client: ['5.0/MQTT-4.8.2-2#slash', '5.0/MQTT-4.8.2-2#filter'],
  },
  'unsubscribe.empty': {
    reasonCode: 0x82,
    recovery: 'no filters',
    client: ['3.1.1/MQTT-3.10.3-2', '5.0/MQTT-3.10.3-2'],
  },
  'suback.empty': {
    reasonCode: 0x82,
    recovery: 'no codes',
    server: ['3.1.1/MQTT-3.8.4-5#code-per-filter', '5.0/MQTT-3.8.4-6'],
  },
  'unsuback.empty': {
    reasonCode: 0x82,
    recovery: 'no codes',
    server: ['5.0/MQTT-3.11.3-2#one-per-filter'],
  },
} as const satisfies ViolationTable;
