/** §4.6: the order of messages. */
import { defineCase, message, publish, pubrel, utf8, type PacketOf } from '#kit';

const COUNT = 10;

export const perTopic = defineCase({
  title: 'messages of one publisher, one topic and one QoS arrive in the order of publishing',
  verifies: { '3.1.1': ['MQTT-4.6.0-6#order'], '5.0': ['MQTT-4.6.0-5'] },
  caughtBy: ['reorders'],
  needs: ['qos1'],
  rows: { 'qos-0': 0, 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: t.row });
    const publisher = await t.connect();
    for (let number = 1; number <= COUNT; number += 1) await publisher.publish(t.topic(), `${number}`, { qos: t.row });
    for (let number = 1; number <= COUNT; number += 1)
      await subscriber.expect(publish({ topic: t.topic(), payload: utf8(`${number}`) }));
  },
});

export const withoutWaiting = defineCase({
  title: 'the order holds where messages are sent without waiting for acknowledgements',
  verifies: { '3.1.1': ['MQTT-4.6.0-6#order'], '5.0': ['MQTT-4.6.0-5'] },
  caughtBy: ['reorders'],
  needs: ['qos1'],
  rows: { 'qos-0': 0, 'qos-1': 1 } as const,
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: t.row });
    const publisher = await t.connect();
    const payloads = Array.from({ length: 30 }, (_, i) => utf8(`${i}`));
    await t.stream({ from: publisher, to: subscriber, topic: t.topic(), payloads, qos: t.row, window: 10 });
  },
});

export const byDefault = defineCase({
  title: 'every topic is ordered where nothing else was configured, also for several subscribers',
  verifies: { '3.1.1': ['MQTT-4.6.0-5#by-default'], '5.0': ['MQTT-4.6.0-6'] },
  caughtBy: ['reorders'],
  needs: ['qos1', 'wildcard'],
  async run(t) {
    const topics = ['t/a', 't/b/c', 't//d'].map((name) => t.topic(name));
    const [all, one, few] = [await t.connect(), await t.connect(), await t.connect()];
    await all.subscribe({ filter: t.topic('t/#'), qos: 1 });
    await one.subscribe(topics.map((filter) => ({ filter, qos: 1 as const })));
    await few.subscribe(topics.map((filter) => ({ filter, qos: 1 as const })));
    const publisher = await t.connect();
    for (let number = 1; number <= 6; number += 1)
      for (const topic of topics) await publisher.publish(topic, `${number}`, { qos: 1 });
    for (const subscriber of [all, one, few])
      for (const topic of topics)
        for (let number = 1; number <= 6; number += 1)
          await subscriber.expect(publish({ topic, payload: utf8(`${number}`) }));
  },
});

export const whileWaiting = defineCase({
  title: 'messages that wait for acknowledgements keep their order',
  verifies: { '5.0': ['MQTT-4.6.0-5'] },
  caughtBy: ['reorders-waiting'],
  needs: ['qos1'],
  async run(t) {
    const subscriber = await t.connect({ acknowledge: false, properties: { receiveMaximum: 1 } });
    await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    const publisher = await t.connect();
    for (let number = 1; number <= 8; number += 1) await publisher.publish(t.topic(), `${number}`, { qos: 1 });
    for (let number = 1; number <= 8; number += 1) {
      const next = publish({ topic: t.topic(), payload: utf8(`${number}`) });
      const { packetId = 0 } = await subscriber.expectPacket<PacketOf<'PUBLISH'>>(next);
      await subscriber.send(t.packet.puback(packetId));
    }
  },
});

export const pubrelsInOrder = defineCase({
  title: 'PUBRELs come in the order of the PUBRECs that they answer',
  verifies: { '3.1.1': ['MQTT-4.6.0-6#pubrel-order', 'MQTT-4.6.0-4'] },
  caughtBy: ['pubrels-reordered'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect({ acknowledge: false });
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    const names = ['a', 'b', 'c'];
    for (const name of names) await publisher.publish(t.topic(), name, { qos: 2 });
    const ids: number[] = [];
    for (const name of names) {
      const came = await subscriber.look(message(t.topic(), name), ids.length === 0 ? t.timing.replyMs : t.moreMs);
      if (came?.kind === 'packet' && came.packet.type === 'PUBLISH') ids.push(came.packet.packetId ?? 0);
    }
    if (ids.length < names.length) return t.skip(`not exercised: ${ids.length} QoS 2 deliveries are open at a time`);
    for (const id of ids.toReversed()) await subscriber.send(t.packet.pubrec(id));
    // Any PUBREL is claimed first: it must be the next.
    for (const id of ids.toReversed()) {
      const { packetId } = await subscriber.expectPacket<PacketOf<'PUBREL'>>(pubrel());
      t.check(packetId === id, `PUBREL of ${packetId} comes where that of ${id} is due`);
    }
    for (const id of ids) await subscriber.send(t.packet.pubcomp(id));
  },
});
