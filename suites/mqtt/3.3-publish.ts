import { defineCase, encode, ended, mutations, pattern, puback, pubcomp, publish, pubrec, utf8 } from '#kit';

export const qos0Delivered = defineCase({
  title: 'a QoS 0 PUBLISH reaches the subscriber once, unchanged',
  verifies: { '3.1.1': ['MQTT-3.3.2-3'], '5.0': ['MQTT-3.3.2-3'] },
  caughtBy: ['corrupts-payload'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    const publisher = await t.connect();
    await publisher.publish(t.topic(), pattern(300));
    await subscriber.expect(publish({ topic: t.topic(), payload: pattern(300), qos: 0, retain: false, dup: false }));
  },
});

export const qos1Acknowledged = defineCase({
  title: 'a QoS 1 PUBLISH is answered by PUBACK with its identifier',
  verifies: {
    '3.1.1': ['MQTT-4.3.2-2#puback', 'MQTT-3.3.4-1#qos1-puback'],
    '5.0': ['MQTT-4.3.2-4', 'MQTT-3.3.4-1#qos1-puback'],
  },
  caughtBy: ['wrong-packet-id'],
  needs: ['qos1'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.publish(t.topic(), 'hello', { qos: 1, packetId: 4660 }));
    await client.expect(puback({ packetId: 4660 }));
  },
});

export const qos2Handshake = defineCase({
  title: 'a QoS 2 PUBLISH is answered by PUBREC, its PUBREL by PUBCOMP',
  verifies: {
    '3.1.1': ['MQTT-3.3.4-1#qos2-pubrec', 'MQTT-4.3.3-2#pubcomp'],
    '5.0': ['MQTT-3.3.4-1#qos2-pubrec', 'MQTT-4.3.3-11'],
  },
  caughtBy: ['qos2-puback', 'no-pubcomp'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    await publisher.send(t.packet.publish(t.topic(), 'once', { qos: 2, packetId: 7 }));
    await publisher.expect(pubrec({ packetId: 7 }));
    await publisher.send(t.packet.pubrel(7));
    await publisher.expect(pubcomp({ packetId: 7 }));
    await publisher.publish(t.topic(), 'sentinel', { qos: 2 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('once'), qos: 2 }));
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('sentinel'), qos: 2 }));
  },
});

export const qos2Repeated = defineCase({
  title: 'a QoS 2 PUBLISH that comes again before PUBREL gets PUBREC again and is delivered once',
  verifies: {
    '3.1.1': ['MQTT-4.3.3-2#no-duplicate', 'MQTT-4.3.3-2#pubrec-again'],
    '5.0': ['MQTT-4.3.3-10#no-duplicate', 'MQTT-4.3.3-10#pubrec-again'],
  },
  caughtBy: ['duplicates-qos2'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    const message = t.packet.publish(t.topic(), 'once', { qos: 2, packetId: 7 });
    await publisher.send(message);
    await publisher.expect(pubrec({ packetId: 7 }));
    await publisher.send({ ...message, dup: true });
    await publisher.expect(pubrec({ packetId: 7 }));
    await publisher.send(t.packet.pubrel(7));
    await publisher.expect(pubcomp({ packetId: 7 }));
    await publisher.publish(t.topic(), 'sentinel', { qos: 2 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('once'), qos: 2 }));
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('sentinel'), qos: 2 }));
  },
});

export const qos3 = defineCase({
  title: 'a PUBLISH with both QoS bits set ends the connection',
  verifies: { '3.1.1': ['MQTT-3.3.1-4#close'], '5.0': ['MQTT-3.3.1-4#close'] },
  caughtBy: ['accepts-qos-3'],
  needs: ['reaction'],
  async run(t) {
    const valid = t.packet.publish(t.topic(), 'x', { qos: 1, packetId: 1 });
    const deviant = mutations.fixedHeaderFlags(encode(valid, t.version), 0b0110);
    await t.deviation({ control: valid, answer: puback({ packetId: 1 }), deviant, then: ended() });
  },
});
