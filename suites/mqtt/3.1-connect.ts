/** §3.1, §3.1.4: CONNECT as a packet, and what follows it. */
import { connack, defineCase, encode, ended, mutations, pingresp, puback, publish, suback, utf8 } from '#kit';

export const accepted = defineCase({
  title: 'a correct CONNECT is answered by CONNACK with code 0',
  verifies: { '3.1.1': ['MQTT-3.1.4-4'], '5.0': ['MQTT-3.1.4-5'] },
  caughtBy: ['no-connack'],
  async run(t) {
    const client = await t.open();
    await client.send(t.packet.connect({ clientId: client.id }));
    await client.expect(connack({ reasonCode: 0, sessionPresent: false }));
  },
});

export const secondConnect = defineCase({
  title: 'a second CONNECT on one connection is a protocol error',
  verifies: { '3.1.1': ['MQTT-3.1.0-2'], '5.0': ['MQTT-3.1.0-2'] },
  caughtBy: ['accepts-second-connect'],
  needs: ['reaction'],
  async run(t) {
    await t.deviation({
      control: t.packet.pingreq,
      answer: pingresp(),
      deviant: t.packet.connect(),
      outcome: ended({ reason: 0x82 }),
    });
  },
});

export const otherPacketFirst = defineCase({
  title: 'a connection whose first packet is no CONNECT is ended, and the packet is not served',
  verifies: { '3.1.1': ['MQTT-3.1.0-1'], '5.0': ['MQTT-3.1.0-1'] },
  caughtBy: ['accepts-packets-before-connect'],
  needs: ['reaction'],
  rows: { pingreq: 'PINGREQ', publish: 'PUBLISH', subscribe: 'SUBSCRIBE', disconnect: 'DISCONNECT' } as const,
  async run(t) {
    const twin = await t.connect();
    const client = await t.open();
    const packets = {
      PINGREQ: t.packet.pingreq,
      PUBLISH: t.packet.publish(t.topic(), 'early', { qos: 1, packetId: 1 }),
      SUBSCRIBE: t.packet.subscribe(t.topic(), 1),
      DISCONNECT: t.packet.disconnect(),
    };
    await client.send(packets[t.row]);
    // Some read nothing more of a packet of two bytes before their own limit without CONNECT ends it: late is not never.
    await client.expect(ended({ within: 4 * t.timing.graceMs }));
    await twin.ping();
  },
});

export const behindConnect = defineCase({
  title: 'packets sent right behind CONNECT, without waiting for CONNACK, are served',
  verifies: { '3.1.1': ['R-3.1.4-4'], '5.0': ['R-3.1.4-2'] },
  caughtBy: ['loses-packets-behind-connect', 'packets-behind-connect-fatal'],
  needs: ['qos1'],
  async run(t) {
    const client = await t.open();
    await client.sendJoined(
      t.packet.connect({ clientId: client.id }),
      t.packet.subscribe({ filter: t.topic(), qos: 1 }, 1),
      t.packet.publish(t.topic(), 'pipelined', { qos: 1, packetId: 2 }),
    );
    await client.expect(connack({ reasonCode: 0 }));
    await client.expect(suback({ packetId: 1 }));
    await client.expect(puback({ packetId: 2 }));
    await client.expect(publish({ topic: t.topic(), payload: utf8('pipelined') }));
  },
});

export const protocolName = defineCase({
  title: 'another protocol name than MQTT is never served as MQTT',
  verifies: { '3.1.1': ['MQTT-3.1.2-1#not-as-mqtt'], '5.0': ['MQTT-3.1.2-1#close'] },
  caughtBy: ['accepts-wrong-protocol-name'],
  needs: ['reaction'],
  rows: { unknown: 'MQTX', 'lower-case': 'mqtt', longer: 'MQTTT', empty: '' },
  async run(t) {
    await t.connectDeviation({
      deviant: {
        name: `protocol name "${t.row}"`,
        bytes: encode(t.packet.connect({ protocolName: t.row }), t.version),
      },
    });
  },
});

export const level6 = defineCase({
  title: 'protocol level 6, which does not exist, is refused and the connection ends',
  verifies: { '3.1.1': ['MQTT-3.1.2-2#close'], '5.0': ['MQTT-3.1.2-2#close'] },
  caughtBy: ['accepts-level-6'],
  needs: ['reaction'],
  rows: { '6': 6, '127': 127, '255': 255 },
  async run(t) {
    // In the layout of 5.0 for both: what a later level looks like is nobody's knowledge.
    const deviant = {
      name: `protocol level ${t.row}`,
      bytes: encode(t.packet.connect({ protocolLevel: t.row }), '5.0'),
    };
    await t.connectDeviation({ deviant });
  },
});

export const reservedFlag = defineCase({
  title: 'a CONNECT whose reserved flag is 1 ends the connection',
  verifies: { '3.1.1': ['MQTT-3.1.2-3'], '5.0': ['MQTT-3.1.2-3'] },
  caughtBy: ['accepts-reserved-connect-flag'],
  needs: ['reaction'],
  async run(t) {
    await t.connectDeviation({ deviant: mutations.connectFlags(encode(t.packet.connect(), t.version), 0x01) });
  },
});

export const fixedHeaderFlags = defineCase({
  title: 'a CONNECT whose fixed header flags are not 0 ends the connection',
  verifies: { '3.1.1': ['MQTT-2.2.2-2#connect'], '5.0': ['MQTT-2.1.3-1#connect'] },
  caughtBy: ['accepts-connect-flags'],
  needs: ['reaction'],
  rows: { '0001': 1, '0010': 2, '1000': 8 },
  async run(t) {
    await t.connectDeviation({ deviant: mutations.fixedHeaderFlags(encode(t.packet.connect(), t.version), t.row) });
  },
});

