/** 3.1.1 §4.8, 5.0 §4.13: what follows an error, and what does not. */
import { defineCase, encode, ended, hexCode, message, mutations, publish, type CaseContext, type Sendable } from '#kit';

/** Errors of several kinds on a connection that was accepted, each without any doubt. */
const ERRORS = {
  'reserved-type': () => ({ name: 'a packet of type 0', bytes: Uint8Array.of(0x00, 0x00) }),
  'qos-3': (t) => mutations.fixedHeaderFlags(encode(t.packet.publish(t.topic(), 'x'), t.version), 0b0110),
  'second-connect': (t) => t.packet.connect(),
  'subscribe-flags': (t) => mutations.fixedHeaderFlags(encode(t.packet.subscribe(t.topic(), 1), t.version), 0b0000),
  'empty-subscribe': (t) => ({
    name: 'a SUBSCRIBE without a filter',
    bytes: t.version === '5.0' ? Uint8Array.of(0x82, 3, 0, 1, 0) : Uint8Array.of(0x82, 2, 0, 1),
  }),
  'endless-length': () => ({ name: 'five bytes of a length', bytes: Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff, 1) }),
  'ill-formed-topic': (t) =>
    mutations.withContent(
      encode(t.packet.publish(t.topic(), 'x'), t.version),
      'publish.topic',
      Uint8Array.of(0x61, 0xc0, 0xaf),
      t.version,
    ),
  'cut-short': () => ({ name: 'a PUBLISH that ends within its topic', bytes: Uint8Array.of(0x30, 3, 0, 9, 0x61) }),
} as const satisfies Record<string, (t: CaseContext<unknown>) => Sendable>;

const ROWS = Object.fromEntries(Object.keys(ERRORS).map((name) => [name, name])) as {
  readonly [E in keyof typeof ERRORS]: E;
};

