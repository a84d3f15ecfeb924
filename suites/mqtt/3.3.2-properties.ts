/** 5.0 §3.3.2.3: properties of PUBLISH, and topic aliases. */
import {
  absent,
  between,
  connectLasting,
  defineCase,
  encode,
  ended,
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
    const back = await waited(t, 2, {});
    await back.expect(message(t.topic(), 'x'));
    await back.expect(message(t.topic(), 'sentinel'));
  },
});

/** A PUBLISH of QoS 1 that the deviations of this chapter start from. */
const base = (t: CaseContext<unknown>, properties: Properties) =>
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

/** What CONNACK says, or a skip where it allows fewer. */
async function needsAliases(t: CaseContext<unknown>, least: number): Promise<number> {
  const most = (await t.connect()).connack?.properties?.topicAliasMaximum ?? 0;
  if (most < least) t.skip(`needs ${least} topic aliases (CONNACK allows ${most})`);
  return most;
}

/** A PUBLISH with an alias alone. */
const byAlias = (t: CaseContext<unknown>, topicAlias: number, payload: string) =>
  t.packet.publish('', payload, { properties: { topicAlias } });

export const alias = defineCase({
  title: 'a topic alias stands for the topic that it came with, and does not show at subscribers',
  verifies: { '5.0': ['MQTT-3.3.2-12', 'R-3.3.2.3.4-3', 'MQTT-3.1.2-27'] },
  caughtBy: ['alias-leaked', 'alias-unasked'],
  needs: ['topic-alias'],
  async run(t) {
    await needsAliases(t, 2);
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic('a'), t.topic('b')]);
    const publisher = await t.connect();
    await publisher.publish(t.topic('a'), '1', { properties: { topicAlias: 1 } });
    await publisher.publish(t.topic('b'), '1', { properties: { topicAlias: 2 } });
    await publisher.send(byAlias(t, 1, '2'), byAlias(t, 2, '2'), byAlias(t, 1, '3'));
    for (const payload of ['1', '2', '3'])
      await subscriber.expect(message(t.topic('a'), payload, { properties: { topicAlias: absent } }));
    for (const payload of ['1', '2'])
      await subscriber.expect(message(t.topic('b'), payload, { properties: { topicAlias: absent } }));
  },
});

export const everyAlias = defineCase({
  title: 'every alias up to the maximum of the server is accepted',
  verifies: { '5.0': ['MQTT-3.3.2-12'] },
  caughtBy: ['alias-maximum-below-told'],
  needs: ['topic-alias'],
  async run(t) {
    const most = await needsAliases(t, 1);
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    const publisher = await t.connect();
    for (const number of new Set([1, Math.ceil(most / 2), most])) {
      await publisher.publish(t.topic(), `${number}`, { properties: { topicAlias: number } });
      await publisher.send(byAlias(t, number, `${number} again`));
      await subscriber.expect(message(t.topic(), `${number}`));
      await subscriber.expect(message(t.topic(), `${number} again`));
    }
  },
});

export const aliasRedefined = defineCase({
  title: 'a topic name that comes with a known alias gives the alias a new meaning',
  verifies: { '5.0': ['R-3.3.2.3.4-2'] },
  caughtBy: ['alias-keeps-first-topic'],
  needs: ['topic-alias'],
  async run(t) {
    await needsAliases(t, 1);
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic('a'), t.topic('b')]);
    const publisher = await t.connect();
    await publisher.publish(t.topic('a'), '1', { properties: { topicAlias: 1 } });
    await publisher.publish(t.topic('b'), '2', { properties: { topicAlias: 1 } });
    await publisher.send(byAlias(t, 1, '3'));
    await subscriber.expect(message(t.topic('a'), '1'));
    await subscriber.expect(message(t.topic('b'), '2'));
    await subscriber.expect(publish({ topic: t.topic('b'), payload: utf8('3') }));
  },
});

export const aliasPerConnection = defineCase({
  title: 'topic aliases end with their connection, also where the session goes on',
  verifies: { '5.0': ['MQTT-3.3.2-7', 'R-3.3.4-4'] },
  caughtBy: ['accepts-unknown-alias'],
  needs: ['topic-alias', 'reaction'],
  rows: { 'session-kept': true, 'new-session': false },
  async run(t) {
    await needsAliases(t, 1);
    const fields = t.row ? lasting(t, {}) : {};
    const first = await t.connect(fields);
    await first.publish(t.topic(), 'x', { properties: { topicAlias: 1 } });
    await first.ping();
    await leave(first);
    const again = await t.connect({ ...fields, clientId: first.id });
    await again.send(byAlias(t, 1, 'stale'));
    await again.expect(ended({ reason: 0x82 }));
    await t.roundTrip(await t.connect(), await t.connect());
  },
});

