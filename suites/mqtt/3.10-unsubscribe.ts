/** §3.10, §3.11: UNSUBSCRIBE and its UNSUBACK. */
import {
  connectLasting,
  defineCase,
  encode,
  leave,
  message,
  mutations,
  publish,
  unsuback,
  utf8,
  type PacketOf,
} from '#kit';

export const answered = defineCase({
  title: 'UNSUBSCRIBE is answered by an UNSUBACK with its packet identifier',
  verifies: {
    '3.1.1': ['MQTT-3.10.4-4#unsuback', 'MQTT-3.10.4-4#same-id', 'MQTT-2.3.1-7#unsuback'],
    '5.0': ['MQTT-3.10.4-4', 'MQTT-3.10.4-5#same-id', 'MQTT-2.2.1-6#unsuback'],
  },
  caughtBy: ['no-unsuback', 'unsuback-other-id'],
  async run(t) {
    const client = await t.connect();
    await client.subscribe(t.topic());
    await client.send(t.packet.unsubscribe(t.topic(), 4660));
    await client.expect(unsuback({ packetId: 4660 }));
  },
});

export const evenIfNone = defineCase({
  title: 'UNSUBSCRIBE is answered even where nothing was subscribed',
  verifies: { '3.1.1': ['MQTT-3.10.4-5'], '5.0': ['MQTT-3.10.4-5#even-if-none'] },
  caughtBy: ['no-unsuback-for-unknown'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.unsubscribe(t.topic('never'), 3));
    await client.expect(unsuback({ packetId: 3 }));
  },
});

export const stopsDelivery = defineCase({
  title: 'after UNSUBACK nothing new is delivered for the filter',
  verifies: { '3.1.1': ['MQTT-3.10.4-2'], '5.0': ['MQTT-3.10.4-2', 'MQTT-3.10.4-1#delete'] },
  caughtBy: ['delivers-after-unsuback'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic('off'), t.topic('on')]);
    await subscriber.unsubscribe(t.topic('off'));
    const publisher = await t.connect();
    await publisher.publish(t.topic('off'), 'late', { qos: 1 });
    await publisher.publish(t.topic('on'), 'sentinel', { qos: 1 });
    await subscriber.expectNotBefore(publish({ topic: t.topic('off') }), publish({ topic: t.topic('on') }));
  },
});

export const stopsWildcards = defineCase({
  title: 'after UNSUBACK nothing new is delivered for a filter with wildcards, wherever they stand',
  verifies: { '3.1.1': ['MQTT-3.10.4-2'], '5.0': ['MQTT-3.10.4-2', 'MQTT-3.10.4-1#delete'] },
  caughtBy: ['wildcard-survives-unsubscribe'],
  needs: ['wildcard'],
  rows: { plus: 'off/+', 'plus-between': '+/b', hash: 'off/#', 'plus-hash': '+/#' },
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic(t.row), t.topic('on')]);
    const publisher = await t.connect();
    await publisher.publish(t.topic('off/b'), 'early', { qos: 1 });
    await subscriber.expect(message(t.topic('off/b'), 'early'));
    await subscriber.unsubscribe(t.topic(t.row));
    await publisher.publish(t.topic('off/b'), 'late', { qos: 1 });
    await publisher.publish(t.topic('on'), 'sentinel', { qos: 1 });
    await subscriber.expectNotBefore(message(t.topic('off/b'), 'late'), message(t.topic('on'), 'sentinel'));
  },
});

export const passedOn = defineCase({
  title: 'who subscribes right after another has unsubscribed gets what is published next, and the other does not',
  verifies: { '3.1.1': ['MQTT-3.10.4-2', 'MQTT-3.3.5-1'], '5.0': ['MQTT-3.10.4-2', 'MQTT-4.5.0-1'] },
  caughtBy: ['delivers-after-unsuback'],
  async run(t) {
    const [one, two] = [await t.connect(), await t.connect()];
    await one.subscribe([t.topic('a'), t.topic('on')]);
    const publisher = await t.connect();
    // A server may remember whom a topic goes to.
    await publisher.publish(t.topic('a'), 'first', { qos: 1 });
    await one.expect(message(t.topic('a'), 'first'));
    await one.unsubscribe(t.topic('a'));
    await two.subscribe(t.topic('a'));
    await publisher.publish(t.topic('a'), 'second', { qos: 1 });
    const breaks = t.version === '5.0' ? '5.0/MQTT-4.5.0-1' : '3.1.1/MQTT-3.3.5-1';
    await two.expect(message(t.topic('a'), 'second'), { breaks });
    await publisher.publish(t.topic('on'), 'sentinel', { qos: 1 });
    await one.expectNotBefore(message(t.topic('a'), 'second'), message(t.topic('on'), 'sentinel'));
  },
});

