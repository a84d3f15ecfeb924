/** RFC 6455 §7.1.7, MQTT §4.8 and §4.13: how the server ends a connection on which something was wrong. */
import { connack, defineCase, disconnect, encode, ended, message, mutations, printEnding } from '#kit';

/** Connections on which the same is tried. */
const TIMES = 5;

export const failCloseFrame = defineCase({
  title: 'who breaks the protocol of WebSocket gets a Close with a fitting code before TCP ends',
  verifies: { transport: ['ws/close/fail-close-frame'] },
  caughtBy: ['bare-fin-on-broken-frame'],
  needs: ['reaction'],
  async run(t) {
    const [client, twin] = [await t.connect(), await t.connect()];
    await client.sendFrame(t.frame('binary', encode(t.packet.pingreq, t.version), { opcode: 3 }));
    const ending = await client.expect(ended({ tcp: true }), { breaks: 'ws/frame/reserved-data-opcode' });
    await t.roundTrip(twin, twin);
    t.check(ending.closeFrame, 'TCP ended without a Close frame', { actual: printEnding(ending) });
    const fitting = ending.closeCode !== undefined && FITTING.has(ending.closeCode);
    t.check(fitting, 'the code of the Close does not fit', { expected: 'Close 1002', actual: printEnding(ending) });
  },
});

const FITTING: ReadonlySet<number> = new Set([1002, 1003, 1007, 1008, 1009]);

export const failStopsReading = defineCase({
  title: 'what comes behind a frame that breaks the protocol is not served',
  verifies: { transport: ['ws/close/fail-stops-reading'] },
  caughtBy: ['serves-behind-broken-frame'],
  needs: ['reaction'],
  async run(t) {
    const [client, twin, watcher] = [await t.connect(), await t.connect(), await t.connect()];
    await watcher.subscribe(t.topic());
    const behind = encode(t.packet.publish(t.topic(), 'behind'), t.version);
    await client.sendTogether(t.frame('binary', '', { opcode: 3 }), t.frame('binary', behind));
    await client.expect(ended({ tcp: true }), { breaks: 'ws/frame/reserved-data-opcode' });
    await twin.publish(t.topic(), 'sentinel');
    await watcher.expectNotBefore(message(t.topic(), 'behind'), message(t.topic(), 'sentinel'));
  },
});

export const answersBeforeClose = defineCase({
  title: 'what came before a frame that breaks the protocol is answered before the Close, or not at all',
  verifies: { transport: ['ws/close/no-data-after-server-close'] },
  caughtBy: ['data-after-close'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const ping = encode(t.packet.pingreq, t.version);
    // The order may depend on how the broker's threads run: what is wrong at times is wrong.
    for (let time = 0; time < TIMES; time += 1) {
      const client = await t.connect();
      client.wellBehaved = false;
      await client.sendTogether(t.frame('binary', ping), t.frame('binary', '', { opcode: 3 }));
      await client.expect(ended({ tcp: true }), { breaks: 'ws/frame/reserved-data-opcode' });
    }
    await t.roundTrip(twin, twin);
  },
});

export const mqttErrorCloses = defineCase({
  title: 'after an error of MQTT the connection ends, TCP too',
  verifies: {
    transport: ['ws/close/mqtt-error-closes'],
    '3.1.1': ['MQTT-4.8.0-1'],
    '5.0': ['MQTT-4.13.1-1'],
  },
  caughtBy: ['stays-open-after-mqtt-error'],
  needs: ['reaction'],
  async run(t) {
    const [client, twin] = [await t.connect(), await t.connect()];
    await client.send(t.packet.connect({ clientId: client.id }));
    await client.expect(ended({ tcp: true }), { breaks: 'ws/close/mqtt-error-closes' });
    await t.roundTrip(twin, twin);
  },
});

