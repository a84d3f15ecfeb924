/** §3.3.5 (3.1.1), §3.3.4 (5.0), §3.8.4: several subscriptions that match one message, and one that replaces another. */
import { absent, defineCase, message, publish, suback, utf8, type Client, type PacketOf, type CaseContext } from '#kit';

type Context = CaseContext<unknown>;

/** What came of the topic up to the sentinel, which only one of the subscriptions gets. */
async function copiesUntil(client: Client, topic: string, sentinel: string): Promise<readonly PacketOf<'PUBLISH'>[]> {
  const copies: PacketOf<'PUBLISH'>[] = [];
  await client.expect(message(sentinel, 'sentinel'));
  await client.ping();
  for (;;) {
    const event = await client.look(publish({ topic }), 0);
    if (event?.kind !== 'packet') return copies;
    copies.push(event.packet as PacketOf<'PUBLISH'>);
  }
}

async function overlap(t: Context, qos: readonly [0 | 1 | 2, 0 | 1 | 2]): Promise<Client> {
  const client = await t.connect();
  await client.subscribe([
    { filter: t.topic('a/b'), qos: qos[0] },
    { filter: t.topic('a/#'), qos: qos[1] },
    { filter: t.topic('sentinel'), qos: 2 },
  ]);
  return client;
}

export const highestQos = defineCase({
  title: 'of overlapping subscriptions the highest QoS counts',
  verifies: { '3.1.1': ['MQTT-3.3.5-1'], '5.0': ['MQTT-3.3.4-2'] },
  caughtBy: ['overlap-lowest-qos'],
  needs: ['qos1', 'qos2', 'wildcard'],
  rows: { 'exact-higher': [1, 0], 'wildcard-higher': [0, 1], '2-over-0': [0, 2], '2-over-1': [2, 1] } as const,
  async run(t) {
    const highest = Math.max(...t.row);
    const subscriber = await overlap(t, t.row);
    const publisher = await t.connect();
    await publisher.publish(t.topic('a/b'), 'x', { qos: 2 });
    // The exchange of QoS 2 ends before the sentinel begins.
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 2 });
    const copies = await copiesUntil(subscriber, t.topic('a/b'), t.topic('sentinel'));
    const came = copies.map(({ qos }) => qos);
    t.check(
      came.some((qos) => qos === highest),
      `the message came with QoS ${came.join(' and ') || '-'}`,
      {
        expected: `QoS ${highest}`,
      },
    );
  },
});

export const copies = defineCase({
  title: 'overlapping subscriptions get one copy, or one for each, and no more',
  verifies: { '3.1.1': ['MQTT-3.3.5-1', 'R-3.3.5-1'], '5.0': ['MQTT-3.3.4-2', 'R-3.3.4-6'] },
  caughtBy: ['overlap-extra-copy'],
  needs: ['qos1', 'qos2', 'wildcard'],
  rows: { 'qos-0': 0, 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const subscriber = await overlap(t, [t.row, t.row]);
    const publisher = await t.connect();
    await publisher.publish(t.topic('a/b'), 'x', { qos: t.row });
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 2 });
    const { length } = await copiesUntil(subscriber, t.topic('a/b'), t.topic('sentinel'));
    t.check(length === 1 || length === 2, `${length} copies came for two subscriptions`, { expected: 'one or two' });
    t.observe(length === 1 ? 'one copy' : 'one copy for each subscription');
  },
});

export const identifiers = defineCase({
  title: 'overlapping subscriptions: one copy with all their identifiers, or each copy with its own',
  verifies: { '5.0': ['MQTT-3.3.4-3', 'MQTT-3.3.4-4', 'MQTT-3.3.4-5', 'R-3.3.4-5'] },
  caughtBy: ['first-subscription-id-only', 'no-subscription-ids'],
  needs: ['qos1', 'qos2', 'subid', 'wildcard'],
  async run(t) {
    const subscriber = await t.connect();
    const filters = { 'a/b': 41, 'a/#': 42, 'a/+': 43 };
    for (const [filter, id] of Object.entries(filters)) {
      await subscriber.subscribe({ filter: t.topic(filter), qos: 1 }, { subscriptionIdentifiers: [id] });
    }
    await subscriber.subscribe({ filter: t.topic('c'), qos: 1 }, { subscriptionIdentifiers: [44] });
    await subscriber.subscribe({ filter: t.topic('sentinel'), qos: 2 });
    const publisher = await t.connect();
    await publisher.publish(t.topic('a/b'), 'x', { qos: 1 });
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 2 });
    const came = await copiesUntil(subscriber, t.topic('a/b'), t.topic('sentinel'));
    const ids = came.map(({ properties }) => (properties?.subscriptionIdentifiers ?? []).toSorted((a, b) => a - b));
    const all = ids.flat().toSorted((a, b) => a - b);
    t.check(all.join() === '41,42,43', `identifiers ${ids.map((some) => `[${some.join()}]`).join(' ') || '-'} came`, {
      expected: '[41,42,43] in one copy, or each in its own',
      breaks: ids.length === 1 ? '5.0/MQTT-3.3.4-4' : '5.0/MQTT-3.3.4-5',
    });
  },
});

