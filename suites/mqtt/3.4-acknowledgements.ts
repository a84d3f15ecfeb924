/** §3.4 to §3.7: PUBACK, PUBREC, PUBREL and PUBCOMP as packets; what they do stands in 4.3 and 4.9. */
import {
  defineCase,
  encode,
  ended,
  mutations,
  puback,
  pubcomp,
  publish,
  pubrec,
  pubrel,
  utf8,
  type CaseContext,
  type Client,
  type Packet,
  type PacketOf,
  type Properties,
} from '#kit';
import type { RequirementKey } from '#spec';

type Ack = 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP';
const ACKS = { puback: 'PUBACK', pubrec: 'PUBREC', pubrel: 'PUBREL', pubcomp: 'PUBCOMP' } as const;

/** Brings a connection to where this acknowledgement is the next to send, and gives it. */
async function due(t: CaseContext<unknown>, client: Client, type: Ack): Promise<PacketOf<Ack>> {
  if (type === 'PUBREL') {
    await client.send(t.packet.publish(t.topic(`own/${client.id}`), 'x', { qos: 2, packetId: 77 }));
    await client.expect(pubrec({ packetId: 77 }));
    return { type, packetId: 77, reasonCode: 0 };
  }
  const qos = type === 'PUBACK' ? 1 : 2;
  const topic = t.topic(`own/${client.id}`);
  const suback = await client.subscribe({ filter: topic, qos });
  if (suback.reasonCodes[0] !== qos) t.skip(`needs QoS ${qos} (SUBACK grants ${suback.reasonCodes[0] ?? 'nothing'})`);
  client.acknowledge = false;
  await client.publish(topic, 'x', { qos });
  const { packetId = 0 } = await client.expectPacket<PacketOf<'PUBLISH'>>(publish({ topic, qos }));
  if (type !== 'PUBCOMP') client.acknowledge = true;
  else {
    await client.send(t.packet.pubrec(packetId));
    await client.expect(pubrel({ packetId }));
  }
  return { type, packetId, reasonCode: 0 };
}

/** The acknowledgement as it should be on one connection, and its deviations on others: only these end. */
async function deviating(
  t: CaseContext<unknown>,
  type: Ack,
  deviants: readonly ((
    bytes: Uint8Array,
    of: Lowercase<Ack>,
  ) => { readonly name: string; readonly bytes: Uint8Array })[],
  more: { readonly breaks?: RequirementKey; readonly properties?: Properties } = {},
): Promise<void> {
  const { properties, ...options } = more;
  const whole = (packet: Packet): Packet => (properties === undefined ? packet : ({ ...packet, properties } as Packet));
  const twin = await t.connect();
  await twin.send(whole(await due(t, twin, type)));
  if (type === 'PUBREL') await twin.expect(pubcomp({ packetId: 77 }));
  await twin.ping();
  for (const deviate of deviants) {
    const client = await t.connect();
    const packet = whole(await due(t, client, type));
    await client.send(deviate(encode(packet, t.version), type.toLowerCase() as Lowercase<Ack>));
    await client.expect(ended(), options);
  }
  await twin.ping();
}

const FLAGS = {
  PUBACK: ['3.1.1/MQTT-2.2.2-2#puback', '5.0/MQTT-2.1.3-1#puback'],
  PUBREC: ['3.1.1/MQTT-2.2.2-2#pubrec', '5.0/MQTT-2.1.3-1#pubrec'],
  PUBCOMP: ['3.1.1/MQTT-2.2.2-2#pubcomp', '5.0/MQTT-2.1.3-1#pubcomp'],
} as const;

export const flags = defineCase({
  title: 'an acknowledgement whose header flags are not 0000 ends the connection',
  verifies: {
    '3.1.1': ['MQTT-2.2.2-2#puback', 'MQTT-2.2.2-2#pubrec', 'MQTT-2.2.2-2#pubcomp'],
    '5.0': ['MQTT-2.1.3-1#puback', 'MQTT-2.1.3-1#pubrec', 'MQTT-2.1.3-1#pubcomp'],
  },
  caughtBy: ['accepts-ack-flags'],
  needs: ['reaction', 'qos1', 'qos2'],
  rows: { puback: 'PUBACK', pubrec: 'PUBREC', pubcomp: 'PUBCOMP' } as const,
  async run(t) {
    const breaks = FLAGS[t.row][t.version === '5.0' ? 1 : 0];
    const deviants = [1, 2, 4, 8].map((bit) => (bytes: Uint8Array) => mutations.fixedHeaderFlags(bytes, bit));
    await deviating(t, t.row, deviants, { breaks });
  },
});

