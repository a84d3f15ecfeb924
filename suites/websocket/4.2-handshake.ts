/** RFC 6455 §4.2.2: the answer to a correct opening handshake, and what comes between it and CONNECT. */
import { connack, defineCase, encodeBase64 } from '#kit';

export const acceptsValid = defineCase({
  title: 'a correct upgrade that offers mqtt is answered by 101',
  verifies: { transport: ['ws/upgrade/accepts-valid'] },
  caughtBy: ['refuses-every-upgrade'],
  async run(t) {
    await (await t.request()).served();
  },
});

export const acceptKey = defineCase({
  title: 'Sec-WebSocket-Accept is computed from the key that was sent',
  verifies: { transport: ['ws/upgrade/accept-key'] },
  caughtBy: ['wrong-accept-key', 'no-accept-key'],
  rows: {
    'rfc-example': 'dGhlIHNhbXBsZSBub25jZQ==',
    'all-zero': encodeBase64(new Uint8Array(16)),
    'all-ones': encodeBase64(new Uint8Array(16).fill(255)),
  },
  async run(t) {
    await (await t.request({ key: t.row })).served();
  },
});

export const acceptKeyOpaque = defineCase({
  title: 'the key goes into Sec-WebSocket-Accept as it was sent, not decoded and encoded again',
  verifies: { transport: ['ws/upgrade/accept-key-opaque'] },
  caughtBy: ['accept-from-decoded-key'],
  async run(t) {
    await t.connect();
    // The last character before the padding carries four unused bits: as good as refused, but never changed.
    const exchange = await t.request({ key: 'dGhlIHNhbXBsZSBub25jZR==' });
    if (exchange.status >= 300) return exchange.refused();
    exchange.expectStatus((status) => status === 101, 'HTTP 101 or an HTTP error status');
    const accept = exchange.value('Sec-WebSocket-Accept') ?? 'absent';
    t.check(accept === OPAQUE, 'Sec-WebSocket-Accept belongs to another key', { expected: OPAQUE, actual: accept });
    await exchange.served();
  },
});

/** Computed by hand from that key (RFC 6455 §1.3). */
const OPAQUE = 'Zgw8jYXtqX5qJr7MJ1Q/MqzeSRI=';

export const answerFields = defineCase({
  title: 'the 101 has Upgrade: websocket and the token Upgrade in Connection',
  verifies: { transport: ['ws/upgrade/answer-upgrade-header', 'ws/upgrade/answer-connection-header'] },
  caughtBy: ['no-upgrade-in-answer', 'no-connection-in-answer'],
  async run(t) {
    await (await t.request()).served();
  },
});

export const answerFieldsOnce = defineCase({
  title: 'no field of the 101 that must stand alone comes twice',
  verifies: { transport: ['ws/upgrade/single-answer-headers'] },
  caughtBy: ['answer-fields-twice'],
  async run(t) {
    await (await t.request()).served();
  },
});

export const bytesAfter101 = defineCase({
  title: 'a CONNECT that follows as soon as the 101 was read is served',
  verifies: { transport: ['ws/upgrade/bytes-after-101'] },
  caughtBy: ['loses-first-frame'],
  async run(t) {
    const client = (await t.request()).accepted();
    await client.send(t.packet.connect({ clientId: client.id }));
    await client.expect(connack({ reasonCode: 0 }));
    await t.roundTrip(await t.connect(), client);
  },
});

export const earlyFrame = defineCase({
  title: 'a CONNECT in one segment with the request is served, dropped, or ends the connection',
  verifies: { transport: ['ws/upgrade/early-frame'] },
  observes: ['clean', 'drops-early-frames'],
  async run(t) {
    const { client, status } = await t.request({ behind: [t.packet.connect()] });
    const answer = await client.link.take((event) => event.kind === 'packet', t.timing.replyMs);
    const seen = answer === undefined ? (client.link.ended ? 'closed' : 'dropped') : 'served';
    t.observe(status === 101 ? `101, the early CONNECT is ${seen}` : `HTTP ${status}`);
  },
});

/** Seconds for which every run waits: a test of the whole broker must not take minutes. */
const SHORT = 6;
/** Seconds that are waited where the target declares `slow`: beyond every limit that a server may call reasonable. */
const LONG = 180;

export const noConnectFollows = defineCase({
  title: 'an upgrade that no CONNECT follows ends after a while',
  verifies: { transport: ['ws/upgrade/no-connect-follows'] },
  caughtBy: ['no-limit-before-connect'],
  needs: ['slow'],
  takes: SHORT,
  async run(t) {
    await t.connect();
    const client = (await t.request()).accepted();
    const patient = t.scope.target.declared.includes('slow');
    const ending = await client.link.waitForEnd(1000 * (patient ? LONG : SHORT));
    client.link.claimEnd();
    if (ending === undefined && !patient)
      t.skip(`still open after ${SHORT} s; a target that declares slow is waited for`);
    t.check(ending !== undefined, `still open ${LONG} s after the upgrade`, { expected: 'the connection ends' });
  },
});

export const slowRequest = defineCase({
  title: 'a request that comes slowly, or never to its end, is answered, refused or ended',
  verifies: { transport: ['ws/upgrade/slow-request'] },
  observes: ['clean', 'short-limit-before-connect'],
  needs: ['slow'],
  takes: SHORT,
  rows: {
    'never-ended': { bytes: 'GET / HTTP/1.1\r\nHost: mqttspec\r\nUpgr', pieces: 100 },
    'byte-a-second': { bytes: 'GET / ', pieces: 1 },
  },
  async run(t) {
    const { bytes, pieces } = t.row;
    const start = t.scope.clock.now();
    const exchange = await t.request({
      bytes: Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)),
      pieces,
      pause: pieces === 1 ? 1000 : 0,
      within: pieces === 1 ? 1 : 1000 * SHORT,
    });
    const seconds = Math.round((t.scope.clock.now() - start) / 1000);
    const open = exchange.status === 0 && !exchange.closed;
    t.observe(open ? `still open after ${SHORT} s` : `${exchange.observation()} after about ${seconds} s`);
    await t.connect();
  },
});
