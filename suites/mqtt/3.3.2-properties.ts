/** 5.0 §3.3.2.3: properties of PUBLISH, and topic aliases. */
import {
  between,
  connectLasting,
  defineCase,
  encode,
  hexCode,
  lasting,
  leave,
  message,
  mutations,
  puback,
  publish,
  utf8,
  type CaseContext,
  type Client,
  type PacketOf,
  type Properties,
} from '#kit';

/** Publishes with these properties; the delivery must have what is expected of it. */
async function passes(t: CaseContext<unknown>, sent: Properties, expected: Properties = sent): Promise<void> {
  const subscriber = await t.connect();
  await subscriber.subscribe(t.topic());
  const publisher = await t.connect();
  await publisher.publish(t.topic(), 'x', { properties: sent });
  await subscriber.expect(publish({ topic: t.topic(), payload: utf8('x'), properties: expected }));
}

export const payloadFormat = defineCase({
  title: 'the Payload Format Indicator is passed on as it came',
  verifies: { '5.0': ['MQTT-3.3.2-4'] },
  caughtBy: ['payload-format-dropped'],
  rows: { utf8: 1 } as const,
  run: (t) => passes(t, { payloadFormatIndicator: t.row }),
});

export const responseTopic = defineCase({
  title: 'the Response Topic is passed on as it came',
  verifies: { '5.0': ['MQTT-3.3.2-15'] },
  caughtBy: ['response-topic-dropped'],
  rows: { plain: 'answers/here', unusual: '/ä//\u{1F600}/', dollar: '$answers', long: 'r/'.repeat(300) },
  run: (t) => passes(t, { responseTopic: t.row }),
});

export const correlationData = defineCase({
  title: 'the Correlation Data are passed on as they came',
  verifies: { '5.0': ['MQTT-3.3.2-16'] },
  caughtBy: ['correlation-data-altered'],
  rows: {
    one: Uint8Array.of(0),
    'every-octet': Uint8Array.from({ length: 256 }, (_, i) => i),
    long: Uint8Array.from({ length: 3000 }, (_, i) => i * 7),
  },
  run: (t) => passes(t, { correlationData: t.row }),
});

export const contentType = defineCase({
  title: 'the Content Type is passed on as it came',
  verifies: { '5.0': ['MQTT-3.3.2-20'] },
  caughtBy: ['content-type-dropped'],
  rows: { plain: 'text/plain; charset=utf-8', unusual: '\u00FC \u{1F600}' },
  run: (t) => passes(t, { contentType: t.row }),
});

const PAIRS = [
  ['b', '2'],
  ['a', '1'],
  ['a', '1'],
  ['a', '0'],
  ['', 'empty name'],
  ['empty value', ''],
  ['\u{1F600}', '\u00FC'],
] as const;

export const userProperties = defineCase({
  title: 'all user properties are passed on in their order, those of the same name too',
  verifies: { '5.0': ['MQTT-3.3.2-17', 'MQTT-3.3.2-18', 'R-3.3.2.3.7-1'] },
  caughtBy: ['user-properties-reordered', 'user-properties-merged', 'user-properties-dropped'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    await (await t.connect()).publish(t.topic(), 'x', { properties: { userProperties: PAIRS } });
    const { properties } = await subscriber.expectPacket<PacketOf<'PUBLISH'>>(publish({ topic: t.topic() }));
    // A broker may add one of its own (BROKERS.md, lesson 11); the publisher's must be there, in their order.
    const came = (properties?.userProperties ?? []).map(([name, value]) => `${name}=${value}`);
    let at = 0;
    for (const pair of came) if (at < PAIRS.length && pair === `${PAIRS[at]?.[0]}=${PAIRS[at]?.[1]}`) at += 1;
    const expected = PAIRS.map(([name, value]) => `${name}=${value}`).join(', ');
    t.check(at === PAIRS.length, 'user properties are missing or in another order', {
      expected,
      actual: came.join(', '),
    });
  },
});

