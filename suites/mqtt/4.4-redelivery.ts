/** §4.4: what is sent again on a new connection, and what never is. */
import {
  connectLasting,
  defineCase,
  lasting,
  leave,
  message,
  oneOf,
  pingresp,
  publish,
  pubrel,
  utf8,
  type CaseContext,
  type Client,
  type Leaving,
  type PacketOf,
} from '#kit';

type Publish = PacketOf<'PUBLISH'>;

/** A client with a session that lasts, subscribed, which acknowledges nothing by itself. */
async function silent(t: CaseContext<unknown>, qos: 1 | 2, properties = {}, topic = t.topic()): Promise<Client> {
  const client = await connectLasting(t, { acknowledge: false, properties });
  await client.subscribe({ filter: topic, qos });
  return client;
}

const again = async (t: CaseContext<unknown>, client: Client): Promise<Client> =>
  t.connect(lasting(t, { clientId: client.id, acknowledge: false }));

/** A message that is published and comes, and stays unacknowledged. */
async function leaveOpen(
  t: CaseContext<unknown>,
  subscriber: Client,
  payload: string,
  qos: 1 | 2,
  topic = t.topic(),
): Promise<Publish> {
  const publisher = await t.connect();
  await publisher.publish(topic, payload, { qos });
  return subscriber.expectPacket<Publish>(publish({ topic, payload: utf8(payload), qos }));
}

/** As many of the messages as the server opens at once, at least two: they wait, come, and stay unacknowledged. */
async function leaveSeveralOpen(
  t: CaseContext<unknown>,
  payloads: readonly string[],
  qos: 1 | 2,
  properties = {},
): Promise<{ readonly client: Client; readonly packets: readonly Publish[] }> {
  const away = await silent(t, qos);
  await leave(away);
  const publisher = await t.connect();
  for (const payload of payloads) await publisher.publish(t.topic(), payload, { qos });
  const client = await t.connect(lasting(t, { clientId: away.id, acknowledge: false, properties }));
  const [first = '', ...rest] = payloads;
  const events = [await client.expect(message(t.topic(), first, { qos }))];
  for (const payload of rest) {
    const event = await client.look(message(t.topic(), payload), t.moreMs);
    if (event === undefined) break;
    events.push(event);
  }
  // In the order of their sending, whatever that was.
  const packets = events
    .toSorted((a, b) => client.link.seen.indexOf(a) - client.link.seen.indexOf(b))
    .flatMap((event) => (event.kind === 'packet' && event.packet.type === 'PUBLISH' ? [event.packet] : []));
  if (packets.length < 2) t.skip('the server opens one delivery at a time');
  return { client, packets };
}

const repeated = (t: CaseContext<unknown>, { packetId = 0, payload, qos }: Publish) =>
  publish({ topic: t.topic(), payload, qos, packetId, dup: true });