export const pubrelFlags = defineCase({
  title: 'a PUBREL whose header flags are not 0010 ends the connection',
  verifies: { '3.1.1': ['MQTT-3.6.1-1#close'], '5.0': ['MQTT-3.6.1-1#close'] },
  caughtBy: ['accepts-pubrel-flags'],
  needs: ['reaction', 'qos2'],
  async run(t) {
    const deviants = [0, 1, 3, 6, 10].map((bits) => (bytes: Uint8Array) => mutations.fixedHeaderFlags(bytes, bits));
    await deviating(t, 'PUBREL', deviants);
  },
});

export const pubrelOfServer = defineCase({
  title: 'a PUBREL of the server has the header flags 0010',
  verifies: { '3.1.1': ['MQTT-3.6.1-1#server-output'], '5.0': ['MQTT-3.6.1-1#server-output'] },
  caughtBy: ['pubrel-wrong-flags'],
  needs: ['qos2'],
  async run(t) {
    const client = await t.connect();
    const answer = await due(t, client, 'PUBCOMP');
    await client.send(answer);
  },
});

const LENGTHS = {
  PUBACK: '3.1.1/R-3.4.1-1',
  PUBREC: '3.1.1/R-3.5.1-1',
  PUBREL: '3.1.1/R-3.6.1-1',
  PUBCOMP: '3.1.1/R-3.7.1-1',
} as const;

export const lengthOf311 = defineCase({
  title: 'an acknowledgement of 3.1.1 with another remaining length than 2 ends the connection',
  verifies: { '3.1.1': ['R-3.4.1-1', 'R-3.5.1-1', 'R-3.6.1-1', 'R-3.7.1-1'] },
  caughtBy: ['accepts-trailing-bytes', 'never-closes-on-error'],
  needs: ['reaction', 'qos1', 'qos2'],
  rows: ACKS,
  async run(t) {
    const deviants = [
      (bytes: Uint8Array) => mutations.appendBytes(bytes, Uint8Array.of(0)),
      (bytes: Uint8Array) => mutations.appendBytes(bytes, Uint8Array.of(0, 0)),
      (bytes: Uint8Array) => mutations.truncate(bytes, 1),
      (bytes: Uint8Array) => mutations.truncate(bytes, 2),
    ];
    await deviating(t, t.row, deviants, { breaks: LENGTHS[t.row] });
  },
});

export const lengthOf5 = defineCase({
  title: 'an acknowledgement that ends within its identifier, or goes on behind its properties, ends the connection',
  verifies: { '5.0': ['R-1.2-1', 'R-1.2-2'] },
  caughtBy: ['never-closes-on-error', 'accepts-trailing-bytes'],
  needs: ['reaction', 'qos1', 'qos2'],
  rows: ACKS,
  async run(t) {
    const cut = [1, 2].map((count) => (bytes: Uint8Array) => mutations.truncate(bytes.subarray(0, 4), count));
    await deviating(t, t.row, cut);
    const tails = [Uint8Array.of(0, 0, 0), Uint8Array.of(0, 0, 1, 0x61)];
    const over = tails.map(
      (tail) => (bytes: Uint8Array) =>
        mutations.appendBytes(Uint8Array.of(bytes[0] ?? 0, 2, ...bytes.subarray(2, 4)), tail),
    );
    await deviating(t, t.row, over, { breaks: '5.0/R-1.2-2' });
  },
});

const CODES = {
  PUBACK: '5.0/MQTT-3.4.2-1#client-input',
  PUBREC: '5.0/MQTT-3.5.2-1#client-input',
  PUBREL: '5.0/MQTT-3.6.2-1#client-input',
  PUBCOMP: '5.0/MQTT-3.7.2-1#client-input',
} as const;