export const someWithIdentifier = defineCase({
  title: 'an overlapping subscription without identifier adds none',
  verifies: { '5.0': ['R-3.3.4-5', 'MQTT-3.3.4-3'] },
  caughtBy: ['no-subscription-ids', 'adds-subscription-id'],
  needs: ['qos1', 'qos2', 'subid', 'wildcard'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic('a/b'), qos: 1 }, { subscriptionIdentifiers: [51] });
    await subscriber.subscribe({ filter: t.topic('a/#'), qos: 1 });
    await subscriber.subscribe({ filter: t.topic('sentinel'), qos: 2 });
    const publisher = await t.connect();
    await publisher.publish(t.topic('a/b'), 'x', { qos: 1 });
    await publisher.publish(t.topic('a/c'), 'y', { qos: 1 });
    await subscriber.expect(publish({ topic: t.topic('a/c'), properties: { subscriptionIdentifiers: absent } }));
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 2 });
    const came = await copiesUntil(subscriber, t.topic('a/b'), t.topic('sentinel'));
    const ids = came.flatMap(({ properties }) => properties?.subscriptionIdentifiers ?? []);
    t.check(ids.join() === '51', `identifiers [${ids.join()}] came`, {
      expected: '[51]',
      breaks: ids.length === 0 ? '5.0/MQTT-3.3.4-3' : '5.0/R-3.3.4-5',
    });
  },
});

export const sameIdentifier = defineCase({
  title: 'overlapping subscriptions of one identifier: it comes twice, or once',
  verifies: { '5.0': ['R-3.3.4-8'] },
  observes: ['clean', 'copy-per-subscription'],
  needs: ['qos1', 'qos2', 'subid', 'wildcard'],
  async run(t) {
    const subscriber = await t.connect();
    const filters = [t.topic('a/b'), t.topic('a/#')].map((filter) => ({ filter, qos: 1 as const }));
    await subscriber.subscribe(filters, { subscriptionIdentifiers: [61] });
    await subscriber.subscribe({ filter: t.topic('sentinel'), qos: 2 });
    const publisher = await t.connect();
    await publisher.publish(t.topic('a/b'), 'x', { qos: 1 });
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 2 });
    const came = await copiesUntil(subscriber, t.topic('a/b'), t.topic('sentinel'));
    const shown = came.map(({ properties }) => `[${(properties?.subscriptionIdentifiers ?? []).join()}]`);
    t.observe(`${came.length} ${came.length === 1 ? 'copy' : 'copies'}: ${shown.join(' ')}`);
  },
});

/** Messages around the replacement. */
const STREAM = 20;

export const notInterrupted = defineCase({
  title: 'no message is lost while a subscription is replaced',
  verifies: { '3.1.1': ['MQTT-3.8.4-3#no-interruption'], '5.0': ['MQTT-3.8.4-4#not-lost'] },
  caughtBy: ['resubscribe-interrupts'],
  needs: ['qos1'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    const publisher = await t.connect();
    const packetIds: number[] = [];
    for (let n = 1; n <= STREAM; n += 1) {
      // Each third message travels beside a SUBSCRIBE to the same filter.
      if (n % 3 === 0) {
        const packetId = subscriber.nextPacketId();
        packetIds.push(packetId);
        await subscriber.send(t.packet.subscribe({ filter: t.topic(), qos: 1, retainHandling: 2 }, packetId));
      }
      await publisher.publish(t.topic(), `${n}`, { qos: 1 });
    }
    for (const packetId of packetIds) await subscriber.expect(suback({ packetId }));
    for (let n = 1; n <= STREAM; n += 1) await subscriber.expect(message(t.topic(), `${n}`));
  },
});

export const replacedOnce = defineCase({
  title: 'however often a filter is subscribed, it stays one subscription: one copy, and one UNSUBSCRIBE ends it',
  verifies: { '3.1.1': ['MQTT-3.8.4-3#replace'], '5.0': ['MQTT-3.8.4-3'] },
  caughtBy: ['resubscribe-adds'],
  needs: ['qos1'],
  async run(t) {
    const subscriber = await t.connect();
    for (let n = 0; n < 4; n += 1) await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    await subscriber.subscribe({ filter: t.topic('sentinel'), qos: 1 });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'first', { qos: 1 });
    await publisher.publish(t.topic(), 'second', { qos: 1 });
    await subscriber.expect(message(t.topic(), 'first'));
    await subscriber.expectNotBefore(message(t.topic(), 'first'), message(t.topic(), 'second'));
    await subscriber.unsubscribe(t.topic());
    await publisher.publish(t.topic(), 'late', { qos: 1 });
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 1 });
    await subscriber.expectNotBefore(message(t.topic(), 'late'), message(t.topic('sentinel'), 'sentinel'));
  },
});

export const withinOneSubscribe = defineCase({
  title: 'the same filter twice in one SUBSCRIBE: the second replaces the first',
  verifies: { '3.1.1': ['MQTT-3.8.4-4#as-sequence'], '5.0': ['MQTT-3.8.4-5#as-sequence'] },
  caughtBy: ['resubscribe-ignored'],
  needs: ['qos1'],
  async run(t) {
    const subscriber = await t.connect();
    const answer = await subscriber.subscribe([
      { filter: t.topic(), qos: 1 },
      { filter: t.topic(), qos: 0 },
    ]);
    t.check(answer.reasonCodes.length === 2, `SUBACK has ${answer.reasonCodes.length} codes`, { expected: '2 codes' });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x', { qos: 1 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('x'), qos: 0 }));
  },
});
