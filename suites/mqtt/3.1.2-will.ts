/** §3.1.2.5: when a will is published, and when never. */
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
    const [answer] = await Promise.all([client.look(connack()), client.link.waitForEnd(t.timing.graceMs)]);
    const accepts = answer?.kind === 'packet' && answer.packet.type === 'CONNACK' && answer.packet.reasonCode === 0;
    // Whether it may is the matter of other cases.
    if (accepts) t.skip('the server accepts what this case has refused');
    await client.expect(ended());
    await client.settle();
    await nothingComes(t, watching);
  },
});
