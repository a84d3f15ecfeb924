/** §3.4 to §3.7: acknowledgements that nobody waits for, and what they explain. */
import {
  defineCase,
  pingresp,
  puback,
  pubcomp,
  publish,
  pubrec,
  pubrel,
  utf8,
  type Inbound,
  type PacketOf,
} from '#kit';

export const oneReasonString = defineCase({
  title: 'an acknowledgement of the server has at most one Reason String, also where it says failure',
  verifies: { '5.0': ['R-3.4.2.2.2-2', 'R-3.5.2.2.2-2', 'R-3.6.2.2.2-2', 'R-3.7.2.2.2-2'] },
  caughtBy: ['two-reason-strings'],
  needs: ['qos1', 'qos2'],
  rows: { puback: 'PUBACK', pubrec: 'PUBREC', pubrel: 'PUBREL', pubcomp: 'PUBCOMP' } as const,
  async run(t) {
    const client = await t.connect();
    // What may be answered by a failure; it may also end the connection.
    const provoking = {
      PUBACK: [t.packet.publish(`$mqttspec/${t.topic()}`, 'x', { qos: 1, packetId: 5 }), puback({ packetId: 5 })],
      PUBREC: [t.packet.publish(`$mqttspec/${t.topic()}`, 'x', { qos: 2, packetId: 5 }), pubrec({ packetId: 5 })],
      PUBREL: [t.packet.pubrec(4321), pubrel({ packetId: 4321 })],
      PUBCOMP: [t.packet.pubrel(4321), pubcomp({ packetId: 4321 })],
    } as const;
    const [packet, answer] = provoking[t.row];
    client.acknowledge = false;
    client.link.endExpected = true;
    client.wellBehaved = false;
    await client.send(packet);
    const came = await client.look(answer);
    if (came?.kind !== 'packet' || !('reasonCode' in came.packet) || came.packet.reasonCode < 0x80)
      t.skip(`not exercised: no ${t.row} that says failure`);
  },
});

export const unknownPubrel = defineCase({
  title: 'a PUBREL whose identifier is not open is answered by PUBCOMP 0x92 or 0x00',
  verifies: { '5.0': ['R-3.6.2.1-2'] },
  observes: ['clean', 'pubcomp-success-for-unknown'],
  needs: ['qos2'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.pubrel(999));
    const answer = await client.expectPacket<PacketOf<'PUBCOMP'>>(pubcomp({ packetId: 999 }));
    t.observe(`PUBCOMP 0x${answer.reasonCode.toString(16).padStart(2, '0')}`);
    await client.send(t.packet.pingreq);
    await client.expect(pingresp());
  },
});

export const noSubscribers = defineCase({
  title: 'a message that nobody has subscribed to is acknowledged with 0x00 or 0x10',
  verifies: { '5.0': ['R-3.4.2.1-3'] },
  observes: ['clean', 'puback-no-matching-subscribers'],
  needs: ['qos1'],
  rows: { 'qos-1': 1, 'qos-2': 2 } as const,
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.publish(t.topic('nobody'), 'x', { qos: t.row, packetId: 9 }));
    const matcher = t.row === 1 ? puback({ packetId: 9 }) : pubrec({ packetId: 9 });
    const { reasonCode } = await client.expectPacket<PacketOf<'PUBACK' | 'PUBREC'>>(matcher);
    t.observe(`code 0x${reasonCode.toString(16).padStart(2, '0')}`);
    if (t.row === 1) return;
    await client.send(t.packet.pubrel(9));
    await client.expect(pubcomp({ packetId: 9 }));
  },
});

export const unexpected = defineCase({
  title: 'acknowledgements that nothing waits for harm no other client',
  verifies: { '5.0': ['R-4.13.2-1'] },
  caughtBy: ['dies-on-unexpected-acknowledgement'],
  rows: { puback: 'PUBACK', pubrec: 'PUBREC', pubcomp: 'PUBCOMP', pubrel: 'PUBREL' } as const,
  async run(t) {
    const [one, other] = [await t.connect(), await t.connect()];
    await one.subscribe(t.topic('one'));
    await other.subscribe(t.topic('other'));
    const client = await t.connect();
    client.wellBehaved = false;
    client.link.endExpected = true;
    await client.send(
      { type: t.row, packetId: 31_337, reasonCode: 0 },
      { type: t.row, packetId: 31_337, reasonCode: 0 },
    );
    await client.send(t.packet.pingreq);
    const lives = await client.look(pingresp());
    t.observe(lives === undefined ? 'the connection ended' : 'ignored');
    await one.publish(t.topic('other'), 'x');
    await other.expect(publish({ topic: t.topic('other'), payload: utf8('x') }));
    await other.publish(t.topic('one'), 'x');
    await one.expect(publish({ topic: t.topic('one'), payload: utf8('x') }));
  },
});

/** Octets: enough for each packet that answers, not for an explanation. */
const SMALL = 60;

export const explanationsFit = defineCase({
  title: 'a Reason String or user properties never push an answer over the Maximum Packet Size of the client',
  verifies: {
    '5.0': [
      'MQTT-3.4.2-2',
      'MQTT-3.4.2-3',
      'MQTT-3.5.2-2',
      'MQTT-3.5.2-3',
      'MQTT-3.6.2-2',
      'MQTT-3.6.2-3',
      'MQTT-3.7.2-2',
      'MQTT-3.7.2-3',
      'MQTT-3.14.2-3',
      'MQTT-3.14.2-4',
    ],
  },
  caughtBy: ['explains-beyond-maximum-packet-size'],
  needs: ['qos1', 'qos2', 'reaction'],
  rows: {
    puback: ['PUBACK', '5.0/MQTT-3.4.2-2'],
    pubrec: ['PUBREC', '5.0/MQTT-3.5.2-2'],
    pubrel: ['PUBREL', '5.0/MQTT-3.6.2-2'],
    pubcomp: ['PUBCOMP', '5.0/MQTT-3.7.2-2'],
    disconnect: ['DISCONNECT', '5.0/MQTT-3.14.2-3'],
  } as const,
  async run(t) {
    const [type, breaks] = t.row;
    const client = await t.connect({ acknowledge: false, properties: { maximumPacketSize: SMALL } });
    client.link.endExpected = true;
    client.wellBehaved = false;
    const topic = `$mqttspec/${t.topic()}`;
    const provoking = {
      PUBACK: t.packet.publish(topic, 'x', { qos: 1, packetId: 5 }),
      PUBREC: t.packet.publish(topic, 'x', { qos: 2, packetId: 5 }),
      PUBREL: t.packet.pubrec(4321),
      PUBCOMP: t.packet.pubrel(4321),
      DISCONNECT: { name: 'a packet of type 0', bytes: Uint8Array.of(0x00, 0x00) },
    } as const;
    await client.send(provoking[type]);
    const isMeant = (event: Inbound): boolean => event.kind === 'packet' && event.packet.type === type;
    const came = await client.link.take(isMeant, t.timing.replyMs);
    if (came?.kind !== 'packet') return t.skip(`not exercised: no ${type} came`);
    const size = came.bytes.length;
    t.check(size <= SMALL, `${type} of ${size} bytes, Maximum Packet Size is ${SMALL}`, { breaks });
    const { reasonCode = 0 } = came.packet as { readonly reasonCode?: number };
    if (reasonCode < 0x80) t.skip(`not exercised: no ${type} that says failure`);
    await t.roundTrip(await t.connect(), await t.connect());
  },
});