export const closes = defineCase({
  title: 'a malformed packet or protocol error ends the connection it came on',
  verifies: { '3.1.1': ['MQTT-4.8.0-1'], '5.0': ['MQTT-4.13.1-1'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction'],
  rows: ROWS,
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.send(ERRORS[t.row](t as CaseContext<unknown>));
    await client.expect(ended());
    await twin.ping();
  },
});

export const harmsNobody = defineCase({
  title: 'an error of one client has no effect on others',
  verifies: { '5.0': ['R-4.13.2-1'] },
  caughtBy: ['bad-client-harms-others'],
  needs: ['reaction'],
  rows: ROWS,
  async run(t) {
    const [one, other] = [await t.connect(), await t.connect()];
    await one.subscribe(t.topic('one'));
    await other.subscribe(t.topic('other'));
    const client = await t.connect();
    client.wellBehaved = false;
    client.link.endExpected = true;
    await client.send(ERRORS[t.row](t as CaseContext<unknown>));
    await client.link.waitForEnd(Math.min(500, t.timing.graceMs));
    await one.publish(t.topic('other'), 'x');
    await other.expect(message(t.topic('other'), 'x'));
    await other.publish(t.topic('one'), 'x');
    await one.expect(message(t.topic('one'), 'x'));
    // And whoever comes now is served like before.
    const late = await t.connect();
    await late.publish(t.topic('one'), 'late');
    await one.expect(message(t.topic('one'), 'late'));
  },
});

export const told = defineCase({
  title: 'an error after CONNECT is told by a DISCONNECT of 0x80 or above before the close',
  verifies: { '5.0': ['R-4.13.1-1'] },
  caughtBy: ['closes-without-disconnect', 'disconnect-code-below-80'],
  needs: ['reaction'],
  rows: ROWS,
  async run(t) {
    const client = await t.connect();
    await client.send(ERRORS[t.row](t as CaseContext<unknown>));
    const { reasonPacket, reasonCode = 0 } = await client.expect(ended(), { breaks: '5.0/MQTT-4.13.1-1' });
    const actual = reasonPacket === undefined ? 'no DISCONNECT' : `${reasonPacket} ${hexCode(reasonCode)}`;
    const met = reasonPacket === 'DISCONNECT' && reasonCode >= 0x80;
    t.check(met, 'the error is not told before the close', { expected: 'DISCONNECT of 0x80 or above', actual });
  },
});

export const rightCode = defineCase({
  title: 'the reason that is told is the specific one: 0x81 for malformed packets, 0x82 for protocol errors',
  verifies: { '5.0': ['R-4.13.1-3'] },
  caughtBy: ['disconnect-wrong-code'],
  needs: ['reaction'],
  rows: ROWS,
  async run(t) {
    const client = await t.connect();
    await client.send(ERRORS[t.row](t as CaseContext<unknown>));
    // Which of the two is meant is often open: they count for one another; a topic may be called invalid.
    const reason = t.row === 'ill-formed-topic' ? [0x81, 0x82, 0x90] : [0x81, 0x82];
    await client.expect(ended({ reason }), { breaks: '5.0/MQTT-4.13.1-1' });
    await t.roundTrip(await t.connect(), await t.connect());
  },
});

export const disconnectOfServer = defineCase({
  title: 'a DISCONNECT of the server has a code of its table, no Session Expiry Interval, and each property once',
  verifies: {
    '5.0': ['MQTT-3.14.2-1#server-output', 'MQTT-3.14.2-2', 'R-3.14.2.2.3-2', 'R-3.14.2.2.5-2'],
  },
  caughtBy: [
    'disconnect-unknown-code',
    'disconnect-with-session-expiry',
    'two-reason-strings',
    'two-server-references',
  ],
  needs: ['reaction'],
  async run(t) {
    const client = await t.connect();
    await client.send({ name: 'a packet of type 0', bytes: Uint8Array.of(0x00, 0x00) });
    const { reasonPacket } = await client.expect(ended(), { breaks: '5.0/MQTT-4.13.1-1' });
    const broken = t.scope.findings.list.length > 0;
    if (reasonPacket === undefined && !broken) t.skip('not exercised: no DISCONNECT was sent');
  },
});

export const nothingAfterDisconnect = defineCase({
  title: 'after its DISCONNECT the server sends nothing more, and closes',
  verifies: { '5.0': ['MQTT-3.14.4-1', 'MQTT-3.14.4-2', 'MQTT-4.13.2-1#after-disconnect'] },
  caughtBy: ['sends-after-disconnect', 'never-closes-on-error'],
  needs: ['reaction'],
  async run(t) {
    const client = await t.connect();
    await client.subscribe(t.topic());
    const publisher = await t.connect();
    await client.send({ name: 'a packet of type 0', bytes: Uint8Array.of(0x00, 0x00) });
    for (let number = 1; number <= 5; number += 1) await publisher.publish(t.topic(), `${number}`);
    const { reasonPacket } = await client.expect(ended(), { breaks: '5.0/MQTT-3.14.4-2' });
    // What was delivered before the DISCONNECT is no matter of this case.
    for (let number = 1; number <= 5; number += 1) await client.look(publish({ topic: t.topic() }), 0);
    if (reasonPacket === undefined) t.skip('not exercised: no DISCONNECT was sent');
    await publisher.ping();
  },
});

export const explainsOnlyWhenAsked = defineCase({
  title: 'with Request Problem Information 0 only PUBLISH, CONNACK and DISCONNECT explain themselves',
  verifies: { '5.0': ['MQTT-3.1.2-29#not-elsewhere'] },
  caughtBy: ['explains-unasked'],
  needs: ['qos1'],
  async run(t) {
    const client = await t.connect({ properties: { requestProblemInformation: 0 } });
    client.wellBehaved = false;
    client.link.endExpected = true;
    // What may be refused: the referee looks at each answer.
    const topic = `$mqttspec/${t.topic()}`;
    await client.send(t.packet.publish(topic, 'x', { qos: 1, packetId: 5 }));
    await client.send(t.packet.unsubscribe('none', 7), t.packet.pubrel(9), t.packet.pingreq);
    // Last: some end the connection on it, and still read what lies behind it.
    await client.send(t.packet.subscribe('#/bad', 6));
    await client.link.waitForEnd(Math.min(300, t.timing.graceMs));
    const later = await t.connect({ properties: { requestProblemInformation: 0 } });
    await t.roundTrip(await t.connect(), later, { qos: 1 });
  },
});

export const severalErrors = defineCase({
  title: 'a packet with several errors is answered for any one of them',
  verifies: { '5.0': ['R-4.13.2-2'] },
  observes: ['clean', 'bare-fin-on-error'],
  needs: ['reaction'],
  over: 'websocket',
  async run(t) {
    const client = await t.connect();
    // QoS 3, a wildcard in the topic, identifier 0, and bytes that are missing.
    await client.send({ name: 'a PUBLISH with many errors', bytes: Uint8Array.of(0x36, 6, 0, 1, 0x23, 0, 0, 9) });
    const { reasonCode, closeCode } = await client.expect(ended());
    const told = reasonCode === undefined ? 'closed without a reason' : `DISCONNECT ${hexCode(reasonCode)}`;
    t.observe(`${told}, ${closeCode === undefined ? 'no Close frame' : `Close ${closeCode}`}`);
  },
});

export const noDisconnectIn311 = defineCase({
  title: 'a 3.1.1 client is never sent DISCONNECT, which only clients send in its version',
  verifies: { '3.1.1': ['MQTT-4.8.0-1'] },
  caughtBy: ['disconnect-to-311'],
  needs: ['reaction'],
  async run(t) {
    const client = await t.connect();
    await client.send({ name: 'a packet of type 0', bytes: Uint8Array.of(0x00, 0x00) });
    const { reasonPacket } = await client.expect(ended());
    t.check(reasonPacket === undefined, 'DISCONNECT was sent to a client of 3.1.1');
    await t.roundTrip(await t.connect(), await t.connect());
  },
});
