/** §4.1, §4.3: what a session remembers while its client is away, in both directions. */
import {
  between,
  connectLasting,
  defineCase,
  lasting,
  leave,
  message,
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

export const messagesWait = defineCase<1 | 2>({
  title: 'messages of QoS 1 and 2 wait for a client that is away, and come once, in their order',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-5', 'MQTT-4.6.0-6#order'],
    '5.0': ['MQTT-4.5.0-1', 'MQTT-4.6.0-5', 'MQTT-3.1.2-5'],
  },
  caughtBy: [
    'loses-offline-messages',
    'duplicates-offline-messages',
    'reorders-offline-messages',
    'resumed-session-is-deaf',
  ],
  needs: ['qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 },
  async run(t) {
    const client = await connectLasting(t);
    await client.subscribe({ filter: t.topic(), qos: t.row });
    await leave(client);
    const publisher = await t.connect();
    const payloads = Array.from({ length: 8 }, (_, index) => `${index}`);
    for (const payload of payloads) await publisher.publish(t.topic(), payload, { qos: t.row });
    const again = await back(t, client);
    for (const payload of payloads) {
      await again.expect(publish({ topic: t.topic(), payload: utf8(payload), qos: t.row }));
    }
  },
});

export const manyWait = defineCase({
  title: 'more messages wait than may be open at once, and all of them come in their order',
  verifies: { '3.1.1': ['MQTT-3.1.2-5', 'MQTT-4.6.0-6#order'], '5.0': ['MQTT-4.5.0-1', 'MQTT-4.6.0-5', 'R-4.9-1'] },
  caughtBy: ['loses-offline-messages', 'keeps-few-waiting', 'reorders-offline-messages'],
  needs: ['qos1'],
  async run(t) {
    const client = await connectLasting(t);
    await client.subscribe({ filter: t.topic(), qos: 1 });
    await leave(client);
    const publisher = await t.connect();
    const payloads = Array.from({ length: 40 }, (_, index) => `${index}`);
    for (const payload of payloads) await publisher.publish(t.topic(), payload, { qos: 1 });
    const properties = t.version === '5.0' ? { properties: { receiveMaximum: 5 } } : {};
    const again = await t.connect(lasting(t, { clientId: client.id, ...properties }));
    for (const payload of payloads) await again.expect(publish({ topic: t.topic(), payload: utf8(payload) }));
  },
});

export const waitAtGrantedQos = defineCase<{ readonly published: 1 | 2; readonly granted: 1 | 2 }>({
  title: 'a message that waited comes with the lower of the published and the granted QoS',
  verifies: { '3.1.1': ['MQTT-3.8.4-6#min-qos', 'MQTT-3.1.2-5'], '5.0': ['MQTT-3.8.4-8', 'MQTT-4.5.0-1'] },
  caughtBy: ['delivers-below-granted-qos', 'loses-offline-messages'],
  needs: ['qos1', 'qos2'],
  rows: { '1-of-2': { published: 1, granted: 2 }, '2-of-1': { published: 2, granted: 1 } },
  async run(t) {
    const { published, granted } = t.row;
    const client = await connectLasting(t);
    await client.subscribe({ filter: t.topic(), qos: granted });
    await leave(client);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'waits', { qos: published });
    const again = await back(t, client);
    await again.expect(publish({ topic: t.topic(), payload: utf8('waits'), qos: 1 }));
  },
});

export const waitHoweverLeft = defineCase<Leaving>({
  title: 'messages wait for a client however it left',
  verifies: { '3.1.1': ['MQTT-3.1.2-5'], '5.0': ['MQTT-4.5.0-1'] },
  caughtBy: ['session-lost-on-connection-loss', 'session-lost-on-disconnect'],
  needs: ['qos1'],
  rows: { disconnect: 'disconnect', close: 'close', fin: 'fin', reset: 'reset' },
  async run(t) {
    const client = await connectLasting(t);
    await client.subscribe({ filter: t.topic(), qos: 1 });
    await leave(client, t.row);
    const publisher = await t.connect();
    for (const payload of ['1', '2']) await publisher.publish(t.topic(), payload, { qos: 1 });
    const again = await back(t, client);
    for (const payload of ['1', '2']) await again.expect(publish({ topic: t.topic(), payload: utf8(payload) }));
  },
});

