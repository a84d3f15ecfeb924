/** §3.12, §3.13: PINGREQ and PINGRESP. */
import { defineCase, encode, mutations, pingresp, publish, utf8 } from '#kit';

export const answered = defineCase({
  title: 'PINGREQ is answered by PINGRESP',
  verifies: { '3.1.1': ['MQTT-3.12.4-1'], '5.0': ['MQTT-3.12.4-1'] },
  caughtBy: ['no-pingresp'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.pingreq);
    await client.expect(pingresp());
  },
});

export const eachOnce = defineCase({
  title: 'each of several PINGREQs is answered by one PINGRESP',
  verifies: { '3.1.1': ['MQTT-3.12.4-1'], '5.0': ['MQTT-3.12.4-1'] },
  caughtBy: ['two-pingresps', 'no-pingresp', 'sends-packets-of-clients', 'sends-reserved-packet-types'],
  rows: { 'one-by-one': 'apart', 'in-one-frame': 'joined' } as const,
  async run(t) {
    const client = await t.connect();
    const pings = Array.from({ length: 7 }, () => t.packet.pingreq);
    if (t.row === 'joined') await client.sendJoined(...pings);
    else await client.send(...pings);
    for (const _ of pings) await client.expect(pingresp());
    await t.roundTrip(await t.connect(), client);
  },
});

export const amongDeliveries = defineCase({
  title: 'PINGREQ is answered while deliveries wait to be acknowledged',
  verifies: { '3.1.1': ['MQTT-3.12.4-1'], '5.0': ['MQTT-3.12.4-1'] },
  caughtBy: ['late-pingresp'],
  needs: ['qos1'],
  async run(t) {
    const client = await t.connect({ acknowledge: false });
    await client.subscribe({ filter: t.topic(), qos: 1 });
    await (await t.connect()).publish(t.topic(), 'x', { qos: 1 });
    await client.expect(publish({ topic: t.topic(), payload: utf8('x') }));
    await client.send(t.packet.pingreq);
    await client.expect(pingresp());
  },
});

export const flags = defineCase({
  title: 'a PINGREQ whose header flags are not 0000 ends the connection',
  verifies: { '3.1.1': ['MQTT-2.2.2-2#pingreq'], '5.0': ['MQTT-2.1.3-1#pingreq'] },
  caughtBy: ['accepts-pingreq-flags'],
  needs: ['reaction'],
  async run(t) {
    const bytes = encode(t.packet.pingreq, t.version);
    const deviants = [1, 2, 4, 8].map((bit) => mutations.fixedHeaderFlags(bytes, bit));
    await t.deviations({ control: t.packet.pingreq, answer: pingresp(), deviants });
  },
});

export const length = defineCase({
  title: 'a PINGREQ with a body ends the connection',
  verifies: { '3.1.1': ['R-3.12.1-1'], '5.0': ['R-1.2-2'] },
  caughtBy: ['accepts-trailing-bytes'],
  needs: ['reaction'],
  async run(t) {
    const bytes = encode(t.packet.pingreq, t.version);
    const deviants = [[0], [0, 0], [0, 1, 0x61]].map((tail) => mutations.appendBytes(bytes, Uint8Array.from(tail)));
    await t.deviations({ control: t.packet.pingreq, answer: pingresp(), deviants });
  },
});