export const allTogether = defineCase({
  title: 'all properties of a message arrive together, at each QoS',
  verifies: {
    '5.0': ['MQTT-3.3.2-4', 'MQTT-3.3.2-15', 'MQTT-3.3.2-16', 'MQTT-3.3.2-17', 'MQTT-3.3.2-20', 'R-3.3.2.3-1'],
  },
  caughtBy: ['payload-format-dropped', 'content-type-dropped', 'publish-property-twice'],
  needs: ['qos1'],
  rows: { 'qos-0': 0, 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: t.row });
    const publisher = await t.connect();
    const properties = {
      payloadFormatIndicator: 1,
      contentType: 'text',
      responseTopic: 'answers',
      correlationData: utf8('7'),
      userProperties: [['a', '1']] as const,
    };
    await publisher.publish(t.topic(), 'x', { qos: t.row, properties: { ...properties, messageExpiryInterval: 600 } });
    const left = { ...properties, messageExpiryInterval: between(590, 600) };
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('x'), properties: left }));
  },
});

/** Published while the subscriber is away, which comes back `seconds` later. */
async function waited(t: CaseContext<unknown>, seconds: number, properties: Properties): Promise<Client> {
  const subscriber = await connectLasting(t);
  await subscriber.subscribe({ filter: t.topic(), qos: 1 });
  await leave(subscriber);
  const publisher = await t.connect();
  await publisher.publish(t.topic(), 'x', { qos: 1, properties });
  await t.sleep(seconds * 1000);
  await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
  return t.connect(lasting(t, { clientId: subscriber.id }));
}

export const expired = defineCase({
  title: 'a message whose expiry has passed while it waited is not delivered any more',
  verifies: { '5.0': ['MQTT-3.3.2-5'] },
  caughtBy: ['delivers-expired'],
  needs: ['qos1', 'time'],
  takes: 3,
  async run(t) {
    const back = await waited(t, 3, { messageExpiryInterval: 1 });
    await back.expectNotBefore(message(t.topic(), 'x'), message(t.topic(), 'sentinel'));
  },
});

export const expiryReduced = defineCase({
  title: 'the Message Expiry Interval of a delivery is less by the time that the message waited',
  verifies: { '5.0': ['MQTT-3.3.2-6'] },
  caughtBy: ['expiry-not-decremented', 'expiry-dropped'],
  needs: ['qos1', 'time'],
  takes: 3,
  async run(t) {
    const back = await waited(t, 2.5, { messageExpiryInterval: 100 });
    // At most what is left; a second less where the broker rounds, some more where it was slow.
    await back.expect(message(t.topic(), 'x', { properties: { messageExpiryInterval: between(85, 98) } }));
    await back.expect(message(t.topic(), 'sentinel'));
  },
});

export const withoutExpiry = defineCase({
  title: 'a message without Message Expiry Interval does not expire',
  verifies: { '5.0': ['R-3.3.2.3.3-2'] },
  caughtBy: ['expires-without-interval'],
  needs: ['qos1', 'time'],
  takes: 2,
  async run(t) {
    // Another property: where there is none at all, a server may not look for this one.
    const back = await waited(t, 2, { contentType: 'text' });
    await back.expect(message(t.topic(), 'x'));
    await back.expect(message(t.topic(), 'sentinel'));
  },
});

/** What CONNACK says, or a skip where it allows fewer. */
export async function needsAliases(t: CaseContext<unknown>, least: number): Promise<number> {
  const most = (await t.connect()).connack?.properties?.topicAliasMaximum ?? 0;
  if (most < least) t.skip(`needs ${least} topic aliases (CONNACK allows ${most})`);
  return most;
}

/** A PUBLISH of QoS 1 that the deviations of this chapter start from. */
export const base = (t: CaseContext<unknown>, properties: Properties) =>
  t.packet.publish(t.topic(), 'x', { qos: 1, packetId: 1, properties });

export const twice = defineCase({
  title: 'a property of PUBLISH that may come once and comes twice ends the connection',
  verifies: { '5.0': ['R-3.3.2.3.4-1', 'R-3.3.2.3.5-1', 'R-3.3.2.3.6-1', 'R-3.3.2.3.9-1'] },
  caughtBy: ['accepts-duplicate-property'],
  needs: ['reaction', 'qos1'],
  rows: {
    'topic-alias': ['topicAlias', 1, '5.0/R-3.3.2.3.4-1'],
    'response-topic': ['responseTopic', 'r', '5.0/R-3.3.2.3.5-1'],
    'correlation-data': ['correlationData', Uint8Array.of(1), '5.0/R-3.3.2.3.6-1'],
    'content-type': ['contentType', 'c', '5.0/R-3.3.2.3.9-1'],
  } as const,
  async run(t) {
    const [name, value, breaks] = t.row;
    if (name === 'topicAlias') await needsAliases(t, 1);
    const control = base(t, { [name]: value });
    const deviant = mutations.duplicateProperty(encode(control, t.version), 'publish', name);
    await t.deviation({ control, answer: puback({ packetId: 1 }), deviant, breaks });
  },
});

