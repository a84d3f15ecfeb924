/** 5.0 §4.9: how many QoS 1 and 2 messages may be open, each way. */
import {
  connectLasting,
  defineCase,
  ended,
  lasting,
  leave,
  message,
  pingresp,
  puback,
  pubcomp,
  publish,
  pubrec,
  pubrel,
  suback,
  unsuback,
  utf8,
  type CaseContext,
  type Client,
  type PacketOf,
} from '#kit';

type Delivery = PacketOf<'PUBLISH'>;

const next = (t: CaseContext<unknown>, client: Client, payload: string): Promise<Delivery> =>
  client.expectPacket<Delivery>(publish({ topic: t.topic(), payload: utf8(payload) }));

/** One more delivery while others are open. A server may send them one at a time: the quota binds it, it need not be used up. */
async function beside(t: CaseContext<unknown>, client: Client, payload: string): Promise<Delivery> {
  const came = await client.look(message(t.topic(), payload));
  if (came?.kind !== 'packet') return t.skip('not exercised: deliveries come one at a time');
  return came.packet as Delivery;
}

export const obeysReceiveMaximum = defineCase({
  title: 'no more deliveries are open than the Receive Maximum of the client allows',
  verifies: { '5.0': ['MQTT-3.3.4-9', 'MQTT-4.9.0-1', 'MQTT-4.9.0-2'] },
  caughtBy: ['exceeds-receive-maximum'],
  needs: ['qos1'],
  rows: { '1-qos-1': [1, 1], '1-qos-2': [1, 2], '3-qos-1': [3, 1], '3-qos-2': [3, 2] } as const,
  async run(t) {
    const [most, qos] = t.row;
    const client = await t.connect({ acknowledge: false, properties: { receiveMaximum: most } });
    await client.subscribe({ filter: t.topic(), qos });
    const publisher = await t.connect();
    for (let number = 1; number <= most + 2; number += 1) await publisher.publish(t.topic(), `${number}`, { qos });
    const open: number[] = [];
    for (let number = 1; number <= most; number += 1) {
      open.push((await (number === 1 ? next : beside)(t, client, `${number}`)).packetId ?? 0);
    }
    // Whoever sends one more has sent it before this round trip is over.
    await t.roundTrip(publisher, await t.connect());
    await client.ping();
    const early = await client.look(publish({ topic: t.topic() }), 0);
    t.check(early === undefined, `a delivery comes though ${most} are open`);
    for (const id of open) await client.send(qos === 1 ? t.packet.puback(id) : t.packet.pubrec(id, 0x80));
    client.acknowledge = true;
    for (let number = most + 1; number <= most + 2; number += 1) await next(t, client, `${number}`);
  },
});

export const returnedByAcknowledgement = defineCase({
  title: 'PUBACK, PUBCOMP, and a PUBREC that says failure make room for the next delivery',
  verifies: { '5.0': ['R-4.9-1'] },
  caughtBy: ['quota-not-returned', 'quota-not-returned-by-failed-pubrec'],
  needs: ['qos1', 'qos2'],
  rows: { puback: 'PUBACK', 'puback-error': 'PUBACK-ERROR', pubcomp: 'PUBCOMP', 'pubrec-error': 'PUBREC' } as const,
  async run(t) {
    const qos = t.row.startsWith('PUBACK') ? 1 : 2;
    const client = await t.connect({ acknowledge: false, properties: { receiveMaximum: 1 } });
    await client.subscribe({ filter: t.topic(), qos });
    const publisher = await t.connect();
    for (const payload of ['a', 'b', 'c', 'd']) await publisher.publish(t.topic(), payload, { qos });
    for (const payload of ['a', 'b', 'c', 'd']) {
      const { packetId = 0 } = await next(t, client, payload);
      if (qos === 1) await client.send(t.packet.puback(packetId, t.row === 'PUBACK' ? 0 : 0x80));
      else await client.send(t.packet.pubrec(packetId, t.row === 'PUBREC' ? 0x80 : 0));
      if (t.row !== 'PUBCOMP') continue;
      await client.expect(pubrel({ packetId }));
      await client.send(t.packet.pubcomp(packetId));
    }
  },
});

