/** §3.3.1.3, §3.8.4: which retained messages a subscription gets, how many, and how often. */
import {
  defineCase,
  message,
  puback,
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

/** What stands below the topic of the instance, each with its own name as payload. */
const TREE = ['a', 'a/b', 'a/b/c', 'a/c', 'a/c/d', 'a//d', 'b/b', 'b/b/'] as const;

export const wildcards = defineCase({
  title: 'a subscription with wildcards gets the retained message of each topic that it matches, and of no other',
  verifies: { '3.1.1': ['MQTT-3.3.1-6', 'MQTT-3.3.2-3'], '5.0': ['MQTT-3.3.1-9', 'MQTT-3.3.2-3'] },
  caughtBy: ['retained-not-to-wildcards', 'retained-topics-mixed-up'],
  needs: ['retain', 'qos1', 'wildcard'],
  rows: {
    plus: { filter: 'a/+', expected: ['a/b', 'a/c'] },
    'plus-in-the-middle': { filter: 'a/+/d', expected: ['a/c/d', 'a//d'] },
    'plus-first': { filter: '+/b', expected: ['a/b', 'b/b'] },
    hash: { filter: 'a/#', expected: ['a', 'a/b', 'a/b/c', 'a/c', 'a/c/d', 'a//d'] },
    mixed: { filter: '+/b/#', expected: ['a/b', 'a/b/c', 'b/b', 'b/b/'] },
    'plus-twice': { filter: '+/+/+', expected: ['a/b/c', 'a/c/d', 'a//d', 'b/b/'] },
  },
  async run(t) {
    const publisher = await t.connect();
    for (const name of TREE) await publisher.publish(t.topic(name), name, { qos: 1, retain: true });
    await publisher.settle();
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic(t.row.filter));
    await subscriber.expectAll(t.row.expected.map((name) => message(t.topic(name), name, { retain: true })));
  },
});

export const otherTopics = defineCase({
  title: 'a retained message comes under its own topic, with its own payload',
  verifies: { '3.1.1': ['MQTT-3.3.2-3', 'MQTT-3.3.1-6'], '5.0': ['MQTT-3.3.2-3', 'MQTT-3.3.1-9'] },
  caughtBy: ['retained-topics-mixed-up'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const names = ['x', 'y', 'x/y', 'y/x', 'xx', 'X', 'x/'];
    const publisher = await t.connect();
    for (const name of names) await publisher.publish(t.topic(name), name, { qos: 1, retain: true });
    await publisher.settle();
    for (const name of names) {
      const subscriber = await t.connect();
      await subscriber.subscribe(t.topic(name));
      await subscriber.expect(publish({ payload: utf8(name), topic: t.topic(name) }));
    }
  },
});

export const unusualTopics = defineCase({
  title: 'messages are retained under any legal topic',
  verifies: { '3.1.1': ['MQTT-3.3.1-5#store', 'MQTT-3.3.1-6'], '5.0': ['MQTT-3.3.1-5#store', 'MQTT-3.3.1-9'] },
  caughtBy: ['never-retains', 'strips-bom', 'alters-non-bmp'],
  needs: ['retain', 'qos1'],
  rows: {
    'trailing-slash': 'a/',
    'empty-levels': '//a///b//',
    spaces: ' a b / c ',
    accents: 'tempête/ΔΩ',
    'beyond-the-bmp': 'a/\u{1f321}\u{fe0f}/b',
    bom: '\u{feff}a',
    punctuation: 'a.b,c;d:e*f?g[h]i{j}k\\l|m"n\'o%p&q$r',
  },
  async run(t) {
    await retains(t, t.topic(t.row), 'kept');
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic(t.row));
    await subscriber.expect(message(t.topic(t.row), 'kept', { retain: true }));
  },
});