export const publishAgain = defineCase<1 | 2>({
  title: 'an unacknowledged PUBLISH comes again on a new connection, with DUP and its old identifier',
  verifies: {
    '3.1.1': ['MQTT-4.4.0-1#publish', 'MQTT-4.4.0-1#same-ids', 'MQTT-2.3.1-4#resend-same-id', 'MQTT-3.3.1-1'],
    '5.0': ['MQTT-4.4.0-1#publish', 'MQTT-4.4.0-1#same-ids', 'MQTT-3.3.1-1'],
  },
  caughtBy: ['loses-unacknowledged', 'resends-with-new-id', 'resends-without-dup'],
  needs: ['qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 },
  async run(t) {
    const first = await silent(t, t.row);
    const open = await leaveOpen(t, first, 'open', t.row);
    await leave(first, 'close');
    const second = await again(t, first);
    await second.expect(repeated(t, open));
  },
});

export const howeverLeft = defineCase<Leaving | 'takeover'>({
  title: 'an unacknowledged PUBLISH comes again however the old connection ended',
  verifies: { '3.1.1': ['MQTT-4.4.0-1#publish'], '5.0': ['MQTT-4.4.0-1#publish'] },
  caughtBy: ['loses-unacknowledged', 'session-lost-on-takeover'],
  needs: ['qos1'],
  rows: { disconnect: 'disconnect', close: 'close', fin: 'fin', reset: 'reset', takeover: 'takeover' },
  async run(t) {
    const first = await silent(t, 1);
    const open = await leaveOpen(t, first, 'open', 1);
    if (t.row === 'takeover') first.link.endExpected = true;
    else await leave(first, t.row);
    const second = await again(t, first);
    await second.expect(repeated(t, open));
  },
});

export const everyTime = defineCase<1 | 2>({
  title: 'what stays unacknowledged comes again on each new connection',
  verifies: { '3.1.1': ['MQTT-4.4.0-1#publish', 'MQTT-3.3.1-1'], '5.0': ['MQTT-4.4.0-1#publish', 'MQTT-3.3.1-1'] },
  caughtBy: ['redelivers-once'],
  needs: ['qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 },
  async run(t) {
    let client = await silent(t, t.row);
    const open = await leaveOpen(t, client, 'open', t.row);
    for (let round = 1; round <= 4; round += 1) {
      await leave(client, 'close');
      client = await again(t, client);
      await client.expect(repeated(t, open));
    }
  },
});

export const pubrelAgain = defineCase({
  title: 'an unacknowledged PUBREL comes again on a new connection, and the PUBLISH does not',
  verifies: {
    '3.1.1': ['MQTT-4.4.0-1#pubrel', 'MQTT-4.4.0-1#same-ids', 'MQTT-4.3.3-1#no-publish-after-pubrel'],
    '5.0': ['MQTT-4.4.0-1#pubrel', 'MQTT-4.4.0-1#same-ids', 'MQTT-4.3.3-6'],
  },
  caughtBy: ['no-pubrel-on-resume', 'resends-publish-after-pubrec'],
  needs: ['qos2'],
  async run(t) {
    const first = await silent(t, 2);
    const open = await leaveOpen(t, first, 'open', 2);
    const packetId = open.packetId ?? 0;
    await first.send(t.packet.pubrec(packetId));
    await first.expect(pubrel({ packetId }), { breaks: answers(t) });
    await leave(first, 'close');
    let client = first;
    for (let round = 1; round <= 3; round += 1) {
      client = await again(t, client);
      await client.expectNotBefore(publish({ topic: t.topic() }), pubrel({ packetId }));
      if (round < 3) await leave(client, 'close');
    }
    await client.send(t.packet.pubcomp(packetId));
    await leave(client);
    const last = await again(t, first);
    await leaveOpen(t, last, 'sentinel', 2);
  },
});

const answers = (t: CaseContext<unknown>) =>
  t.version === '5.0' ? '5.0/MQTT-4.3.3-4#pubrel' : '3.1.1/MQTT-4.3.3-1#pubrel';

export const pubrecUnderWay = defineCase({
  title: 'a QoS 2 delivery whose PUBREC was under way is finished on a new connection, by either packet',
  verifies: {
    '3.1.1': ['MQTT-4.4.0-1#pubrel', 'MQTT-4.4.0-1#publish'],
    '5.0': ['MQTT-4.4.0-1#pubrel', 'MQTT-4.4.0-1#publish'],
  },
  caughtBy: ['loses-unacknowledged'],
  needs: ['qos2'],
  async run(t) {
    // Whether the broker has seen the PUBREC when the connection ends is chance: both must come to a good end.
    const lanes = ['one', 'two', 'three', 'four'].map(async (lane) => {
      for (let round = 1; round <= 10; round += 1) await underWay(t, `${round}`, t.topic(lane));
    });
    for (const lane of await Promise.allSettled(lanes)) if (lane.status === 'rejected') throw lane.reason;
  },
});

async function underWay(t: CaseContext<unknown>, payload: string, topic: string): Promise<void> {
  const first = await silent(t, 2, {}, topic);
  const open = await leaveOpen(t, first, payload, 2, topic);
  const packetId = open.packetId ?? 0;
  await first.send(t.packet.pubrec(packetId));
  await first.close();
  await first.link.waitForEnd(t.timing.replyMs);
  first.link.unclaimed.splice(0);
  const second = await again(t, first);
  const packet = await second.expectPacket(oneOf(pubrel({ packetId }), publish({ topic, packetId, dup: true })));
  if (packet.type === 'PUBLISH') {
    await second.send(t.packet.pubrec(packetId));
    await second.expect(pubrel({ packetId }), { breaks: answers(t) });
  }
  await second.send(t.packet.pubcomp(packetId));
  await second.unsubscribe(topic);
  await second.disconnect();
}

export const inOrder = defineCase<1 | 2>({
  title: 'what comes again comes in the order of its first sending, before what is new',
  verifies: {
    '3.1.1': ['MQTT-4.6.0-1', 'MQTT-4.6.0-6#resend-order', 'MQTT-4.4.0-1#same-ids'],
    '5.0': ['MQTT-4.6.0-5', 'MQTT-4.4.0-1#same-ids'],
  },
  caughtBy: ['resends-reversed', 'reorders-offline-messages'],
  needs: ['qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 },
  async run(t) {
    const before = ['1', '2', '3', '4'];
    const { client: first, packets: open } = await leaveSeveralOpen(t, before, t.row);
    await leave(first, 'close');
    const publisher = await t.connect();
    const after = ['5', '6', '7'];
    for (const payload of after) await publisher.publish(t.topic(), payload, { qos: t.row });
    // It acknowledges: brokers may send no more before.
    const second = await t.connect(lasting(t, { clientId: first.id }));
    for (const packet of open) await second.expect(repeated(t, packet));
    for (const payload of [...before.slice(open.length), ...after]) {
      await second.expect(publish({ topic: t.topic(), payload: utf8(payload) }));
    }
  },
});

export const pubrelsInOrder = defineCase({
  title: 'unacknowledged PUBRELs come again, in their order',
  verifies: { '3.1.1': ['MQTT-4.6.0-6#pubrel-order', 'MQTT-4.4.0-1#pubrel'], '5.0': ['MQTT-4.4.0-1#pubrel'] },
  caughtBy: ['no-pubrel-on-resume'],
  needs: ['qos2'],
  async run(t) {
    const { client: first, packets: open } = await leaveSeveralOpen(t, ['1', '2', '3'], 2);
    const ids = open.map(({ packetId = 0 }) => packetId);
    for (const packetId of ids) {
      await first.send(t.packet.pubrec(packetId));
      await first.expect(pubrel({ packetId }), { breaks: answers(t) });
    }
    await leave(first, 'close');
    const second = await again(t, first);
    for (const packetId of ids) {
      await second.expect(pubrel({ packetId }));
      await second.send(t.packet.pubcomp(packetId));
    }
  },
});

export const acknowledgedNever = defineCase({
  title: 'what was acknowledged does not come again, what was not does',
  verifies: {
    '3.1.1': ['MQTT-4.4.0-1#publish', 'MQTT-3.1.2-4#resume'],
    '5.0': ['MQTT-4.4.0-1#publish', 'MQTT-3.1.2-5'],
  },
  caughtBy: ['resends-acknowledged', 'loses-unacknowledged'],
  needs: ['qos1'],
  async run(t) {
    const first = await silent(t, 1);
    const one = await leaveOpen(t, first, 'acknowledged', 1);
    await first.send(t.packet.puback(one.packetId ?? 0));
    await first.ping();
    const two = await leaveOpen(t, first, 'open', 1);
    await leave(first);
    const second = await again(t, first);
    await second.expect(repeated(t, two));
    await second.send(t.packet.puback(two.packetId ?? 0));
    await second.ping();
    await leave(second);
    const third = await again(t, first);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
    await third.expect(publish({ topic: t.topic(), payload: utf8('sentinel') }));
  },
});

export const refusedNever = defineCase<1 | 2>({
  title: 'what was refused by a reason code of 0x80 or above does not come again',
  verifies: { '5.0': ['MQTT-4.4.0-2#puback-error', 'MQTT-4.4.0-2#pubrec-error'] },
  caughtBy: ['resends-after-failed-ack', 'pubrel-after-failed-pubrec'],
  needs: ['qos1', 'qos2'],
  rows: { puback: 1, pubrec: 2 },
  async run(t) {
    const first = await silent(t, t.row);
    const open = await leaveOpen(t, first, 'refused', t.row);
    const packetId = open.packetId ?? 0;
    const breaks = t.row === 1 ? '5.0/MQTT-4.4.0-2#puback-error' : '5.0/MQTT-4.4.0-2#pubrec-error';
    await first.send(t.row === 1 ? t.packet.puback(packetId, 0x83) : t.packet.pubrec(packetId, 0x83));
    await first.ping();
    const early = await first.look(pubrel({ packetId }), 1);
    t.check(early === undefined, 'PUBREL came after a PUBREC that says failure', { breaks });
    await leave(first);
    const second = await again(t, first);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'sentinel', { qos: t.row });
    await second.expectNotBefore(
      oneOf(message(t.topic(), 'refused'), pubrel({ packetId })),
      message(t.topic(), 'sentinel'),
      { breaks },
    );
  },
});

export const notOtherwise = defineCase<1 | 2>({
  title: 'nothing is sent again on a connection that lasts',
  verifies: { '5.0': ['MQTT-4.4.0-1#not-otherwise'] },
  caughtBy: ['retransmits-on-timer'],
  needs: ['qos1', 'qos2', 'time'],
  takes: 3,
  rows: { 'qos-1': 1, 'qos-2': 2 },
  async run(t) {
    const client = await silent(t, t.row);
    await leaveOpen(t, client, 'open', t.row);
    await t.sleep(2_500);
    // What was sent again within that time stands before PINGRESP.
    await client.send(t.packet.pingreq);
    await client.expectNotBefore(message(t.topic(), 'open'), pingresp());
  },
});

export const unchanged = defineCase({
  title: 'what comes again is the same message: its payload, RETAIN and properties',
  verifies: { '5.0': ['MQTT-4.4.0-1#publish', 'MQTT-3.3.2-17'] },
  caughtBy: ['loses-unacknowledged', 'user-properties-dropped', 'repeats-without-properties'],
  needs: ['qos1'],
  async run(t) {
    const first = await silent(t, 1);
    const properties = {
      contentType: 'c',
      responseTopic: 'r',
      userProperties: [
        ['k', '1'],
        ['k', '0'],
      ] as const,
    };
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'open', { qos: 1, properties });
    const expected = { topic: t.topic(), payload: utf8('open'), retain: false, properties };
    const { packetId = 0 } = await first.expectPacket<Publish>(publish(expected));
    await leave(first, 'close');
    const second = await again(t, first);
    await second.expect(publish({ ...expected, packetId, dup: true }));
  },
});

export const firstSendingWithoutDup = defineCase<1 | 2>({
  title: 'a message that waited and is sent for the first time has DUP 0',
  verifies: { '3.1.1': ['MQTT-3.3.1-3'], '5.0': ['MQTT-3.3.1-3'] },
  caughtBy: ['dup-on-first-delivery'],
  needs: ['qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 },
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe({ filter: t.topic(), qos: t.row });
    await leave(first);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'waits', { qos: t.row });
    const second = await t.connect(lasting(t, { clientId: first.id }));
    await second.expect(publish({ topic: t.topic(), payload: utf8('waits'), dup: false }));
  },
});

