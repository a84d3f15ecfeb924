/** RFC 6455 §5.5.1 and §7: the client's Close, right and wrong. */
import { closeFrame, defineCase, encode, encodeCloseBody, ended, message, pattern } from '#kit';

export const closeAnswered = defineCase({
  title: 'a Close frame is answered by a Close frame',
  verifies: { transport: ['ws/close/answered'] },
  caughtBy: ['ignores-close'],
  aliases: ['control/close-answered'],
  async run(t) {
    const client = await t.connect();
    await client.close(1000);
    await client.expect(closeFrame());
  },
});

export const closeCodeEchoed = defineCase({
  title: 'the answer to a Close has the code of the Close, another one, or none',
  verifies: { transport: ['ws/close/code-echoed'] },
  observes: ['clean', 'answers-close-without-code'],
  rows: { '1000': 1000, '1001': 1001, '3000': 3000, '4999': 4999 },
  async run(t) {
    const client = await t.connect();
    await client.close(t.row);
    const ending = await client.expect(ended());
    if (!ending.closeFrame) return t.observe(`${t.row}: TCP ended without a Close frame`);
    const code = ending.closeCode ?? 'no code';
    t.observe(code === t.row ? `${t.row}: the same code` : `${t.row}: ${code}`);
  },
});

export const closeEndsTcp = defineCase({
  title: 'after both Close frames the server ends TCP',
  verifies: { transport: ['ws/close/server-closes-tcp'] },
  caughtBy: ['keeps-tcp-open-after-close'],
  async run(t) {
    const [client, twin] = [await t.connect(), await t.connect()];
    await t.roundTrip(twin, client);
    await client.close(1000);
    await client.expect(ended({ tcp: true }));
    await t.roundTrip(twin, twin);
  },
});

export const closeWithoutBody = defineCase({
  title: 'a Close without body is answered, and not by the code 1005',
  verifies: { transport: ['ws/close/empty-body', 'ws/close/reserved-code-not-sent'] },
  caughtBy: ['ignores-empty-close', 'close-code-1005'],
  async run(t) {
    const [client, twin] = [await t.connect(), await t.connect()];
    await t.roundTrip(twin, client);
    await client.sendFrame(t.frame('close'));
    const ending = await client.expect(ended({ tcp: true }));
    t.check(ending.closeFrame, 'TCP ended without a Close frame');
    await t.roundTrip(twin, twin);
  },
});

export const reservedCodeNotSent = defineCase({
  title: 'the server never sends 1005, 1006 or 1015, whatever code it is sent',
  verifies: { transport: ['ws/close/reserved-code-not-sent'] },
  caughtBy: ['close-code-1005', 'close-code-1006'],
  needs: ['reaction'],
  rows: { '1000': 1000, '1005': 1005, '1006': 1006, '1015': 1015 },
  async run(t) {
    const [client, twin, failing] = [await t.connect(), await t.connect(), await t.connect()];
    await t.roundTrip(twin, client);
    await client.sendFrame(t.frame('close', encodeCloseBody(t.row)));
    await client.link.waitForEnd(t.timing.graceMs, true);
    client.link.claimEnd();
    // The Close after an error of MQTT, too.
    await failing.send(t.packet.connect({ clientId: failing.id }));
    const over = await failing.link.waitForEnd(t.timing.graceMs, true);
    failing.link.claimEnd();
    // That a second CONNECT is served is the matter of another case.
    if (over === undefined) failing.wellBehaved = false;
    const reserved = [client, failing]
      .flatMap(({ link }) => link.ending?.closeCode ?? [])
      .filter((code) => RESERVED.has(code));
    t.check(reserved.length === 0, `the server sent Close ${reserved.join(', ')}`);
    await t.roundTrip(twin, twin);
  },
});

const RESERVED: ReadonlySet<number> = new Set([1005, 1006, 1015]);

export const serverCloseBody = defineCase({
  title: 'the body of the Close of the server is empty, or a code and a reason in UTF-8',
  verifies: { transport: ['ws/close/server-body-valid'] },
  caughtBy: ['close-reason-not-utf8'],
  needs: ['reaction'],
  async run(t) {
    const [twin, closing, broken, failing] = [
      await t.connect(),
      await t.connect(),
      await t.connect(),
      await t.connect(),
    ];
    await closing.close(1000);
    await broken.sendFrame(t.frame('binary', '', { opcode: 3 }));
    await failing.send(t.packet.connect({ clientId: failing.id }));
    const closes = [];
    for (const client of [closing, broken, failing]) {
      const over = await client.link.waitForEnd(t.timing.graceMs, true);
      client.link.claimEnd();
      if (over === undefined) client.wellBehaved = false;
      if (client.link.ending?.closeFrame === true) closes.push(client);
    }
    await t.roundTrip(twin, twin);
    if (closes.length === 0) t.skip('not exercised: the server sends no Close frame');
  },
});

interface BadClose {
  readonly breaks:
    | 'ws/close/body-1-byte'
    | 'ws/close/code-invalid'
    | 'ws/close/reason-not-utf8'
    | 'ws/close/oversized'
    | 'ws/close/fragmented';
  readonly body: Uint8Array;
  readonly fin?: boolean;
}

const badCode = (code: number): BadClose => ({ breaks: 'ws/close/code-invalid', body: encodeCloseBody(code) });