export const sentOnce = defineCase({
  title: 'a new subscription gets a retained message once',
  verifies: { '3.1.1': ['MQTT-3.3.1-6'], '5.0': ['MQTT-3.3.1-9'] },
  caughtBy: ['subscription-retained-twice'],
  needs: ['retain', 'qos1', 'qos2'],
  rows: { 'qos-0': 0, 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const qos = t.row;
    const publisher = await retains(t, t.topic(), 'kept', { qos: 2 });
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos });
    await subscriber.expect(message(t.topic(), 'kept', { retain: true }));
    await publisher.publish(t.topic(), 'sentinel', { qos });
    await subscriber.expectNotBefore(message(t.topic(), 'kept'), message(t.topic(), 'sentinel'));
  },
});

export const resubscribed = defineCase({
  title: 'the same filter again sends the retained messages again',
  verifies: { '3.1.1': ['MQTT-3.8.4-3#retained-resent'], '5.0': ['MQTT-3.8.4-4#retained-resent'] },
  caughtBy: ['retained-not-on-resubscribe'],
  needs: ['retain', 'qos1'],
  rows: { 'same-qos': 1, 'lower-qos': 0 } as const,
  async run(t) {
    const publisher = await retains(t, t.topic(), 'first');
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    await subscriber.expect(message(t.topic(), 'first', { retain: true }));
    await subscriber.subscribe({ filter: t.topic(), qos: t.row });
    await subscriber.expect(message(t.topic(), 'first', { retain: true, qos: t.row }));
    await publisher.publish(t.topic(), 'second', { qos: 1, retain: true });
    await subscriber.expect(message(t.topic(), 'second', { retain: false, qos: t.row }));
    await subscriber.settle();
    await subscriber.subscribe({ filter: t.topic(), qos: t.row });
    await subscriber.expect(message(t.topic(), 'second', { retain: true, qos: t.row }));
  },
});

export const eachFilter = defineCase({
  title: 'each filter of one SUBSCRIBE gets its retained messages, as by a SUBSCRIBE of its own',
  verifies: {
    '3.1.1': ['MQTT-3.3.1-6', 'MQTT-3.8.4-4#as-sequence'],
    '5.0': ['MQTT-3.3.1-9', 'MQTT-3.8.4-5#as-sequence'],
  },
  caughtBy: ['retained-for-first-filter'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const names = ['one', 'two', 'three', 'four'];
    for (const name of names) await retains(t, t.topic(name), name);
    const subscriber = await t.connect();
    await subscriber.subscribe(names.map((name, index) => ({ filter: t.topic(name), qos: index % 2 === 0 ? 0 : 1 })));
    await subscriber.expectAll(
      names.map((name, index) => message(t.topic(name), name, { qos: index % 2 === 0 ? 0 : 1, retain: true })),
    );
  },
});

export const overlapping = defineCase({
  title: 'overlapping filters of one SUBSCRIBE get a retained message once, or once for each',
  verifies: { '3.1.1': ['MQTT-3.3.1-6'], '5.0': ['MQTT-3.3.1-9'] },
  caughtBy: ['never-retains', 'subscription-retained-twice'],
  needs: ['retain', 'qos1', 'wildcard'],
  async run(t) {
    const publisher = await retains(t, t.topic('a/b'), 'kept');
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic('a/b'), t.topic('a/#')].map((filter) => ({ filter, qos: 1 })));
    await subscriber.expect(message(t.topic('a/b'), 'kept', { retain: true }));
    // Of what comes live there shall be one copy only.
    await subscriber.unsubscribe(t.topic('a/#'));
    await publisher.publish(t.topic('a/b'), 'sentinel', { qos: 1 });
    await subscriber.expect(message(t.topic('a/b'), 'sentinel'));
    const second = await subscriber.look(message(t.topic('a/b'), 'kept', { retain: true }), 0);
    t.observe(`${second === undefined ? 1 : 2} retained for two overlapping filters`);
  },
});

/** Retained messages; more than any window, queue or page that a broker may have set low. */
const MANY = 200;