export const severalAtOnce = defineCase({
  title: 'several acknowledgements that come together make room for as many deliveries, not for more',
  verifies: { '5.0': ['MQTT-3.3.4-9', 'MQTT-4.9.0-2'] },
  caughtBy: ['exceeds-receive-maximum'],
  needs: ['qos1'],
  async run(t) {
    const client = await t.connect({ acknowledge: false, properties: { receiveMaximum: 2 } });
    await client.subscribe({ filter: t.topic(), qos: 1 });
    const publisher = await t.connect();
    for (let number = 1; number <= 8; number += 1) await publisher.publish(t.topic(), `${number}`, { qos: 1 });
    for (let number = 1; number <= 8; number += 2) {
      const { packetId: first = 0 } = await next(t, client, `${number}`);
      const { packetId: second = 0 } = await beside(t, client, `${number + 1}`);
      // What is too many has been sent already: it comes before PINGRESP, and not behind the next acknowledgements.
      await client.ping();
      await client.sendJoined(t.packet.puback(first), t.packet.puback(second));
    }
  },
});

export const notByPubrec = defineCase({
  title: 'a PUBREC that says success makes no room: the delivery is open until PUBCOMP',
  verifies: { '5.0': ['MQTT-3.3.4-9', 'MQTT-4.9.0-2'] },
  caughtBy: ['exceeds-receive-maximum'],
  needs: ['qos2'],
  async run(t) {
    const client = await t.connect({ acknowledge: false, properties: { receiveMaximum: 1 } });
    await client.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    for (const payload of ['a', 'b']) await publisher.publish(t.topic(), payload, { qos: 2 });
    const { packetId = 0 } = await next(t, client, 'a');
    await client.send(t.packet.pubrec(packetId));
    await client.expect(pubrel({ packetId }));
    await t.roundTrip(publisher, await t.connect());
    await client.ping();
    const early = await client.look(publish({ topic: t.topic() }), 0);
    t.check(early === undefined, 'the next delivery comes before PUBCOMP');
    client.acknowledge = true;
    await client.send(t.packet.pubcomp(packetId));
    await next(t, client, 'b');
  },
});

export const othersNotBlocked = defineCase({
  title: 'while no delivery may be opened, all other packets are served',
  verifies: { '5.0': ['MQTT-4.9.0-3', 'MQTT-3.3.4-10'] },
  caughtBy: ['pings-wait-for-quota'],
  needs: ['qos1'],
  rows: { 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const client = await t.connect({ acknowledge: false, properties: { receiveMaximum: 1 } });
    await client.subscribe({ filter: t.topic(), qos: t.row });
    const publisher = await t.connect();
    for (const payload of ['a', 'b']) await publisher.publish(t.topic(), payload, { qos: t.row });
    const { packetId = 0 } = await next(t, client, 'a');
    await client.send(t.packet.pingreq);
    await client.expect(pingresp());
    await client.send(t.packet.subscribe(t.topic('other'), 500));
    await client.expect(suback({ packetId: 500 }));
    await client.send(t.packet.publish(t.topic('mine'), 'x', { qos: 1, packetId: 501 }));
    await client.expect(puback({ packetId: 501 }));
    if (t.row === 2) await client.publish(t.topic('mine'), 'x', { qos: 2, packetId: 502 });
    await client.send(t.packet.unsubscribe(t.topic('other'), 503));
    await client.expect(unsuback({ packetId: 503 }));
    client.acknowledge = true;
    await client.send(t.row === 1 ? t.packet.puback(packetId) : t.packet.pubrec(packetId, 0x80));
    await next(t, client, 'b');
  },
});

export const qos0WhileFull = defineCase({
  title: 'QoS 0 messages are sent, or held back, while no delivery may be opened',
  verifies: { '5.0': ['R-4.9-3'] },
  observes: ['clean', 'holds-qos0-while-full'],
  needs: ['qos1'],
  async run(t) {
    const client = await t.connect({ acknowledge: false, properties: { receiveMaximum: 1 } });
    await client.subscribe({ filter: t.topic(), qos: 1 });
    const publisher = await t.connect();
    for (const payload of ['a', 'b']) await publisher.publish(t.topic(), payload, { qos: 1 });
    const { packetId = 0 } = await next(t, client, 'a');
    await publisher.publish(t.topic(), 'zero');
    const came = await client.look(message(t.topic(), 'zero'), t.moreMs);
    t.observe(came === undefined ? 'held back' : 'sent');
    client.acknowledge = true;
    await client.send(t.packet.puback(packetId));
    await next(t, client, 'b');
    if (came === undefined) await client.look(message(t.topic(), 'zero'), t.moreMs);
  },
});

