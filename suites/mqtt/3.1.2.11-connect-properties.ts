/** 5.0 §3.1.2.11, §3.1.3.2: properties of CONNECT and of its will. */
import { absent, connack, defineCase, encode, ended, mutations, pingresp, type Properties, publish, utf8 } from '#kit';

/** Each may come once. */
const SINGLE = {
  'session-expiry': { property: 'sessionExpiryInterval', value: 0, breaks: '5.0/R-3.1.2.11.2-1' },
  'receive-maximum': { property: 'receiveMaximum', value: 10, breaks: '5.0/R-3.1.2.11.3-1' },
  'maximum-packet-size': { property: 'maximumPacketSize', value: 60_000, breaks: '5.0/R-3.1.2.11.4-1' },
  'topic-alias-maximum': { property: 'topicAliasMaximum', value: 0, breaks: '5.0/R-3.1.2.11.5-1' },
  'request-response': { property: 'requestResponseInformation', value: 0, breaks: '5.0/R-3.1.2.11.6-1' },
  'request-problem': { property: 'requestProblemInformation', value: 1, breaks: '5.0/R-3.1.2.11.7-1' },
} as const;

export const twice = defineCase({
  title: 'a property of CONNECT that may come once and comes twice ends the connection',
  verifies: {
    '5.0': ['R-3.1.2.11.2-1', 'R-3.1.2.11.3-1', 'R-3.1.2.11.4-1', 'R-3.1.2.11.5-1', 'R-3.1.2.11.6-1', 'R-3.1.2.11.7-1'],
  },
  caughtBy: ['accepts-duplicate-property'],
  needs: ['reaction'],
  rows: SINGLE,
  async run(t) {
    const properties = { [t.row.property]: t.row.value } as Properties;
    const bytes = encode(t.packet.connect({ properties }), t.version);
    const deviant = mutations.duplicateProperty(bytes, 'connect', t.row.property);
    await t.connectDeviation({ deviant, control: { properties }, breaks: t.row.breaks });
  },
});

export const outOfRange = defineCase({
  title: 'a property of CONNECT with a forbidden value ends the connection',
  verifies: { '5.0': ['R-3.1.2.11.3-2', 'R-3.1.2.11.4-2', 'R-3.1.2.11.6-2', 'R-3.1.2.11.7-2'] },
  caughtBy: ['accepts-property-out-of-range', 'accepts-maximum-packet-size-0', 'accepts-receive-maximum-0'],
  needs: ['reaction'],
  rows: {
    'receive-maximum-0': { property: 'receiveMaximum', legal: 10, raw: [0, 0], breaks: '5.0/R-3.1.2.11.3-2' },
    'maximum-packet-size-0': {
      property: 'maximumPacketSize',
      legal: 60_000,
      raw: [0, 0, 0, 0],
      breaks: '5.0/R-3.1.2.11.4-2',
    },
    'request-response-2': { property: 'requestResponseInformation', legal: 0, raw: [2], breaks: '5.0/R-3.1.2.11.6-2' },
    'request-problem-2': { property: 'requestProblemInformation', legal: 1, raw: [2], breaks: '5.0/R-3.1.2.11.7-2' },
  } as const,
  async run(t) {
    const properties = { [t.row.property]: t.row.legal } as Properties;
    const bytes = encode(t.packet.connect({ properties }), t.version);
    const deviant = mutations.withPropertyValue(bytes, 'connect', t.row.property, Uint8Array.from(t.row.raw));
    await t.connectDeviation({ deviant, control: { properties }, breaks: t.row.breaks });
  },
});

/** Each may come once in a will. */
const SINGLE_OF_WILL = {
  delay: { property: 'willDelayInterval', value: 0, breaks: '5.0/R-3.1.3.2.2-1' },
  format: { property: 'payloadFormatIndicator', value: 1, breaks: '5.0/R-3.1.3.2.3-1' },
  expiry: { property: 'messageExpiryInterval', value: 60, breaks: '5.0/R-3.1.3.2.4-1' },
  'content-type': { property: 'contentType', value: 'text/plain', breaks: '5.0/R-3.1.3.2.5-1' },
  'response-topic': { property: 'responseTopic', value: 'mqttspec/r', breaks: '5.0/R-3.1.3.2.6-1' },
  'correlation-data': { property: 'correlationData', value: Uint8Array.of(1, 2), breaks: '5.0/R-3.1.3.2.7-1' },
} as const;

