/** §3.3.1.3: what a PUBLISH with RETAIN 1 leaves behind, what takes it away, and the flag itself. */
import {
  connectLasting,
  leave,
  defineCase,
  message,
  pattern,
  puback,
  publish,
  suback,
  utf8,
  type CaseContext,
  type Client,
  type PublishOptions,
} from '#kit';

type Context = CaseContext<unknown>;

/** Retains at QoS 1: acknowledged, so that it is the server's. */
async function retains(
  t: Context,
  topic: string,
  payload: string | Uint8Array,
  more: PublishOptions = {},
): Promise<Client> {
  const publisher = await t.connect();
  await publisher.publish(topic, payload, { qos: 1, retain: true, ...more });
  await publisher.settle();
  return publisher;
}

/** A new subscriber gets nothing for `topic`: a retained sentinel comes by the same SUBSCRIBE. */
async function expectNothing(t: Context, topic: string): Promise<void> {
  await retains(t, t.topic('sentinel'), 'sentinel');
  const client = await t.connect();
  await client.send(t.packet.subscribe([topic, t.topic('sentinel')], 1));
  await client.expect(suback({ packetId: 1 }));
  await client.expectNotBefore(publish({ topic }), message(t.topic('sentinel'), 'sentinel'));
}

export const stored = defineCase({
  title: 'a PUBLISH with RETAIN 1 is kept, and a later subscriber gets it unchanged',
  verifies: {
    '3.1.1': ['MQTT-3.3.1-5#store', 'MQTT-3.3.1-6'],
    '5.0': ['MQTT-3.3.1-5#store', 'MQTT-3.3.1-9'],
  },
  caughtBy: ['never-retains'],
  needs: ['retain', 'qos1', 'qos2'],
  rows: {
    'qos-1': { qos: 1, payload: utf8('kept') },
    'qos-2': { qos: 2, payload: utf8('kept') },
    'all-octets': { qos: 1, payload: Uint8Array.from({ length: 256 }, (_, octet) => octet) },
  } as const,
  async run(t) {
    const { qos, payload } = t.row;
    await retains(t, t.topic(), payload, { qos });
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    await subscriber.expect(publish({ topic: t.topic(), payload }));
  },
});

export const storedQos0 = defineCase({
  title: 'a QoS 0 PUBLISH with RETAIN 1 becomes the retained message',
  verifies: { '3.1.1': ['MQTT-3.3.1-7#should'], '5.0': ['R-3.3.1.3-1'] },
  caughtBy: ['never-retains', 'never-retains-qos-0'],
  needs: ['retain'],
  async run(t) {
    const watcher = await t.connect();
    await watcher.subscribe(t.topic());
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'kept', { retain: true });
    await watcher.expect(publish({ topic: t.topic() }));
    await watcher.settle();
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), qos: 0 }));
  },
});

export const flagSet = defineCase({
  title: 'what comes because of a new subscription has RETAIN 1',
  verifies: { '3.1.1': ['MQTT-3.3.1-8'], '5.0': ['R-3.8.3.1-3'] },
  caughtBy: ['retained-without-flag'],
  needs: ['retain', 'qos1'],
  async run(t) {
    await retains(t, t.topic(), 'kept');
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), retainAsPublished: false });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), retain: true }));
  },
});

export const flagClearedLive = defineCase({
  title: 'what comes by a subscription that exists has RETAIN 0, whatever the publisher set',
  verifies: { '3.1.1': ['MQTT-3.3.1-9'], '5.0': ['MQTT-3.3.1-12'] },
  caughtBy: ['retain-flag-to-established'],
  needs: ['retain'],
  rows: { 'qos-0': 0, 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: t.row });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'live', { qos: t.row, retain: true });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('live'), retain: false }));
  },
});

export const queuedFlag = defineCase({
  title: 'what waited for a session has RETAIN 0, and resuming it sends nothing retained: the subscription is not new',
  verifies: { '3.1.1': ['MQTT-3.3.1-9'], '5.0': ['MQTT-3.3.1-12'] },
  caughtBy: ['retain-flag-on-resume'],
  needs: ['retain', 'qos1'],
  async run(t) {
    await retains(t, t.topic('old'), 'before');
    const first = await connectLasting(t);
    await first.subscribe([
      { filter: t.topic(), qos: 1 },
      { filter: t.topic('old'), qos: 1 },
    ]);
    await first.expect(message(t.topic('old'), 'before'));
    await leave(first);
    await retains(t, t.topic(), 'meanwhile');
    const again = await connectLasting(t, { clientId: first.id });
    await again.expect(message(t.topic(), 'meanwhile', { retain: false }));
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
    await again.expectNotBefore(publish({ topic: t.topic('old') }), message(t.topic(), 'sentinel'));
  },
});