export const anewOnEachConnection = defineCase({
  title: 'the quota is whole again on each connection, by the Receive Maximum of that connection',
  verifies: { '5.0': ['R-4.9-2', 'MQTT-4.9.0-1', 'MQTT-3.3.4-9'] },
  caughtBy: ['keeps-old-receive-maximum'],
  needs: ['qos1'],
  async run(t) {
    const first = await connectLasting(t, { acknowledge: false, properties: { receiveMaximum: 5 } });
    await first.subscribe({ filter: t.topic(), qos: 1 });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'a', { qos: 1 });
    await next(t, first, 'a');
    await leave(first, 'close');
    for (const payload of ['b', 'c', 'd']) await publisher.publish(t.topic(), payload, { qos: 1 });
    const fields = { clientId: first.id, acknowledge: false, properties: { receiveMaximum: 2 } };
    const again = await t.connect(lasting(t, fields));
    const ids = [await next(t, again, 'a'), await beside(t, again, 'b')].map(({ packetId = 0 }) => packetId);
    await again.ping();
    const early = await again.look(publish({ topic: t.topic() }), Math.min(200, t.timing.replyMs));
    t.check(early === undefined, 'a third delivery comes though Receive Maximum is 2', { breaks: '5.0/MQTT-3.3.4-9' });
    again.acknowledge = true;
    for (const id of ids) await again.send(t.packet.puback(id));
    await next(t, again, 'c');
    await next(t, again, 'd');
  },
});

/** More open messages than this are not sent to a stranger's broker. */
const PRACTICAL = 2000;

/** As many QoS 2 messages as the server allows, none of them released. */
async function fill(t: CaseContext<unknown>, client: Client): Promise<number> {
  const most = client.quota;
  if (most > PRACTICAL) t.skip(`the Receive Maximum of ${most} is too large to be used up`);
  for (let id = 1; id <= most; id += 1)
    await client.sendQuietly(t.packet.publish(t.topic(), `${id}`, { qos: 2, packetId: id }));
  return most;
}

export const upToTheQuota = defineCase({
  title: 'as many messages as CONNACK allows may be open, and all are delivered',
  verifies: { '5.0': ['R-3.2.2.3.3-2'] },
  caughtBy: ['receive-maximum-below-told'],
  needs: ['qos2', 'recv-max-practical'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    const most = await fill(t, publisher);
    for (let id = 1; id <= most; id += 1) await publisher.expect(pubrec({ packetId: id, reasonCode: 0 }));
    for (let id = 1; id <= most; id += 1) await publisher.sendQuietly(t.packet.pubrel(id));
    for (let id = 1; id <= most; id += 1) await publisher.expect(pubcomp({ packetId: id, reasonCode: 0 }));
    for (let id = 1; id <= most; id += 1) await subscriber.expect(message(t.topic(), `${id}`));
  },
});

export const pastTheQuota = defineCase({
  title: 'a client that opens more messages than CONNACK allows is disconnected with 0x93',
  verifies: { '5.0': ['MQTT-3.3.4-7', 'R-3.3.4-1'] },
  caughtBy: ['receive-maximum-not-enforced', 'drops-above-receive-maximum'],
  needs: ['qos2', 'recv-max-practical', 'reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    client.wellBehaved = false;
    const most = await fill(t, client);
    for (let id = 1; id <= most; id += 1) await client.expect(pubrec({ packetId: id }));
    await client.send(t.packet.publish(t.topic(), 'one too many', { qos: 2, packetId: most + 1 }));
    const { reasonCode } = await client.expect(ended({ reason: 0x93 }));
    if (reasonCode !== 0x93) t.finding('5.0/R-3.3.4-1', 'the reason 0x93 Receive Maximum exceeded is not told');
    await twin.ping();
  },
});

/** Exchanges at a time, where that many are allowed: one by one they would take a round trip each. */
const TOGETHER = 10;

export const completed = defineCase({
  title: 'messages that were completed count no more, however many there are',
  verifies: { '5.0': ['R-3.2.2.3.3-2'] },
  caughtBy: ['receive-maximum-for-good'],
  needs: ['qos2', 'recv-max-practical'],
  async run(t) {
    const publisher = await t.connect();
    const most = publisher.quota;
    if (most > PRACTICAL) t.skip(`the Receive Maximum of ${most} is too large to be used up`);
    const together = Math.min(TOGETHER, most);
    for (let first = 1; first <= most + 2; first += together) {
      const ids = Array.from({ length: Math.min(together, most + 3 - first) }, (_, index) => first + index);
      for (const packetId of ids) await publisher.sendQuietly(t.packet.publish(t.topic(), 'x', { qos: 2, packetId }));
      for (const packetId of ids) await publisher.expect(pubrec({ packetId }));
      for (const packetId of ids) await publisher.sendQuietly(t.packet.pubrel(packetId));
      for (const packetId of ids) await publisher.expect(pubcomp({ packetId }));
    }
    await t.roundTrip(publisher, await t.connect(), { qos: 1 });
  },
});
