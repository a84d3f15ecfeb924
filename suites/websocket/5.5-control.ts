/** RFC 6455 §5.5: Ping, Pong and Close. */
import { closeFrame, defineCase, pong, utf8 } from '#kit';

export const pingAnswered = defineCase({
  title: 'a Ping is answered by a Pong with the same payload',
  verifies: { transport: ['ws/ping/answered', 'ws/ping/same-payload'] },
  caughtBy: ['no-pong', 'pong-other-payload'],
  rows: { empty: '', short: 'a', text: 'mqttspec', longest: 'x'.repeat(125) },
  async run(t) {
    const client = await t.connect();
    await client.sendFrame(t.frame('ping', t.row));
    await client.expect(pong(utf8(t.row)));
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

export const unsolicitedPong = defineCase({
  title: 'a Pong that nobody asked for changes nothing',
  verifies: { transport: ['ws/pong/unsolicited'] },
  caughtBy: ['pong-fatal'],
  async run(t) {
    const client = await t.connect();
    await client.sendFrame(t.frame('pong', 'unasked'));
    await client.ping();
  },
});

export const closeAnswered = defineCase({
  title: 'a Close frame is answered by a Close frame',
  verifies: { transport: ['ws/close/answered'] },
  caughtBy: ['ignores-close'],
  async run(t) {
    const client = await t.connect();
    await client.close(1000);
    await client.expect(closeFrame());
  },
});