export const qosStored = defineCase({
  title: 'a retained message keeps its QoS',
  verifies: { '3.1.1': ['MQTT-3.3.1-5#with-qos'], '5.0': ['MQTT-3.8.4-8'] },
  caughtBy: ['retained-without-qos'],
  needs: ['retain', 'qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    await retains(t, t.topic(), 'kept', { qos: t.row });
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), qos: t.row }));
  },
});

export const qosMin = defineCase({
  title: 'a retained message comes at the lower of its QoS and the granted one',
  verifies: { '3.1.1': ['MQTT-3.8.4-6#min-qos'], '5.0': ['MQTT-3.8.4-8'] },
  caughtBy: ['retained-at-stored-qos'],
  needs: ['retain', 'qos1', 'qos2'],
  rows: {
    '1-of-0': { stored: 1, granted: 0 },
    '2-of-0': { stored: 2, granted: 0 },
    '2-of-1': { stored: 2, granted: 1 },
  } as const,
  async run(t) {
    const { stored: qos, granted } = t.row;
    await retains(t, t.topic(), 'kept', { qos });
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: granted });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), qos: granted }));
  },
});

export const replaced = defineCase({
  title: 'a newer retained message replaces the older one, from whoever it comes',
  verifies: { '3.1.1': ['MQTT-3.3.1-5#store'], '5.0': ['MQTT-3.3.1-5#replace'] },
  caughtBy: ['retained-oldest-wins'],
  needs: ['retain', 'qos1'],
  rows: { 'same-publisher': true, 'another-publisher': false },
  async run(t) {
    const first = await retains(t, t.topic(), 'old');
    if (t.row) await first.publish(t.topic(), 'new', { qos: 1, retain: true });
    else await retains(t, t.topic(), 'new');
    await first.settle();
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('new') }));
  },
});

export const qos0Displaces = defineCase({
  title: 'a QoS 0 message with RETAIN 1 displaces the older retained message',
  verifies: { '3.1.1': ['MQTT-3.3.1-7#discard-old'], '5.0': ['MQTT-3.3.1-5#replace'] },
  caughtBy: ['retained-oldest-wins', 'never-retains-qos-0'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const publisher = await retains(t, t.topic(), 'old');
    const watcher = await t.connect();
    await watcher.subscribe({ filter: t.topic() });
    await watcher.expect(message(t.topic(), 'old'));
    await publisher.publish(t.topic(), 'new', { retain: true });
    await watcher.expect(message(t.topic(), 'new'));
    await watcher.settle();
    await retains(t, t.topic('sentinel'), 'sentinel');
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic(), t.topic('sentinel')]);
    await subscriber.expectNotBefore(message(t.topic(), 'old'), message(t.topic('sentinel'), 'sentinel'));
    // 3.1.1 allows to forget the new one (§3.3.1.3); that it comes is another case's matter.
    await subscriber.ping();
    await subscriber.look(message(t.topic(), 'new'), 0);
  },
});

export const cleared = defineCase({
  title: 'a retained PUBLISH without payload removes what was retained',
  verifies: { '3.1.1': ['MQTT-3.3.1-10#remove'], '5.0': ['MQTT-3.3.1-6#remove'] },
  caughtBy: ['retained-not-cleared'],
  needs: ['retain', 'qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const publisher = await retains(t, t.topic(), 'old');
    await publisher.publish(t.topic(), '', { qos: t.row, retain: true });
    await expectNothing(t, t.topic());
  },
});

export const clearedQos0 = defineCase({
  title: 'a retained QoS 0 PUBLISH without payload removes what was retained',
  verifies: { '3.1.1': ['MQTT-3.3.1-10#remove'], '5.0': ['MQTT-3.3.1-6#remove'] },
  caughtBy: ['retained-not-cleared'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const publisher = await retains(t, t.topic(), 'old');
    const watcher = await t.connect();
    await watcher.subscribe(t.topic());
    await watcher.expect(message(t.topic(), 'old'));
    await publisher.publish(t.topic(), '', { retain: true });
    await watcher.expect(message(t.topic(), ''));
    await watcher.settle();
    await expectNothing(t, t.topic());
  },
});

export const clearsThatTopicOnly = defineCase({
  title: 'clearing a topic leaves the retained messages of its neighbours',
  verifies: { '3.1.1': ['MQTT-3.3.1-6', 'MQTT-3.3.1-10#remove'], '5.0': ['MQTT-3.3.1-9', 'MQTT-3.3.1-6#remove'] },
  caughtBy: ['clears-parent-too', 'never-retains'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const publisher = await retains(t, t.topic('a'), 'parent');
    for (const name of ['a/b', 'a/b/c', 'a/bb']) await publisher.publish(t.topic(name), name, { qos: 1, retain: true });
    await publisher.publish(t.topic('a/b'), '', { qos: 1, retain: true });
    await publisher.settle();
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic('a'), t.topic('a/b'), t.topic('a/b/c'), t.topic('a/bb')]);
    await subscriber.expectAll([
      message(t.topic('a'), 'parent'),
      message(t.topic('a/b/c'), 'a/b/c'),
      message(t.topic('a/bb'), 'a/bb'),
    ]);
  },
});

