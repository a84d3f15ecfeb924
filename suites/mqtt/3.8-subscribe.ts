/** §3.8, §3.9: SUBSCRIBE and its SUBACK. */
import { defineCase, encode, message, mutations, publish, suback, utf8, type PacketOf } from '#kit';

export const answered = defineCase({
  title: 'SUBSCRIBE is answered by a SUBACK with its packet identifier',
  verifies: {
    '3.1.1': ['MQTT-3.8.4-1', 'MQTT-3.8.4-2', 'MQTT-2.3.1-7#suback'],
    '5.0': ['MQTT-3.8.4-1', 'MQTT-3.8.4-2', 'MQTT-2.2.1-6#suback'],
  },
  caughtBy: ['suback-other-id', 'no-suback'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.subscribe(t.topic(), 4660));
    await client.expect(suback({ packetId: 4660 }));
  },
});

export const codePerFilter = defineCase({
  title: 'several filters in one SUBSCRIBE get one SUBACK with a code for each',
  verifies: {
    '3.1.1': ['MQTT-3.8.4-5#code-per-filter', 'MQTT-3.8.4-4#one-suback'],
    '5.0': ['MQTT-3.8.4-6', 'MQTT-3.8.4-5#one-suback'],
  },
  caughtBy: ['one-code-too-few', 'merges-equal-filters'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.subscribe([t.topic('a'), t.topic('b'), t.topic('a'), t.topic('c')], 9));
    await client.expect(suback({ packetId: 9, reasonCodes: [0, 0, 0, 0] }));
  },
});

export const codesInOrder = defineCase({
  title: 'the codes of SUBACK stand in the order of the filters',
  verifies: { '3.1.1': ['MQTT-3.9.3-1'], '5.0': ['MQTT-3.9.3-1'] },
  caughtBy: ['codes-in-other-order'],
  needs: ['qos1', 'qos2'],
  async run(t) {
    const client = await t.connect();
    const filters = ([0, 1, 2, 0] as const).map((qos, index) => ({ filter: t.topic(`f${index}`), qos }));
    await client.send(t.packet.subscribe(filters, 9));
    await client.expect(suback({ packetId: 9, reasonCodes: [0, 1, 2, 0] }));
  },
});

export const worksAsSequence = defineCase({
  title: 'several filters in one SUBSCRIBE all take effect',
  verifies: { '3.1.1': ['MQTT-3.8.4-4#as-sequence'], '5.0': ['MQTT-3.8.4-5#as-sequence'] },
  caughtBy: ['subscribes-to-nothing'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic('a'), t.topic('b'), t.topic('c')]);
    const publisher = await t.connect();
    for (const name of ['a', 'b', 'c']) await publisher.publish(t.topic(name), name, { qos: 1 });
    await subscriber.expectAll(['a', 'b', 'c'].map((name) => publish({ topic: t.topic(name), payload: utf8(name) })));
  },
});

export const replaces = defineCase({
  title: 'the same filter again replaces the subscription: one copy, at the new QoS',
  verifies: { '3.1.1': ['MQTT-3.8.4-3#replace'], '5.0': ['MQTT-3.8.4-3'] },
  caughtBy: ['resubscribe-adds', 'resubscribe-ignored'],
  needs: ['qos1'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    await subscriber.subscribe({ filter: t.topic(), qos: 0 });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'once', { qos: 1 });
    await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('once'), qos: 0 }));
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('sentinel'), qos: 0 }));
  },
});

export const deliveryQos = defineCase({
  title: 'a delivery has the lower of the published and the granted QoS',
  verifies: { '3.1.1': ['MQTT-3.8.4-6#min-qos'], '5.0': ['MQTT-3.8.4-8'] },
  caughtBy: ['delivers-above-granted-qos', 'delivers-below-granted-qos'],
  needs: ['qos1', 'qos2'],
  rows: {
    '0-of-0': { published: 0, granted: 0 },
    '0-of-2': { published: 0, granted: 2 },
    '1-of-0': { published: 1, granted: 0 },
    '1-of-1': { published: 1, granted: 1 },
    '1-of-2': { published: 1, granted: 2 },
    '2-of-0': { published: 2, granted: 0 },
    '2-of-1': { published: 2, granted: 1 },
    '2-of-2': { published: 2, granted: 2 },
  } as const,
  async run(t) {
    const { published, granted } = t.row;
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: granted });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x', { qos: published });
    const qos = Math.min(published, granted) as 0 | 1 | 2;
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('x'), qos }));
  },
});

