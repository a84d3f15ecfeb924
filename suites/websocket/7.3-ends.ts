/** RFC 6455 §7 seen from MQTT: takeover, wills, sessions and each way in which a WebSocket connection ends. */
import {
  connack,
  defineCase,
  ended,
  message,
  pingresp,
  printEnding,
  publish,
  utf8,
  type CaseContext,
  type Client,
} from '#kit';

export const takeoverCloses = defineCase({
  title: 'a takeover ends the old WebSocket connection, TCP too',
  verifies: { transport: ['ws/close/takeover'], '3.1.1': ['MQTT-3.1.4-2'], '5.0': ['MQTT-3.1.4-3#close'] },
  caughtBy: ['takeover-keeps-old'],
  async run(t) {
    const old = await t.connect();
    const client = await t.connect({ clientId: old.id });
    await old.expect(ended({ tcp: true }));
    await t.roundTrip(client, client);
  },
});

export const willOnClose = defineCase({
  title: 'a Close of WebSocket is no DISCONNECT: the will is published',
  verifies: {
    transport: ['ws/close/will-on-close'],
    '3.1.1': ['MQTT-3.1.2-8#on-close-without-disconnect'],
    '5.0': ['MQTT-3.1.2-8#on-close-without-disconnect'],
  },
  caughtBy: ['will-lost-on-close', 'will-lost-on-websocket'],
  async run(t) {
    const [client, watcher] = await withWill(t);
    await client.close(1000);
    await watcher.expect(publish({ topic: t.topic('will'), payload: utf8('will') }), { within: t.timing.graceMs });
  },
});

export const willOnFin = defineCase({
  title: 'FIN without Close is a failure of the network: the will is published',
  verifies: {
    transport: ['ws/close/fin-without-close'],
    '3.1.1': ['MQTT-3.1.2-8#on-network-failure'],
    '5.0': ['MQTT-3.1.2-8#on-network-failure'],
  },
  caughtBy: ['will-lost-on-connection-loss', 'will-lost-on-websocket'],
  async run(t) {
    const [client, watcher] = await withWill(t);
    await client.fin();
    await watcher.expect(publish({ topic: t.topic('will'), payload: utf8('will') }), { within: t.timing.graceMs });
  },
});

export const willOnReset = defineCase({
  title: 'a reset is a failure of the network: the will is published',
  verifies: {
    transport: ['ws/close/reset'],
    '3.1.1': ['MQTT-3.1.2-8#on-network-failure'],
    '5.0': ['MQTT-3.1.2-8#on-network-failure'],
  },
  caughtBy: ['will-lost-on-connection-loss', 'will-lost-on-websocket'],
  async run(t) {
    const [client, watcher] = await withWill(t);
    await client.reset();
    await watcher.expect(publish({ topic: t.topic('will'), payload: utf8('will') }), { within: t.timing.graceMs });
  },
});

export const noWillAfterDisconnect = defineCase({
  title: 'DISCONNECT and then Close: the will is not published',
  verifies: {
    transport: ['ws/close/no-will-after-disconnect'],
    '3.1.1': ['MQTT-3.14.4-3'],
    '5.0': ['MQTT-3.14.4-3'],
  },
  caughtBy: ['delivers-will-after-disconnect'],
  async run(t) {
    const [client, watcher] = await withWill(t);
    const twin = await t.connect();
    await client.disconnect();
    await client.link.waitForEnd(t.timing.graceMs, true);
    await twin.publish(t.topic('will'), 'sentinel');
    await watcher.expectNotBefore(message(t.topic('will'), 'will'), message(t.topic('will'), 'sentinel'));
  },
});

export const willWithDisconnect04 = defineCase({
  title: 'DISCONNECT 0x04 and then Close: the will is published',
  verifies: { transport: ['ws/close/will-with-disconnect-04'], '5.0': ['MQTT-3.1.2-8#on-disconnect-04'] },
  caughtBy: ['will-lost-on-disconnect-04'],
  async run(t) {
    const [client, watcher] = await withWill(t);
    await client.disconnect(0x04);
    await watcher.expect(publish({ topic: t.topic('will'), payload: utf8('will') }), { within: t.timing.graceMs });
  },
});

export const sessionKept = defineCase({
  title: 'a session that has to be kept outlives a reset of its connection',
  verifies: { transport: ['ws/close/session-kept'], '3.1.1': ['MQTT-3.1.2-4#store'], '5.0': ['MQTT-3.1.2-23'] },
  caughtBy: ['session-not-kept', 'session-lost-on-connection-loss', 'session-never-resumed'],
  async run(t) {
    const client = await t.connect(t.keepsSession());
    await client.subscribe(t.topic());
    await client.reset();
    const again = await t.open({ clientId: client.id });
    await again.send(t.packet.connect({ clientId: client.id, ...t.keepsSession() }));
    await again.expect(connack({ reasonCode: 0, sessionPresent: true }));
    const twin = await t.connect();
    await twin.publish(t.topic(), 'to the old subscription');
    await again.expect(publish({ topic: t.topic(), payload: utf8('to the old subscription') }));
  },
});

export const halfClose = defineCase({
  title: 'a client that has ended its side of TCP still gets its answer, or not',
  verifies: { transport: ['ws/close/half-close'] },
  observes: ['clean', 'resets-half-closed-connections'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.pingreq);
    await client.fin();
    const answer = await client.look(pingresp());
    await client.link.waitForEnd(t.timing.graceMs, true);
    const came = answer === undefined ? 'no PINGRESP' : 'PINGRESP';
    t.observe(`${came}, then ${printEnding(client.link.ending)}`);
  },
});

/** Upgrades that nobody uses, and how many of them are open at once. */
const ABANDONED = 600;
const AT_ONCE = 50;

export const abandonedUpgrades = defineCase({
  title: 'after hundreds of upgrades that nobody used a client is served',
  verifies: { transport: ['ws/close/abandoned-upgrades'] },
  observes: ['clean', 'limits-upgrades'],
  needs: ['destructive'],
  risk: 'destructive',
  exclusive: 'it opens hundreds of connections',
  takes: 3,
  async run(t) {
    let accepted = 0;
    for (let begun = 0; begun < ABANDONED; begun += AT_ONCE) {
      const clients: Client[] = [];
      for (let index = 0; index < AT_ONCE; index += 1) clients.push((await t.request({ within: 0 })).client);
      const waits = (): boolean => clients.some(({ answers, link }) => answers.length === 0 && !link.ended);
      for (let time = 0; time < 100 && waits(); time += 1) await t.sleep(20);
      accepted += clients.filter(({ answers }) => answers[0]?.status === 101).length;
      for (const { wire } of clients) wire.abandon();
    }
    const last = await t.request();
    const then = last.status === 101 ? 'a client is served' : 'a client is refused';
    if (last.status === 101) await t.roundTrip(await t.connect(), await t.connect());
    t.observe(`${accepted} of ${ABANDONED} abandoned upgrades were accepted, then ${then}`);
  },
});

/** A client whose will a watcher waits for. */
async function withWill(t: CaseContext): Promise<readonly [client: Client, watcher: Client]> {
  const watcher = await t.connect();
  await watcher.subscribe(t.topic('will'));
  return [await t.connect({ will: t.will(t.topic('will'), 'will') }), watcher];
}
