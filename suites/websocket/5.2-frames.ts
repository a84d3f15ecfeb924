/** RFC 6455 §5.2 and MQTT §6: frames carry a stream of packets, whatever their borders. */
import { connack, defineCase, encode, encodeFrame, ended, pattern, pingresp, publish, suback, utf8 } from '#kit';

export const packetSplit = defineCase({
  title: 'a packet that is cut over two frames at any byte is served',
  verifies: {
    transport: ['ws/frame/packet-split'],
    '3.1.1': ['MQTT-6.0.0-2#partial'],
    '5.0': ['MQTT-6.0.0-2#partial'],
  },
  caughtBy: ['needs-whole-packet-per-frame'],
  async run(t) {
    const client = await t.connect();
    const bytes = encode(t.packet.subscribe(t.topic(), 1), t.version);
    for (let at = 1; at < bytes.length; at += 1) {
      client.prepare(t.packet.subscribe(t.topic(), 1));
      await client.sendFrame(...t.cut(bytes, [at, bytes.length - at]));
      await client.expect(suback({ packetId: 1 }));
    }
  },
});

export const bytePerFrame = defineCase({
  title: 'a whole session in frames of one byte is served',
  verifies: {
    transport: ['ws/frame/byte-per-frame'],
    '3.1.1': ['MQTT-6.0.0-2#partial'],
    '5.0': ['MQTT-6.0.0-2#partial'],
  },
  caughtBy: ['needs-whole-packet-per-frame'],
  async run(t) {
    const client = await t.open();
    const say = async (packet: Parameters<typeof client.prepare>[0]): Promise<void> =>
      client.sendFrame(...t.cut(client.prepare(packet), [1]));
    await say(t.packet.connect({ clientId: client.id }));
    await client.expect(connack({ reasonCode: 0 }));
    await say(t.packet.subscribe(t.topic(), 1));
    await client.expect(suback({ packetId: 1 }));
    await say(t.packet.publish(t.topic(), 'octet by octet'));
    await client.expect(publish({ topic: t.topic(), payload: utf8('octet by octet') }));
    await say(t.packet.pingreq);
    await client.expect(pingresp());
    await say(t.packet.disconnect());
    await client.expect(ended());
  },
});

export const packetsJoined = defineCase({
  title: 'several packets in one frame are all served',
  verifies: {
    transport: ['ws/frame/packets-joined'],
    '3.1.1': ['MQTT-6.0.0-2#several'],
    '5.0': ['MQTT-6.0.0-2#several'],
  },
  caughtBy: ['first-packet-of-frame-only'],
  async run(t) {
    const client = await t.connect();
    await client.sendJoined(
      t.packet.subscribe(t.topic(), 1),
      t.packet.publish(t.topic(), 'joined', { qos: 0 }),
      t.packet.pingreq,
    );
    await client.expect(suback({ packetId: 1 }));
    await client.expect(pingresp());
    await client.expect(publish({ topic: t.topic(), payload: utf8('joined') }));
  },
});

export const joinedWithConnect = defineCase({
  title: 'CONNECT and what follows it in the same frame are all served',
  verifies: {
    transport: ['ws/frame/packets-joined'],
    '3.1.1': ['MQTT-6.0.0-2#several'],
    '5.0': ['MQTT-6.0.0-2#several'],
  },
  caughtBy: ['first-packet-of-frame-only'],
  async run(t) {
    const client = await t.open();
    await client.sendJoined(
      t.packet.connect({ clientId: client.id }),
      t.packet.subscribe(t.topic(), 1),
      t.packet.publish(t.topic(), 'joined'),
    );
    await client.expect(connack({ reasonCode: 0 }));
    await client.expect(suback({ packetId: 1 }));
    await client.expect(publish({ topic: t.topic(), payload: utf8('joined') }));
  },
});

export const manyJoined = defineCase({
  title: 'two hundred packets in one frame are all served, in their order',
  verifies: {
    transport: ['ws/frame/packets-joined'],
    '3.1.1': ['MQTT-6.0.0-2#several'],
    '5.0': ['MQTT-6.0.0-2#several'],
  },
  caughtBy: ['first-packet-of-frame-only'],
  async run(t) {
    const client = await t.connect();
    await client.subscribe(t.topic());
    const numbers = Array.from({ length: 200 }, (_, index) => `message ${index}`);
    await client.sendJoined(...numbers.map((number) => t.packet.publish(t.topic(), number)));
    for (const number of numbers) await client.expect(publish({ topic: t.topic(), payload: utf8(number) }));
  },
});