export const mqttErrorEnding = defineCase({
  title: 'after an error of MQTT comes a Close frame, or only the end of TCP',
  verifies: { transport: ['ws/close/mqtt-error-close-frame'] },
  observes: ['clean', 'bare-fin-on-error'],
  needs: ['reaction'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.connect({ clientId: client.id }));
    const { closeFrame, tcp } = await client.expect(ended({ tcp: true }));
    const end = tcp === 'reset' ? 'RST' : 'FIN';
    t.observe(closeFrame ? `a Close frame, then ${end}` : `${end} without a Close frame`);
  },
});

export const mqttErrorCode = defineCase({
  title: 'the code of the Close after an error of MQTT',
  verifies: { transport: ['ws/close/mqtt-error-code'] },
  observes: ['clean', 'close-code-1008'],
  needs: ['reaction'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.connect({ clientId: client.id }));
    const ending = await client.expect(ended());
    if (!ending.closeFrame) return t.observe('no Close frame');
    t.observe(ending.closeCode === undefined ? 'Close without code' : `Close ${ending.closeCode}`);
  },
});

export const disconnectBeforeClose = defineCase({
  title: 'where the server sends DISCONNECT and Close, the packet comes first',
  verifies: {
    transport: ['ws/close/disconnect-before-close', 'ws/close/no-data-after-server-close'],
    '5.0': ['MQTT-3.14.4-1'],
  },
  caughtBy: ['disconnect-behind-close'],
  needs: ['reaction', 'optional-behaviour'],
  async run(t) {
    const [client, twin] = [await t.connect(), await t.connect()];
    await client.send(t.packet.connect({ clientId: client.id }));
    await client.expect(ended({ tcp: true }), { breaks: 'ws/close/mqtt-error-closes' });
    await t.roundTrip(twin, twin);
    const { seen } = client.link;
    const packet = seen.findIndex((event) => disconnect().claims(event));
    const close = seen.findIndex((event) => event.kind === 'frame' && event.frame.opcode === 8);
    if (packet < 0 || close < 0) t.skip('not exercised: the server does not send both');
    t.check(packet < close, 'DISCONNECT came behind the Close frame', { breaks: 'ws/close/disconnect-before-close' });
  },
});

export const refusalBeforeClose = defineCase({
  title: 'a CONNECT that is refused gets its CONNACK before the end, always or never',
  verifies: { transport: ['ws/close/connack-before-close'] },
  observes: ['clean', 'bare-close-on-bad-connect'],
  needs: ['reaction'],
  async run(t) {
    let told = 0;
    for (let time = 0; time < TIMES; time += 1) {
      const client = await t.open();
      client.wellBehaved = false;
      const connect = encode(t.packet.connect({ clientId: client.id }), t.version);
      await client.send(mutations.connectFlags(connect, 0x01));
      await client.link.waitForEnd(t.timing.graceMs, true);
      if (client.link.seen.some((event) => connack().claims(event))) told += 1;
    }
    const flickers = told > 0 && told < TIMES ? ': it is lost at times' : '';
    t.observe(`CONNACK before the end in ${told} of ${TIMES} refusals${flickers}`);
  },
});

/** Milliseconds for those who declare that they have time (`slow`); some libraries wait 30 s for the answer to a Close. */
const PATIENCE = 35_000;

export const peerSilent = defineCase({
  title: 'a Close of the server that is never answered does not keep TCP open',
  verifies: { transport: ['ws/close/peer-silent'] },
  caughtBy: ['waits-for-close-without-end'],
  needs: ['reaction', 'slow'],
  takes: 3,
  async run(t) {
    const [client, twin] = [await t.connect(), await t.connect()];
    await t.roundTrip(twin, client);
    client.wire.answersControl = false;
    await client.send(t.packet.connect({ clientId: client.id }));
    const patient = t.scope.target.declared.includes('slow');
    const within = patient ? PATIENCE : t.timing.graceMs;
    const ending = await client.link.waitForEnd(within, true);
    client.link.claimEnd();
    if (ending === undefined && !patient) {
      return t.skip(`open after ${Math.round(within)} ms; who declares \`slow\` lets it have ${PATIENCE / 1000} s`);
    }
    t.check(ending !== undefined, `TCP is still open ${PATIENCE / 1000} s after its Close`);
    await t.roundTrip(twin, twin);
  },
});
