/** RFC 6455 §5.4: messages in fragments. */
import { defineCase, encode, encodeCloseBody, ended, pingresp, pong, suback, utf8 } from '#kit';

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
  rows: { first: [0, 100], middle: [3, 0, 100], several: [0, 3, 0, 0, 100] },
  async run(t) {
    const client = await t.connect();
    const bytes = client.prepare(t.packet.subscribe(t.topic(), 1));
    await client.sendFrame(...t.fragments(bytes, t.row), t.frame('binary', encode(t.packet.pingreq, t.version)));
    await client.expect(suback({ packetId: 1 }));
    await client.expect(pingresp());
  },
});

export const emptyLastFragment = defineCase({
  title: 'an empty last fragment ends a message as any other does',
  verifies: { transport: ['ws/frame/empty-fragment'] },
  caughtBy: ['empty-fragment-fatal'],
  async run(t) {
    const client = await t.connect();
    const bytes = client.prepare(t.packet.subscribe(t.topic(), 1));
    await client.sendFrame(t.frame('binary', bytes, { fin: false }), t.frame('continuation'));
    await client.expect(suback({ packetId: 1 }));
    await client.ping();
  },
});

export const controlInside = defineCase({
  title: 'a Ping between fragments is answered, and the message is served',
  verifies: { transport: ['ws/fragment/control-inside'] },
  caughtBy: ['control-inside-fragments-fatal', 'no-pong-inside-fragments'],
  async run(t) {
    const client = await t.connect();
    const [first, second] = t.fragments(client.prepare(t.packet.subscribe(t.topic(), 1)), [4, 100]);
    if (first === undefined || second === undefined) throw new Error('two fragments were wanted');
    await client.sendFrame(first, t.frame('ping', 'inside'), t.frame('pong', 'unasked'), second);
    await client.expect(pong(utf8('inside')));
    await client.expect(suback({ packetId: 1 }));
  },
});

export const controlAtOnce = defineCase({
  title: 'a Ping between fragments is answered before the message ends',
  verifies: { transport: ['ws/fragment/control-at-once'] },
  caughtBy: ['no-pong-inside-fragments', 'late-pong'],
  async run(t) {
    const [client, twin] = [await t.connect(), await t.connect()];
    await t.roundTrip(twin, client);
    const [first, second] = t.fragments(client.prepare(t.packet.subscribe(t.topic(), 7)), [4, 100]);
    if (first === undefined || second === undefined) throw new Error('two fragments were wanted');
    await client.sendFrame(first, t.frame('ping', 'inside'));
    await client.expect(pong(utf8('inside')));
    await client.sendFrame(second);
    await client.expect(suback({ packetId: 7 }), { breaks: 'ws/fragment/control-inside' });
  },
});

export const closeInside = defineCase({
  title: 'a Close between fragments is answered, and TCP ends',
  verifies: { transport: ['ws/fragment/close-inside'] },
  caughtBy: ['ignores-close-inside-fragments'],
  async run(t) {
    const [client, twin] = [await t.connect(), await t.connect()];
    await t.roundTrip(twin, client);
    const [first] = t.fragments(encode(t.packet.pingreq, t.version), [1]);
    if (first === undefined) throw new Error('a fragment was wanted');
    await client.sendFrame(first, t.frame('close', encodeCloseBody(1000)));
    const ending = await client.expect(ended({ tcp: true }));
    t.check(ending.closeFrame, 'TCP ended without a Close frame');
    await t.roundTrip(twin, twin);
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
    client.wellBehaved = false;
    await client.sendFrame(t.frame('continuation', encode(t.packet.pingreq, t.version)));
    await client.expect(ended({ tcp: true }));
    await t.roundTrip(twin, twin);
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
    client.wellBehaved = false;
    // The frames before it hold nothing to answer: what is served of them is another matter.
    const ping = encode(t.packet.pingreq, t.version);
    const begun = t.frame('binary', ping.subarray(0, 1), { fin: false });
    await client.sendFrame(begun, t.frame('binary', ping.subarray(1)));
    await client.expect(ended({ tcp: true }));
    await t.roundTrip(twin, twin);
  },
});

export const textInside = defineCase({
  title: 'a text frame inside an unfinished binary message ends the connection',
  verifies: {
    transport: ['ws/fragment/text-inside'],
    '3.1.1': ['MQTT-6.0.0-1#close-other'],
    '5.0': ['MQTT-6.0.0-1#close-other'],
  },
  caughtBy: ['accepts-text-inside-message'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    client.wellBehaved = false;
    // The frames before it hold nothing to answer: what is served of them is another matter.
    const ping = encode(t.packet.pingreq, t.version);
    const begun = t.frame('binary', ping.subarray(0, 1), { fin: false });
    await client.sendFrame(begun, t.frame('text', ping.subarray(1)));
    await client.expect(ended({ tcp: true }));
    await t.roundTrip(twin, twin);
  },
});

export const neverEnding = defineCase({
  title: 'packets in a message that never ends are served as they come, or wait',
  verifies: { transport: ['ws/fragment/never-ending'] },
  observes: ['clean', 'waits-for-whole-messages'],
  async run(t) {
    const client = await t.connect();
    client.wellBehaved = false;
    const ping = encode(t.packet.pingreq, t.version);
    await client.sendFrame(t.frame('binary', ping, { fin: false }));
    for (let time = 1; time < 5; time += 1) await client.sendFrame(t.frame('continuation', ping, { fin: false }));
    let served = 0;
    while (served < 5 && (await client.look(pingresp())) !== undefined) served += 1;
    const open = client.link.ended ? ', then the end' : '';
    t.observe(`${served} of five packets in an unfinished message are served${open}`);
  },
});