export const aliasUnknown = defineCase({
  title: 'an alias alone that stands for nothing ends the connection',
  verifies: { '5.0': ['R-3.3.4-4'] },
  caughtBy: ['accepts-unknown-alias'],
  needs: ['topic-alias', 'reaction', 'qos1'],
  async run(t) {
    await needsAliases(t, 1);
    await t.deviation({
      control: base(t, { topicAlias: 1 }),
      answer: puback({ packetId: 1 }),
      deviant: t.packet.publish('', 'x', { qos: 1, packetId: 1, properties: { topicAlias: 1 } }),
      outcome: ended({ reason: 0x82 }),
    });
  },
});

export const aliasZero = defineCase({
  title: 'the topic alias 0 ends the connection, with 0x94',
  verifies: { '5.0': ['MQTT-3.3.2-8#client-input', 'R-3.3.4-2'] },
  caughtBy: ['accepts-alias-0', 'disconnect-wrong-code'],
  needs: ['reaction', 'qos1'],
  async run(t) {
    const bytes = encode(base(t, { topicAlias: 1 }), t.version);
    const control = base(t, {});
    const deviant = mutations.withPropertyValue(bytes, 'publish', 'topicAlias', Uint8Array.of(0, 0));
    const twin = await t.connect();
    await twin.send(control);
    await twin.expect(puback({ packetId: 1 }));
    const client = await t.connect();
    await client.send(deviant);
    const { reasonCode } = await client.expect(ended());
    if (reasonCode !== 0x94) t.finding('5.0/R-3.3.4-2', `the reason told is ${told(reasonCode)}, not 0x94`);
    await twin.ping();
  },
});

const told = (code: number | undefined): string => (code === undefined ? 'none' : hexCode(code));

export const aliasAboveMaximum = defineCase({
  title: 'a topic alias above the maximum of the server ends the connection, with 0x94',
  verifies: { '5.0': ['MQTT-3.3.2-9', 'MQTT-3.2.2-17', 'R-3.3.4-3'] },
  caughtBy: ['accepts-alias-above-maximum', 'disconnect-wrong-code'],
  needs: ['reaction', 'qos1', 'alias-max<65535'],
  async run(t) {
    const most = (await t.connect()).connack?.properties?.topicAliasMaximum ?? 0;
    if (most === 65_535) t.skip('every alias is allowed (Topic Alias Maximum 65535)');
    await aliasRefused(t, most + 1);
  },
});

export const aliasNotAllowed = defineCase({
  title: 'where CONNACK allows no topic aliases, one ends the connection',
  verifies: { '5.0': ['MQTT-3.2.2-18', 'R-3.3.4-3'] },
  caughtBy: ['accepts-alias-above-maximum'],
  needs: ['reaction', 'qos1', 'alias-max-absent'],
  async run(t) {
    const most = (await t.connect()).connack?.properties?.topicAliasMaximum ?? 0;
    if (most > 0) t.skip(`CONNACK allows ${most} topic aliases`);
    await aliasRefused(t, 1);
  },
});

async function aliasRefused(t: CaseContext<unknown>, topicAlias: number): Promise<void> {
  const twin = await t.connect();
  await twin.send(base(t, {}));
  await twin.expect(puback({ packetId: 1 }));
  const client = await t.connect();
  await client.send(base(t, { topicAlias }));
  const { reasonCode } = await client.expect(ended());
  if (reasonCode !== 0x94) t.finding('5.0/R-3.3.4-3', `the reason told is ${told(reasonCode)}, not 0x94`);
  await twin.ping();
}

export const aliasesOfServer = defineCase({
  title: 'the server uses topic aliases within the maximum of the client, never 0',
  verifies: { '5.0': ['MQTT-3.3.2-8#server-output', 'MQTT-3.3.2-11', 'MQTT-3.1.2-26'] },
  caughtBy: ['sends-alias-0', 'sends-alias-above-maximum'],
  needs: ['wildcard'],
  async run(t) {
    const subscriber = await t.connect({ properties: { topicAliasMaximum: 2 } });
    await subscriber.subscribe(t.topic('#'));
    const publisher = await t.connect();
    let used = 0;
    for (const round of ['1', '2', '3']) {
      for (const name of ['a', 'b', 'c']) {
        await publisher.publish(t.topic(name), round);
        const came = await subscriber.expect(publish({ payload: utf8(round) }));
        if (
          came.kind === 'packet' &&
          came.packet.type === 'PUBLISH' &&
          came.packet.properties?.topicAlias !== undefined
        )
          used += 1;
      }
    }
    if (used === 0 && t.scope.findings.list.length === 0) t.skip('not exercised: the server uses no topic aliases');
  },
});
