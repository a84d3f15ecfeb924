/** §2: what every packet has in common: fixed header, remaining length, packet identifier, and (5.0) properties. */
import {
  defineCase,
  encode,
  mutations,
  pattern,
  pingresp,
  puback,
  publish,
  suback,
  unsuback,
  type CaseContext,
  type Packet,
  type Properties,
} from '#kit';
import type { RequirementKey } from '#spec';

export const typeZero = defineCase({
  title: 'a packet of type 0, which is reserved, ends the connection',
  verifies: { '3.1.1': ['R-2.2.1-1'], '5.0': ['R-2.1.2-1'] },
  caughtBy: ['ignores-reserved-types'],
  needs: ['reaction'],
  rows: { empty: [0x00, 0x00], flags: [0x0f, 0x00], body: [0x00, 0x02, 0x00, 0x01] },
  async run(t) {
    const deviant = { name: 'a packet of type 0', bytes: Uint8Array.from(t.row) };
    await t.deviation({ control: t.packet.pingreq, answer: pingresp(), deviant });
  },
});

export const typeFifteen = defineCase({
  title: 'a packet of type 15, which is reserved in 3.1.1, ends the connection',
  verifies: { '3.1.1': ['R-2.2.1-2'] },
  caughtBy: ['ignores-reserved-types'],
  needs: ['reaction'],
  rows: { empty: [0xf0, 0x00], body: [0xf0, 0x02, 0x00, 0x00] },
  async run(t) {
    const deviant = { name: 'a packet of type 15', bytes: Uint8Array.from(t.row) };
    await t.deviation({ control: t.packet.pingreq, answer: pingresp(), deviant });
  },
});

export const serverPackets = defineCase({
  title: 'a packet that only servers send ends the connection of the client that sends it',
  verifies: { '3.1.1': ['R-2.2.1-3'], '5.0': ['R-1.2-3'] },
  caughtBy: ['accepts-server-packets'],
  needs: ['reaction'],
  rows: {
    connack: { type: 'CONNACK', sessionPresent: false, reasonCode: 0 },
    suback: { type: 'SUBACK', packetId: 1, reasonCodes: [0] },
    unsuback: { type: 'UNSUBACK', packetId: 1, reasonCodes: [0] },
    pingresp: { type: 'PINGRESP' },
  } as const satisfies Record<string, Packet>,
  async run(t) {
    const deviant = { name: `${t.row.type} from a client`, bytes: encode(t.row, t.version) };
    await t.deviation({ control: t.packet.pingreq, answer: pingresp(), deviant });
  },
});

export const answersHaveTheirFlags = defineCase({
  title: 'each packet of the server has the header flags that its type prescribes',
  verifies: { '3.1.1': ['MQTT-2.2.2-1'], '5.0': ['MQTT-2.1.3-1#server-output'] },
  caughtBy: ['answers-with-wrong-flags'],
  needs: ['qos1'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.pingreq, t.packet.subscribe({ filter: t.topic(), qos: 1 }, 1));
    await client.expect(pingresp());
    await client.expect(suback({ packetId: 1 }));
    await client.settle();
    await client.send(t.packet.publish(t.topic(), 'x', { qos: 1, packetId: 2 }), t.packet.unsubscribe('none', 3));
    await client.expect(puback({ packetId: 2 }));
    await client.expect(publish({ topic: t.topic(), qos: 1 }));
    await client.expect(unsuback({ packetId: 3 }));
  },
});