export const twiceUnsaid = defineCase({
  title:
    'Payload Format Indicator or Message Expiry Interval twice, which only other packets forbid, ends the connection',
  verifies: { '5.0': ['R-3.3.2.3.2-1', 'R-3.3.2.3.3-1'] },
  caughtBy: ['accepts-duplicate-property'],
  needs: ['reaction', 'qos1'],
  rows: {
    'payload-format': ['payloadFormatIndicator', 1, '5.0/R-3.3.2.3.2-1'],
    expiry: ['messageExpiryInterval', 60, '5.0/R-3.3.2.3.3-1'],
  } as const,
  async run(t) {
    const [name, value, breaks] = t.row;
    const control = base(t, { [name]: value });
    const deviant = mutations.duplicateProperty(encode(control, t.version), 'publish', name);
    await t.deviation({ control, answer: puback({ packetId: 1 }), deviant, breaks });
  },
});

export const responseTopicWildcard = defineCase({
  title: 'a Response Topic with a wildcard ends the connection',
  verifies: { '5.0': ['MQTT-3.3.2-14'] },
  caughtBy: ['accepts-response-topic-wildcard'],
  needs: ['reaction', 'qos1'],
  rows: { plus: 'a/+', hash: 'a/#' },
  async run(t) {
    const bytes = encode(base(t, { responseTopic: 'a/b' }), t.version);
    const deviant = mutations.withContent(bytes, 'publish.property.responseTopic.value', utf8(t.row), t.version);
    await t.deviation({ control: bytes, answer: puback({ packetId: 1 }), deviant });
  },
});

export const subscriptionIdentifier = defineCase({
  title: 'a PUBLISH of a client with a Subscription Identifier ends the connection',
  verifies: { '5.0': ['MQTT-3.3.4-6', 'R-3.3.2.3.8-1'] },
  caughtBy: ['accepts-subscription-id-from-client'],
  needs: ['reaction', 'qos1'],
  rows: { one: 1, zero: 0 } as const,
  async run(t) {
    const control = base(t, {});
    const deviant = mutations.insertProperty(encode(control, t.version), 'publish', Uint8Array.of(0x0b, t.row));
    const breaks = t.row === 0 ? '5.0/R-3.3.2.3.8-1' : '5.0/MQTT-3.3.4-6';
    await t.deviation({ control, answer: puback({ packetId: 1 }), deviant, breaks });
  },
});

export const payloadFormatOutOfRange = defineCase({
  title: 'a Payload Format Indicator other than 0 and 1 is refused or passed on',
  verifies: { '5.0': ['R-3.3.2.3.2-2'] },
  observes: ['clean', 'takes-any-payload-format'],
  needs: ['reaction', 'qos1'],
  async run(t) {
    const client = await t.connect();
    client.wellBehaved = false;
    client.link.endExpected = true;
    const bytes = encode(base(t, { payloadFormatIndicator: 1 }), t.version);
    await client.send(mutations.withPropertyValue(bytes, 'publish', 'payloadFormatIndicator', Uint8Array.of(2)));
    const answer = await client.look(puback({ packetId: 1 }));
    const code = answer?.kind === 'packet' && answer.packet.type === 'PUBACK' ? answer.packet.reasonCode : undefined;
    t.observe(code === undefined ? 'closed' : `PUBACK ${hexCode(code)}`);
  },
});

export const notUtf8AsSaid = defineCase({
  title: 'a payload that is not the UTF-8 that it says to be is refused or passed on',
  verifies: { '5.0': ['R-3.3.2.3.2-3'] },
  observes: ['clean', 'checks-payload-format'],
  needs: ['qos1'],
  async run(t) {
    const client = await t.connect();
    client.wellBehaved = false;
    client.link.endExpected = true;
    const payload = Uint8Array.of(0x61, 0xc0, 0xaf);
    const properties = { payloadFormatIndicator: 1 };
    await client.send(t.packet.publish(t.topic(), payload, { qos: 1, packetId: 1, properties }));
    const answer = await client.look(puback({ packetId: 1 }));
    const code = answer?.kind === 'packet' && answer.packet.type === 'PUBACK' ? answer.packet.reasonCode : undefined;
    t.observe(code === undefined ? 'closed' : code >= 0x80 ? `PUBACK ${hexCode(code)}` : 'accepted');
  },
});
