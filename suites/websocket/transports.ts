/** One client identifier over TCP and over WebSocket of the same broker. */
import { connack, defineCase, ended, publish, utf8, type Door } from '#kit';

const ORDERS: Readonly<Record<string, readonly [Door, Door]>> = {
  'tcp-then-websocket': ['tcp', 'websocket'],
  'websocket-then-tcp': ['websocket', 'tcp'],
};

export const takeoverAcross = defineCase({
  title: 'an identifier that is taken over on the other transport ends the old connection',
  verifies: {
    transport: ['ws/session/takeover-across-transports'],
    '3.1.1': ['MQTT-3.1.4-2'],
    '5.0': ['MQTT-3.1.4-3#close'],
  },
  caughtBy: ['takeover-keeps-old'],
  needs: ['tcp-listener'],
  rows: ORDERS,
  async run(t) {
    const [first, second] = t.row;
    const old = await t.connect({ door: first });
    const client = await t.connect({ door: second, clientId: old.id });
    await old.expect(ended({ tcp: true }), { breaks: 'ws/session/takeover-across-transports' });
    await t.roundTrip(client, client);
  },
});

export const resumeAcross = defineCase({
  title: 'a session that was made on one transport is resumed on the other, with the messages that waited',
  verifies: {
    transport: ['ws/session/resume-across-transports'],
    '3.1.1': ['MQTT-3.1.2-4#resume'],
    '5.0': ['MQTT-3.1.2-5'],
  },
  caughtBy: ['session-never-resumed', 'loses-offline-messages'],
  needs: ['tcp-listener', 'qos1'],
  rows: ORDERS,
  async run(t) {
    const [first, second] = t.row;
    const breaks = 'ws/session/resume-across-transports';
    const publisher = await t.connect();
    const before = await t.connect({ ...t.keepsSession(), door: first });
    await before.subscribe({ filter: t.topic(), qos: 1 });
    await before.disconnect();
    await before.link.waitForEnd(t.timing.graceMs, true);
    await publisher.publish(t.topic(), 'waited', { qos: 1 });
    const client = await t.open({ door: second, clientId: before.id });
    await client.send(t.packet.connect({ clientId: before.id, ...t.keepsSession() }));
    await client.expect(connack({ reasonCode: 0, sessionPresent: true }), { breaks });
    await client.expect(publish({ topic: t.topic(), payload: utf8('waited'), qos: 1 }), { breaks });
  },
});
