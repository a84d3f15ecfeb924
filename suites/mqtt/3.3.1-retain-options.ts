/** 5.0 §3.3.1.3, §3.8.3.1: Retain Handling, Retain As Published, properties, expiry and availability of retained messages. */
import {
  between,
  connectLasting,
  defineCase,
  ended,
  leave,
  message,
  publish,
  suback,
  utf8,
  type CaseContext,
  type Client,
  type PublishOptions,
} from '#kit';

type Context = CaseContext<unknown>;

async function retains(t: Context, topic: string, payload: string, more: PublishOptions = {}): Promise<Client> {
  const publisher = await t.connect();
  await publisher.publish(topic, payload, { qos: 1, retain: true, ...more });
  await publisher.settle();
  return publisher;
}

export const handling1New = defineCase({
  title: 'Retain Handling 1: a subscription that did not exist gets the retained messages',
  verifies: { '5.0': ['MQTT-3.3.1-10#new-sends'] },
  caughtBy: ['retain-handling-1-sends-none'],
  needs: ['retain', 'qos1'],
  async run(t) {
    await retains(t, t.topic(), 'kept');
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), retainHandling: 1 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), retain: true }));
  },
});

export const handling1Existing = defineCase({
  title: 'Retain Handling 1: a subscription that exists gets no retained messages, whatever else is new in its options',
  verifies: { '5.0': ['MQTT-3.3.1-10#existing-none'] },
  caughtBy: ['retain-handling-ignored'],
  needs: ['retain', 'qos1'],
  rows: { 'same-options': 0, 'another-qos': 1 } as const,
  async run(t) {
    await retains(t, t.topic(), 'kept');
    await retains(t, t.topic('sentinel'), 'sentinel');
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), retainHandling: 0 });
    await subscriber.expect(message(t.topic(), 'kept'));
    const both = [t.topic(), t.topic('sentinel')].map((filter) => ({ filter, retainHandling: 1 as const, qos: t.row }));
    await subscriber.send(t.packet.subscribe(both, 9));
    await subscriber.expect(suback({ packetId: 9 }));
    await subscriber.expectNotBefore(message(t.topic(), 'kept'), message(t.topic('sentinel'), 'sentinel'));
  },
});

export const handling1AfterUnsubscribe = defineCase({
  title: 'Retain Handling 1: after UNSUBSCRIBE the same filter is new again',
  verifies: { '5.0': ['MQTT-3.3.1-10#new-sends'] },
  caughtBy: ['delivers-after-unsuback'],
  needs: ['retain', 'qos1'],
  async run(t) {
    await retains(t, t.topic(), 'kept');
    const subscriber = await t.connect();
    for (let round = 0; round < 3; round += 1) {
      await subscriber.subscribe({ filter: t.topic(), retainHandling: 1 });
      await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), retain: true }));
      await subscriber.unsubscribe(t.topic());
    }
  },
});

export const handling1Resumed = defineCase({
  title: 'Retain Handling 1: a subscription of a resumed session exists, and gets no retained messages',
  verifies: { '5.0': ['MQTT-3.3.1-10#existing-none'] },
  caughtBy: ['retain-handling-1-by-connection'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe({ filter: t.topic(), qos: 1 });
    await leave(first);
    await retains(t, t.topic(), 'kept');
    await retains(t, t.topic('new'), 'sentinel');
    const again = await connectLasting(t, { clientId: first.id });
    await again.expect(message(t.topic(), 'kept', { retain: false }));
    await again.send(
      t.packet.subscribe(
        [
          { filter: t.topic(), qos: 1, retainHandling: 1 },
          { filter: t.topic('new'), qos: 1, retainHandling: 1 },
        ],
        9,
      ),
    );
    await again.expect(suback({ packetId: 9 }));
    await again.expectNotBefore(message(t.topic(), 'kept'), message(t.topic('new'), 'sentinel'));
  },
});

