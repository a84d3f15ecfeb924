/** RFC 6455 §5.2, §10.4: how long frames are, and how their length is written. */
import { defineCase, encode, ended, pattern, pingresp, puback, printEnding } from '#kit';

export const lengthNotMinimal = defineCase({
  title: 'a length that is written longer than needed ends the connection',
  verifies: { transport: ['ws/frame/length-not-minimal'] },
  caughtBy: ['accepts-non-minimal-length'],
  needs: ['reaction'],
  rows: { 'short-in-16-bits': [5, 16], 'short-in-64-bits': [5, 64], '200-in-64-bits': [200, 64] } as const,
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    client.wellBehaved = false;
    const [size, lengthForm] = t.row;
    const packet = encode(t.packet.publish(t.topic(), pattern(size)), t.version);
    await client.sendFrame(
      t.frame('binary', packet, { lengthForm }),
      t.frame('binary', encode(t.packet.pingreq, t.version)),
    );
    await client.expect(ended({ tcp: true }));
    await t.roundTrip(twin, twin);
  },
});

export const lengthTopBit = defineCase({
  title: 'a 64-bit length whose top bit is set ends the connection',
  verifies: { transport: ['ws/frame/length-msb'] },
  caughtBy: ['accepts-length-msb'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    client.wellBehaved = false;
    const packet = encode(t.packet.pingreq, t.version);
    const announcedLength = 0x8000_0000_0000_0000n + BigInt(packet.length);
    await client.sendFrame(t.frame('binary', packet, { lengthForm: 64, announcedLength }));
    await client.expect(ended({ tcp: true }));
    await t.roundTrip(twin, twin);
  },
});

export const lengthHuge = defineCase({
  title: 'gigabytes that are announced and never sent harm no other client',
  verifies: { transport: ['ws/frame/length-huge'] },
  observes: ['clean', 'waits-for-huge-frames'],
  risk: 'intrusive',
  rows: { '2-gib': 0x8000_0000n, '4-gib': 0x1_0000_0000n },
  async run(t) {
    const [one, other] = [await t.connect(), await t.connect()];
    const client = await t.connect();
    client.wellBehaved = false;
    await client.sendFrame(t.frame('binary', '', { lengthForm: 64, announcedLength: t.row }));
    await t.roundTrip(one, other);
    const ending = await client.link.waitForEnd(t.timing.replyMs);
    t.observe(ending === undefined ? 'it waits, others are served' : `${printEnding(ending)}; others are served`);
  },
});

/** Bytes; the first is above the limit that several brokers begin with. */
const FRAMES = [96 * 1024, 1024 * 1024, 8 * 1024 * 1024];
const PACKET = 1_000;

export const sizeLimit = defineCase({
  title: 'a frame above the limit of the broker is served, or ends the connection',
  verifies: { transport: ['ws/frame/size-limit'] },
  observes: ['clean', 'too-large-closed-with-1008'],
  risk: 'intrusive',
  async run(t) {
    const client = await t.connect();
    client.wellBehaved = false;
    // Small packets, so that no limit of MQTT is met.
    const packet = encode(t.packet.publish(t.topic(), pattern(PACKET)), t.version);
    for (const size of FRAMES) {
      const frame = new Uint8Array(Math.ceil(size / packet.length) * packet.length);
      for (let at = 0; at < frame.length; at += packet.length) frame.set(packet, at);
      await client.sendFrame(t.frame('binary', frame));
      await client.send(t.packet.pingreq);
      if ((await client.look(pingresp(), t.timing.graceMs)) !== undefined) continue;
      return t.observe(`${size / 1024} KiB: ${printEnding(client.link.ending)}`);
    }
    t.observe('8 MiB are served');
  },
});

/** More is not sent, whatever is promised. */
const MOST_SENT = 16 * 1024 * 1024;

export const promisedSize = defineCase({
  title: 'a packet of the Maximum Packet Size that CONNACK promised passes, in one frame and in many',
  verifies: { transport: ['ws/frame/limit-and-packet-size'] },
  caughtBy: ['frame-limit-below-packet-size'],
  needs: ['max-packet-advertised', 'qos1'],
  risk: 'intrusive',
  rows: { 'one-frame': Number.POSITIVE_INFINITY, 'many-frames': 50_000 },
  async run(t) {
    const client = await t.connect();
    const promised = client.connack?.properties?.maximumPacketSize;
    if (promised === undefined) return t.skip('CONNACK promises no size');
    const empty = encode(t.packet.publish(t.topic(), pattern(MOST_SENT), { qos: 1, packetId: 1 }), t.version);
    const overhead = empty.length - MOST_SENT;
    const payload = pattern(Math.min(promised, MOST_SENT) - overhead);
    const bytes = client.prepare(t.packet.publish(t.topic(), payload, { qos: 1, packetId: 1 }));
    await client.sendFrame(...t.cut(bytes, [Math.min(t.row, bytes.length)]));
    await client.expect(puback({ packetId: 1 }), { within: t.timing.graceMs });
  },
});
