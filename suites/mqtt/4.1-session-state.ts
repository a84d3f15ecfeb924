/** §4.1: what waits in a session, and which subscriptions are in force, when its client comes back. */
import {
  between,
  connectLasting,
  defineCase,
  lasting,
  leave,
  message,
  publish,
  utf8,
  type CaseContext,
  type Client,
  type Inbound,
  type Leaving,
  type PacketExpectation,
} from '#kit';

const back = async (t: CaseContext<unknown>, client: Client): Promise<Client> =>
  t.connect(lasting(t, { clientId: client.id }));

/** Each of them comes, whatever their order. */
async function allCome(
  t: CaseContext<unknown>,
  client: Client,
  payloads: readonly string[],
  more: PacketExpectation<'PUBLISH'> = {},
): Promise<Inbound[]> {
  const came: Inbound[] = [];
  for (const payload of payloads) came.push(await client.expect(message(t.topic(), payload, more)));
  return came;
}

/** Each of them comes, and in this order. */
async function comeInOrder(...input: Parameters<typeof allCome>): Promise<void> {
  const [t, client] = input;
  const places = (await allCome(...input)).map((event) => client.link.seen.indexOf(event));
  t.check(
    places.every((place, index) => place > (places[index - 1] ?? -1)),
    'the messages came in another order than they were published in',
    { breaks: t.version === '5.0' ? '5.0/MQTT-4.6.0-5' : '3.1.1/MQTT-4.6.0-6#order' },
  );
}

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
    await comeInOrder(t, again, payloads, { qos: t.row });
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
    await comeInOrder(t, again, payloads);
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
    await allCome(t, again, ['1', '2']);
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
    const { clock } = t.scope;
    await publisher.publish(t.topic(), 'short', { qos: 1, properties: { messageExpiryInterval: 1 } });
    const before = clock.now();
    await publisher.publish(t.topic(), 'long', { qos: 1, properties: { messageExpiryInterval: 60 } });
    await t.sleep(2_200);
    const again = await back(t, client);
    const least = 60 - Math.ceil((clock.now() - before + t.timing.replyMs) / 1000);
    await again.expectNotBefore(
      message(t.topic(), 'short'),
      message(t.topic(), 'long', { properties: { messageExpiryInterval: between(Math.min(55, least), 58) } }),
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
