/** The most used client over WebSocket, MQTT.js, as its documentation shows it. */
import { defineCase, pattern, pingresp, sameValue, text } from '#kit';
import { expectTrace, follow } from './flow.ts';

export const documentedFlow = defineCase({
  title: 'the documented flow works: connect, subscribe, publish, receive, end',
  verifies: {
    '3.1.1': ['MQTT-3.1.4-4', 'MQTT-3.8.4-1', 'MQTT-3.3.2-3'],
    '5.0': ['MQTT-3.1.4-5', 'MQTT-3.8.4-1', 'MQTT-3.3.2-3'],
  },
  caughtBy: ['no-connack', 'no-suback', 'corrupts-payload'],
  needs: ['foreign-client'],
  async run(t) {
    await follow(t, await t.foreign('mqttjs'));
  },
});

export const qos2 = defineCase({
  title: 'a QoS 2 message goes through both handshakes and comes once',
  verifies: {
    '3.1.1': ['MQTT-3.3.4-1#qos2-pubrec', 'MQTT-4.3.3-2#pubcomp'],
    '5.0': ['MQTT-3.3.4-1#qos2-pubrec', 'MQTT-4.3.3-11'],
  },
  caughtBy: ['no-pubcomp', 'qos2-puback'],
  needs: ['foreign-client', 'qos2'],
  async run(t) {
    const client = await t.foreign('mqttjs');
    await client.subscribe(t.topic(), 2);
    await client.publish(t.topic(), 'exactly once', { qos: 2 });
    const { payload, qos } = await client.message();
    t.check(text(payload) === 'exactly once' && qos === 2, 'the message came otherwise', {
      actual: `QoS ${qos}: ${text(payload)}`,
    });
    await client.end();
    const sent = ['→ PUBLISH', '← PUBREC', '→ PUBREL', '← PUBCOMP'];
    const came = ['← PUBLISH', '→ PUBREC', '← PUBREL'];
    expectTrace(t, client, ['→ CONNECT', '← CONNACK', '→ SUBSCRIBE', '← SUBACK', ...sent, ...came, '→ DISCONNECT']);
  },
});

export const largePayload = defineCase({
  title: 'a payload of 1 MiB comes back byte by byte',
  verifies: {
    transport: ['ws/frame/server-large'],
    '3.1.1': ['MQTT-6.0.0-2#partial'],
    '5.0': ['MQTT-6.0.0-2#partial'],
  },
  caughtBy: ['corrupts-payload'],
  needs: ['foreign-client'],
  takes: 2,
  async run(t) {
    const size = 1_048_576;
    const most = t.scope.capabilities.maximumPacketSize;
    if (most !== undefined && most < size + 1000) t.skip(`Maximum Packet Size is ${most}`);
    // A 3.1.1 server can't say what is too large for it.
    const prober = await t.connect();
    await prober.send(t.packet.publish(t.topic('too-large'), pattern(size)));
    await prober.send(t.packet.pingreq);
    await prober.look(pingresp());
    if (prober.link.ended) {
      prober.link.endExpected = true;
      t.skip('the broker ends the connection on a payload of this size');
    }
    const client = await t.foreign('mqttjs');
    await client.subscribe(t.topic(), 1);
    await client.publish(t.topic(), pattern(size), { qos: 1 });
    const { payload } = await client.message();
    const same = sameValue(payload, pattern(size));
    t.check(same, 'the payload was altered', { expected: `${size} bytes`, actual: `${payload.length} bytes` });
    await client.end();
  },
});

export const persistentSession = defineCase({
  title: 'a persistent session is there when MQTT.js comes back, and what was queued for it comes',
  verifies: { '3.1.1': ['MQTT-3.1.2-4#store'], '5.0': ['MQTT-3.1.2-23'] },
  caughtBy: ['session-never-resumed', 'loses-offline-messages'],
  needs: ['foreign-client', 'qos1'],
  async run(t) {
    const session = { clientId: t.clientId(), clean: false, sessionExpiryInterval: 300 };
    t.scope.leftovers.sessions.set(session.clientId, t.version);
    const first = await t.foreign('mqttjs', session);
    await first.subscribe(t.topic(), 1);
    await first.end();
    const other = await t.foreign('mqttjs');
    await other.publish(t.topic(), 'queued', { qos: 1 });
    const second = await t.foreign('mqttjs', session);
    t.check(second.sessionPresent, 'Session Present is 0');
    const { payload } = await second.message();
    t.check(text(payload) === 'queued', 'another message came', { actual: text(payload) });
    await second.end();
  },
});

export const retained = defineCase({
  title: 'a retained message comes to MQTT.js with RETAIN set',
  verifies: { '3.1.1': ['MQTT-3.3.1-8'], '5.0': ['R-3.8.3.1-3'] },
  caughtBy: ['retained-without-flag'],
  needs: ['foreign-client', 'retain'],
  async run(t) {
    t.scope.leftovers.retained.add(t.topic());
    const publisher = await t.foreign('mqttjs');
    await publisher.publish(t.topic(), 'kept', { qos: 1, retain: true });
    const subscriber = await t.foreign('mqttjs');
    await subscriber.subscribe(t.topic(), 1);
    const { payload, retain } = await subscriber.message();
    t.check(retain && text(payload) === 'kept', 'the retained message came otherwise', {
      actual: `retain ${retain}: ${text(payload)}`,
    });
    await subscriber.end();
  },
});

export const willOnCut = defineCase({
  title: 'the will of an MQTT.js client is published when its connection is cut',
  verifies: { '3.1.1': ['MQTT-3.1.2-8#on-network-failure'], '5.0': ['MQTT-3.1.2-8#on-network-failure'] },
  caughtBy: ['will-lost-on-connection-loss'],
  needs: ['foreign-client'],
  async run(t) {
    const watcher = await t.foreign('mqttjs');
    await watcher.subscribe(t.topic('will'), 1);
    const client = await t.foreign('mqttjs', { will: t.will(t.topic('will'), 'gone', { qos: 1 }) });
    client.cut();
    const { payload } = await watcher.message();
    t.check(text(payload) === 'gone', 'another message came', { actual: text(payload) });
    await watcher.end();
  },
});
