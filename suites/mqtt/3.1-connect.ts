import { connack, defineCase, ended } from '#kit';

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
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.connect({ clientId: client.id }));
    await client.expect(ended({ reason: 0x82 }));
  },
});