export const qos0Away = defineCase({
  title: 'messages of QoS 1 wait among those of QoS 0, which may wait too or be dropped',
  verifies: { '3.1.1': ['MQTT-3.1.2-5'], '5.0': ['MQTT-4.5.0-1'] },
  caughtBy: ['loses-offline-messages'],
  needs: ['qos1'],
  async run(t) {
    const client = await connectLasting(t);
    await client.subscribe({ filter: t.topic(), qos: 1 });
    await leave(client);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'qos 0');
    await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
    const again = await back(t, client);
    await again.expect(message(t.topic(), 'sentinel'));
    const kept = await again.look(message(t.topic(), 'qos 0'), t.timing.settleMs + 100);
    t.observe(kept === undefined ? 'QoS 0 is dropped' : 'QoS 0 waits too');
  },
});

export const propertiesWait = defineCase({
  title: 'a message that waited has all its properties',
  verifies: { '5.0': ['MQTT-3.3.2-17', 'MQTT-3.3.2-20', 'MQTT-3.3.2-15', 'MQTT-4.5.0-1'] },
  caughtBy: ['loses-offline-messages', 'user-properties-dropped', 'content-type-dropped', 'response-topic-dropped'],
  needs: ['qos1'],
  async run(t) {
    const client = await connectLasting(t);
    await client.subscribe({ filter: t.topic(), qos: 1 });
    await leave(client);
    const properties = {
      payloadFormatIndicator: 1,
      contentType: 'c',
      responseTopic: 'r',
      correlationData: Uint8Array.of(1, 0),
      userProperties: [
        ['b', '1'],
        ['a', '2'],
      ] as const,
    };
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'waits', { qos: 1, properties });
    const again = await back(t, client);
    await again.expect(publish({ topic: t.topic(), payload: utf8('waits'), properties }));
  },
});

export const expiredWhileAway = defineCase({
  title: 'a message that expired while its subscriber was away does not come, one that did not has less time left',
  verifies: { '5.0': ['MQTT-3.3.2-5', 'MQTT-3.3.2-6'] },
  caughtBy: ['delivers-expired', 'expiry-not-decremented', 'expiry-dropped'],
  needs: ['qos1', 'time'],
  takes: 3,
  async run(t) {
    const client = await connectLasting(t);
    await client.subscribe({ filter: t.topic(), qos: 1 });
    await leave(client);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'short', { qos: 1, properties: { messageExpiryInterval: 1 } });
    await publisher.publish(t.topic(), 'long', { qos: 1, properties: { messageExpiryInterval: 60 } });
    await t.sleep(2_200);
    const again = await back(t, client);
    await again.expectNotBefore(
      message(t.topic(), 'short'),
      message(t.topic(), 'long', { properties: { messageExpiryInterval: between(55, 58) } }),
    );
  },
});

export const subscriptionsResumed = defineCase<readonly string[]>({
  title: 'all subscriptions of a session are in force again, of every kind',
  verifies: { '3.1.1': ['MQTT-3.1.2-4#resume'], '5.0': ['MQTT-3.1.2-5'] },
  caughtBy: ['resumes-without-subscriptions', 'session-never-resumed'],
  needs: ['wildcard'],
  rows: { plain: ['a'], plus: ['+'], hash: ['a/#'], several: ['a', 'b', 'c/+', 'd/#'] },
  async run(t) {
    const topics = { a: 'a', '+': 'x', 'a/#': 'a/b/c', b: 'b', 'c/+': 'c/c', 'd/#': 'd' };
    const client = await connectLasting(t);
    await client.subscribe(t.row.map((filter) => t.topic(filter)));
    await leave(client);
    const again = await back(t, client);
    const publisher = await t.connect();
    for (const filter of t.row) {
      const topic = t.topic(topics[filter as keyof typeof topics]);
      await publisher.publish(topic, filter);
      await again.expect(publish({ topic, payload: utf8(filter) }));
    }
  },
});