export const fiveByteLength = defineCase({
  title: 'a remaining length of five bytes ends the connection',
  verifies: { '3.1.1': ['R-2.2.3-1'], '5.0': ['R-1.5.5-1'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction', 'qos1'],
  async run(t) {
    const control = t.packet.publish(t.topic(), 'x', { qos: 1, packetId: 1 });
    const bytes = encode(control, t.version);
    const endless = { name: 'five bytes of a length', bytes: Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff, 0x01) };
    const deviants = [mutations.remainingLengthBytes(bytes, 5), endless];
    await t.deviations({ control, answer: puback({ packetId: 1 }), deviants });
  },
});

export const needlessLength = defineCase({
  title: 'a remaining length with needless bytes is served, or ends the connection',
  verifies: { '3.1.1': ['R-2.2.3-2'] },
  observes: ['clean', 'refuses-needless-lengths'],
  needs: ['reaction', 'qos1'],
  async run(t) {
    await needless(t);
  },
});

export const needlessLengthOf5 = defineCase({
  title: 'a variable byte integer with needless bytes ends the connection',
  verifies: { '5.0': ['MQTT-1.5.5-1#client-input'] },
  caughtBy: ['accepts-long-remaining-length'],
  needs: ['reaction', 'qos1'],
  rows: { 'remaining-length': 'header', 'property-length': 'properties' } as const,
  async run(t) {
    const control = t.packet.publish(t.topic(), 'x', { qos: 1, packetId: 1 });
    const bytes = encode(control, t.version);
    const deviant =
      t.row === 'header'
        ? mutations.remainingLengthBytes(bytes, 3)
        : mutations.vbiBytes(bytes, 'publish.property-length', 2, t.version);
    await t.deviation({ control, answer: puback({ packetId: 1 }), deviant });
  },
});

async function needless(t: CaseContext<unknown>): Promise<void> {
  const client = await t.connect();
  const bytes = encode(t.packet.publish(t.topic(), 'x', { qos: 1, packetId: 1 }), t.version);
  await client.send(mutations.remainingLengthBytes(bytes, 3));
  client.link.endExpected = true;
  const answer = await client.look(puback({ packetId: 1 }));
  t.observe(answer === undefined ? (client.link.ended ? 'closed' : 'neither served nor closed') : 'served');
}

export const shortestLengths = defineCase({
  title: 'the server writes lengths in as few bytes as possible',
  verifies: { '5.0': ['MQTT-1.5.5-1#server-output'] },
  caughtBy: ['sends-needless-lengths'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    const publisher = await t.connect();
    for (const size of [0, 100, 300, 20_000]) {
      await publisher.publish(t.topic(), pattern(size));
      await subscriber.expect(publish({ topic: t.topic(), payload: pattern(size) }));
    }
  },
});

export const lengthBoundaries = defineCase({
  title: 'payloads arrive whole where the remaining length needs another byte',
  verifies: { '3.1.1': ['R-2.2.3-3'], '5.0': ['MQTT-4.5.0-1'] },
  caughtBy: ['truncates-at-boundary'],
  needs: ['qos1'],
  rows: { '127-128': 128, '16383-16384': 16_384 },
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    const publisher = await t.connect();
    // The header of a delivery of QoS 0: topic with its length, and (5.0) the property length.
    const header = 2 + t.topic().length + (t.version === '5.0' ? 1 : 0);
    const sizes = [-2, -1, 0, 1, 2].map((more) => t.row + more - header);
    for (const size of sizes) {
      await publisher.publish(t.topic(), pattern(size), { qos: 1 });
      await subscriber.expect(publish({ topic: t.topic(), payload: pattern(size) }));
    }
  },
});