export const trailingBytes = defineCase({
  title: 'bytes behind the last field of CONNECT end the connection',
  verifies: { '3.1.1': ['MQTT-3.1.4-1#close'], '5.0': ['MQTT-3.1.4-1'] },
  caughtBy: ['accepts-trailing-bytes'],
  needs: ['reaction'],
  async run(t) {
    await t.connectDeviation({
      deviant: mutations.appendBytes(encode(t.packet.connect(), t.version), Uint8Array.of(0, 1, 97)),
    });
  },
});

export const truncated = defineCase({
  title: 'a CONNECT that lacks a field that its flags announce ends the connection',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-19', 'MQTT-3.1.2-21', 'MQTT-3.1.2-9#topic'],
    '5.0': ['MQTT-3.1.2-17', 'MQTT-3.1.2-19', 'MQTT-3.1.2-9#topic'],
  },
  caughtBy: ['hangs-on-truncated-connect'],
  needs: ['reaction'],
  rows: { username: 'connect.username', password: 'connect.password', 'will-topic': 'will.topic' },
  async run(t) {
    const whole = t.packet.connect({ username: 'u', password: utf8('p'), will: t.will(t.topic(), 'w') });
    const keys = {
      'connect.username': ['3.1.1/MQTT-3.1.2-19', '5.0/MQTT-3.1.2-17'],
      'connect.password': ['3.1.1/MQTT-3.1.2-21', '5.0/MQTT-3.1.2-19'],
      'will.topic': ['3.1.1/MQTT-3.1.2-9#topic', '5.0/MQTT-3.1.2-9#topic'],
    } as const;
    const [old, five] = keys[t.row as keyof typeof keys];
    await t.connectDeviation({
      deviant: mutations.withoutField(encode(whole, t.version), t.row, t.version),
      breaks: t.version === '5.0' ? five : old,
    });
  },
});

export const passwordWithoutUsername = defineCase({
  title: 'a password flag without a user name flag ends the connection',
  verifies: { '3.1.1': ['MQTT-3.1.2-22'] },
  caughtBy: ['accepts-password-without-username'],
  needs: ['reaction'],
  async run(t) {
    const { username: _, ...bare } = t.packet.connect({ password: utf8('p') });
    await t.connectDeviation({ deviant: { name: 'a password without a user name', bytes: encode(bare, t.version) } });
  },
});

export const willFlagsWithoutWill = defineCase({
  title: 'will QoS or will retain without the will flag ends the connection',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-13', 'MQTT-3.1.2-15', 'MQTT-3.1.2-11#flags-zero'],
    '5.0': ['MQTT-3.1.2-11', 'MQTT-3.1.2-13'],
  },
  caughtBy: ['accepts-will-flags-without-will'],
  needs: ['reaction'],
  rows: { 'qos-1': 0x08, 'qos-2': 0x10, retain: 0x20 },
  async run(t) {
    const retain = t.row === 0x20;
    const [old, five] = retain
      ? (['3.1.1/MQTT-3.1.2-15', '5.0/MQTT-3.1.2-13'] as const)
      : (['3.1.1/MQTT-3.1.2-13', '5.0/MQTT-3.1.2-11'] as const);
    await t.connectDeviation({
      deviant: mutations.connectFlags(encode(t.packet.connect(), t.version), t.row),
      breaks: t.version === '5.0' ? five : old,
    });
  },
});

export const willQos3 = defineCase({
  title: 'a will of QoS 3 ends the connection',
  verifies: { '3.1.1': ['MQTT-3.1.2-14'], '5.0': ['MQTT-3.1.2-12#will-qos-3'] },
  caughtBy: ['accepts-will-qos-3'],
  needs: ['reaction'],
  async run(t) {
    const whole = t.packet.connect({ will: t.will(t.topic('will'), 'w') });
    await t.connectDeviation({ deviant: mutations.connectFlags(encode(whole, t.version), 0x18) });
  },
});

export const notServedAfterRefusal = defineCase({
  title: 'what follows a CONNECT that is refused is not processed',
  verifies: { '3.1.1': ['MQTT-3.1.4-5'], '5.0': ['MQTT-3.1.4-6'] },
  caughtBy: ['serves-after-refusal'],
  needs: ['reaction', 'qos1'],
  async run(t) {
    const watcher = await t.connect();
    await watcher.subscribe([t.topic('a'), t.topic('sentinel')].map((filter) => ({ filter, qos: 1 as const })));
    const client = await t.open();
    const refused =
      t.version === '5.0'
        ? t.packet.connect({ clientId: client.id, properties: { authenticationMethod: 'mqttspec-unknown' } })
        : t.packet.connect({ clientId: '', cleanStart: false });
    await client.sendJoined(refused, t.packet.publish(t.topic('a'), 'smuggled', { qos: 1, packetId: 1 }));
    const [answer] = await Promise.all([client.look(connack()), client.link.waitForEnd(t.timing.graceMs)]);
    const accepts = answer?.kind === 'packet' && answer.packet.type === 'CONNACK' && answer.packet.reasonCode === 0;
    // Whether it may is the matter of other cases.
    if (accepts) t.skip('the server accepts what this case has refused');
    await client.expect(ended());
    const publisher = await t.connect();
    await publisher.publish(t.topic('sentinel'), 's', { qos: 1 });
    await watcher.expectNotBefore(publish({ topic: t.topic('a') }), publish({ topic: t.topic('sentinel') }));
  },
});
