/** §4.3: the exchanges of each quality of service, step by step, in both directions. */
import {
  connectLasting,
  defineCase,
  lasting,
  leave,
  message,
  pubcomp,
  publish,
  pubrec,
  pubrel,
  utf8,
  type CaseContext,
  type Client,
  type PacketOf,
} from '#kit';

type Delivery = PacketOf<'PUBLISH'>;

/** Subscribed with this QoS, and acknowledging only what the case says. */
async function silent(t: CaseContext<unknown>, qos: 1 | 2): Promise<Client> {
  const client = await t.connect({ acknowledge: false });
  const { reasonCodes } = await client.subscribe({ filter: t.topic(), qos });
  if (reasonCodes[0] !== qos) t.skip(`needs QoS ${qos} (SUBACK grants ${reasonCodes[0] ?? 'nothing'})`);
  return client;
}

export const newAfterPuback = defineCase({
  title: 'after PUBACK the same identifier is a new message, whatever DUP says',
  verifies: { '3.1.1': ['MQTT-4.3.2-2#new-after-puback'], '5.0': ['MQTT-4.3.2-5'] },
  caughtBy: ['drops-repeated-qos1'],
  needs: ['qos1'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'first', { qos: 1, packetId: 7 });
    await publisher.publish(t.topic(), 'second', { qos: 1, packetId: 7 });
    await publisher.publish(t.topic(), 'third', { qos: 1, packetId: 7, dup: true });
    for (const payload of ['first', 'second', 'third'])
      await subscriber.expect(publish({ topic: t.topic(), payload: utf8(payload) }));
  },
});

export const newAfterPubcomp = defineCase({
  title: 'after PUBCOMP the same identifier is a new message, whatever DUP says',
  verifies: { '3.1.1': ['MQTT-4.3.3-2#new-after-pubcomp'], '5.0': ['MQTT-4.3.3-12'] },
  caughtBy: ['keeps-qos2-id', 'discards-dup-qos2'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'first', { qos: 2, packetId: 7 });
    await publisher.publish(t.topic(), 'second', { qos: 2, packetId: 7 });
    await publisher.publish(t.topic(), 'third', { qos: 2, packetId: 7, dup: true });
    for (const payload of ['first', 'second', 'third'])
      await subscriber.expect(publish({ topic: t.topic(), payload: utf8(payload) }));
  },
});

export const unseenWithDup = defineCase({
  title: 'a QoS 2 PUBLISH with DUP that was never seen before is delivered',
  verifies: { '3.1.1': ['MQTT-4.3.3-2#pubrec'], '5.0': ['MQTT-4.3.3-8'] },
  caughtBy: ['discards-dup-qos2', 'no-pubrec'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    await publisher.send(t.packet.publish(t.topic(), 'new', { qos: 2, packetId: 9, dup: true }));
    await publisher.expect(pubrec({ packetId: 9 }));
    await publisher.send(t.packet.pubrel(9));
    await publisher.expect(pubcomp({ packetId: 9 }));
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('new') }));
  },
});

/** The same client on a new connection; a PUBREC that the server repeats by itself is its own matter. */
async function resumed(t: CaseContext<unknown>, client: Client): Promise<Client> {
  await leave(client, 'close');
  const again = await t.connect(lasting(t, { clientId: client.id }));
  await again.ping();
  await again.look(pubrec({ packetId: 7 }), 1);
  return again;
}

export const repeatedAtEachStep = defineCase({
  title: 'PUBLISH and PUBREL that come several times are answered each time, and the message is delivered once',
  verifies: {
    '3.1.1': ['MQTT-4.3.3-2#no-duplicate', 'MQTT-4.3.3-2#pubrec-again', 'MQTT-4.3.3-2#pubcomp'],
    '5.0': ['MQTT-4.3.3-10#no-duplicate', 'MQTT-4.3.3-10#pubrec-again', 'MQTT-4.3.3-11'],
  },
  caughtBy: ['duplicates-qos2', 'no-pubcomp-for-unknown'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    let publisher = await connectLasting(t);
    const once = t.packet.publish(t.topic(), 'once', { qos: 2, packetId: 7 });
    for (const dup of [false, true, true]) {
      // A client of 5.0 repeats on a new connection only [MQTT-4.4.0-1].
      if (dup && t.version === '5.0') publisher = await resumed(t, publisher);
      await publisher.send({ ...once, dup });
      await publisher.expect(pubrec({ packetId: 7 }));
    }
    for (let time = 1; time <= 3; time += 1) {
      await publisher.send(t.packet.pubrel(7));
      await publisher.expect(pubcomp({ packetId: 7 }));
    }
    await publisher.publish(t.topic(), 'sentinel', { qos: 2 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('once') }));
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('sentinel') }));
  },
});