export const wrongFlags = defineCase({
  title: 'a SUBSCRIBE whose fixed header flags are not 0010 ends the connection',
  verifies: { '3.1.1': ['MQTT-3.8.1-1'], '5.0': ['MQTT-3.8.1-1'] },
  caughtBy: ['accepts-subscribe-flags'],
  needs: ['reaction'],
  rows: { '0000': 0b0000, '0001': 0b0001, '0011': 0b0011, '1010': 0b1010 },
  async run(t) {
    const valid = t.packet.subscribe(t.topic(), 1);
    const deviant = mutations.fixedHeaderFlags(encode(valid, t.version), t.row);
    await t.deviation({ control: valid, answer: suback({ packetId: 1 }), deviant });
  },
});

export const empty = defineCase({
  title: 'a SUBSCRIBE without a topic filter ends the connection',
  verifies: { '3.1.1': ['MQTT-3.8.3-3'], '5.0': ['MQTT-3.8.3-2'] },
  caughtBy: ['accepts-empty-subscribe'],
  needs: ['reaction'],
  async run(t) {
    const valid = t.packet.subscribe(t.topic(), 1);
    const bytes = t.version === '5.0' ? Uint8Array.of(0x82, 3, 0, 2, 0) : Uint8Array.of(0x82, 2, 0, 2);
    const deviant = { name: 'SUBSCRIBE without a topic filter', bytes };
    await t.deviation({ control: valid, answer: suback({ packetId: 1 }), deviant });
  },
});

export const reservedOptionBits = defineCase({
  title: 'reserved bits in the options of a filter end the connection',
  verifies: { '3.1.1': ['MQTT-3.8.3-4#reserved-bits'], '5.0': ['MQTT-3.8.3-5'] },
  caughtBy: ['accepts-reserved-option-bits'],
  needs: ['reaction'],
  rows: { 'bit-6': 0x40, 'bit-7': 0x80 },
  async run(t) {
    const valid = t.packet.subscribe(t.topic(), 1);
    const bytes = encode(valid, t.version);
    const deviant = mutations.byteAt(bytes, bytes.length - 1, t.row);
    await t.deviation({ control: valid, answer: suback({ packetId: 1 }), deviant });
  },
});

export const qos3 = defineCase({
  title: 'a requested QoS of 3 ends the connection',
  verifies: { '3.1.1': ['MQTT-3.8.3-4#qos-3'], '5.0': ['R-3.8.3.1-1'] },
  caughtBy: ['accepts-subscribe-qos-3'],
  needs: ['reaction'],
  async run(t) {
    const valid = t.packet.subscribe(t.topic(), 1);
    const bytes = encode(valid, t.version);
    const deviant = mutations.byteAt(bytes, bytes.length - 1, 3);
    await t.deviation({ control: valid, answer: suback({ packetId: 1 }), deviant });
  },
});

export const packetIdZero = defineCase({
  title: 'a SUBSCRIBE with packet identifier 0 ends the connection',
  verifies: { '3.1.1': ['MQTT-2.3.1-1#subscribe-zero'], '5.0': ['MQTT-2.2.1-3#subscribe-zero'] },
  caughtBy: ['accepts-packet-id-0'],
  needs: ['reaction'],
  async run(t) {
    const valid = t.packet.subscribe(t.topic(), 1);
    const deviant = mutations.withField(
      encode(valid, t.version),
      'subscribe.packet-id',
      Uint8Array.of(0, 0),
      t.version,
    );
    await t.deviation({ control: valid, answer: suback({ packetId: 1 }), deviant });
  },
});

export const noLocal = defineCase({
  title: 'No Local: a client does not get back what it published itself, others do',
  verifies: { '5.0': ['MQTT-3.8.3-3'] },
  caughtBy: ['no-local-ignored'],
  async run(t) {
    const client = await t.connect();
    await client.subscribe({ filter: t.topic(), noLocal: true });
    const other = await t.connect();
    await client.publish(t.topic(), 'own', { qos: 1 });
    await other.publish(t.topic(), 'sentinel', { qos: 1 });
    await client.expectNotBefore(message(t.topic(), 'own'), message(t.topic(), 'sentinel'));
  },
});

export const identifierReturned = defineCase({
  title: 'a Subscription Identifier comes back unchanged with each delivery',
  verifies: { '5.0': ['R-3.8.2.1.2-3', 'MQTT-3.3.4-3', 'MQTT-3.8.4-1'] },
  caughtBy: ['no-subscription-ids', 'identifiers-unavailable-untold'],
  needs: ['subid'],
  rows: { one: 1, 'two-bytes': 128, 'three-bytes': 16_384, largest: 268_435_455 },
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic(), { subscriptionIdentifiers: [t.row] });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x');
    await subscriber.expect(publish({ topic: t.topic(), properties: { subscriptionIdentifiers: [t.row] } }));
  },
});

