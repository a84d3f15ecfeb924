/** §3.1.2.5 to §3.1.2.7: when a will is published, and when never. */
import {
  connack,
  connectLasting,
  defineCase,
  encode,
  ended,
  lasting,
  leave,
  message,
  mutations,
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

/** What must not come would have come before the sentinel of the same topic. */
async function nothingComes(t: CaseContext<unknown>, watching: Client, payload = 'will'): Promise<void> {
  const publisher = await t.connect();
  await publisher.publish(t.topic('will'), 'sentinel');
  await watching.expectNotBefore(message(t.topic('will'), payload), message(t.topic('will'), 'sentinel'));
}

const theWill = (t: CaseContext<unknown>) => t.will(t.topic('will'), 'will');
const came = (t: CaseContext<unknown>) => publish({ topic: t.topic('will'), payload: utf8('will') });

export const onNetworkFailure = defineCase({
  title: 'a will is published when the connection breaks',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-8#on-network-failure', 'R-3.1.2.5-1'],
    '5.0': ['MQTT-3.1.2-8#on-network-failure', 'MQTT-3.1.2-7', 'R-3.1.2.5-1'],
  },
  caughtBy: ['will-lost-on-connection-loss', 'will-lost-on-websocket', 'will-payload-altered'],
  rows: { reset: 'reset', fin: 'fin' } as const,
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: theWill(t) });
    await client[t.row]();
    await watching.expect(came(t));
  },
});

export const onClose = defineCase<number>({
  title: 'a will is published when the client ends the transport in order but without DISCONNECT',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-8#on-close-without-disconnect'],
    '5.0': ['MQTT-3.1.2-8#on-close-without-disconnect'],
  },
  caughtBy: ['will-lost-on-close'],
  rows: { 'close-1000': 1000, 'close-1001': 1001 },
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: theWill(t) });
    await client.close(t.row);
    await watching.expect(came(t));
  },
});

export const onKeepAlive = defineCase({
  title: 'a will is published when the keep alive has passed',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-8#on-keepalive', 'MQTT-3.1.2-24#as-if-failed'],
    '5.0': ['MQTT-3.1.2-8#on-keepalive', 'MQTT-3.1.2-22#as-if-failed'],
  },
  caughtBy: ['will-lost-on-keep-alive', 'never-times-out'],
  needs: ['time'],
  takes: 2,
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: theWill(t), keepAlive: 1 });
    const seconds = client.connack?.properties?.serverKeepAlive ?? 1;
    await watching.expect(came(t), { within: 2_500 * seconds + 8_000 + t.timing.graceMs });
    await client.expect(ended());
  },
});

export const onProtocolError = defineCase<'connect' | 'connack' | 'qos-3' | 'wildcard'>({
  title: 'a will is published when the server closes for a protocol error',
  verifies: { '3.1.1': ['MQTT-3.1.2-8#on-protocol-error'], '5.0': ['MQTT-3.1.2-8#on-protocol-error'] },
  caughtBy: ['will-lost-on-protocol-error'],
  needs: ['reaction'],
  rows: { 'second-connect': 'connect', 'server-packet': 'connack', 'qos-3': 'qos-3', 'wildcard-topic': 'wildcard' },
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: theWill(t) });
    const message = encode(t.packet.publish(t.topic('x'), 'x', { qos: 1, packetId: 1 }), t.version);
    const deviant = {
      connect: t.packet.connect({ clientId: client.id, cleanStart: false }),
      connack: Uint8Array.from(t.version === '5.0' ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0]),
      'qos-3': mutations.fixedHeaderFlags(message, 0b0110),
      wildcard: t.packet.publish(t.topic('+'), 'x', { qos: 1, packetId: 1 }),
    }[t.row];
    await client.send(deviant);
    const closes = t.version === '5.0' ? '5.0/MQTT-4.13.1-1' : '3.1.1/MQTT-4.8.0-1';
    await client.expect(ended(), { breaks: closes });
    await watching.expect(came(t));
  },
});

export const onTakeover = defineCase<boolean>({
  title: 'a will is published when another connection takes the identifier over',
  verifies: { '3.1.1': ['MQTT-3.1.2-8#on-takeover'], '5.0': ['R-3.1.4-3'] },
  caughtBy: ['will-lost-on-takeover'],
  rows: { 'clean-start': true, resuming: false },
  async run(t) {
    const watching = await watcher(t);
    const client = await connectLasting(t, { will: theWill(t) });
    const next = await t.connect(lasting(t, { clientId: client.id, cleanStart: t.row }));
    const closes = t.version === '5.0' ? '5.0/MQTT-3.1.4-3#close' : '3.1.1/MQTT-3.1.4-2';
    await client.expect(ended({ reason: 0x8e }), { breaks: closes });
    await watching.expect(came(t));
    await next.ping();
  },
});

export const onDisconnectWithWill = defineCase<number>({
  title: 'DISCONNECT with another code than 0x00 leaves the will to be published',
  verifies: { '5.0': ['MQTT-3.1.2-8#on-disconnect-04'] },
  caughtBy: ['will-lost-on-disconnect-04', 'will-on-disconnect-04-only'],
  rows: { 'with-will': 0x04, unspecified: 0x80, 'implementation-specific': 0x83, 'quota-exceeded': 0x97 },
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: theWill(t) });
    await client.disconnect(t.row);
    await watching.expect(came(t));
  },
});