export const willTwice = defineCase({
  title: 'a property of the will that may come once and comes twice ends the connection',
  verifies: {
    '5.0': ['R-3.1.3.2.2-1', 'R-3.1.3.2.3-1', 'R-3.1.3.2.4-1', 'R-3.1.3.2.5-1', 'R-3.1.3.2.6-1', 'R-3.1.3.2.7-1'],
  },
  caughtBy: ['accepts-duplicate-property'],
  needs: ['reaction'],
  rows: SINGLE_OF_WILL,
  async run(t) {
    const will = t.will(t.topic('will'), 'w', { properties: { [t.row.property]: t.row.value } });
    const bytes = encode(t.packet.connect({ will }), t.version);
    await t.connectDeviation({
      deviant: mutations.duplicateProperty(bytes, 'will', t.row.property),
      breaks: t.row.breaks,
    });
  },
});

export const authenticationDataAlone = defineCase({
  title: 'authentication data without an authentication method ends the connection',
  verifies: { '5.0': ['R-3.1.2.11.10-1'] },
  caughtBy: ['accepts-authentication-data-alone'],
  needs: ['reaction'],
  async run(t) {
    const connect = t.packet.connect({ properties: { authenticationData: utf8('data') } });
    await t.connectDeviation({ deviant: { name: 'authentication data alone', bytes: encode(connect, t.version) } });
  },
});

export const unknownMethod = defineCase({
  title: 'an authentication method that nobody knows is refused and the connection ends',
  verifies: { '5.0': ['MQTT-4.12.0-1#close'] },
  caughtBy: ['ignores-authentication-method'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.open();
    const properties = { authenticationMethod: 'mqttspec-unknown' };
    await client.send(t.packet.connect({ clientId: client.id, properties }));
    await client.expect(ended({ reason: [0x8c, 0x87, 0x86] }));
    await twin.ping();
  },
});

export const noPropertyLength = defineCase({
  title: 'a 5.0 CONNECT in the form of 3.1.1, without property length, is never accepted',
  verifies: { '5.0': ['R-3.1.2.4-1'] },
  caughtBy: ['hangs-on-truncated-connect'],
  needs: ['reaction'],
  async run(t) {
    // The two bytes of the length of the client id are read as property length 0 and the start of another length.
    const bytes = encode(t.packet.connect({ protocolLevel: 4 }), '3.1.1');
    const deviant = mutations.withField(bytes, 'connect.protocol-level', Uint8Array.of(5), '3.1.1');
    await t.connectDeviation({ deviant });
  },
});

export const userProperties = defineCase({
  title: 'user properties may come many times, the same name too',
  verifies: { '5.0': ['R-3.1.2.11.8-1'] },
  caughtBy: ['refuses-repeated-user-properties'],
  async run(t) {
    const client = await t.open();
    const pairs = [
      ['a', '1'],
      ['a', '2'],
      ['b', ''],
      ['', 'c'],
    ] as const;
    await client.send(t.packet.connect({ clientId: client.id, properties: { userProperties: pairs } }));
    await client.expect(connack({ reasonCode: 0 }));
    await t.roundTrip(client, await t.connect());
  },
});

export const noResponseInformation = defineCase({
  title: 'Response Information is not sent to a client that did not ask for it',
  verifies: { '5.0': ['MQTT-3.1.2-28'] },
  caughtBy: ['response-information-unasked'],
  rows: { absent: {}, zero: { requestResponseInformation: 0 } },
  async run(t) {
    const client = await t.open();
    await client.send(t.packet.connect({ clientId: client.id, properties: t.row }));
    await client.expect(connack({ reasonCode: 0, properties: { responseInformation: absent } }));
    await t.roundTrip(client, await t.connect());
  },
});

