/** Can a web page talk to this broker? Pages in Chromium, with MQTT.js and with a client on the codec of this project. */
import {
  defineCase,
  pattern,
  pingresp,
  publish,
  sameValue,
  text,
  utf8,
  type CaseContext,
  type PageClient,
  type PageLibrary,
  type SocketEnd,
  type SocketReport,
} from '#kit';
import { follow } from '../interop/flow.ts';

const LIBRARIES = { mqttjs: 'mqttjs', own: 'own' } as const satisfies Record<PageLibrary, PageLibrary>;

export const flow = defineCase<PageLibrary>({
  title: 'a page connects, subscribes, publishes, receives and leaves',
  verifies: {
    transport: ['ws/browser/connects'],
    '3.1.1': ['MQTT-3.1.4-4', 'MQTT-3.8.4-1', 'MQTT-3.3.2-3'],
    '5.0': ['MQTT-3.1.4-5', 'MQTT-3.8.4-1', 'MQTT-3.3.2-3'],
  },
  caughtBy: [
    'no-connack',
    'no-suback',
    'corrupts-payload',
    'wrong-accept-key',
    'sends-text-frames',
    'masks-own-frames',
  ],
  needs: ['browser'],
  rows: LIBRARIES,
  async run(t) {
    const tab = await t.tab();
    await follow(t, await tab.connect(t.row));
  },
});

export const subprotocol = defineCase<readonly string[]>({
  title:
    'a page that offers mqtt, alone or in a list, gets it selected, without which a browser gives the connection up',
  verifies: { transport: ['ws/subprotocol/mqtt-selected', 'ws/subprotocol/mqtt-in-list', 'ws/browser/connects'] },
  caughtBy: ['no-subprotocol-in-answer', 'answers-other-subprotocol', 'echoes-protocol-list', 'selects-first-offered'],
  needs: ['browser'],
  rows: { mqtt: ['mqtt'], list: ['mqttspec', 'mqtt'] },
  async run(t) {
    const tab = await t.tab();
    const report = await tab.socket(t.row);
    admitted(t, report);
    t.check(report.opened && report.protocol === 'mqtt', 'the browser does not get mqtt selected', {
      breaks: t.row.length === 1 ? 'ws/subprotocol/mqtt-selected' : 'ws/subprotocol/mqtt-in-list',
      expected: 'open, protocol mqtt',
      actual: printed(report),
    });
    await (await tab.connect('own')).end();
  },
});

export const large = defineCase<PageLibrary>({
  title: 'a payload of 1 MiB goes from a page through the broker and back, byte by byte',
  verifies: { transport: ['ws/frame/server-large', 'ws/browser/connects'] },
  caughtBy: ['corrupts-payload'],
  needs: ['browser', 'qos1'],
  rows: LIBRARIES,
  async run(t) {
    const size = 1_048_576;
    await takes(t, size);
    const tab = await t.tab();
    const client = await tab.connect(t.row);
    await client.subscribe(t.topic(), 1);
    await client.publish(t.topic(), pattern(size), { qos: 1 });
    const { payload } = await client.message();
    const same = sameValue(payload, pattern(size));
    t.check(same, 'the payload was altered', { expected: `${size} bytes`, actual: `${payload.length} bytes` });
    await client.end();
  },
});

export const willOfTab = defineCase<'close' | 'reload'>({
  title: 'the will of a page is published when its tab is closed or loaded again',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-8#on-close-without-disconnect'],
    '5.0': ['MQTT-3.1.2-8#on-close-without-disconnect'],
  },
  caughtBy: ['will-lost-on-close'],
  needs: ['browser'],
  over: 'websocket',
  rows: { close: 'close', reload: 'reload' },
  async run(t) {
    const watching = await t.connect();
    await watching.subscribe({ filter: t.topic('will'), qos: 1 });
    const tab = await t.tab();
    await tab.connect('own', { will: t.will(t.topic('will'), 'gone', { qos: 1 }) });
    await tab[t.row]();
    await watching.expect(publish({ topic: t.topic('will'), payload: utf8('gone') }));
  },
});

export const severalTabs = defineCase({
  title: 'what one tab publishes comes to every other tab',
  verifies: { '3.1.1': ['MQTT-4.5.0-1'], '5.0': ['MQTT-4.5.0-1'] },
  caughtBy: ['drops-qos1', 'corrupts-payload'],
  needs: ['browser', 'qos1'],
  over: 'websocket',
  async run(t) {
    const clients: PageClient[] = [];
    for (let number = 0; number < 3; number += 1) clients.push(await (await t.tab()).connect('own'));
    await Promise.all(clients.map((client) => client.subscribe(t.topic(), 1)));
    for (const [number, client] of clients.entries()) {
      await client.publish(t.topic(), `from tab ${number}`, { qos: 1 });
      const came = await Promise.all(clients.map((each) => each.message()));
      const others = came.map(({ payload }) => text(payload)).filter((payload) => payload !== `from tab ${number}`);
      t.check(others.length === 0, 'a tab got another message', { actual: others.join(', ') });
    }
    await Promise.all(clients.map((client) => client.end()));
  },
});

