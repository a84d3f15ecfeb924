/** §3.1.2.6, §3.1.2.7, §3.1.3.2: what a will is published as, and to whom. */
import {
  connack,
  connectLasting,
  defineCase,
  lasting,
  leave,
  pattern,
  publish,
  utf8,
  type CaseContext,
  type Client,
} from '#kit';

/** A client that waits for the will of another. */
async function watcher(t: CaseContext<unknown>, qos: 0 | 1 | 2 = 0): Promise<Client> {
  const client = await t.connect();
  await client.subscribe({ filter: t.topic('will'), qos });
  return client;
}

const theWill = (t: CaseContext<unknown>) => t.will(t.topic('will'), 'will');
const came = (t: CaseContext<unknown>) => publish({ topic: t.topic('will'), payload: utf8('will') });

export const qos = defineCase<0 | 1 | 2>({
  title: 'a will is published with its QoS',
  verifies: { '3.1.1': ['MQTT-3.8.4-6#min-qos', 'MQTT-3.1.2-9#topic'], '5.0': ['MQTT-3.8.4-8'] },
  caughtBy: ['will-qos-ignored'],
  needs: ['qos1', 'qos2'],
  rows: { 'qos-0': 0, 'qos-1': 1, 'qos-2': 2 },
  async run(t) {
    const watching = await watcher(t, 2);
    const low = await watcher(t, 0);
    const client = await t.connect({ will: t.will(t.topic('will'), 'will', { qos: t.row }) });
    await client.reset();
    await watching.expect(publish({ topic: t.topic('will'), payload: utf8('will'), qos: t.row }));
    await low.expect(publish({ topic: t.topic('will'), payload: utf8('will'), qos: 0 }));
  },
});

export const notRetained = defineCase({
  title: 'a will without Will Retain is not retained',
  verifies: { '3.1.1': ['MQTT-3.1.2-16'], '5.0': ['MQTT-3.1.2-14'] },
  caughtBy: ['will-always-retained'],
  needs: ['retain'],
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: theWill(t) });
    await client.reset();
    await watching.expect(publish({ topic: t.topic('will'), payload: utf8('will'), retain: false }));
    const publisher = await t.connect();
    await publisher.publish(t.topic('sentinel'), 's', { qos: 1, retain: true });
    await publisher.settle();
    const late = await t.connect();
    await late.subscribe([t.topic('will'), t.topic('sentinel')]);
    await late.expectNotBefore(publish({ topic: t.topic('will') }), publish({ topic: t.topic('sentinel') }));
    await late.ping();
  },
});

export const retained = defineCase({
  title: 'a will with Will Retain is retained for those who subscribe later',
  verifies: { '3.1.1': ['MQTT-3.1.2-17'], '5.0': ['MQTT-3.1.2-15'] },
  caughtBy: ['will-retain-ignored'],
  needs: ['retain'],
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: t.will(t.topic('will'), 'will', { retain: true }) });
    await client.reset();
    await watching.expect(publish({ topic: t.topic('will'), payload: utf8('will'), retain: false }));
    await watching.settle();
    const late = await watcher(t);
    await late.expect(publish({ topic: t.topic('will'), payload: utf8('will'), retain: true }));
  },
});

export const retainedOutlivesSession = defineCase({
  title: 'a retained will stays when the session of its client has ended and another began',
  verifies: { '3.1.1': ['MQTT-3.1.2-17', 'MQTT-3.1.2-7'], '5.0': ['MQTT-3.1.2-15', 'R-4.1-1'] },
  caughtBy: ['will-retain-ignored', 'retained-removed-with-session'],
  needs: ['retain'],
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: t.will(t.topic('will'), 'will', { retain: true }) });
    await client.reset();
    await watching.expect(came(t));
    const again = await t.connect({ clientId: client.id });
    await leave(again);
    const late = await watcher(t);
    await late.expect(publish({ topic: t.topic('will'), payload: utf8('will'), retain: true }));
  },
});

export const empty = defineCase({
  title: 'a will without payload is published like any other',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-8#on-network-failure', 'R-3.3.3-1'],
    '5.0': ['MQTT-3.1.2-8#on-network-failure'],
  },
  caughtBy: ['empty-will-lost'],
  async run(t) {
    const watching = await watcher(t);
    const client = await t.open();
    await client.send(t.packet.connect({ clientId: client.id, will: t.will(t.topic('will'), '') }));
    await client.expect(connack({ reasonCode: 0 }), {
      breaks: t.version === '5.0' ? '5.0/MQTT-3.1.4-5' : '3.1.1/MQTT-3.1.4-4',
    });
    await client.reset();
    await watching.expect(publish({ topic: t.topic('will'), payload: utf8('') }));
  },
});

