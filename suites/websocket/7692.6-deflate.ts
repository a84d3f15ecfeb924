/** RFC 7692 §6, §7.2: messages on a connection that agreed to permessage-deflate. */
import {
  connack,
  defineCase,
  ended,
  pattern,
  pingresp,
  pubcomp,
  publish,
  pubrec,
  suback,
  utf8,
  type CaseContext,
  type Client,
  type ConnectOptions,
  type FrameToSend,
} from '#kit';

const PLAIN = 'permessage-deflate';

export const compressedInput = defineCase({
  title: 'compressed messages are read, from CONNECT on',
  verifies: { transport: ['ws/deflate/compressed-input'] },
  caughtBy: ['deflate-compressed-messages-dropped'],
  needs: ['deflate'],
  async run(t) {
    const client = await t.open({ upgrade: { extensions: PLAIN }, compress: true });
    agreed(t, client);
    await client.send(t.packet.connect({ clientId: client.id }));
    await client.expect(connack({ reasonCode: 0 }));
    await client.send(t.packet.subscribe(t.topic(), 1));
    await client.expect(suback({ packetId: 1 }));
    await client.send(t.packet.publish(t.topic(), 'compressed'));
    await client.expect(publish({ topic: t.topic(), payload: utf8('compressed') }));
  },
});

export const uncompressedInput = defineCase({
  title: 'uncompressed messages are still read',
  verifies: { transport: ['ws/deflate/uncompressed-input'] },
  caughtBy: ['deflate-plain-messages-fatal'],
  needs: ['deflate'],
  async run(t) {
    const { client } = await compressing(t, { compress: true });
    await client.ping();
    client.wire.compresses = false;
    await client.send(t.packet.pingreq);
    await client.expect(pingresp());
    client.wire.compresses = true;
  },
});

export const emptyCompressed = defineCase({
  title: 'an empty compressed message changes nothing',
  verifies: { transport: ['ws/deflate/empty-compressed'] },
  caughtBy: ['deflate-empty-message-fatal'],
  needs: ['deflate'],
  async run(t) {
    const { client } = await compressing(t);
    await client.sendFrame(t.frame('binary', Uint8Array.of(0), { rsv1: true }));
    await client.send(t.packet.pingreq);
    await client.expect(pingresp());
  },
});

export const clientTakeover = defineCase({
  title: 'messages that refer back to earlier ones are read, where the server did not ask to do without',
  verifies: { transport: ['ws/deflate/client-takeover'] },
  caughtBy: ['deflate-forgets-client-window'],
  needs: ['deflate'],
  async run(t) {
    const { client, deflation } = await compressing(t, { compress: true });
    if (deflation.agreement.clientNoContextTakeover) t.skip('the server asked for client_no_context_takeover');
    const receiver = await t.connect();
    await receiver.subscribe(t.topic());
    // Nothing in it repeats: only the message before makes the next one small.
    const payload = t.scope.random.bytes(200);
    for (let count = 0; count < 3; count += 1) {
      await client.send(t.packet.publish(t.topic(), payload));
      await receiver.expect(publish({ topic: t.topic(), payload }));
    }
  },
});

export const serverOutput = defineCase({
  title: 'compressed messages of the server inflate, within the limits that it agreed to',
  verifies: { transport: ['ws/deflate/server-output'] },
  caughtBy: ['deflate-output-damaged', 'deflate-breaks-own-limits'],
  needs: ['deflate'],
  rows: {
    plain: PLAIN,
    'no-takeover': `${PLAIN}; server_no_context_takeover`,
    'window-9': `${PLAIN}; server_max_window_bits=9`,
  },
  async run(t) {
    const { client, deflation } = await compressing(t, { upgrade: { extensions: t.row } });
    await client.subscribe(t.topic());
    const publisher = await t.connect();
    // Sent again, it refers back by its whole length: beyond a window of 512 bytes, or into what was to be forgotten.
    const payloads = [pattern(3000), t.scope.random.bytes(700)];
    for (const payload of [...payloads, ...payloads]) {
      await publisher.publish(t.topic(), payload);
      await client.expect(publish({ topic: t.topic(), payload }));
    }
    if (deflation.received === 0) t.skip('not exercised: the server compresses none of its messages');
  },
});

export const rsv1Continuation = defineCase({
  title: 'RSV1 on a later fragment ends the connection',
  verifies: { transport: ['ws/deflate/rsv1-continuation'] },
  caughtBy: ['deflate-rsv1-on-continuation-accepted'],
  needs: ['deflate'],
  async run(t) {
    const { client, deflation } = await compressing(t);
    const twin = await t.connect({ upgrade: { extensions: PLAIN } });
    const payload = deflation.compress(client.prepare(t.packet.pingreq));
    const fragments = t.fragments(payload, [2]);
    client.wellBehaved = false;
    await client.sendFrame(...fragments.map((frame) => ({ ...frame, rsv1: true })));
    await client.expect(ended());
    await twin.ping();
  },
});

export const rsv1Control = defineCase({
  title: 'RSV1 on a control frame ends the connection',
  verifies: { transport: ['ws/deflate/rsv1-control'] },
  caughtBy: ['deflate-rsv1-on-control-accepted'],
  needs: ['deflate'],
  rows: { ping: 'ping', pong: 'pong' },
  async run(t) {
    const { client } = await compressing(t);
    const twin = await t.connect({ upgrade: { extensions: PLAIN } });
    client.wellBehaved = false;
    await client.sendFrame(t.frame(t.row === 'ping' ? 'ping' : 'pong', 'x', { rsv1: true }));
    await client.expect(ended());
    await twin.ping();
  },
});