export const sameTab = defineCase({
  title: 'a tab that is duplicated, client identifier included, takes over from the first',
  verifies: { '3.1.1': ['MQTT-3.1.4-2'], '5.0': ['MQTT-3.1.4-3#close'] },
  caughtBy: ['takeover-keeps-old', 'takeover-ends-new'],
  needs: ['browser'],
  over: 'websocket',
  async run(t) {
    const clientId = t.clientId();
    const old = await (await t.tab()).connect('own', { clientId });
    const next = await (await t.tab()).connect('own', { clientId });
    await old.ended();
    await next.subscribe(t.topic(), 0);
    await next.publish(t.topic(), 'served');
    const { payload } = await next.message();
    t.check(text(payload) === 'served', 'another message came', { actual: text(payload) });
    await next.end();
  },
});

export const reload = defineCase({
  title: 'a page that is loaded again goes on with its session, and gets what came meanwhile',
  verifies: { '3.1.1': ['MQTT-3.1.2-4#store', 'MQTT-3.1.2-5'], '5.0': ['MQTT-3.1.2-23', 'MQTT-3.1.2-5'] },
  caughtBy: ['session-never-resumed', 'loses-offline-messages', 'session-lost-on-connection-loss'],
  needs: ['browser', 'qos1'],
  over: 'websocket',
  async run(t) {
    const session = lastingSession(t);
    const tab = await t.tab();
    const before = await tab.connect('mqttjs', session);
    await before.subscribe(t.topic(), 1);
    await tab.reload();
    await (await t.connect()).publish(t.topic(), 'meanwhile', { qos: 1 });
    const after = await tab.connect('mqttjs', session);
    t.check(after.sessionPresent, 'Session Present is 0');
    const { payload } = await after.message();
    t.check(text(payload) === 'meanwhile', 'another message came', { actual: text(payload) });
    await after.end();
  },
});

export const cutAndBack = defineCase({
  title: 'MQTT.js in a page comes back by itself when its connection is cut, and gets what came meanwhile',
  verifies: { '3.1.1': ['MQTT-3.1.2-4#store', 'MQTT-3.1.2-5'], '5.0': ['MQTT-3.1.2-23', 'MQTT-3.1.2-5'] },
  caughtBy: ['session-lost-on-connection-loss', 'resumed-session-is-deaf'],
  needs: ['browser', 'qos1'],
  over: 'websocket',
  async run(t) {
    const tab = await t.tab();
    const client = await tab.connect('mqttjs', { ...lastingSession(t), reconnectMs: 100 });
    await client.subscribe(t.topic(), 1);
    tab.cut();
    await (await t.connect()).publish(t.topic(), 'meanwhile', { qos: 1 });
    t.check(await client.again(), 'Session Present is 0');
    const { payload } = await client.message();
    t.check(text(payload) === 'meanwhile', 'another message came', { actual: text(payload) });
    await client.end();
  },
});

export const cleanClose = defineCase({
  title: 'how a page sees the end of its connection after DISCONNECT and close()',
  verifies: { transport: ['ws/browser/clean-close'] },
  observes: ['clean', 'answers-close-without-code'],
  needs: ['browser'],
  async run(t) {
    const tab = await t.tab();
    const seen = ({ code, wasClean }: SocketEnd): string => `${wasClean ? 'clean' : 'not clean'}, code ${code}`;
    const left = await (await tab.connect('own')).end();
    const closed = await (await tab.connect('own')).close();
    t.observe(`after DISCONNECT: ${seen(left)}; after close() alone: ${seen(closed)}`);
  },
});

/** Who may connect is the operator's choice: that a page may not is no fault of the broker. */
function admitted(t: CaseContext<unknown>, { status }: SocketReport): void {
  if (status === 401 || status === 403) t.skip(`the server refuses the origin of the page by ${status}`);
}

function printed({ opened, protocol, end, failure }: SocketReport): string {
  if (opened) return `open, protocol ${JSON.stringify(protocol ?? '')}`;
  return `closed with ${end?.code ?? 1006}${failure === undefined ? '' : `: ${failure}`}`;
}

/** A session that outlives its connection, and is removed at the end of the run. */
function lastingSession(t: CaseContext<unknown>) {
  const session = { clientId: t.clientId(), clean: false, sessionExpiryInterval: 300 } as const;
  t.scope.leftovers.sessions.set(session.clientId, t.version);
  return session;
}

/** Skips where the broker doesn't take so much; a 3.1.1 server can't say it. */
async function takes(t: CaseContext<unknown>, size: number): Promise<void> {
  const most = t.scope.capabilities.maximumPacketSize;
  if (most !== undefined && most < size + 1000) t.skip(`Maximum Packet Size is ${most}`);
  const prober = await t.connect();
  await prober.send(t.packet.publish(t.topic('too-large'), pattern(size)));
  await prober.send(t.packet.pingreq);
  await prober.look(pingresp());
  if (!prober.link.ended) return;
  prober.link.endExpected = true;
  t.skip('the broker ends the connection on a payload of this size');
}
