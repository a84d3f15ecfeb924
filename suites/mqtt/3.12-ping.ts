import { defineCase, pingresp } from '#kit';

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