export const corrupt = defineCase({
  title: 'a message that does not inflate ends the connection',
  verifies: { transport: ['ws/deflate/corrupt'] },
  caughtBy: ['deflate-corrupt-ignored'],
  needs: ['deflate'],
  rows: {
    'reserved-block-type': [0x07, 0xff, 0xff],
    'distance-too-far': [0x02, 0x82, 0xff],
    'stored-length-wrong': [0x00, 0x05, 0x00, 0x05, 0x00, 0x01],
  },
  async run(t) {
    const { client } = await compressing(t);
    const twin = await t.connect({ upgrade: { extensions: PLAIN } });
    client.wellBehaved = false;
    await client.sendFrame(t.frame('binary', Uint8Array.from(t.row), { rsv1: true }));
    await client.expect(ended());
    await twin.ping();
  },
});

export const fragmentsUnaligned = defineCase({
  title: 'compressed messages in fragments, whose packets begin and end anywhere, are served',
  verifies: { transport: ['ws/deflate/fragments-unaligned'] },
  caughtBy: ['drops-continuations'],
  needs: ['deflate'],
  rows: { bytes: 1, threes: 3, 'two-halves': 12 },
  async run(t) {
    const { client, deflation } = await compressing(t);
    const first = client.prepare(t.packet.subscribe(t.topic(), 1));
    const second = client.prepare(t.packet.pingreq);
    const cut = first.length - 3;
    // The first message ends inside SUBSCRIBE, the second has its rest and the next packet.
    for (const part of [first.subarray(0, cut), Uint8Array.of(...first.subarray(cut), ...second)]) {
      await client.sendFrame(...fragmented(t, deflation.compress(part), t.row));
    }
    await client.expect(suback({ packetId: 1 }));
    await client.expect(pingresp());
  },
});

/** More than the quota that is common. */
const MANY = 24;

export const orderAndQos2 = defineCase({
  title: 'messages of QoS 2 that come as compressed fragments are delivered in order and once',
  verifies: {
    '3.1.1': ['MQTT-4.6.0-6#order'],
    '5.0': ['MQTT-4.6.0-5', 'MQTT-4.3.3-10#no-duplicate'],
    transport: ['ws/deflate/order-and-qos2'],
  },
  caughtBy: ['reorders', 'drops-qos2'],
  needs: ['deflate', 'qos2'],
  async run(t) {
    const { client: receiver } = await compressing(t, { compress: true });
    const { client, deflation } = await compressing(t);
    await receiver.subscribe({ filter: t.topic(), qos: 2 });
    const payloads = Array.from({ length: MANY }, (_, index) => utf8(`message ${index}`));
    for (const [index, payload] of payloads.entries()) {
      const packetId = index + 1;
      const bytes = client.prepare(t.packet.publish(t.topic(), payload, { qos: 2, packetId }));
      await client.sendFrame(...fragmented(t, deflation.compress(bytes), 5));
      await client.expect(pubrec({ packetId }));
      await client.send(t.packet.pubrel(packetId));
      await client.expect(pubcomp({ packetId }));
    }
    for (const payload of payloads) await receiver.expect(publish({ topic: t.topic(), payload, qos: 2 }));
  },
});

/** What a sender takes off the end of each message (RFC 7692 §7.2.1). */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

export const bomb = defineCase({
  title: 'a small message that inflates to hundreds of MiB is refused or limited, and others are served',
  verifies: { transport: ['ws/deflate/bomb'] },
  observes: ['clean', 'too-large-closed-with-1008'],
  needs: ['deflate'],
  risk: 'destructive',
  async run(t) {
    const { client, deflation } = await compressing(t);
    const twin = await t.connect();
    // A PUBLISH of almost 256 MiB, and zeros; a block that refers back to zeros gives zeros as often as it comes.
    const begin = deflation.compress(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f, 0x00, 0x01, 0x61));
    const zeros = new Uint8Array(1 << 20);
    deflation.compress(zeros);
    const block = deflation.compress(zeros);
    const payload = new Uint8Array(begin.length + 240 * (TAIL.length + block.length));
    payload.set(begin);
    for (let at = begin.length; at < payload.length; at += TAIL.length + block.length) {
      payload.set(TAIL, at);
      payload.set(block, at + TAIL.length);
    }
    client.wellBehaved = false;
    await client.sendFrame(t.frame('binary', payload, { rsv1: true }));
    const ending = await client.link.waitForEnd(t.timing.graceMs);
    t.observe(ending === undefined ? 'still open' : `closed with ${ending.closeCode ?? 'no close code'}`);
    await t.roundTrip(twin, await t.connect());
  },
});

interface Compressing {
  readonly client: Client;
  readonly deflation: NonNullable<Client['deflation']>;
}

/** Connected with permessage-deflate; a server that declines it has nothing to show here. */
async function compressing(t: CaseContext<unknown>, options: ConnectOptions = {}): Promise<Compressing> {
  const client = await t.connect({ upgrade: { extensions: PLAIN }, ...options });
  return { client, deflation: agreed(t, client) };
}

function agreed(t: CaseContext<unknown>, client: Client): Compressing['deflation'] {
  return client.deflation ?? t.skip('permessage-deflate is declined');
}

/** A compressed message in fragments: RSV1 stands on the first alone. */
function fragmented(t: CaseContext<unknown>, compressed: Uint8Array, size: number): FrameToSend[] {
  return t.fragments(compressed, [size]).map((frame, index) => ({ ...frame, rsv1: index === 0 }));
}