export const pubrelUnknown = defineCase({
  title: 'a PUBREL whose identifier was never open is answered by PUBCOMP',
  verifies: { '3.1.1': ['MQTT-4.3.3-2#pubcomp'], '5.0': ['MQTT-4.3.3-11'] },
  caughtBy: ['no-pubcomp-for-unknown'],
  needs: ['qos2'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.pubrel(54_321));
    await client.expect(pubcomp({ packetId: 54_321 }));
    await t.roundTrip(await t.connect(), client, { qos: 2 });
  },
});

export const interleaved = defineCase({
  title: 'QoS 2 messages that are open at the same time are told apart by their identifiers',
  verifies: { '3.1.1': ['MQTT-2.3.1-6#pubrec'], '5.0': ['MQTT-2.2.1-5#pubrec', 'MQTT-2.2.1-5#pubcomp'] },
  caughtBy: ['wrong-packet-id'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    const ids = Array.from({ length: Math.min(8, publisher.quota) }, (_, i) => 100 + i * 31);
    for (const id of ids) await publisher.send(t.packet.publish(t.topic(), `${id}`, { qos: 2, packetId: id }));
    for (const id of ids) await publisher.expect(pubrec({ packetId: id }));
    for (const id of ids.toReversed()) await publisher.send(t.packet.pubrel(id));
    for (const id of ids) await publisher.expect(pubcomp({ packetId: id }));
    // In which order they go on is left open: method A forwards at PUBREL.
    for (const id of ids) await subscriber.expect(message(t.topic(), `${id}`));
  },
});

export const burst = defineCase({
  title: 'a long burst of QoS 2 messages within the quota is delivered whole',
  verifies: { '3.1.1': ['MQTT-4.5.0-1'], '5.0': ['MQTT-4.5.0-1'] },
  caughtBy: ['loses-qos2-burst'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    const window = Math.min(10, publisher.quota);
    for (let start = 0; start < 120; start += window) {
      const ids = Array.from({ length: window }, (_, i) => start + i + 1);
      for (const id of ids) await publisher.sendQuietly(t.packet.publish(t.topic(), `${id}`, { qos: 2, packetId: id }));
      for (const id of ids) await publisher.expect(pubrec({ packetId: id }));
      for (const id of ids) await publisher.sendQuietly(t.packet.pubrel(id));
      for (const id of ids) await publisher.expect(pubcomp({ packetId: id }));
      for (const id of ids) await subscriber.expect(publish({ topic: t.topic(), payload: utf8(`${id}`) }));
    }
  },
});

export const firstSending = defineCase({
  title: 'the first sending of a delivery has its QoS and DUP 0',
  verifies: {
    '3.1.1': ['MQTT-4.3.2-1#dup-0', 'MQTT-4.3.3-1#dup-0'],
    '5.0': ['MQTT-4.3.2-2', 'MQTT-4.3.3-2'],
  },
  caughtBy: ['dup-on-first-delivery', 'delivers-below-granted-qos'],
  needs: ['qos1'],
  rows: { 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const subscriber = await silent(t, t.row);
    await (await t.connect()).publish(t.topic(), 'x', { qos: t.row });
    const breaks = {
      1: { '3.1.1': '3.1.1/MQTT-4.3.2-1#dup-0', '5.0': '5.0/MQTT-4.3.2-2' },
      2: { '3.1.1': '3.1.1/MQTT-4.3.3-1#dup-0', '5.0': '5.0/MQTT-4.3.3-2' },
    } as const;
    const delivery = publish({ topic: t.topic(), payload: utf8('x'), qos: t.row, dup: false });
    await subscriber.expect(delivery, { breaks: breaks[t.row][t.version] });
  },
});