export const unsubscribedStays = defineCase({
  title: 'what was unsubscribed is not in force again when the session is resumed',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-4#resume', 'MQTT-3.10.4-2'],
    '5.0': ['MQTT-3.1.2-5', 'MQTT-3.10.4-2'],
  },
  caughtBy: ['delivers-after-unsuback'],
  async run(t) {
    const client = await connectLasting(t);
    await client.subscribe([t.topic('gone'), t.topic('stays')]);
    await client.unsubscribe(t.topic('gone'));
    await leave(client);
    const again = await back(t, client);
    const publisher = await t.connect();
    await publisher.publish(t.topic('gone'), 'x');
    await publisher.publish(t.topic('stays'), 'sentinel');
    await again.expectNotBefore(publish({ topic: t.topic('gone') }), publish({ topic: t.topic('stays') }));
  },
});

export const optionsResumed = defineCase<'no-local' | 'retain-as-published' | 'identifier'>({
  title: 'the options of a subscription are in force again when its session is resumed',
  verifies: { '5.0': ['MQTT-3.1.2-5'] },
  caughtBy: ['resumes-without-options'],
  needs: ['subid', 'retain'],
  rows: {
    'no-local': 'no-local',
    'retain-as-published': 'retain-as-published',
    'subscription-identifier': 'identifier',
  },
  async run(t) {
    const filter = {
      filter: t.topic(),
      noLocal: t.row === 'no-local',
      retainAsPublished: t.row === 'retain-as-published',
    };
    const client = await connectLasting(t);
    await client.subscribe(filter, t.row === 'identifier' ? { subscriptionIdentifiers: [99] } : undefined);
    await leave(client);
    const again = await back(t, client);
    const publisher = await t.connect();
    if (t.row === 'no-local') {
      await again.publish(t.topic(), 'own', { qos: 1 });
      await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
      await again.expectNotBefore(message(t.topic(), 'own'), message(t.topic(), 'sentinel'));
      return;
    }
    const retain = t.row === 'retain-as-published';
    await publisher.publish(t.topic(), 'x', { retain });
    const properties = t.row === 'identifier' ? { properties: { subscriptionIdentifiers: [99] } } : {};
    await again.expect(publish({ topic: t.topic(), payload: utf8('x'), retain, ...properties }));
  },
});

export const sharedResumed = defineCase({
  title: 'a shared subscription is in force again when its session is resumed',
  verifies: { '5.0': ['MQTT-3.1.2-5'] },
  caughtBy: ['resumes-without-shared'],
  needs: ['shared'],
  async run(t) {
    const client = await connectLasting(t);
    const group = t.topic('').replaceAll(/[^a-zA-Z0-9]/g, '');
    await client.subscribe({ filter: `$share/${group}/${t.topic()}`, qos: 0 });
    await leave(client);
    const again = await back(t, client);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x');
    await again.expect(publish({ topic: t.topic(), payload: utf8('x') }));
  },
});

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
    const again = await back(t, first);
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
    const again = await back(t, first);
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

export const retainedSurvive = defineCase({
  title: 'retained messages do not belong to the session of their publisher: they outlive it',
  verifies: { '3.1.1': ['MQTT-3.1.2-7', 'R-4.1-1'], '5.0': ['R-4.1-1'] },
  caughtBy: ['retained-removed-with-session'],
  needs: ['retain'],
  async run(t) {
    const client = await t.connect();
    await client.publish(t.topic(), 'stays', { qos: 1, retain: true });
    await leave(client);
    const fresh = await t.connect({ clientId: client.id });
    await leave(fresh);
    const late = await t.connect();
    await late.subscribe(t.topic());
    await late.expect(publish({ topic: t.topic(), payload: utf8('stays'), retain: true }));
  },
});
