/** RFC 6455 §5.5: Ping and Pong. */
import { defineCase, ended, pattern, pingresp, pong, publish, utf8, type Matcher } from '#kit';

export const pingAnswered = defineCase({
  title: 'a Ping is answered by a Pong with the same payload',
  verifies: { transport: ['ws/ping/answered', 'ws/ping/same-payload'] },
  caughtBy: ['no-pong', 'pong-other-payload', 'pong-empty'],
  rows: { empty: '', short: 'a', text: 'mqttspec', longest: 'x'.repeat(125) },
  async run(t) {
    const client = await t.connect();
    await client.sendFrame(t.frame('ping', t.row));
    await client.expect(pong(utf8(t.row)), { breaks: 'ws/ping/same-payload' });
  },
});

export const pingBeforeConnect = defineCase({
  title: 'a Ping is answered before CONNECT, too',
  verifies: { transport: ['ws/ping/answered'] },
  caughtBy: ['no-pong-before-connect'],
  async run(t) {
    const client = await t.open();
    await client.sendFrame(t.frame('ping', 'early'));
    await client.expect(pong(utf8('early')));
  },
});

const PINGS = ['first', 'second', 'third', 'fourth', 'last'];

/** A Pong of a payload, whatever others come before it. */
const pongOf = (payload: string): Matcher => {
  const { claims, judge, print } = pong(utf8(payload));
  return { claims: (event) => claims(event) && judge(event) === undefined, judge, print };
};

export const lastPingAnswered = defineCase({
  title: 'of several Pings at least the last is answered',
  verifies: { transport: ['ws/ping/last-answered'] },
  caughtBy: ['no-pong', 'pong-for-first-ping', 'pong-other-payload'],
  async run(t) {
    const client = await t.connect();
    await client.sendTogether(...PINGS.map((payload) => t.frame('ping', payload)));
    await client.expect(pongOf('last'));
    const others = client.link.seen.filter(
      (event) => pong().claims(event) && !PINGS.some((p) => pongOf(p).claims(event)),
    );
    t.check(others.length === 0, 'a Pong answers none of the Pings', { breaks: 'ws/ping/same-payload' });
  },
});

const LOAD = 500;

export const pingUnderLoad = defineCase({
  title: 'a Ping is answered soon while messages flow',
  verifies: { transport: ['ws/ping/under-load'] },
  caughtBy: ['late-pong', 'no-pong'],
  async run(t) {
    const [publisher, client] = [await t.connect(), await t.connect()];
    await client.subscribe(t.topic());
    const payload = pattern(1_000);
    const publishes = Array.from({ length: LOAD }, () => t.packet.publish(t.topic(), payload));
    for (const packet of publishes) await publisher.sendQuietly(packet);
    await client.sendFrame(t.frame('ping', 'under load'));
    await client.expect(pong(utf8('under load')), { within: t.timing.graceMs });
    // QoS 0 under load may be lost; that the load flowed is enough.
    await client.expect(publish({ topic: t.topic(), payload }));
    await publisher.ping();
    client.wellBehaved = false;
  },
});

export const pingOversized = defineCase({
  title: 'a Ping of more than 125 bytes ends the connection',
  verifies: { transport: ['ws/ping/oversized'] },
  caughtBy: ['answers-oversized-ping'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.sendFrame(t.frame('ping', pattern(126)));
    await client.expect(ended({ tcp: true }));
    await t.roundTrip(twin, twin);
  },
});

export const pingFragmented = defineCase({
  title: 'a Ping with FIN 0 ends the connection',
  verifies: { transport: ['ws/ping/fragmented'] },
  caughtBy: ['answers-fragmented-ping'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.sendFrame(t.frame('ping', 'cut', { fin: false }));
    await client.expect(ended({ tcp: true }));
    await t.roundTrip(twin, twin);
  },
});

export const unsolicitedPong = defineCase({
  title: 'a Pong that nobody asked for changes nothing',
  verifies: { transport: ['ws/pong/unsolicited'] },
  caughtBy: ['pong-fatal'],
  async run(t) {
    const client = await t.connect();
    await client.sendFrame(t.frame('pong', 'unasked'), t.frame('pong'));
    await client.send(t.packet.pingreq);
    await client.expect(pingresp());
  },
});

/** Milliseconds: what is slower than this is not waited for in a run. */
const PATIENCE = 3_000;

export const serverPings = defineCase({
  title: 'Pings of the server, and what happens when they go unanswered',
  verifies: { transport: ['ws/ping/server-interval'] },
  observes: ['clean', 'sends-pings'],
  needs: ['slow'],
  takes: PATIENCE / 1000,
  async run(t) {
    const client = await t.connect();
    client.wire.answersControl = false;
    client.wellBehaved = false;
    const begin = t.scope.clock.now();
    while (!client.link.ended && t.scope.clock.now() - begin < PATIENCE) {
      await t.sleep(500);
      await client.send(t.packet.pingreq);
    }
    const pings = client.link.seen.filter((event) => event.kind === 'frame' && event.frame.opcode === 9).length;
    const gone = client.link.ended ? 'the connection ended' : 'the connection lives';
    t.observe(
      pings === 0 ? `no Ping within ${PATIENCE / 1000} s` : `Pings within ${PATIENCE / 1000} s, unanswered: ${gone}`,
    );
  },
});