export const cutShort = defineCase({
  title: 'a packet that ends before one of its fields ends the connection',
  verifies: { '3.1.1': ['R-2.2.3-4'], '5.0': ['R-1.2-1'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction', 'qos1'],
  rows: { publish: 'PUBLISH', subscribe: 'SUBSCRIBE', unsubscribe: 'UNSUBSCRIBE' } as const,
  async run(t) {
    const { control, answer } = served(t, t.row);
    const bytes = encode(control, t.version);
    // To the middle of the last field, of the first, and to nothing at all.
    const cuts = [1, bytes.length - 5, bytes.length - 3, bytes.length - 2];
    await t.deviations({ control, answer, deviants: cuts.map((count) => mutations.truncate(bytes, count)) });
  },
});

export const leftOver = defineCase({
  title: 'bytes behind the last field of a packet end the connection',
  verifies: { '3.1.1': ['MQTT-4.8.0-1'], '5.0': ['R-1.2-2'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction'],
  rows: { subscribe: 'SUBSCRIBE', unsubscribe: 'UNSUBSCRIBE' } as const,
  async run(t) {
    // What follows a filter is the next one: a byte alone is the half of its length.
    const { control, answer } = served(t, t.row);
    const bytes = encode(control, t.version);
    const deviants = [Uint8Array.of(0), Uint8Array.of(0, 1)].map((extra) => mutations.appendBytes(bytes, extra));
    await t.deviations({ control, answer, deviants });
  },
});

export const identifierZero = defineCase({
  title: 'a packet that needs an identifier and has 0 ends the connection',
  verifies: {
    '3.1.1': ['MQTT-2.3.1-1#publish-zero', 'MQTT-2.3.1-1#unsubscribe-zero'],
    '5.0': ['MQTT-2.2.1-3#publish-zero', 'MQTT-2.2.1-3#unsubscribe-zero'],
  },
  caughtBy: ['accepts-packet-id-0'],
  needs: ['reaction', 'qos1'],
  rows: { 'publish-qos-1': 'PUBLISH', 'publish-qos-2': 'QOS2', unsubscribe: 'UNSUBSCRIBE' } as const,
  async run(t) {
    const { control, answer } = served(t, t.row === 'UNSUBSCRIBE' ? t.row : 'PUBLISH');
    const packet = t.row === 'QOS2' ? t.packet.publish(t.topic(), 'x', { qos: 2, packetId: 1 }) : control;
    const field = `${packet.type.toLowerCase()}.packet-id`;
    const deviant = mutations.withField(encode(packet, t.version), field, Uint8Array.of(0, 0), t.version);
    const ids = { '3.1.1': '3.1.1/MQTT-2.3.1-1', '5.0': '5.0/MQTT-2.2.1-3' } as const;
    const breaks: RequirementKey = `${ids[t.version]}#${t.row === 'UNSUBSCRIBE' ? 'unsubscribe' : 'publish'}-zero`;
    await t.deviation({ control, answer, deviant, breaks });
  },
});

/** A packet with its answer, which the deviations of this chapter start from. */
function served(t: CaseContext<unknown>, type: 'PUBLISH' | 'SUBSCRIBE' | 'UNSUBSCRIBE', properties?: Properties) {
  const more = properties === undefined ? {} : { properties };
  switch (type) {
    case 'PUBLISH':
      return {
        control: t.packet.publish(t.topic(), '', { qos: 1, packetId: 1, ...more }),
        answer: puback({ packetId: 1 }),
      };
    case 'SUBSCRIBE':
      return { control: t.packet.subscribe(t.topic(), 1, properties), answer: suback({ packetId: 1 }) };
    case 'UNSUBSCRIBE':
      return { control: t.packet.unsubscribe(t.topic(), 1, properties), answer: unsuback({ packetId: 1 }) };
  }
}

const WITH_PROPERTIES = { publish: 'PUBLISH', subscribe: 'SUBSCRIBE', unsubscribe: 'UNSUBSCRIBE' } as const;

export const noPropertyLength = defineCase({
  title: 'a packet in the form of 3.1.1, without property length, ends a connection of 5.0',
  verifies: { '5.0': ['MQTT-2.2.2-1#client-input'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction', 'qos1'],
  rows: WITH_PROPERTIES,
  async run(t) {
    const { control, answer } = served(t, t.row);
    const deviant = { name: `${t.row} without property length`, bytes: encode(control, '3.1.1') };
    await t.deviation({ control, answer, deviant });
  },
});

export const unknownProperty = defineCase({
  title: 'a property with an identifier that does not exist ends the connection',
  verifies: { '5.0': ['R-2.2.2.2-1', 'R-2.2.2.2-2'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction', 'qos1'],
  rows: WITH_PROPERTIES,
  async run(t) {
    const { control, answer } = served(t, t.row);
    const of = t.row.toLowerCase() as Lowercase<typeof t.row>;
    const insert = (...raw: number[]) => mutations.insertProperty(encode(control, t.version), of, Uint8Array.from(raw));
    const one = [insert(0x00, 0), insert(0x04, 0), insert(0x2b, 0), insert(0x7f, 0)];
    await t.deviations({ control, answer, deviants: one });
    const two = [insert(0x80, 0x01, 0), insert(0xff, 0x7f, 0)];
    await t.deviations({ control, answer, deviants: two, breaks: '5.0/R-2.2.2.2-2' });
  },
});

/** Every property that no other packet of a client but these may have, with a legal value. */
export const RAW = {
  payloadFormat: [0x01, 0],
  expiry: [0x02, 0, 0, 0, 60],
  contentType: [0x03, 0, 1, 0x74],
  responseTopic: [0x08, 0, 1, 0x74],
  correlation: [0x09, 0, 1, 0x74],
  subscriptionId: [0x0b, 1],
  sessionExpiry: [0x11, 0, 0, 0, 60],
  assignedId: [0x12, 0, 1, 0x74],
  serverKeepAlive: [0x13, 0, 60],
  authenticationMethod: [0x15, 0, 1, 0x74],
  authenticationData: [0x16, 0, 1, 0x74],
  requestProblem: [0x17, 1],
  willDelay: [0x18, 0, 0, 0, 1],
  requestResponse: [0x19, 0],
  responseInformation: [0x1a, 0, 1, 0x74],
  serverReference: [0x1c, 0, 1, 0x74],
  reasonString: [0x1f, 0, 1, 0x74],
  receiveMaximum: [0x21, 0, 10],
  topicAliasMaximum: [0x22, 0, 1],
  topicAlias: [0x23, 0, 1],
  maximumQos: [0x24, 1],
  retainAvailable: [0x25, 1],
  maximumPacketSize: [0x27, 0, 1, 0, 0],
  wildcardAvailable: [0x28, 1],
  subscriptionIdAvailable: [0x29, 1],
  sharedAvailable: [0x2a, 1],
} as const;

type RawName = keyof typeof RAW;
const OF_MESSAGES = ['payloadFormat', 'expiry', 'contentType', 'responseTopic', 'correlation'] as const;

const MAY_HAVE: Readonly<Record<keyof typeof WITH_PROPERTIES, readonly RawName[]>> = {
  // A Subscription Identifier in a client's PUBLISH has a statement of its own (MQTT-3.3.4-6).
  publish: [...OF_MESSAGES, 'topicAlias', 'subscriptionId'],
  subscribe: ['subscriptionId'],
  unsubscribe: [],
};

const MISPLACED = {
  publish: '5.0/R-2.2.2.2-5',
  subscribe: '5.0/R-2.2.2.2-10',
  unsubscribe: '5.0/R-2.2.2.2-11',
} as const;

export const misplacedProperty = defineCase({
  title: 'a property that its packet may not have ends the connection, whichever it is',
  verifies: { '5.0': ['R-2.2.2.2-5', 'R-2.2.2.2-10', 'R-2.2.2.2-11'] },
  caughtBy: ['accepts-misplaced-property'],
  needs: ['reaction', 'qos1'],
  rows: { publish: 'publish', subscribe: 'subscribe', unsubscribe: 'unsubscribe' } as const,
  async run(t) {
    const { control, answer } = served(t, WITH_PROPERTIES[t.row]);
    const foreign = (Object.keys(RAW) as RawName[]).filter((name) => !MAY_HAVE[t.row].includes(name));
    const bytes = encode(control, t.version);
    const deviants = foreign.map((name) => ({
      name: `${name} in ${t.row}`,
      bytes: mutations.insertProperty(bytes, t.row, Uint8Array.from(RAW[name])).bytes,
    }));
    await t.deviations({ control, answer, deviants, breaks: MISPLACED[t.row] });
  },
});

export const propertyCutOff = defineCase({
  title: 'a property whose value is cut off by the end of the property length ends the connection',
  verifies: { '5.0': ['R-2.2.2.2-14'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction', 'qos1'],
  rows: WITH_PROPERTIES,
  async run(t) {
    const { control, answer } = served(t, t.row, { userProperties: [['a', 'b']] });
    const of = t.row.toLowerCase() as Lowercase<typeof t.row>;
    const bytes = encode(control, t.version);
    const deviants = [1, 2, 4, 6].map((length) => mutations.propertyLength(bytes, of, length));
    await t.deviations({ control, answer, deviants });
  },
});

export const propertyLengthTooLong = defineCase({
  title: 'a property length that reaches beyond the packet ends the connection',
  verifies: { '5.0': ['R-2.2.2.2-15'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction', 'qos1'],
  rows: WITH_PROPERTIES,
  async run(t) {
    const { control, answer } = served(t, t.row);
    const of = t.row.toLowerCase() as Lowercase<typeof t.row>;
    await t.deviation({ control, answer, deviant: mutations.propertyLength(encode(control, t.version), of, 127) });
  },
});

export const fiveBytePropertyLength = defineCase({
  title: 'a property length or Subscription Identifier of five bytes ends the connection',
  verifies: { '5.0': ['R-1.5.5-2'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction', 'qos1'],
  rows: WITH_PROPERTIES,
  async run(t) {
    const { control, answer } = served(t, t.row);
    const bytes = encode(control, t.version);
    const of = t.row.toLowerCase() as Lowercase<typeof t.row>;
    const deviants = [mutations.vbiBytes(bytes, `${of}.property-length`, 5, t.version)];
    if (of === 'subscribe') {
      deviants.push(mutations.insertProperty(bytes, of, Uint8Array.of(0x0b, 0x81, 0x80, 0x80, 0x80, 0x00)));
    }
    await t.deviations({ control, answer, deviants });
  },
});