export const handling2 = defineCase({
  title: 'Retain Handling 2: no retained messages, but all that is published from then on',
  verifies: { '5.0': ['MQTT-3.3.1-11'] },
  caughtBy: ['retain-handling-ignored'],
  needs: ['retain', 'qos1'],
  rows: { new: false, existing: true },
  async run(t) {
    const publisher = await retains(t, t.topic(), 'kept');
    await retains(t, t.topic('sentinel'), 'sentinel');
    const subscriber = await t.connect();
    if (t.row) {
      await subscriber.subscribe({ filter: t.topic() });
      await subscriber.expect(message(t.topic(), 'kept'));
    }
    await subscriber.subscribe([
      { filter: t.topic(), retainHandling: 2 },
      { filter: t.topic('sentinel'), retainHandling: 0 },
    ]);
    await subscriber.expectNotBefore(message(t.topic(), 'kept'), message(t.topic('sentinel'), 'sentinel'));
    await publisher.publish(t.topic(), 'live', { qos: 1, retain: true });
    await subscriber.expectNotBefore(message(t.topic(), 'kept'), message(t.topic(), 'live', { retain: false }));
  },
});

export const handlingPerFilter = defineCase({
  title: 'Retain Handling holds for its own filter: several in one SUBSCRIBE may differ',
  verifies: { '5.0': ['MQTT-3.3.1-11', 'MQTT-3.3.1-9', 'MQTT-3.3.1-10#new-sends'] },
  caughtBy: ['retain-handling-ignored', 'retained-for-first-filter', 'retain-handling-1-sends-none'],
  needs: ['retain', 'qos1'],
  async run(t) {
    for (const name of ['zero', 'one', 'two']) await retains(t, t.topic(name), name);
    const subscriber = await t.connect();
    await subscriber.subscribe([
      { filter: t.topic('two'), retainHandling: 2 },
      { filter: t.topic('one'), retainHandling: 1 },
      { filter: t.topic('zero'), retainHandling: 0 },
    ]);
    await subscriber.expect(message(t.topic('zero'), 'zero'), { breaks: '5.0/MQTT-3.3.1-9' });
    await subscriber.expect(message(t.topic('one'), 'one'), { breaks: '5.0/MQTT-3.3.1-10#new-sends' });
  },
});

export const asPublished = defineCase({
  title: 'Retain As Published 1: a delivery has the RETAIN of its publisher',
  verifies: { '5.0': ['MQTT-3.3.1-13'] },
  caughtBy: ['retain-as-published-ignored', 'retain-always-set'],
  needs: ['retain', 'qos1', 'qos2'],
  rows: {
    'retained-qos-0': { retain: true, qos: 0, payload: 'x' },
    'retained-qos-1': { retain: true, qos: 1, payload: 'x' },
    'retained-qos-2': { retain: true, qos: 2, payload: 'x' },
    'retained-empty': { retain: true, qos: 1, payload: '' },
    'not-retained': { retain: false, qos: 1, payload: 'x' },
  } as const,
  async run(t) {
    const { retain, qos, payload } = t.row;
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos, retainAsPublished: true });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), payload, { qos, retain });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8(payload), retain }));
  },
});

export const asPublishedResumed = defineCase({
  title: 'Retain As Published outlives the connection: for what waited, and for what comes later',
  verifies: { '5.0': ['MQTT-3.3.1-13'] },
  caughtBy: ['retain-as-published-lost-on-resume', 'retain-as-published-ignored'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe({ filter: t.topic(), qos: 1, retainAsPublished: true });
    await leave(first);
    const publisher = await retains(t, t.topic(), 'waited');
    const again = await connectLasting(t, { clientId: first.id });
    await again.expect(message(t.topic(), 'waited', { retain: true }));
    await publisher.publish(t.topic(), 'later', { qos: 1, retain: true });
    await again.expect(message(t.topic(), 'later', { retain: true }));
    await publisher.publish(t.topic(), 'plain', { qos: 1 });
    await again.expect(message(t.topic(), 'plain', { retain: false }));
  },
});

