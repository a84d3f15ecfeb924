/** §4.1, §4.3: messages of the client itself that a session remembers, received and not yet released. */
import {
  connectLasting,
  defineCase,
  lasting,
  leave,
  puback,
  pubcomp,
  publish,
  pubrec,
  utf8,
  type CaseContext,
  type Client,
  type Leaving,
  type PacketOf,
} from '#kit';

const back = async (t: CaseContext<unknown>, client: Client): Promise<Client> =>
  t.connect(lasting(t, { clientId: client.id }));

/** Back again; a PUBREC that the server repeats by itself is its own matter: nothing forbids it. */
async function backWithoutPubrec(t: CaseContext<unknown>, client: Client): Promise<Client> {
  const again = await back(t, client);
  await again.ping();
  if ((await again.look(pubrec({ packetId: 7 }), 1)) !== undefined) t.observe('the server repeats PUBREC by itself');
  return again;
}

export const receivedOnce = defineCase<Leaving>({
  title: 'a QoS 2 message that comes again on a new connection before its PUBREL is delivered once',
  verifies: {
    '3.1.1': ['MQTT-4.3.3-2#no-duplicate', 'MQTT-4.3.3-2#pubrec-again', 'MQTT-3.1.2-4#resume'],
    '5.0': ['MQTT-4.3.3-10#no-duplicate', 'MQTT-4.3.3-10#pubrec-again', 'MQTT-3.1.2-5'],
  },
  caughtBy: ['loses-qos2-state', 'duplicates-qos2'],
  needs: ['qos2'],
  rows: { disconnect: 'disconnect', close: 'close', reset: 'reset' },
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const first = await connectLasting(t);
    const packet = t.packet.publish(t.topic(), 'once', { qos: 2, packetId: 7 });
    await first.send(packet);
    await first.expect(pubrec({ packetId: 7 }));
    await leave(first, t.row);
    const again = await backWithoutPubrec(t, first);
    await again.send({ ...packet, dup: true });
    await again.expect(pubrec({ packetId: 7 }));
    await again.send(t.packet.pubrel(7));
    await again.expect(pubcomp({ packetId: 7 }));
    await again.publish(t.topic(), 'sentinel', { qos: 2, packetId: 8 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('once'), qos: 2 }));
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('sentinel'), qos: 2 }));
  },
});

export const releasedLater = defineCase({
  title: 'a QoS 2 message whose PUBREL comes on a new connection is delivered once',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-4#resume', 'MQTT-4.3.3-2#pubcomp', 'MQTT-4.5.0-1'],
    '5.0': ['MQTT-3.1.2-5', 'MQTT-4.3.3-11', 'MQTT-4.5.0-1'],
  },
  caughtBy: ['loses-unreleased-qos2', 'no-pubcomp'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const first = await connectLasting(t);
    await first.send(t.packet.publish(t.topic(), 'once', { qos: 2, packetId: 7 }));
    await first.expect(pubrec({ packetId: 7 }));
    await leave(first, 'close');
    const again = await backWithoutPubrec(t, first);
    await again.send(t.packet.pubrel(7));
    await again.expect(pubcomp({ packetId: 7 }));
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('once'), qos: 2 }));
    await again.publish(t.topic(), 'sentinel', { qos: 2, packetId: 7 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('sentinel'), qos: 2 }));
  },
});

export const releasedAgain = defineCase({
  title: 'a PUBREL that comes again on a new connection gets PUBCOMP again, and its identifier is free',
  verifies: {
    '3.1.1': ['MQTT-4.3.3-2#pubcomp', 'MQTT-4.3.3-2#new-after-pubcomp'],
    '5.0': ['MQTT-4.3.3-11', 'MQTT-4.3.3-12'],
  },
  caughtBy: ['no-pubcomp-for-unknown', 'keeps-qos2-id'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const first = await connectLasting(t);
    await first.publish(t.topic(), 'first', { qos: 2, packetId: 7 });
    await leave(first, 'close');
    const again = await back(t, first);
    await again.send(t.packet.pubrel(7));
    await again.expect(pubcomp({ packetId: 7 }));
    await again.publish(t.topic(), 'second', { qos: 2, packetId: 7 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('first') }));
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('second') }));
  },
});

export const qos1ComesAgain = defineCase({
  title: 'a QoS 1 PUBLISH that a client sends again on a new connection is acknowledged again',
  verifies: { '3.1.1': ['MQTT-4.3.2-2#puback'], '5.0': ['MQTT-4.3.2-4'] },
  caughtBy: ['wrong-packet-id', 'no-puback'],
  needs: ['qos1'],
  async run(t) {
    const first = await connectLasting(t);
    const packet = t.packet.publish(t.topic(), 'again', { qos: 1, packetId: 7 });
    await first.send(packet);
    await first.expect(puback({ packetId: 7 }));
    await leave(first, 'reset');
    const again = await back(t, first);
    await again.send({ ...packet, dup: true });
    await again.expect(puback({ packetId: 7 }));
    await t.roundTrip(again, await t.connect());
  },
});

export const bothDirections = defineCase({
  title: 'one identifier may be open in both directions over a reconnection',
  verifies: { '3.1.1': ['R-2.3.1-1', 'MQTT-4.4.0-1#publish'], '5.0': ['R-2.2.1-1', 'MQTT-4.4.0-1#publish'] },
  caughtBy: ['one-id-space'],
  needs: ['qos1', 'qos2'],
  async run(t) {
    const client = await connectLasting(t, { acknowledge: false });
    await client.subscribe({ filter: t.topic('out'), qos: 1 });
    const publisher = await t.connect();
    await publisher.publish(t.topic('out'), 'open', { qos: 1 });
    const delivery = await client.expectPacket<PacketOf<'PUBLISH'>>(publish({ topic: t.topic('out') }));
    const packetId = delivery.packetId ?? 0;
    await client.send(t.packet.publish(t.topic('in'), 'x', { qos: 2, packetId }));
    await client.expect(pubrec({ packetId }));
    await leave(client, 'close');
    const again = await t.connect(lasting(t, { clientId: client.id, acknowledge: false }));
    await again.expect(publish({ topic: t.topic('out'), payload: utf8('open'), packetId, dup: true }));
    await again.send(t.packet.pubrel(packetId));
    await again.expect(pubcomp({ packetId }));
    await again.send(t.packet.puback(packetId));
  },
});