/** Closes that a client must not send; no rule says what a server does with them. */
const BAD_CLOSES: Readonly<Record<string, BadClose>> = {
  'one-byte': { breaks: 'ws/close/body-1-byte', body: Uint8Array.of(3) },
  'code-0': badCode(0),
  'code-999': badCode(999),
  'code-1004': badCode(1004),
  'code-1005': badCode(1005),
  'code-1006': badCode(1006),
  'code-1015': badCode(1015),
  'code-1016': badCode(1016),
  'code-2000': badCode(2000),
  'code-2999': badCode(2999),
  'reason-not-utf8': { breaks: 'ws/close/reason-not-utf8', body: encodeCloseBody(1000, Uint8Array.of(0xff)) },
  '126-bytes': { breaks: 'ws/close/oversized', body: encodeCloseBody(1000, 'x'.repeat(124)) },
  'not-final': { breaks: 'ws/close/fragmented', body: encodeCloseBody(1000), fin: false },
};

export const badClose = defineCase({
  title: 'a Close with a body that must not be sent ends the connection',
  verifies: {
    transport: [
      'ws/close/body-1-byte',
      'ws/close/code-invalid',
      'ws/close/reason-not-utf8',
      'ws/close/oversized',
      'ws/close/fragmented',
    ],
  },
  caughtBy: ['stays-open-after-bad-close'],
  needs: ['reaction'],
  rows: BAD_CLOSES,
  async run(t) {
    const [client, twin] = [await t.connect(), await t.connect()];
    const { breaks, body, fin = true } = t.row;
    await client.sendFrame(t.frame('close', body, { fin }));
    const answer = await client.link.waitForEnd(t.timing.graceMs);
    // Who took it for no Close at all waits for a right one behind its own.
    if (answer?.closeFrame === true) await client.sendFrame(t.frame('close', encodeCloseBody(1000)));
    await client.expect(ended({ tcp: true }), { breaks });
    await t.roundTrip(twin, twin);
  },
});

export const dataBehindClose = defineCase({
  title: 'a message behind the Close of its client is not delivered',
  verifies: { transport: ['ws/close/data-after-client-close'] },
  caughtBy: ['serves-data-after-close'],
  needs: ['reaction'],
  async run(t) {
    const [client, twin, watcher] = [await t.connect(), await t.connect(), await t.connect()];
    await watcher.subscribe(t.topic());
    const behind = encode(t.packet.publish(t.topic(), 'behind Close'), t.version);
    await client.sendTogether(t.frame('close', encodeCloseBody(1000)), t.frame('binary', behind));
    await client.expect(ended({ tcp: true }), { breaks: 'ws/close/server-closes-tcp' });
    await twin.publish(t.topic(), 'sentinel');
    await watcher.expectNotBefore(message(t.topic(), 'behind Close'), message(t.topic(), 'sentinel'));
  },
});

export const noDataBehindServerClose = defineCase({
  title: 'the server sends no data behind its own Close, though messages flow',
  verifies: { transport: ['ws/close/no-data-after-server-close'] },
  caughtBy: ['data-after-close'],
  async run(t) {
    const [client, publisher] = [await t.connect(), await t.connect()];
    await client.subscribe(t.topic());
    for (let index = 0; index < 50; index += 1) {
      await publisher.sendQuietly(t.packet.publish(t.topic(), pattern(500, index)));
      if (index === 25) await client.close(1000);
    }
    const ending = await client.expect(ended({ tcp: true }), { breaks: 'ws/close/server-closes-tcp' });
    client.wellBehaved = false;
    await t.roundTrip(publisher, publisher);
    if (!ending.closeFrame) t.skip('not exercised: the server sent no Close frame');
  },
});

export const dataBeforeClose = defineCase({
  title: 'a message before a Close in the same segment is delivered, or lost',
  verifies: { transport: ['ws/close/data-before-close'] },
  observes: ['clean', 'loses-messages-before-close'],
  async run(t) {
    const [client, twin, watcher] = [await t.connect(), await t.connect(), await t.connect()];
    await watcher.subscribe(t.topic());
    const before = encode(t.packet.publish(t.topic(), 'before Close'), t.version);
    await client.sendTogether(t.frame('binary', before), t.frame('close', encodeCloseBody(1000)));
    await client.expect(ended());
    await twin.publish(t.topic(), 'sentinel');
    const came = await watcher.look(message(t.topic(), 'before Close'), t.timing.graceMs);
    await watcher.look(message(t.topic(), 'sentinel'));
    t.observe(came === undefined ? 'the message is lost' : 'the message is delivered');
  },
});

export const pingBehindClose = defineCase({
  title: 'a Ping behind the Close of the client is answered, or not',
  verifies: { transport: ['ws/ping/after-close'] },
  observes: ['clean', 'pongs-after-close'],
  async run(t) {
    const client = await t.connect();
    client.wire.answersControl = false;
    await client.sendTogether(t.frame('close', encodeCloseBody(1000)), t.frame('ping', 'late'));
    await client.link.waitForEnd(t.timing.graceMs, true);
    client.link.claimEnd();
    const pongs = client.link.seen.filter((event) => event.kind === 'frame' && event.frame.opcode === 10);
    t.observe(pongs.length === 0 ? 'no Pong behind our Close' : 'a Pong behind our Close');
  },
});