export const asPublishedReplaced = defineCase({
  title: 'a subscription that is replaced has the new Retain As Published',
  verifies: { '5.0': ['MQTT-3.3.1-12', 'MQTT-3.3.1-13', 'MQTT-3.8.4-3'] },
  caughtBy: ['retain-as-published-kept', 'resubscribe-ignored', 'retain-as-published-ignored'],
  needs: ['retain'],
  async run(t) {
    const subscriber = await t.connect();
    const publisher = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), retainAsPublished: true, retainHandling: 2 });
    await publisher.publish(t.topic(), 'first', { retain: true });
    await subscriber.expect(message(t.topic(), 'first', { retain: true }), { breaks: '5.0/MQTT-3.3.1-13' });
    await subscriber.subscribe({ filter: t.topic(), retainAsPublished: false, retainHandling: 2 });
    await publisher.publish(t.topic(), 'second', { retain: true });
    await subscriber.expect(message(t.topic(), 'second', { retain: false }));
  },
});

export const flagWhateverOption = defineCase({
  title: 'what comes because of a new subscription has RETAIN 1, whatever Retain As Published says',
  verifies: { '5.0': ['R-3.8.3.1-3'] },
  caughtBy: ['retained-without-flag'],
  needs: ['retain', 'qos1'],
  rows: { 'as-published-0': false, 'as-published-1': true },
  async run(t) {
    await retains(t, t.topic(), 'kept');
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), retainAsPublished: t.row });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), retain: true }));
  },
});

export const properties = defineCase({
  title: 'the properties of a retained message are kept with it',
  verifies: {
    '5.0': ['MQTT-3.3.2-17', 'MQTT-3.3.2-18', 'MQTT-3.3.2-4', 'MQTT-3.3.2-15', 'MQTT-3.3.2-16', 'MQTT-3.3.2-20'],
  },
  caughtBy: ['retained-without-properties'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const kept = {
      payloadFormatIndicator: 1,
      contentType: 'text/plain',
      responseTopic: t.topic('answer'),
      correlationData: Uint8Array.of(0, 1, 255),
    } as const;
    // A broker may put properties of its own beside those of the publisher, but not between them.
    const userProperties = [
      ['b', '2'],
      ['a', '1'],
      ['b', '2'],
      ['', ''],
    ] as const;
    await retains(t, t.topic(), '{}', { properties: { ...kept, userProperties } });
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    const inOrder = {
      check: (got: readonly (readonly [string, string])[] | undefined) =>
        JSON.stringify(got ?? []).includes(JSON.stringify(userProperties).slice(1, -1)),
      print: JSON.stringify(userProperties),
    };
    await subscriber.expect(publish({ topic: t.topic(), properties: { ...kept, userProperties: inOrder } }));
  },
});

/** Seconds, longer than any case. */
const LONG = 100;

export const expiryDecremented = defineCase({
  title: 'a retained message comes with its Message Expiry Interval less the time for which it was kept',
  verifies: { '5.0': ['MQTT-3.3.2-6'] },
  caughtBy: ['expiry-not-decremented', 'expiry-dropped'],
  needs: ['retain', 'qos1', 'time'],
  takes: 2,
  async run(t) {
    const { clock } = t.scope;
    const before = clock.now();
    await retains(t, t.topic(), 'kept', { properties: { messageExpiryInterval: LONG } });
    const stored = clock.now();
    await t.sleep(2100);
    const subscriber = await t.connect();
    const least = Math.floor((clock.now() - stored) / 1000);
    await subscriber.subscribe(t.topic());
    // Whole seconds, however the server rounds: one more may have been counted for what had begun.
    const most = Math.ceil((clock.now() + t.timing.replyMs - before) / 1000) + 1;
    const interval = between(LONG - most, LONG - least);
    await subscriber.expect(publish({ topic: t.topic(), properties: { messageExpiryInterval: interval } }));
  },
});

