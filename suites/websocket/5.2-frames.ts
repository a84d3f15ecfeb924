/** RFC 6455 §5.2 and MQTT §6: frames carry a stream of packets, whatever their borders. */
import { connack, defineCase, encode, ended, pingresp, publish, suback, utf8 } from '#kit';

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
    await client.sendFrame(...t.cut(client.prepare(t.packet.connect({ clientId: client.id })), [1]));
    await client.expect(connack({ reasonCode: 0 }));
    await client.sendFrame(...t.cut(client.prepare(t.packet.pingreq), [1]));
    await client.expect(pingresp());
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