export const emptyClears = defineCase({
  title: 'a retained will without payload removes what was retained',
  verifies: { '3.1.1': ['MQTT-3.3.1-10#remove', 'MQTT-3.1.2-17'], '5.0': ['MQTT-3.3.1-6#remove', 'MQTT-3.1.2-15'] },
  caughtBy: ['retained-not-cleared', 'empty-will-lost'],
  needs: ['retain'],
  async run(t) {
    const publisher = await t.connect();
    await publisher.publish(t.topic('will'), 'old', { qos: 1, retain: true });
    await publisher.publish(t.topic('sentinel'), 's', { qos: 1, retain: true });
    await publisher.settle();
    const watching = await watcher(t);
    await watching.expect(publish({ topic: t.topic('will'), payload: utf8('old'), retain: true }));
    const client = await t.connect({ will: t.will(t.topic('will'), '', { retain: true }) });
    await client.reset();
    await watching.expect(publish({ topic: t.topic('will'), payload: utf8('') }));
    await watching.settle();
    const late = await t.connect();
    await late.subscribe([t.topic('will'), t.topic('sentinel')]);
    await late.expectNotBefore(publish({ topic: t.topic('will') }), publish({ topic: t.topic('sentinel') }));
    await late.ping();
  },
});

export const binary = defineCase<number>({
  title: 'the payload of a will is any octets, and comes unchanged',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-8#on-network-failure'],
    '5.0': ['MQTT-3.1.2-8#on-network-failure', 'MQTT-3.1.2-7'],
  },
  caughtBy: ['will-payload-altered'],
  rows: { '1-byte': 1, '127-bytes': 127, 'all-octets': 256, '6000-bytes': 6_000 },
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: t.will(t.topic('will'), pattern(t.row)) });
    await client.reset();
    await watching.expect(publish({ topic: t.topic('will'), payload: pattern(t.row) }));
  },
});

export const toOwnSession = defineCase({
  title: 'a client that subscribed to its own will finds it in its session',
  verifies: { '3.1.1': ['MQTT-3.1.2-5', 'MQTT-4.5.0-1'], '5.0': ['MQTT-4.5.0-1', 'MQTT-3.1.2-5'] },
  caughtBy: ['loses-offline-messages'],
  needs: ['qos1'],
  async run(t) {
    const watching = await watcher(t);
    const client = await connectLasting(t, { will: t.will(t.topic('will'), 'will', { qos: 1 }) });
    await client.subscribe({ filter: t.topic('will'), qos: 1 });
    await client.reset();
    await watching.expect(came(t));
    const again = await t.connect(lasting(t, { clientId: client.id }));
    await again.expect(publish({ topic: t.topic('will'), payload: utf8('will'), qos: 1 }));
  },
});

export const toWaitingSession = defineCase<1 | 2>({
  title: 'a will waits for a subscriber that is away',
  verifies: { '3.1.1': ['MQTT-3.1.2-5'], '5.0': ['MQTT-4.5.0-1'] },
  caughtBy: ['loses-offline-messages', 'will-qos-ignored'],
  needs: ['qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 },
  async run(t) {
    const watching = await watcher(t);
    const away = await connectLasting(t);
    await away.subscribe({ filter: t.topic('will'), qos: t.row });
    await leave(away);
    const client = await t.connect({ will: t.will(t.topic('will'), 'will', { qos: t.row }) });
    await client.reset();
    await watching.expect(came(t));
    const back = await t.connect(lasting(t, { clientId: away.id }));
    await back.expect(publish({ topic: t.topic('will'), payload: utf8('will'), qos: t.row }));
  },
});

export const wildcardTopic = defineCase<string>({
  title: 'a will whose topic holds a wildcard is refused, or never published',
  verifies: { '3.1.1': ['MQTT-4.7.1-1#will-topic'], '5.0': ['MQTT-4.7.0-1#will-topic'] },
  caughtBy: ['accepts-will-topic-wildcard'],
  needs: ['reaction', 'wildcard'],
  rows: { plus: '+', hash: '#', inside: 'a+b' },
  async run(t) {
    const watching = await t.connect();
    await watching.subscribe(`${t.topic('')}#`);
    const twin = await t.connect({ will: t.will(t.topic('twin'), 'twin') });
    await twin.reset();
    await watching.expect(publish({ topic: t.topic('twin') }));
    const client = await t.open();
    await client.send(t.packet.connect({ clientId: client.id, will: t.will(t.topic(t.row), 'will') }));
    const answer = await client.look(connack());
    if (answer === undefined && !client.link.ended) await client.expect(connack());
    if (client.link.ended || client.connack?.reasonCode !== 0) client.link.claimEnd();
    else {
      await client.reset();
      await watching.settle();
    }
    const publisher = await t.connect();
    await publisher.publish(t.topic('will'), 'sentinel');
    await watching.expectNotBefore(publish({ topic: t.topic(t.row) }), publish({ topic: t.topic('will') }));
  },
});

export const emptyTopic = defineCase({
  title: 'a CONNECT with an empty will topic is refused and ends the connection',
  verifies: { '3.1.1': ['MQTT-4.7.3-1#topic'], '5.0': ['MQTT-4.7.3-1#topic'] },
  caughtBy: ['accepts-empty-will-topic'],
  needs: ['reaction'],
  async run(t) {
    await t.connectDeviation({
      deviant: t.packet.connect({ will: t.will('', 'will') }),
      control: { will: t.will(t.topic('will'), 'will') },
    });
  },
});