export const maximumPacketSize = defineCase({
  title: 'a message above the client Maximum Packet Size is not sent to it, those behind it are',
  verifies: { '5.0': ['MQTT-3.1.2-25#discard', 'MQTT-3.1.2-24', 'MQTT-3.1.2-25#as-if-sent'] },
  caughtBy: ['exceeds-maximum-packet-size'],
  needs: ['qos1', 'qos2'],
  rows: {
    'qos-0': { qos: 0, allows: {} },
    'qos-1': { qos: 1, allows: {} },
    'qos-2': { qos: 2, allows: {} },
    // A server that uses aliases writes such packets by themselves.
    alias: { qos: 0, allows: { topicAliasMaximum: 1 } },
  } as const,
  async run(t) {
    const { qos, allows } = t.row;
    const small = await t.connect({ properties: { maximumPacketSize: 200, ...allows } });
    await small.subscribe({ filter: t.topic(), qos });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x'.repeat(500), { qos });
    await publisher.publish(t.topic(), 'small', { qos });
    await small.expect(publish({ topic: t.topic(), payload: utf8('small') }));
    await small.send(t.packet.pingreq);
    await small.expect(pingresp());
  },
});

export const maximumPacketSizeOfAnswers = defineCase({
  title: 'a SUBACK above the client Maximum Packet Size is not sent',
  verifies: { '5.0': ['MQTT-3.1.2-24'] },
  caughtBy: ['answers-exceed-maximum-packet-size'],
  async run(t) {
    const maximumPacketSize = 200;
    const twin = await t.connect({ properties: { maximumPacketSize } });
    await twin.subscribe({ filter: t.topic() });
    const small = await t.connect({ properties: { maximumPacketSize } });
    const filters = Array.from({ length: maximumPacketSize }, (_, index) => t.topic(String(index)));
    await small.send(t.packet.subscribe(filters, 1));
    await small.send(t.packet.pingreq);
    // What a server does that may not answer is left to it: it goes on, or ends the connection.
    const event = await small.link.take(
      (came) => came.kind === 'packet' && ['SUBACK', 'PINGRESP'].includes(came.packet.type),
      t.timing.replyMs,
    );
    const isAnswered = event?.kind === 'packet' && event.packet.type === 'SUBACK';
    small.link.endExpected ||= small.link.ended;
    t.check(!isAnswered, 'SUBACK has more octets than the client takes', {
      expected: `no packet above ${maximumPacketSize} octets`,
    });
    t.check(event !== undefined || small.link.ended, 'neither PINGRESP nor the end came', {
      breaks: '5.0/MQTT-3.12.4-1',
    });
    await twin.ping();
  },
});

export const authenticationTwice = defineCase({
  title: 'an authentication method or its data that comes twice ends the connection',
  verifies: { '5.0': ['R-3.1.2.11.9-1', 'R-3.1.2.11.10-2'] },
  caughtBy: ['accepts-duplicate-authentication'],
  needs: ['reaction'],
  rows: {
    method: { property: 'authenticationMethod', breaks: '5.0/R-3.1.2.11.9-1' },
    data: { property: 'authenticationData', breaks: '5.0/R-3.1.2.11.10-2' },
  } as const,
  async run(t) {
    // No method is known here: the twin is a CONNECT without one, and a refusal for the method alone is right, too.
    const properties = { authenticationMethod: 'mqttspec', authenticationData: utf8('data') };
    const bytes = encode(t.packet.connect({ properties }), t.version);
    const deviant = mutations.duplicateProperty(bytes, 'connect', t.row.property);
    await t.connectDeviation({ deviant, breaks: t.row.breaks });
  },
});

export const responseInformation = defineCase({
  title: 'Response Information that was asked for: given or not',
  verifies: { '5.0': ['R-3.1.2.11.6-3'] },
  observes: ['clean', 'no-response-information'],
  async run(t) {
    const client = await t.open();
    await client.send(t.packet.connect({ clientId: client.id, properties: { requestResponseInformation: 1 } }));
    await client.expect(connack({ reasonCode: 0 }));
    t.observe(client.connack?.properties?.responseInformation === undefined ? 'not given' : 'given');
  },
});