export const unknownCode = defineCase({
  title: 'an acknowledgement with a reason code that its table lacks ends the connection',
  verifies: {
    '5.0': [
      'MQTT-3.4.2-1#client-input',
      'MQTT-3.5.2-1#client-input',
      'MQTT-3.6.2-1#client-input',
      'MQTT-3.7.2-1#client-input',
    ],
  },
  caughtBy: ['accepts-unknown-reason-code'],
  needs: ['reaction', 'qos1', 'qos2'],
  rows: ACKS,
  async run(t) {
    // 0x10 is a code of PUBACK and PUBREC only, 0x92 of PUBREL and PUBCOMP only.
    const foreign = t.row === 'PUBACK' || t.row === 'PUBREC' ? 0x92 : 0x10;
    const deviants = [0x01, 0x7f, 0xff, foreign].map((code) => (bytes: Uint8Array, of: string) => ({
      name: `${of} with reason code ${code.toString(16)}`,
      bytes: Uint8Array.of(bytes[0] ?? 0, 3, bytes[2] ?? 0, bytes[3] ?? 0, code),
    }));
    await deviating(t, t.row, deviants, { breaks: CODES[t.row] });
  },
});

const TWICE = {
  PUBACK: '5.0/R-3.4.2.2.2-1',
  PUBREC: '5.0/R-3.5.2.2.2-1',
  PUBREL: '5.0/R-3.6.2.2.2-1',
  PUBCOMP: '5.0/R-3.7.2.2.2-1',
} as const;

export const reasonStringTwice = defineCase({
  title: 'an acknowledgement with two Reason Strings ends the connection, with one it does not',
  verifies: { '5.0': ['R-3.4.2.2.2-1', 'R-3.5.2.2.2-1', 'R-3.6.2.2.2-1', 'R-3.7.2.2.2-1'] },
  caughtBy: ['accepts-duplicate-property'],
  needs: ['reaction', 'qos1', 'qos2'],
  rows: ACKS,
  async run(t) {
    const twice = (bytes: Uint8Array, of: Lowercase<Ack>) => mutations.duplicateProperty(bytes, of, 'reasonString');
    const properties = {
      reasonString: 'because',
      userProperties: [
        ['a', '1'],
        ['a', '2'],
      ],
    } as const;
    await deviating(t, t.row, [twice], { breaks: TWICE[t.row], properties });
  },
});

const MISPLACED = {
  PUBACK: '5.0/R-2.2.2.2-6',
  PUBREC: '5.0/R-2.2.2.2-7',
  PUBREL: '5.0/R-2.2.2.2-8',
  PUBCOMP: '5.0/R-2.2.2.2-9',
} as const;

export const misplacedProperty = defineCase({
  title: 'an acknowledgement with a property that it may not have ends the connection',
  verifies: { '5.0': ['R-2.2.2.2-6', 'R-2.2.2.2-7', 'R-2.2.2.2-8', 'R-2.2.2.2-9'] },
  caughtBy: ['accepts-misplaced-property'],
  needs: ['reaction', 'qos1', 'qos2'],
  rows: ACKS,
  async run(t) {
    // Of a message, of CONNECT, of CONNACK, of SUBSCRIBE, of DISCONNECT; and one that doesn't exist.
    const raw = [
      [0x23, 0, 1],
      [0x21, 0, 10],
      [0x24, 1],
      [0x0b, 1],
      [0x11, 0, 0, 0, 1],
      [0x03, 0, 0],
    ];
    const deviants = raw.map(
      (property) => (bytes: Uint8Array, of: Lowercase<Ack>) =>
        mutations.insertProperty(bytes, of, Uint8Array.from(property)),
    );
    const properties = { reasonString: 'because' };
    await deviating(t, t.row, deviants, { breaks: MISPLACED[t.row], properties });
  },
});

export const pubackForms = defineCase({
  title: 'a PUBACK of two, of three or of more bytes ends its delivery',
  verifies: { '5.0': ['R-3.4.2.1-1', 'R-3.4.2.1-2'] },
  caughtBy: ['quota-not-returned'],
  needs: ['qos1'],
  rows: { two: [], three: [0x00], four: [0x00, 0x00], 'no-subscribers': [0x10] } as const,
  async run(t) {
    await nextAfter(t, 1, (id) => [Uint8Array.of(0x40, 2 + t.row.length, id >> 8, id & 0xff, ...t.row)]);
  },
});