export const knownCodes = defineCase({
  title: 'a filter that may be refused is answered by a code of the SUBACK table',
  verifies: { '3.1.1': ['MQTT-3.9.3-2'], '5.0': ['MQTT-3.9.3-2'] },
  caughtBy: ['unknown-suback-code'],
  rows: { 'server-topic': '$SYS/mqttspec', 'another-client': '$mqttspec/a', ordinary: 'a' },
  async run(t) {
    const client = await t.connect();
    const filter = t.row.startsWith('$') ? t.row : t.topic(t.row);
    await client.send(t.packet.subscribe({ filter, qos: 2 }, 1));
    const codes =
      t.version === '5.0' ? [0, 1, 2, 0x80, 0x83, 0x87, 0x8f, 0x91, 0x97, 0x9e, 0xa1, 0xa2] : [0, 1, 2, 0x80];
    await client.expect(
      suback({
        packetId: 1,
        reasonCodes: {
          check: (given) => given?.length === 1 && codes.includes(given[0] ?? -1),
          print: 'one known code',
        },
      }),
    );
  },
});

export const grantsAtMostAsked = defineCase({
  title: 'SUBACK grants the QoS that was asked for, or a lower one, and messages come as it says',
  verifies: { '3.1.1': ['MQTT-3.8.4-5#code-meaning'], '5.0': ['MQTT-3.8.4-7'] },
  caughtBy: ['grants-above-asked', 'delivers-below-granted-qos'],
  rows: { 'qos-0': 0, 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.subscribe({ filter: t.topic(), qos: t.row }, 1));
    const most = {
      check: (codes: readonly number[] | undefined) => codes?.length === 1 && (codes[0] ?? 3) <= t.row,
      print: t.row === 0 ? '[0]' : `[0…${t.row}]`,
    };
    const answer = await client.expectPacket<PacketOf<'SUBACK'>>(suback({ packetId: 1, reasonCodes: most }));
    await client.settle();
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x', { qos: t.row });
    const granted = (answer.reasonCodes[0] ?? 0) as 0 | 1 | 2;
    await client.expect(publish({ topic: t.topic(), payload: utf8('x'), qos: granted }));
  },
});

export const beforeSuback = defineCase({
  title: 'messages of a new subscription may come before its SUBACK',
  verifies: { '3.1.1': ['R-3.8.4-1'], '5.0': ['R-3.8.4-1'] },
  observes: ['clean', 'retained-before-suback'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'kept', { qos: 1, retain: true });
    await publisher.settle();
    const client = await t.connect();
    await client.send(t.packet.subscribe(t.topic(), 1));
    const either = [suback({ packetId: 1 }), publish({ topic: t.topic() })] as const;
    await client.expectAll(either);
    const came = client.link.seen.flatMap((event) => (event.kind === 'packet' ? [event.packet.type] : []));
    const first = came.find((type) => type === 'SUBACK' || type === 'PUBLISH');
    t.observe(first === 'SUBACK' ? 'after SUBACK' : 'before SUBACK');
  },
});

export const limitedAnswer = defineCase({
  title: 'Reason String and User Property do not push SUBACK over the Maximum Packet Size of the client',
  verifies: { '5.0': ['MQTT-3.9.2-1', 'MQTT-3.9.2-2'] },
  caughtBy: ['explains-beyond-packet-size'],
  async run(t) {
    const maximumPacketSize = 64;
    const client = await t.connect({ properties: { maximumPacketSize } });
    await client.send(t.packet.subscribe(['$SYS/mqttspec', t.topic()], 1));
    const answer = await client.expectPacket(suback({ packetId: 1 }));
    const size = encode(answer, t.version).length;
    t.check(size <= maximumPacketSize, `SUBACK has ${size} bytes`, { expected: `at most ${maximumPacketSize}` });
  },
});

export const invalidBesideValid = defineCase({
  title: 'a filter that is refused leaves the others of its SUBSCRIBE alone, in codes and in effect',
  verifies: {
    '3.1.1': ['MQTT-3.8.4-4#as-sequence', 'MQTT-3.9.3-1'],
    '5.0': ['MQTT-3.8.4-5#as-sequence', 'MQTT-3.9.3-1'],
  },
  caughtBy: ['subscribes-to-nothing', 'codes-in-other-order'],
  needs: ['qos1'],
  async run(t) {
    const client = await t.connect();
    const filters = [t.topic('a'), '$mqttspec/refused-maybe', t.topic('b')];
    const asked = filters.map((filter, index) => ({ filter, qos: index === 0 ? (1 as const) : (0 as const) }));
    await client.send(t.packet.subscribe(asked, 1));
    const outerGranted = {
      check: (codes: readonly number[] | undefined) => codes?.length === 3 && codes[0] === 1 && codes[2] === 0,
      print: '[1, any, 0]',
    };
    await client.expect(suback({ packetId: 1, reasonCodes: outerGranted }));
    const publisher = await t.connect();
    for (const name of ['a', 'b']) await publisher.publish(t.topic(name), name, { qos: 1 });
    await client.expectAll(['a', 'b'].map((name) => publish({ topic: t.topic(name), payload: utf8(name) })));
  },
});