export const identifierPerDelivery = defineCase({
  title: 'each new delivery has an identifier that is not in use',
  verifies: { '3.1.1': ['MQTT-4.3.2-1#new-id', 'MQTT-4.3.3-1#new-id'], '5.0': ['MQTT-4.3.2-1', 'MQTT-4.3.3-1'] },
  caughtBy: ['reuses-open-id'],
  needs: ['qos1'],
  rows: { 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const subscriber = await silent(t, t.row);
    const publisher = await t.connect();
    const breaks = {
      1: { '3.1.1': '3.1.1/MQTT-4.3.2-1#new-id', '5.0': '5.0/MQTT-4.3.2-1' },
      2: { '3.1.1': '3.1.1/MQTT-4.3.3-1#new-id', '5.0': '5.0/MQTT-4.3.3-1' },
    } as const;
    const open = new Set<number>();
    for (const payload of ['a', 'b', 'c']) await publisher.publish(t.topic(), payload, { qos: t.row });
    for (const payload of ['a', 'b', 'c']) {
      const came = await subscriber.look(message(t.topic(), payload), open.size === 0 ? t.timing.replyMs : t.moreMs);
      const delivery = came?.kind === 'packet' && came.packet.type === 'PUBLISH' ? came.packet : undefined;
      if (delivery === undefined && open.size > 0) return t.skip('not exercised: it delivers one by one');
      const { packetId = 0 } = delivery ?? (await subscriber.expectPacket<Delivery>(message(t.topic(), payload)));
      t.check(!open.has(packetId), `identifier ${packetId} is in use`, { breaks: breaks[t.row][t.version] });
      open.add(packetId);
    }
  },
});

export const openUntilPuback = defineCase({
  title: 'a QoS 1 delivery stays open until PUBACK: its identifier does not come back before',
  verifies: {
    '3.1.1': ['MQTT-4.3.2-1#open-until-puback', 'MQTT-2.3.1-4#reuse-after-ack'],
    '5.0': ['MQTT-4.3.2-3', 'MQTT-2.2.1-4#unused'],
  },
  caughtBy: ['reuses-open-id', 'loses-unacknowledged'],
  needs: ['qos1'],
  async run(t) {
    const subscriber = await t.connect({ ...t.keepsSession(), acknowledge: false });
    await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'open', { qos: 1 });
    const open = publish({ topic: t.topic(), payload: utf8('open'), qos: 1 });
    const { packetId = 0 } = await subscriber.expectPacket<Delivery>(open);
    await publisher.publish(t.topic(), 'next', { qos: 1 });
    const came = await subscriber.look(message(t.topic(), 'next'), t.moreMs);
    const next = came?.kind === 'packet' && came.packet.type === 'PUBLISH' ? came.packet : undefined;
    t.check(next?.packetId !== packetId, `the identifier ${packetId} of an open delivery came again`);
    await subscriber.close();
    await subscriber.link.waitForEnd(t.timing.graceMs);
    const again = await t.connect({ ...t.keepsSession(), clientId: subscriber.id });
    await again.expect(message(t.topic(), 'open', { packetId, dup: true }));
    await again.expect(message(t.topic(), 'next'));
  },
});

export const pubrelFollows = defineCase({
  title: 'PUBREC is answered by PUBREL with its identifier, and by nothing else',
  verifies: {
    '3.1.1': ['MQTT-4.3.3-1#pubrel', 'MQTT-4.3.3-1#pubrel-same-id', 'MQTT-2.3.1-6#pubrel'],
    '5.0': ['MQTT-4.3.3-4#pubrel', 'MQTT-4.3.3-4#same-id', 'MQTT-2.2.1-5#pubrel'],
  },
  caughtBy: ['no-pubrel', 'publish-instead-of-pubrel', 'pubrel-other-id'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await silent(t, 2);
    await (await t.connect()).publish(t.topic(), 'x', { qos: 2 });
    const delivery = publish({ topic: t.topic(), payload: utf8('x'), qos: 2 });
    const { packetId = 0 } = await subscriber.expectPacket<Delivery>(delivery);
    await subscriber.send(t.packet.pubrec(packetId));
    await subscriber.expect(pubrel({ packetId, reasonCode: 0 }));
    await subscriber.send(t.packet.pubcomp(packetId));
  },
});