export const many = defineCase({
  title: `all of ${MANY} retained messages come to a new subscription, each once`,
  verifies: { '3.1.1': ['MQTT-3.3.1-6'], '5.0': ['MQTT-3.3.1-9'] },
  caughtBy: ['retained-set-cut', 'subscription-retained-twice'],
  needs: ['retain', 'qos1', 'wildcard'],
  async run(t) {
    const publisher = await t.connect();
    const topics = Array.from({ length: MANY }, (_, index) => t.topic(`many/${index}`));
    const window = Math.max(1, Math.min(10, publisher.quota));
    t.scope.story.tell(`retain ${MANY} messages below ${t.topic('many')}`);
    for (let at = 0; at < topics.length; at += window) {
      const some = topics.slice(at, at + window);
      for (const [index, topic] of some.entries()) {
        t.scope.leftovers.retained.add(topic);
        const packetId = at + index + 1;
        await publisher.sendQuietly(t.packet.publish(topic, `${packetId}`, { qos: 1, retain: true, packetId }));
      }
      for (const index of some.keys()) await publisher.expect(puback({ packetId: at + index + 1 }));
    }
    await publisher.settle();
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic('many/+'), qos: 1 });
    for (const [index, topic] of topics.entries()) {
      await subscriber.expect(message(topic, `${index + 1}`, { retain: true, qos: 1 }));
    }
  },
});

export const agreesWithCode = defineCase({
  title: 'retained messages come where SUBACK grants the subscription, and none where it refuses',
  verifies: { '3.1.1': ['MQTT-3.8.4-5#code-meaning'], '5.0': ['MQTT-3.8.4-7'] },
  caughtBy: ['retained-for-refused', 'never-retains'],
  needs: ['retain', 'qos1'],
  async run(t) {
    await retains(t, t.topic(), 'kept');
    const subscriber = await t.connect();
    await subscriber.send(t.packet.subscribe({ filter: t.topic(), qos: 1 }, 1));
    const answer = await subscriber.expectPacket<
      { readonly type: 'SUBACK' } & { reasonCodes: readonly number[]; packetId: number }
    >(suback({ packetId: 1 }));
    const granted = (answer.reasonCodes[0] ?? 0x80) < 0x80;
    if (granted) await subscriber.expect(message(t.topic(), 'kept', { retain: true }));
    // What still comes to a refused subscription is a finding at the end.
    else await subscriber.look(suback({ packetId: 2 }), t.timing.replyMs);
  },
});

export const latestOfConcurrent = defineCase({
  title: 'after updates of two publishers at once the retained message is the last one of either',
  verifies: { '3.1.1': ['MQTT-3.3.1-5#store'], '5.0': ['MQTT-3.3.1-5#replace'] },
  caughtBy: ['retained-oldest-wins'],
  needs: ['retain', 'qos1'],
  async run(t) {
    const publishers = [await t.connect(), await t.connect()];
    const updates = async (publisher: Client, name: string): Promise<void> => {
      for (let n = 1; n <= 10; n += 1) await publisher.publish(t.topic(), `${name}${n}`, { qos: 1, retain: true });
    };
    await Promise.all(publishers.map((publisher, index) => updates(publisher, index === 0 ? 'a' : 'b')));
    for (let round = 0; round < 3; round += 1) {
      await publishers[0]?.settle();
      const subscriber = await t.connect();
      await subscriber.subscribe(t.topic());
      const last = {
        check: (payload: Uint8Array | undefined) => ['a10', 'b10'].includes(new TextDecoder().decode(payload)),
        print: 'a10 or b10',
      };
      await subscriber.expect(publish({ topic: t.topic(), payload: last, retain: true }));
    }
  },
});

export const otherTransport = defineCase({
  title: 'what is retained over one transport comes over the other',
  verifies: { '3.1.1': ['MQTT-3.3.1-6'], '5.0': ['MQTT-3.3.1-9'] },
  caughtBy: ['never-retains', 'retained-only-over-tcp'],
  needs: ['retain', 'qos1', 'tcp-listener'],
  over: 'websocket',
  rows: { 'tcp-to-websocket': ['tcp', 'websocket'], 'websocket-to-tcp': ['websocket', 'tcp'] } as const,
  async run(t) {
    const [from, to] = t.row;
    const publisher = await t.connect({ door: from });
    await publisher.publish(t.topic(), 'kept', { qos: 1, retain: true });
    await publisher.settle();
    const subscriber = await t.connect({ door: to });
    await subscriber.subscribe(t.topic());
    await subscriber.expect(message(t.topic(), 'kept', { retain: true }));
  },
});