export const tailAndHead = defineCase({
  title: 'a frame with the end of one packet and the start of the next is served',
  verifies: {
    transport: ['ws/frame/tail-head-mix'],
    '3.1.1': ['MQTT-6.0.0-2#partial'],
    '5.0': ['MQTT-6.0.0-2#partial'],
  },
  caughtBy: ['needs-whole-packet-per-frame', 'first-packet-of-frame-only'],
  async run(t) {
    const client = await t.connect();
    const first = client.prepare(t.packet.subscribe(t.topic('a'), 1));
    const second = client.prepare(t.packet.subscribe(t.topic('b'), 2));
    const both = new Uint8Array([...first, ...second]);
    await client.sendFrame(...t.cut(both, [first.length - 3, 5, both.length]));
    await client.expect(suback({ packetId: 1 }));
    await client.expect(suback({ packetId: 2 }));
  },
});

export const emptyBinary = defineCase({
  title: 'an empty binary frame changes nothing',
  verifies: { transport: ['ws/frame/empty-binary'] },
  caughtBy: ['empty-frame-fatal'],
  async run(t) {
    const client = await t.open();
    await client.sendFrame(t.frame('binary'));
    await client.send(t.packet.connect({ clientId: client.id }));
    await client.expect(connack({ reasonCode: 0 }));
    await client.sendFrame(t.frame('binary'));
    await client.send(t.packet.pingreq);
    await client.expect(pingresp());
  },
});

/** Bytes; a broker may have a limit above. */
const SMALL = 4_000;

export const headerSplit = defineCase({
  title: 'a frame whose header is cut over two TCP segments at any byte is read',
  verifies: { transport: ['ws/frame/header-split'] },
  caughtBy: ['loses-split-frame-header'],
  rows: {
    short: { payload: 3, header: 6 },
    '16-bit-length': { payload: 200, header: 8 },
    '64-bit-length': { payload: 70_000, header: 14 },
  },
  async run(t) {
    const client = await t.connect();
    await client.subscribe(t.topic());
    const whole = await t.stream({
      from: client,
      to: client,
      topic: t.topic(),
      payloads: [pattern(t.row.payload)],
      limitAbove: SMALL,
    });
    if (whole !== undefined) t.skip(`the broker takes no message of ${whole} bytes, in whatever segments`);
    for (let at = 1; at < t.row.header; at += 1) {
      const payload = pattern(t.row.payload, at);
      const bytes = encodeFrame(t.frame('binary', client.prepare(t.packet.publish(t.topic(), payload))));
      client.wire.sendRaw(bytes.slice(0, at), `${at} bytes of a frame header`);
      // What is written at once may leave in one segment.
      await t.sleep(2);
      client.wire.sendRaw(bytes.slice(at), 'the rest of the frame');
      await client.expect(publish({ topic: t.topic(), payload }));
    }
  },
});

export const maskZero = defineCase({
  title: 'a masking key of zeros is as good as any',
  verifies: { transport: ['ws/frame/mask-zero'] },
  caughtBy: ['refuses-zero-mask'],
  async run(t) {
    const client = await t.connect();
    await client.sendFrame(t.frame('binary', client.prepare(t.packet.pingreq), { maskingKey: new Uint8Array(4) }));
    await client.expect(pingresp());
  },
});

export const maskReused = defineCase({
  title: 'frames that all have the same masking key are served, or end the connection',
  verifies: { transport: ['ws/frame/mask-reused'] },
  observes: ['clean', 'refuses-repeated-masking-key'],
  async run(t) {
    const client = await t.connect();
    const { maskingKey = new Uint8Array(4) } = t.frame('binary');
    client.wellBehaved = false;
    for (let time = 0; time < 5; time += 1) {
      await client.sendFrame(t.frame('binary', client.prepare(t.packet.pingreq), { maskingKey }));
    }
    let served = 0;
    while (served < 5 && (await client.look(pingresp())) !== undefined) served += 1;
    t.observe(`${served} of five frames with one masking key are served`);
  },
});

