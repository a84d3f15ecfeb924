/** RFC 6455 §5.4: messages in fragments. */
import { defineCase, encode, ended, pingresp, pong, suback, utf8 } from '#kit';

export const supported = defineCase({
  title: 'a message in fragments is served as if it were whole',
  verifies: { transport: ['ws/fragment/supported'] },
  caughtBy: ['drops-continuations'],
  rows: { two: [3], bytes: [1], 'long-tail': [1, 1, 100] },
  async run(t) {
    const client = await t.connect();
    await client.sendFrame(...t.fragments(client.prepare(t.packet.subscribe(t.topic(), 1)), t.row));
    await client.expect(suback({ packetId: 1 }));
  },
});

export const emptyFragment = defineCase({
  title: 'empty fragments change nothing',
  verifies: { transport: ['ws/frame/empty-fragment'] },
  caughtBy: ['empty-fragment-fatal'],
  async run(t) {
    const client = await t.connect();
    const bytes = client.prepare(t.packet.subscribe(t.topic(), 1));
    await client.sendFrame(
      ...t.fragments(bytes, [0, 3, 0, 100]),
      t.frame('binary', encode(t.packet.pingreq, t.version)),
    );
    await client.expect(suback({ packetId: 1 }));
    await client.expect(pingresp());
  },
});

export const controlInside = defineCase({
  title: 'a Ping between fragments is answered, and the message is served',
  verifies: { transport: ['ws/fragment/control-inside'] },
  caughtBy: ['control-inside-fragments-fatal'],
  async run(t) {
    const client = await t.connect();
    const [first, second] = t.fragments(client.prepare(t.packet.subscribe(t.topic(), 1)), [4, 100]);
    if (first === undefined || second === undefined) throw new Error('two fragments were wanted');
    await client.sendFrame(first, t.frame('ping', 'inside'), t.frame('pong', 'unasked'), second);
    await client.expect(pong(utf8('inside')));
    await client.expect(suback({ packetId: 1 }));
  },
});

export const orphanContinuation = defineCase({
  title: 'a continuation with nothing to continue ends the connection',
  verifies: { transport: ['ws/fragment/orphan-continuation'] },
  caughtBy: ['accepts-orphan-continuation'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.sendFrame(t.frame('continuation', encode(t.packet.pingreq, t.version)));
    client.wellBehaved = false;
    await client.expect(ended());
    await twin.ping();
  },
});

export const binaryInside = defineCase({
  title: 'a new binary frame inside an unfinished message ends the connection',
  verifies: { transport: ['ws/fragment/binary-inside'] },
  caughtBy: ['accepts-binary-inside-message'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    const ping = encode(t.packet.pingreq, t.version);
    await client.sendFrame(t.frame('binary', ping, { fin: false }), t.frame('binary', ping));
    client.wellBehaved = false;
    await client.expect(ended());
    await twin.ping();
  },
});