export const withinNewQuota = defineCase({
  title: 'what comes again keeps to the Receive Maximum of the new connection, and all of it comes',
  verifies: { '5.0': ['R-4.9-2', 'MQTT-3.3.4-9', 'MQTT-4.4.0-1#publish'] },
  caughtBy: ['keeps-old-receive-maximum', 'exceeds-receive-maximum', 'quota-not-reset'],
  needs: ['qos1'],
  async run(t) {
    const all = ['1', '2', '3', '4'];
    const { client: first, packets: open } = await leaveSeveralOpen(t, all, 1, { receiveMaximum: 4 });
    await leave(first, 'close');
    const second = await t.connect(
      lasting(t, { clientId: first.id, acknowledge: false, properties: { receiveMaximum: 2 } }),
    );
    // The referee counts; PINGRESP gives a third delivery the time to come.
    for (const packet of open.slice(0, 2)) await second.expect(repeated(t, packet));
    await second.ping();
    for (const [index, { packetId = 0 }] of open.entries()) {
      await second.send(t.packet.puback(packetId));
      const next = open[index + 2];
      if (next !== undefined) await second.expect(repeated(t, next));
    }
    second.acknowledge = true;
    for (const payload of all.slice(open.length)) await second.expect(message(t.topic(), payload));
  },
});

export const overAnotherTransport = defineCase<'websocket' | 'tcp'>({
  title: 'what was unacknowledged on one transport comes again on the other',
  verifies: { '3.1.1': ['MQTT-4.4.0-1#publish'], '5.0': ['MQTT-4.4.0-1#publish'] },
  caughtBy: ['loses-unacknowledged', 'session-not-resumed-over-websocket', 'session-not-resumed-over-tcp'],
  needs: ['qos1'],
  rows: { 'from-websocket': 'websocket', 'from-tcp': 'tcp' },
  async run(t) {
    const first = await connectLasting(t, { acknowledge: false, door: t.row });
    await first.subscribe({ filter: t.topic(), qos: 1 });
    const open = await leaveOpen(t, first, 'open', 1);
    await leave(first, 'close');
    const door = t.row === 'tcp' ? 'websocket' : 'tcp';
    const second = await t.connect(lasting(t, { clientId: first.id, door, acknowledge: false }));
    await second.expect(repeated(t, open));
  },
});