export const pubrecAgain = defineCase({
  title: 'a PUBREC that comes again after PUBREL does not bring the PUBLISH back',
  verifies: { '3.1.1': ['MQTT-4.3.3-1#no-publish-after-pubrel'], '5.0': ['MQTT-4.3.3-6'] },
  caughtBy: ['publish-instead-of-pubrel'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await silent(t, 2);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x', { qos: 2 });
    const delivery = publish({ topic: t.topic(), payload: utf8('x'), qos: 2 });
    const { packetId = 0 } = await subscriber.expectPacket<Delivery>(delivery);
    await subscriber.send(t.packet.pubrec(packetId));
    await subscriber.expect(pubrel({ packetId }));
    await subscriber.send(t.packet.pubrec(packetId));
    await subscriber.look(pubrel({ packetId }));
    await subscriber.send(t.packet.pubcomp(packetId));
    await publisher.publish(t.topic(), 'sentinel', { qos: 2 });
    await subscriber.expectNotBefore(message(t.topic(), 'x'), message(t.topic(), 'sentinel'));
  },
});

export const pubrelUntilPubcomp = defineCase({
  title: 'a PUBREL stays open until PUBCOMP: it comes again on a new connection, the PUBLISH does not',
  verifies: {
    '3.1.1': ['MQTT-4.3.3-1#open-until-pubcomp', 'MQTT-4.3.3-1#no-publish-after-pubrel'],
    '5.0': ['MQTT-4.3.3-5', 'MQTT-4.3.3-6'],
  },
  caughtBy: ['no-pubrel-on-resume', 'resends-publish-after-pubrec'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect({ ...t.keepsSession(), acknowledge: false });
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x', { qos: 2 });
    const { packetId = 0 } = await subscriber.expectPacket<Delivery>(publish({ topic: t.topic(), qos: 2 }));
    await subscriber.send(t.packet.pubrec(packetId));
    await subscriber.expect(pubrel({ packetId }));
    await subscriber.close();
    await subscriber.link.waitForEnd(t.timing.graceMs);
    const again = await t.connect({ ...t.keepsSession(), clientId: subscriber.id, acknowledge: false });
    await again.expect(pubrel({ packetId }));
    await again.send(t.packet.pubcomp(packetId));
    await publisher.publish(t.topic(), 'sentinel', { qos: 2 });
    await again.expectNotBefore(message(t.topic(), 'x'), message(t.topic(), 'sentinel'));
  },
});

export const openUntilPubrec = defineCase({
  title: 'a QoS 2 PUBLISH stays open until PUBREC: it comes again on a new connection',
  verifies: { '3.1.1': ['MQTT-4.3.3-1#open-until-pubrec'], '5.0': ['MQTT-4.3.3-3'] },
  caughtBy: ['loses-unacknowledged'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect({ ...t.keepsSession(), acknowledge: false });
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    await (await t.connect()).publish(t.topic(), 'x', { qos: 2 });
    const { packetId = 0 } = await subscriber.expectPacket<Delivery>(publish({ topic: t.topic(), qos: 2 }));
    await subscriber.close();
    await subscriber.link.waitForEnd(t.timing.graceMs);
    const again = await t.connect({ ...t.keepsSession(), clientId: subscriber.id });
    await again.expect(message(t.topic(), 'x', { packetId, dup: true, qos: 2 }));
  },
});

export const expiredWhileOpen = defineCase({
  title: 'a QoS 2 delivery that has begun is completed though its message expires',
  verifies: { '5.0': ['MQTT-4.3.3-7', 'MQTT-4.3.3-13'] },
  caughtBy: ['expires-after-delivery-began'],
  needs: ['qos2', 'time'],
  takes: 2,
  async run(t) {
    const subscriber = await silent(t, 2);
    // A server may forward it only when PUBREL comes, a round trip later.
    const messageExpiryInterval = t.seconds(1, 2);
    await (await t.connect()).publish(t.topic(), 'x', { qos: 2, properties: { messageExpiryInterval } });
    const { packetId = 0 } = await subscriber.expectPacket<Delivery>(publish({ topic: t.topic(), qos: 2 }));
    await t.sleep(1_000 * messageExpiryInterval + 500);
    await subscriber.send(t.packet.pubrec(packetId));
    await subscriber.expect(pubrel({ packetId, reasonCode: 0 }));
    await subscriber.send(t.packet.pubcomp(packetId));
  },
});
