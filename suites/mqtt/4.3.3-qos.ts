/** §4.3, §3.3.4: what a publisher sees of its messages, whatever their quality of service. */
import { defineCase, message, puback, pubcomp, publish, pubrec, utf8 } from '#kit';

export const momentOfForwarding = defineCase({
  title: 'a QoS 2 message goes on when it comes, or when PUBREL comes',
  verifies: { '3.1.1': ['R-4.3.3-1'] },
  observes: ['clean', 'forwards-at-pubrel'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    await publisher.send(t.packet.publish(t.topic(), 'x', { qos: 2, packetId: 3 }));
    await publisher.expect(pubrec({ packetId: 3 }));
    const early = await subscriber.look(publish({ topic: t.topic() }), t.moreMs);
    await publisher.send(t.packet.pubrel(3));
    await publisher.expect(pubcomp({ packetId: 3 }));
    if (early === undefined) await subscriber.expect(publish({ topic: t.topic(), payload: utf8('x') }));
    t.observe(early === undefined ? 'at PUBREL' : 'at PUBLISH');
  },
});

export const receivedAlthoughExpired = defineCase({
  title: 'the server completes a QoS 2 exchange of a client though the message expires meanwhile',
  verifies: { '5.0': ['MQTT-4.3.3-13'] },
  caughtBy: ['no-pubcomp'],
  needs: ['qos2', 'time'],
  takes: 2,
  async run(t) {
    const publisher = await t.connect();
    const properties = { messageExpiryInterval: 1 };
    await publisher.send(t.packet.publish(t.topic(), 'x', { qos: 2, packetId: 3, properties }));
    await publisher.expect(pubrec({ packetId: 3 }));
    await t.sleep(1500);
    await publisher.send(t.packet.pubrel(3));
    await publisher.expect(pubcomp({ packetId: 3, reasonCode: 0 }));
    await t.roundTrip(publisher, await t.connect(), { qos: 1 });
  },
});

export const mixedQuality = defineCase({
  title: 'messages of all QoS at once are each answered in their own way',
  verifies: {
    '3.1.1': ['MQTT-3.3.4-1#qos1-puback', 'MQTT-3.3.4-1#qos2-pubrec'],
    '5.0': ['MQTT-3.3.4-1#qos1-puback', 'MQTT-3.3.4-1#qos2-pubrec'],
  },
  caughtBy: ['qos2-puback', 'no-puback'],
  needs: ['qos1', 'qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    await publisher.sendJoined(
      t.packet.publish(t.topic(), 'two', { qos: 2, packetId: 1 }),
      t.packet.publish(t.topic(), 'zero'),
      t.packet.publish(t.topic(), 'one', { qos: 1, packetId: 2 }),
    );
    await publisher.expect(pubrec({ packetId: 1 }));
    await publisher.expect(puback({ packetId: 2 }));
    await publisher.send(t.packet.pubrel(1));
    await publisher.expect(pubcomp({ packetId: 1 }));
    for (const [payload, qos] of [
      ['two', 2],
      ['zero', 0],
      ['one', 1],
    ] as const)
      await subscriber.expect(message(t.topic(), payload, { qos }));
  },
});
