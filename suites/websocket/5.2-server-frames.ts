/** RFC 6455 §5.1, §5.2 and MQTT §6 for the server: its frames are judged by the referee, whatever they carry. */
import { defineCase, leave, message, pattern, pingresp, puback, publish, sameValue, type CaseContext } from '#kit';

export const plainFrames = defineCase({
  title: 'the frames of the server are binary, not masked, without reserved bits, and their lengths are written short',
  verifies: {
    transport: [
      'ws/frame/server-unmasked',
      'ws/frame/server-rsv',
      'ws/frame/server-minimal-length',
      'ws/frame/server-opcodes',
    ],
    '3.1.1': ['MQTT-6.0.0-1#server-output'],
    '5.0': ['MQTT-6.0.0-1#server-output'],
  },
  caughtBy: [
    'masks-own-frames',
    'sends-rsv1',
    'non-minimal-length-sent',
    'sends-text-frames',
    'cuts-length-to-16-bits',
  ],
  takes: 2,
  async run(t) {
    const client = await t.connect();
    await client.subscribe(t.topic());
    // Each comes in a frame of its own: around the borders at which the form of the length changes.
    const sizes = [...around(126, 40), ...around(65_536, 40)].filter((size) => size <= largest(t));
    const ended = await t.stream({
      from: client,
      to: client,
      topic: t.topic(),
      payloads: sizes.map((size) => pattern(size)),
      breaks: 'ws/frame/server-minimal-length',
      limitAbove: 4_000,
    });
    if (ended !== undefined) t.observe(`the connection ended on a payload of ${ended} bytes`);
  },
});

export const everySize = defineCase({
  title: 'a message of every size from 2 to 2,100 bytes comes out as it went in',
  verifies: {
    transport: ['ws/frame/server-large', 'ws/frame/server-minimal-length'],
  },
  caughtBy: ['corrupts-one-size-sent', 'corrupts-one-size-received'],
  takes: 2,
  async run(t) {
    const payloads = Array.from({ length: 2_099 }, (_, index) => pattern(index + 2, index));
    // Each size waits for the one before: on a long way many pairs of clients share them.
    const pairs = t.roundTrips(1) < LONG_WAY_MS ? 1 : 16;
    const shares = Array.from({ length: pairs }, (_, pair) =>
      payloads.filter((__, index) => (index >> 1) % pairs === pair),
    );
    await Promise.all(shares.map((share, pair) => bothWays(t, share, { topic: t.topic(`${pair}`) })));
  },
});

/** Milliseconds. */
const LONG_WAY_MS = 50;

/** Bytes; the last is where WebSocket changes its form, and where buffers of 16 bits end. */
const BORDERS = [4_096, 8_192, 16_384, 32_768, 65_536];
const MEBIBYTE = 1_048_576;

export const largeSizes = defineCase({
  title: 'messages around the borders of buffers, from 4 KiB to 1 MiB, come out as they went in',
  verifies: {
    transport: ['ws/frame/server-large', 'ws/frame/server-minimal-length'],
  },
  caughtBy: ['cuts-length-to-16-bits', 'cuts-bursts'],
  takes: 2,
  async run(t) {
    // With the headers of packet and frame the border lies up to 40 bytes below.
    const sizes = [...BORDERS.flatMap((border) => around(border, 40)), ...around(MEBIBYTE, 1)];
    const payloads = sizes.filter((size) => size <= largest(t)).map((size) => pattern(size, size));
    const ended = await bothWays(t, payloads, { limitAbove: 4_000 });
    if (ended !== undefined) t.observe(`the connection ended on a payload of ${ended} bytes: a limit of the broker`);
  },
});