export const exactMatch = defineCase({
  title: 'UNSUBSCRIBE removes the filter with the same characters, and no other that overlaps',
  verifies: {
    '3.1.1': ['MQTT-3.10.4-1#nothing-else', 'MQTT-3.10.4-1#exact-match'],
    '5.0': ['MQTT-3.10.4-1#exact-match'],
  },
  caughtBy: ['unsubscribes-by-pattern'],
  needs: ['wildcard'],
  rows: { wildcard: '+', multi: '#', plain: 'x' },
  async run(t) {
    const held = t.row === 'x' ? t.topic('+') : t.topic('x');
    const subscriber = await t.connect();
    await subscriber.subscribe(held);
    await subscriber.unsubscribe(t.topic(t.row));
    const publisher = await t.connect();
    await publisher.publish(t.topic('x'), 'kept', { qos: 1 });
    await subscriber.expect(publish({ topic: t.topic('x'), payload: utf8('kept') }));
  },
});

export const worksAsSequence = defineCase({
  title: 'several filters in one UNSUBSCRIBE get one UNSUBACK, and all are removed',
  verifies: {
    '3.1.1': ['MQTT-3.10.4-6#as-sequence', 'MQTT-3.10.4-6#one-unsuback'],
    '5.0': ['MQTT-3.10.4-6#as-sequence', 'MQTT-3.10.4-6#one-unsuback'],
  },
  caughtBy: ['delivers-after-unsuback'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic('a'), t.topic('b'), t.topic('on')]);
    await subscriber.send(t.packet.unsubscribe([t.topic('a'), t.topic('b')], 77));
    await subscriber.expect(unsuback({ packetId: 77 }));
    const publisher = await t.connect();
    await publisher.publish(t.topic('a'), 'late', { qos: 1 });
    await publisher.publish(t.topic('b'), 'late', { qos: 1 });
    await publisher.publish(t.topic('on'), 'sentinel', { qos: 1 });
    await subscriber.expect(publish({ topic: t.topic('on') }));
  },
});

export const codePerFilter = defineCase({
  title: 'UNSUBACK has a code for each filter, in their order',
  verifies: { '5.0': ['MQTT-3.11.3-2#one-per-filter', 'MQTT-3.11.3-1'] },
  caughtBy: ['unsuback-too-few-codes'],
  async run(t) {
    const client = await t.connect();
    await client.subscribe(t.topic('a'));
    await client.send(t.packet.unsubscribe([t.topic('a'), t.topic('b')], 5));
    await client.expect(
      unsuback({
        packetId: 5,
        reasonCodes: { check: (codes) => codes?.length === 2 && codes[0] === 0, print: '[0, any]' },
      }),
    );
  },
});

export const wrongFlags = defineCase({
  title: 'an UNSUBSCRIBE whose fixed header flags are not 0010 ends the connection',
  verifies: { '3.1.1': ['MQTT-3.10.1-1'], '5.0': ['MQTT-3.10.1-1'] },
  caughtBy: ['accepts-unsubscribe-flags'],
  needs: ['reaction'],
  rows: { '0000': 0b0000, '0011': 0b0011, '1010': 0b1010 },
  async run(t) {
    const valid = t.packet.unsubscribe(t.topic(), 1);
    const deviant = mutations.fixedHeaderFlags(encode(valid, t.version), t.row);
    await t.deviation({ control: valid, answer: unsuback({ packetId: 1 }), deviant });
  },
});

export const empty = defineCase({
  title: 'an UNSUBSCRIBE without a topic filter ends the connection',
  verifies: { '3.1.1': ['MQTT-3.10.3-2'], '5.0': ['MQTT-3.10.3-2'] },
  caughtBy: ['accepts-empty-unsubscribe'],
  needs: ['reaction'],
  async run(t) {
    const valid = t.packet.unsubscribe(t.topic(), 1);
    const bytes = t.version === '5.0' ? Uint8Array.of(0xa2, 3, 0, 2, 0) : Uint8Array.of(0xa2, 2, 0, 2);
    await t.deviation({
      control: valid,
      answer: unsuback({ packetId: 1 }),
      deviant: { name: 'UNSUBSCRIBE without a topic filter', bytes },
    });
  },
});