export const unmasked = defineCase({
  title: 'a client frame without a mask ends the connection, and its packet is not served',
  verifies: { transport: ['ws/frame/unmasked'] },
  caughtBy: ['accepts-unmasked'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    const { maskingKey: _, ...bare } = t.frame('binary', encode(t.packet.pingreq, t.version));
    await client.sendFrame(bare);
    await client.expect(ended());
    await twin.ping();
  },
});

export const textConnect = defineCase({
  title: 'a CONNECT in a text frame ends the connection without CONNACK',
  verifies: {
    transport: ['ws/frame/text-connect'],
    '3.1.1': ['MQTT-6.0.0-1#close-other'],
    '5.0': ['MQTT-6.0.0-1#close-other'],
  },
  caughtBy: ['serves-text-frames', 'ignores-text-frames'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.open();
    await client.sendFrame(t.frame('text', encode(t.packet.connect({ clientId: client.id }), t.version)));
    await client.expect(ended());
    await twin.ping();
  },
});

export const textLater = defineCase({
  title: 'a text frame on a connection that is served ends it',
  verifies: {
    transport: ['ws/frame/text-later'],
    '3.1.1': ['MQTT-6.0.0-1#close-other'],
    '5.0': ['MQTT-6.0.0-1#close-other'],
  },
  caughtBy: ['serves-text-frames', 'ignores-text-frames'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.sendFrame(t.frame('text', encode(t.packet.pingreq, t.version)));
    await client.expect(ended());
    await twin.ping();
  },
});

export const textEmpty = defineCase({
  title: 'an empty text frame ends the connection',
  verifies: {
    transport: ['ws/frame/text-empty'],
    '3.1.1': ['MQTT-6.0.0-1#close-other'],
    '5.0': ['MQTT-6.0.0-1#close-other'],
  },
  caughtBy: ['serves-text-frames', 'ignores-text-frames'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.sendFrame(t.frame('text'));
    await client.expect(ended({ tcp: true }));
    await twin.ping();
  },
});

export const textFragmented = defineCase({
  title: 'a text message in fragments ends the connection',
  verifies: {
    transport: ['ws/frame/text-fragmented'],
    '3.1.1': ['MQTT-6.0.0-1#close-other'],
    '5.0': ['MQTT-6.0.0-1#close-other'],
  },
  caughtBy: ['serves-text-frames', 'ignores-text-frames'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.sendFrame(...t.fragments(encode(t.packet.pingreq, t.version), [1], 'text'));
    await client.expect(ended({ tcp: true }));
    await twin.ping();
  },
});

export const reservedBits = defineCase({
  title: 'a reserved bit that no extension gave a meaning ends the connection',
  verifies: { transport: ['ws/frame/rsv1', 'ws/frame/rsv2', 'ws/frame/rsv3'] },
  caughtBy: ['accepts-rsv'],
  needs: ['reaction'],
  rows: {
    rsv1: { bit: { rsv1: true }, breaks: 'ws/frame/rsv1' },
    rsv2: { bit: { rsv2: true }, breaks: 'ws/frame/rsv2' },
    rsv3: { bit: { rsv3: true }, breaks: 'ws/frame/rsv3' },
  } as const,
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.sendFrame(t.frame('binary', encode(t.packet.pingreq, t.version), t.row.bit));
    await client.expect(ended(), { breaks: t.row.breaks });
    await twin.ping();
  },
});

export const reservedDataOpcodes = defineCase({
  title: 'a frame with a reserved data opcode ends the connection',
  verifies: { transport: ['ws/frame/reserved-data-opcode'] },
  caughtBy: ['accepts-reserved-opcode'],
  needs: ['reaction'],
  rows: { '3': 3, '4': 4, '5': 5, '6': 6, '7': 7 },
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.sendFrame(t.frame('binary', encode(t.packet.pingreq, t.version), { opcode: t.row }));
    await client.expect(ended());
    await twin.ping();
  },
});

export const reservedControlOpcodes = defineCase({
  title: 'a frame with a reserved control opcode ends the connection',
  verifies: { transport: ['ws/frame/reserved-control-opcode'] },
  caughtBy: ['accepts-reserved-opcode'],
  needs: ['reaction'],
  rows: { b: 11, c: 12, d: 13, e: 14, f: 15 },
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.sendFrame(t.frame('ping', '', { opcode: t.row }));
    await client.expect(ended());
    await twin.ping();
  },
});