export const retainedLarge = defineCase({
  title: 'a retained message of more than 64 KiB is framed rightly',
  verifies: { transport: ['ws/frame/server-large'] },
  caughtBy: ['cuts-length-to-16-bits', 'cuts-bursts'],
  // What is retained at QoS 0 may be forgotten at any time.
  needs: ['retain', 'qos1'],
  rows: { '70-kib': 71_680, '1-mib': MEBIBYTE },
  async run(t) {
    if (t.row > largest(t)) t.skip(`the broker takes packets of ${largest(t)} bytes at most`);
    const payload = pattern(t.row);
    const publisher = await t.connect();
    publisher.wellBehaved = false;
    await publisher.send(t.packet.publish(t.topic(), payload, { retain: true, qos: 1, packetId: 1 }));
    await publisher.send(t.packet.pingreq);
    await publisher.look(pingresp());
    await publisher.look(puback({ packetId: 1 }));
    if (publisher.link.ended) t.skip('the broker ends the connection on a message of this size');
    const client = await t.connect();
    await client.subscribe(t.topic());
    await client.expect(publish({ topic: t.topic(), payload, retain: true }), { within: t.timing.graceMs });
  },
});

/** 150 bytes each: together more than a length of 16 bits can say. */
const BURST = Array.from({ length: 1_000 }, (_, index) => pattern(150, index));

export const burst = defineCase({
  title: 'a thousand messages that waited come whole and in order',
  verifies: {
    transport: ['ws/frame/server-burst'],
  },
  caughtBy: ['cuts-bursts', 'cuts-length-to-16-bits'],
  needs: ['qos1'],
  async run(t) {
    const breaks = 'ws/frame/server-burst';
    const publisher = await t.connect();
    const away = await t.connect(t.keepsSession());
    await away.subscribe({ filter: t.topic(), qos: 1 });
    // Behind its end: what is published while its DISCONNECT is under way is delivered to it, rightly.
    await leave(away);
    await t.stream({ from: publisher, topic: t.topic(), payloads: BURST, qos: 1, window: 100 });
    const client = await t.connect({ ...t.keepsSession(), clientId: away.id });
    let next = 0;
    let came = 0;
    while (next < BURST.length) {
      const event = await client.look(publish({ topic: t.topic() }));
      if (event?.kind !== 'packet' || event.packet.type !== 'PUBLISH') break;
      const { payload } = event.packet;
      const index = BURST.findIndex((sent, at) => at >= next && sameValue(sent, payload));
      t.check(index >= 0, `after message ${next} comes one that was not sent, or not in this order`, { breaks });
      next = index + 1;
      came += 1;
    }
    // A queue has its limit; what is behind it must come nevertheless.
    await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
    await client.expect(message(t.topic(), 'sentinel'), { breaks });
    t.observe(`${came} of ${BURST.length} queued messages came`);
  },
});

type Context = CaseContext<unknown>;

/** Octets of the largest payload that is sure to fit. */
const largest = (t: Context): number => (t.scope.capabilities.maximumPacketSize ?? Number.POSITIVE_INFINITY) - 200;

/** From `below` less to `below / 10` more. */
const around = (border: number, below: number): number[] =>
  Array.from({ length: Math.ceil(below * 1.1) + 1 }, (_, index) => border - below + index);

/**
 * One half of the sizes goes one way while the other goes the other way: both directions of both connections carry each parity.
 * With `limitAbove`, others publish: a connection that ends on what it sent itself says nothing of what it was to get.
 */
async function bothWays(
  t: Context,
  payloads: readonly Uint8Array[],
  { topic = t.topic(), ...limit }: { readonly topic?: string; readonly limitAbove?: number } = {},
): Promise<number | undefined> {
  const [one, other] = [await t.connect(), await t.connect()];
  await t.roundTrip(one, other);
  await t.roundTrip(other, one);
  await one.subscribe(`${topic}/to-one`);
  await other.subscribe(`${topic}/to-other`);
  const [toOther, toOne] = limit.limitAbove === undefined ? [one, other] : [await t.connect(), await t.connect()];
  const [there, back] = await Promise.all([
    t.stream({
      from: toOther,
      to: other,
      topic: `${topic}/to-other`,
      payloads: payloads.filter((_, i) => i % 2 === 0),
      ...limit,
    }),
    t.stream({
      from: toOne,
      to: one,
      topic: `${topic}/to-one`,
      payloads: payloads.filter((_, i) => i % 2 === 1),
      ...limit,
    }),
  ]);
  await t.roundTrip(await t.connect(), await t.connect());
  return there ?? back;
}