export const completesDeliveries = defineCase({
  title: 'a delivery that has begun is completed although its filter is unsubscribed, over a new connection too',
  verifies: { '3.1.1': ['MQTT-3.10.4-3'], '5.0': ['MQTT-3.10.4-3'] },
  caughtBy: ['unsubscribe-drops-deliveries'],
  needs: ['qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const first = await connectLasting(t, { acknowledge: false });
    await first.subscribe({ filter: t.topic(), qos: t.row });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'begun', { qos: t.row });
    const begun = await first.expectPacket<PacketOf<'PUBLISH'>>(publish({ topic: t.topic(), qos: t.row }));
    await first.unsubscribe(t.topic());
    await leave(first, 'fin');
    const again = await connectLasting(t, { clientId: first.id });
    if (again.connack?.sessionPresent !== true) {
      // What comes all the same is a finding, however late.
      await again.settle();
      await again.ping();
      t.skip('the session was not kept');
    }
    const packetId = begun.packetId ?? 0;
    await again.expect(publish({ topic: t.topic(), payload: utf8('begun'), packetId, dup: true }));
  },
});

export const knownCodes = defineCase({
  title: 'the codes of UNSUBACK are of its table',
  verifies: { '5.0': ['MQTT-3.11.3-2#known-code'] },
  caughtBy: ['unsuback-unknown-code'],
  async run(t) {
    const client = await t.connect();
    await client.subscribe(t.topic('held'));
    await client.send(t.packet.unsubscribe([t.topic('held'), t.topic('never'), '$mqttspec/never'], 5));
    const known = [0x00, 0x11, 0x80, 0x83, 0x87, 0x8f, 0x91];
    const reasonCodes = {
      check: (codes: readonly number[] | undefined) => codes?.every((code) => known.includes(code)) === true,
      print: 'known codes',
    };
    await client.expect(unsuback({ packetId: 5, reasonCodes }));
  },
});

export const tellingCodes = defineCase({
  title: 'UNSUBACK says 0x11 where there was no subscription, and 0x00 where there was one',
  verifies: { '5.0': ['R-3.11.3-1', 'MQTT-3.11.3-1'] },
  caughtBy: ['unsuback-always-success'],
  async run(t) {
    const client = await t.connect();
    await client.subscribe([t.topic('a'), t.topic('b')]);
    await client.send(t.packet.unsubscribe([t.topic('a'), t.topic('never'), t.topic('b'), t.topic('a')], 5));
    await client.expect(unsuback({ packetId: 5, reasonCodes: [0x00, 0x11, 0x00, 0x11] }));
  },
});

export const limitedAnswer = defineCase({
  title: 'Reason String and User Property do not push UNSUBACK over the Maximum Packet Size of the client',
  verifies: { '5.0': ['MQTT-3.11.2-1', 'MQTT-3.11.2-2'] },
  caughtBy: ['explains-beyond-packet-size'],
  async run(t) {
    const maximumPacketSize = 64;
    const client = await t.connect({ properties: { maximumPacketSize } });
    await client.send(t.packet.unsubscribe([t.topic('never'), t.topic()], 1));
    const answer = await client.expectPacket(unsuback({ packetId: 1 }));
    const size = encode(answer, t.version).length;
    t.check(size <= maximumPacketSize, `UNSUBACK has ${size} bytes`, { expected: `at most ${maximumPacketSize}` });
  },
});

export const subscribedAgain = defineCase({
  title: 'a filter can be subscribed again after it was unsubscribed, time after time',
  verifies: { '3.1.1': ['MQTT-3.10.4-2', 'MQTT-3.8.4-1'], '5.0': ['MQTT-3.10.4-2', 'MQTT-3.8.4-1'] },
  caughtBy: ['delivers-after-unsuback'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic('on'));
    const publisher = await t.connect();
    for (let round = 1; round <= 3; round += 1) {
      await subscriber.subscribe(t.topic());
      await publisher.publish(t.topic(), `in ${round}`, { qos: 1 });
      await subscriber.expect(message(t.topic(), `in ${round}`));
      await subscriber.unsubscribe(t.topic());
      await publisher.publish(t.topic(), `out ${round}`, { qos: 1 });
      await publisher.publish(t.topic('on'), `sentinel ${round}`, { qos: 1 });
      await subscriber.expectNotBefore(message(t.topic(), `out ${round}`), message(t.topic('on'), `sentinel ${round}`));
    }
  },
});