export const clearingDelivered = defineCase({
  title: 'a retained PUBLISH without payload reaches present subscribers like any other',
  verifies: { '3.1.1': ['MQTT-3.3.1-10#deliver-live'], '5.0': ['MQTT-3.3.1-6#deliver-live'] },
  caughtBy: ['clearing-not-forwarded'],
  needs: ['retain', 'qos1'],
  rows: { 'something-retained': true, 'nothing-retained': false },
  async run(t) {
    if (t.row) await retains(t, t.topic(), 'old');
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    if (t.row) await subscriber.expect(message(t.topic(), 'old'));
    const publisher = await t.connect();
    await publisher.publish(t.topic(), '', { qos: 1, retain: true });
    await subscriber.expect(message(t.topic(), '', { qos: 1, retain: false }));
  },
});

export const emptyNotStored = defineCase({
  title: 'a retained PUBLISH without payload is not retained itself',
  verifies: { '3.1.1': ['MQTT-3.3.1-11'], '5.0': ['MQTT-3.3.1-7'] },
  caughtBy: ['retains-empty-payload'],
  needs: ['retain', 'qos1'],
  rows: { first: false, 'after-another': true },
  async run(t) {
    if (t.row) await retains(t, t.topic(), 'old');
    await retains(t, t.topic(), '');
    await expectNothing(t, t.topic());
  },
});

export const cycles = defineCase({
  title: 'set, replaced, cleared and set again, time after time: a new subscriber gets what is there now',
  verifies: {
    '3.1.1': ['MQTT-3.3.1-6', 'MQTT-3.3.1-5#store'],
    '5.0': ['MQTT-3.3.1-9', 'MQTT-3.3.1-5#store'],
  },
  caughtBy: ['third-retained-lost', 'retained-oldest-wins'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const publisher = await t.connect();
    const set = async (payload: string): Promise<void> => {
      await publisher.publish(t.topic(), payload, { qos: 1, retain: true });
      await publisher.settle();
    };
    for (let round = 1; round <= 3; round += 1) {
      await set(`first ${round}`);
      await set(`second ${round}`);
      const subscriber = await t.connect();
      await subscriber.subscribe(t.topic());
      await subscriber.expect(publish({ topic: t.topic(), payload: utf8(`second ${round}`), retain: true }));
      await leave(subscriber);
      await set('');
    }
    await expectNothing(t, t.topic());
  },
});

export const notStored = defineCase({
  title: 'a PUBLISH with RETAIN 0 leaves nothing for later subscribers',
  verifies: { '3.1.1': ['MQTT-3.3.1-12#not-stored'], '5.0': ['MQTT-3.3.1-8#not-stored'] },
  caughtBy: ['retains-everything'],
  needs: ['retain', 'qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'passing', { qos: t.row });
    await expectNothing(t, t.topic());
  },
});

export const notRemoved = defineCase({
  title: 'a PUBLISH with RETAIN 0 leaves what is retained as it is, with payload or without',
  verifies: { '3.1.1': ['MQTT-3.3.1-12#not-removed'], '5.0': ['MQTT-3.3.1-8#not-removed'] },
  caughtBy: ['retains-everything', 'clears-without-flag'],
  needs: ['retain', 'qos1'],
  rows: { 'with-payload': 'passing', empty: '' },
  async run(t) {
    const publisher = await retains(t, t.topic(), 'kept');
    await publisher.publish(t.topic(), t.row, { qos: 1 });
    await publisher.settle();
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), retain: true }));
  },
});

export const large = defineCase({
  title: 'a retained message of 70 KiB comes whole',
  verifies: { '3.1.1': ['MQTT-3.3.1-5#store', 'MQTT-3.3.1-6'], '5.0': ['MQTT-3.3.1-5#store', 'MQTT-3.3.1-9'] },
  caughtBy: ['retained-cut-at-64-kib'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const payload = pattern(70 * 1024);
    const publisher = await t.connect();
    const most = publisher.connack?.properties?.maximumPacketSize ?? Number.POSITIVE_INFINITY;
    if (most < payload.length + 100) t.skip(`CONNACK says Maximum Packet Size ${most}`);
    await publisher.send(t.packet.publish(t.topic(), payload, { qos: 1, retain: true, packetId: 1 }));
    const acknowledged = await publisher.look(puback({ packetId: 1 }));
    if (acknowledged === undefined && publisher.link.ended) t.skip('the server takes no message of 70 KiB');
    await publisher.settle();
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    await subscriber.expect(publish({ topic: t.topic(), payload }));
  },
});