export const expired = defineCase({
  title: 'a retained message whose Message Expiry Interval has passed is gone',
  verifies: { '5.0': ['R-3.3.1.3-2', 'MQTT-3.3.2-5'] },
  caughtBy: ['retained-never-expires'],
  needs: ['retain', 'qos1', 'time'],
  takes: 3,
  async run(t) {
    await retains(t, t.topic(), 'short', { properties: { messageExpiryInterval: 1 } });
    await retains(t, t.topic('sentinel'), 'sentinel', { properties: { messageExpiryInterval: LONG } });
    // Timers of servers may be coarse: two seconds more.
    await t.sleep(3000);
    const subscriber = await t.connect();
    await subscriber.send(t.packet.subscribe([t.topic(), t.topic('sentinel')], 1));
    await subscriber.expect(suback({ packetId: 1 }));
    await subscriber.expectNotBefore(publish({ topic: t.topic() }), message(t.topic('sentinel'), 'sentinel'));
  },
});

export const expiryReplaced = defineCase({
  title: 'a retained message that replaces an expiring one does not expire with it',
  verifies: { '5.0': ['MQTT-3.3.1-5#replace', 'MQTT-3.3.1-9'] },
  caughtBy: ['retained-oldest-wins', 'never-retains'],
  needs: ['retain', 'qos1', 'time'],
  takes: 2,
  rows: { 'without-expiry': undefined, 'longer-expiry': LONG },
  async run(t) {
    const publisher = await retains(t, t.topic(), 'short', { properties: { messageExpiryInterval: 1 } });
    const properties = t.row === undefined ? {} : { messageExpiryInterval: t.row };
    await publisher.publish(t.topic(), 'kept', { qos: 1, retain: true, properties });
    await t.sleep(2000);
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    await subscriber.expect(message(t.topic(), 'kept', { retain: true }));
  },
});

export const noneForShared = defineCase({
  title: 'a shared subscription gets no retained messages, neither the first member nor a later one',
  verifies: { '5.0': ['R-4.8.2-3'] },
  caughtBy: ['retained-for-shared'],
  needs: ['retain', 'qos1', 'shared'],
  rows: { 'first-member': 'first', 'second-member': 'second', 'subscribed-again': 'again' },
  async run(t) {
    await retains(t, t.topic(), 'kept');
    await retains(t, t.topic('sentinel'), 'sentinel');
    const shared = `$share/${t.clientId()}/${t.topic()}`;
    const none = async (client: Client, packetId: number): Promise<void> => {
      await client.send(t.packet.subscribe([shared, t.topic('sentinel')], packetId));
      await client.expect(suback({ packetId }));
      await client.expectNotBefore(publish({ topic: t.topic() }), message(t.topic('sentinel'), 'sentinel'));
    };
    const first = await t.connect();
    await none(first, 1);
    if (t.row === 'again') await none(first, 2);
    if (t.row === 'second') await none(await t.connect(), 1);
  },
});

export const byAlias = defineCase({
  title: 'a retained PUBLISH that names its topic by an alias is kept under that topic',
  verifies: { '5.0': ['MQTT-3.3.1-5#store', 'MQTT-3.3.1-9'] },
  caughtBy: ['retained-not-by-alias'],
  needs: ['retain', 'qos1', 'topic-alias'],
  async run(t) {
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'defines', { qos: 1, properties: { topicAlias: 1 } });
    t.scope.leftovers.retained.add(t.topic());
    await publisher.publish('', 'kept', { qos: 1, retain: true, properties: { topicAlias: 1 } });
    await publisher.settle();
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('kept'), retain: true }));
  },
});

export const unavailable = defineCase({
  title: 'RETAIN 1 though CONNACK says that retained messages are not available ends the connection with 0x9A',
  verifies: { '5.0': ['R-3.2.2.3.5-2', 'R-3.2.2.3.5-3'] },
  caughtBy: ['retain-availability-not-enforced'],
  needs: ['retain-off-broker', 'reaction'],
  async run(t) {
    const plain = t.packet.publish(t.topic(), 'x');
    await t.deviation({ control: plain, deviant: { ...plain, retain: true }, outcome: ended({ reason: 0x9a }) });
  },
});