export const pubrecForms = defineCase({
  title: 'a PUBREC of two, of three or of more bytes is answered by PUBREL',
  verifies: { '5.0': ['R-3.5.2.1-1'] },
  caughtBy: ['no-pubrel'],
  needs: ['qos2'],
  rows: { two: [], three: [0x00], four: [0x00, 0x00] } as const,
  async run(t) {
    const client = await t.connect();
    const { packetId } = await due(t, client, 'PUBREC');
    client.acknowledge = false;
    await client.send(Uint8Array.of(0x50, 2 + t.row.length, packetId >> 8, packetId & 0xff, ...t.row));
    await client.expect(pubrel({ packetId, reasonCode: 0 }));
    await client.send(t.packet.pubcomp(packetId));
  },
});

export const pubrelForms = defineCase({
  title: 'a PUBREL of two, of three or of more bytes is answered by PUBCOMP',
  verifies: { '5.0': ['R-3.6.2.1-1'] },
  caughtBy: ['no-pubcomp'],
  needs: ['qos2'],
  rows: { two: [], three: [0x00], four: [0x00, 0x00] } as const,
  async run(t) {
    const client = await t.connect();
    const { packetId } = await due(t, client, 'PUBREL');
    await client.send(Uint8Array.of(0x62, 2 + t.row.length, packetId >> 8, packetId & 0xff, ...t.row));
    await client.expect(pubcomp({ packetId, reasonCode: 0 }));
    await t.roundTrip(await t.connect(), client);
  },
});

export const pubcompForms = defineCase({
  title: 'a PUBCOMP of two, of three or of more bytes ends its delivery',
  verifies: { '5.0': ['R-3.7.2.1-1'] },
  caughtBy: ['quota-not-returned'],
  needs: ['qos2'],
  rows: { two: [], three: [0x00], four: [0x00, 0x00] } as const,
  async run(t) {
    await nextAfter(t, 2, (id) => [
      Uint8Array.of(0x50, 2, id >> 8, id & 0xff),
      Uint8Array.of(0x70, 2 + t.row.length, id >> 8, id & 0xff, ...t.row),
    ]);
  },
});

/** With Receive Maximum 1 the next message comes only when the delivery before it has ended. */
async function nextAfter(
  t: CaseContext<unknown>,
  qos: 1 | 2,
  answers: (packetId: number) => readonly Uint8Array[],
): Promise<void> {
  const client = await t.connect({ acknowledge: false, properties: { receiveMaximum: 1 } });
  await client.subscribe({ filter: t.topic(), qos });
  const publisher = await t.connect();
  for (const payload of ['a', 'b', 'c']) await publisher.publish(t.topic(), payload, { qos });
  for (const payload of ['a', 'b', 'c']) {
    const next = publish({ topic: t.topic(), payload: utf8(payload), qos });
    const { packetId = 0 } = await client.expectPacket<PacketOf<'PUBLISH'>>(next);
    const [first, last] = answers(packetId);
    if (first !== undefined) await client.send(first);
    if (last === undefined) continue;
    await client.expect(pubrel({ packetId }));
    await client.send(last);
  }
}

export const codesOfServer = defineCase({
  title: 'the acknowledgements of the server have a reason code of their table',
  verifies: {
    '5.0': [
      'MQTT-3.4.2-1#server-output',
      'MQTT-3.5.2-1#server-output',
      'MQTT-3.6.2-1#server-output',
      'MQTT-3.7.2-1#server-output',
    ],
  },
  caughtBy: ['unknown-acknowledgement-code'],
  needs: ['qos1', 'qos2'],
  rows: { puback: 'PUBACK', pubrec: 'PUBREC', pubrel: 'PUBREL', pubcomp: 'PUBCOMP' } as const,
  async run(t) {
    const client = await t.connect();
    const stranger = await t.connect();
    if (t.row === 'PUBREL') await client.send(await due(t, client, 'PUBCOMP'));
    else {
      await client.send(t.packet.publish(t.topic(), 'x', { qos: t.row === 'PUBACK' ? 1 : 2, packetId: 5 }));
      if (t.row === 'PUBACK') await client.expect(puback({ packetId: 5 }));
      else await client.expect(pubrec({ packetId: 5 }));
      if (t.row === 'PUBCOMP') await client.send(t.packet.pubrel(5));
      if (t.row === 'PUBCOMP') await client.expect(pubcomp({ packetId: 5 }));
    }
    await t.roundTrip(stranger, client);
  },
});