export const notAfterDisconnect = defineCase<'alone' | 'fin' | 'behind-publish'>({
  title: 'a will is not published after DISCONNECT, however the transport ends then',
  verifies: {
    '3.1.1': ['MQTT-3.14.4-3', 'MQTT-3.1.2-10#after-disconnect'],
    '5.0': ['MQTT-3.14.4-3', 'MQTT-3.1.2-10#after-disconnect'],
  },
  caughtBy: ['delivers-will-after-disconnect'],
  rows: { 'close-behind': 'alone', 'fin-behind': 'fin', 'behind-publish': 'behind-publish' },
  async run(t) {
    const watching = await watcher(t);
    const other = await t.connect({ will: theWill(t) });
    await other.reset();
    await watching.expect(came(t));
    const client = await t.connect({ will: theWill(t) });
    if (t.row === 'alone') await client.disconnect();
    else {
      const before = t.packet.publish(t.topic('x'), 'last words');
      await client.sendJoined(...(t.row === 'fin' ? [] : [before]), t.packet.disconnect());
      await client.fin();
    }
    await client.link.waitForEnd(t.timing.replyMs);
    await client.settle();
    await nothingComes(t, watching);
  },
});

export const disconnectForms = defineCase<readonly number[]>({
  title: 'a DISCONNECT in its short forms is one with code 0x00: the will is dropped',
  verifies: { '5.0': ['R-3.14.2.1-1', 'MQTT-3.14.4-3'] },
  caughtBy: ['delivers-will-after-disconnect'],
  rows: { 'no-bytes': [0xe0, 0], 'one-byte': [0xe0, 1, 0], 'two-bytes': [0xe0, 2, 0, 0] },
  async run(t) {
    const watching = await watcher(t);
    const other = await t.connect({ will: theWill(t) });
    await other.reset();
    await watching.expect(came(t));
    const client = await t.connect({ will: theWill(t) });
    await client.send(Uint8Array.from(t.row));
    await client.close();
    await client.link.waitForEnd(t.timing.replyMs);
    await client.settle();
    await nothingComes(t, watching);
  },
});

export const once = defineCase({
  title: 'a will is published once: not again, and not for a later connection without a will',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-10#once', 'MQTT-3.1.2-12'],
    '5.0': ['MQTT-3.1.2-10#once'],
  },
  caughtBy: ['will-published-twice'],
  async run(t) {
    const watching = await watcher(t);
    for (let round = 1; round <= 3; round += 1) {
      const client = await connectLasting(t, { will: theWill(t) });
      await client.reset();
      await watching.expect(came(t));
      const again = await t.connect(lasting(t, { clientId: client.id }));
      await again.reset();
    }
    await t.sleep(300);
    await nothingComes(t, watching);
  },
});

export const ofTheLastConnect = defineCase({
  title: 'the will is that of the connection that ends, not of an earlier one',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-8#stored-if-accepted', 'MQTT-3.1.2-10#after-disconnect'],
    '5.0': ['MQTT-3.1.2-7', 'MQTT-3.1.2-10#after-disconnect'],
  },
  caughtBy: ['resumed-session-without-will'],
  async run(t) {
    const watching = await watcher(t);
    const first = await connectLasting(t, { will: t.will(t.topic('will'), 'first') });
    await leave(first);
    const second = await t.connect(lasting(t, { clientId: first.id, will: t.will(t.topic('will'), 'second') }));
    await second.reset();
    await watching.expectNotBefore(message(t.topic('will'), 'first'), message(t.topic('will'), 'second'));
  },
});

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
    const client = await t.connect({ will: t.will(t.topic('will'), '') });
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

export const notOfRefused = defineCase({
  title: 'the will of a CONNECT that is refused is never published',
  verifies: { '3.1.1': ['MQTT-3.1.2-8#stored-if-accepted'], '5.0': ['MQTT-3.1.4-6'] },
  caughtBy: ['will-of-refused-connect'],
  needs: ['reaction'],
  async run(t) {
    const watching = await watcher(t);
    const twin = await t.connect({ will: theWill(t) });
    await twin.reset();
    await watching.expect(came(t));
    const client = await t.open();
    const refused =
      t.version === '5.0'
        ? { properties: { authenticationMethod: 'mqttspec-nobody-knows-this' } }
        : { clientId: '', cleanStart: false };
    await client.send(t.packet.connect({ clientId: client.id, will: theWill(t), ...refused }));
    const closes = t.version === '5.0' ? '5.0/MQTT-4.12.0-1#close' : '3.1.1/MQTT-3.1.3-8#close';
    await client.expect(ended(), { breaks: closes });
    await client.settle();
    await nothingComes(t, watching);
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
    const ending = await client.link.waitForEnd(t.timing.settleMs + 200);
    if (ending !== undefined) client.link.claimEnd();
    else {
      await client.expect(connack());
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
