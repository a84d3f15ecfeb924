/** §3.3.5, 5.0 §4.13.2: what the access rules deny, and what that must not harm. */
import { defineCase, message, publish, puback, pubcomp, pubrec, type CaseContext, type Client } from '#kit';

/** A topic that the target's user may not publish to, as `--declare acl` promises. */
const denied = (t: CaseContext<unknown>): string => `mqttspec-denied/${t.clientId()}`;

/** A client that subscribes to what may not be published; the rules may deny that, too. */
async function witness(t: CaseContext<unknown>, topic: string): Promise<Client> {
  const client = await t.connect();
  await client.send(t.packet.subscribe([{ filter: topic, qos: 1 }], client.nextPacketId()));
  const event = await client.link.take(
    (came) => came.kind === 'packet' && came.packet.type === 'SUBACK',
    t.timing.replyMs,
  );
  const [code = 0x80] = event?.kind === 'packet' && event.packet.type === 'SUBACK' ? event.packet.reasonCodes : [];
  if (code < 0x80) return client;
  client.link.endExpected = client.link.ended;
  return t.skip('not exercised: nobody may subscribe to what is denied');
}

/** Whether anything answers, or the end comes. */
async function answered(
  t: CaseContext<unknown>,
  client: Client,
  type: 'PUBACK' | 'PUBREC',
): Promise<number | undefined> {
  const event = await client.link.take((came) => came.kind === 'packet' && came.packet.type === type, t.timing.graceMs);
  if (event?.kind !== 'packet') return undefined;
  return 'reasonCode' in event.packet ? event.packet.reasonCode : 0;
}

export const acknowledged = defineCase<1 | 2>({
  title: 'a PUBLISH that is not authorised is acknowledged as usual, or ends the connection',
  verifies: { '3.1.1': ['MQTT-3.3.5-2'], '5.0': ['R-3.3.4-5'] },
  caughtBy: ['denied-publish-unanswered'],
  needs: ['acl', 'qos1', 'qos2'],
  rows: { 'qos-1': 1, 'qos-2': 2 },
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.send(t.packet.publish(denied(t), 'x', { qos: t.row, packetId: 7 }));
    const code = await answered(t, client, t.row === 1 ? 'PUBACK' : 'PUBREC');
    client.link.endExpected = client.link.ended;
    t.check(code !== undefined || client.link.ended, 'neither an acknowledgement nor the end came', {
      expected: 'an acknowledgement, or the end of the connection',
    });
    if (t.row === 2 && code !== undefined && code < 0x80) {
      await client.send(t.packet.pubrel(7));
      await client.expect(pubcomp({ packetId: 7 }));
    }
    await t.roundTrip(twin, await t.connect());
  },
});

export const harmsNothing = defineCase<1 | 2>({
  title: 'an acknowledgement that says failure has no effect on the rest of the session',
  verifies: { '5.0': ['R-4.13.2-3'] },
  caughtBy: ['closes-after-failure-in-acknowledgement', 'failure-in-acknowledgement-ends-subscriptions'],
  needs: ['acl', 'qos1', 'qos2'],
  rows: { puback: 1, pubrec: 2 },
  async run(t) {
    const client = await t.connect();
    await client.subscribe({ filter: t.topic(), qos: 1 });
    await client.send(t.packet.publish(denied(t), 'x', { qos: t.row, packetId: 7 }));
    const code = await answered(t, client, t.row === 1 ? 'PUBACK' : 'PUBREC');
    if (code === undefined || code < 0x80) {
      client.link.endExpected = client.link.ended;
      t.skip('not exercised: the server does not say failure in its acknowledgement');
    }
    await (await t.connect()).publish(t.topic(), 'still there', { qos: 1 });
    await client.expect(message(t.topic(), 'still there'));
    await client.send(t.packet.publish(t.topic(), 'own', { qos: 1, packetId: 8 }));
    await client.expect(puback({ packetId: 8, reasonCode: 0 }));
    await client.expect(publish({ topic: t.topic() }));
  },
});

export const identifierIsFree = defineCase({
  title: 'after a PUBREC that says failure the same identifier is that of a new message',
  verifies: { '5.0': ['MQTT-4.3.3-9'] },
  caughtBy: ['remembers-refused-identifiers'],
  needs: ['acl-or-quota', 'qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const client = await t.connect();
    await client.send(t.packet.publish(denied(t), 'denied', { qos: 2, packetId: 7 }));
    const code = await answered(t, client, 'PUBREC');
    if (code === undefined || code < 0x80) {
      client.link.endExpected = client.link.ended;
      t.skip('not exercised: the server does not say failure in its PUBREC');
    }
    await client.send(t.packet.publish(t.topic(), 'new', { qos: 2, packetId: 7 }));
    await client.expect(pubrec({ packetId: 7, reasonCode: 0 }));
    await client.send(t.packet.pubrel(7));
    await client.expect(pubcomp({ packetId: 7, reasonCode: 0 }));
    await subscriber.expect(message(t.topic(), 'new'));
  },
});

export const notDelivered = defineCase<0 | 1 | 2>({
  title: 'a message whose publication is denied reaches nobody',
  verifies: { '5.0': ['MQTT-3.1.4-2#should'] },
  caughtBy: ['publishes-without-permission'],
  needs: ['acl', 'qos1', 'qos2'],
  rows: { 'qos-0': 0, 'qos-1': 1, 'qos-2': 2 },
  async run(t) {
    const topic = denied(t);
    const subscriber = await witness(t, topic);
    await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    const client = await t.connect();
    client.wellBehaved = false;
    await client.send(t.packet.publish(topic, 'denied', t.row === 0 ? {} : { qos: t.row, packetId: 7 }));
    if (t.row !== 0) await answered(t, client, t.row === 1 ? 'PUBACK' : 'PUBREC');
    if (t.row === 2 && !client.link.ended) await client.send(t.packet.pubrel(7));
    await client.settle();
    client.link.endExpected = client.link.ended;
    await (await t.connect()).publish(t.topic(), 'sentinel', { qos: 1 });
    await subscriber.expectNotBefore(message(topic, 'denied'), message(t.topic(), 'sentinel'));
  },
});

export const willNotPublished = defineCase({
  title: 'a will to a topic that its user may not publish to reaches nobody',
  verifies: { '5.0': ['MQTT-3.1.4-2#should'] },
  caughtBy: ['will-bypasses-access-rules'],
  needs: ['acl'],
  async run(t) {
    const topic = denied(t);
    const subscriber = await witness(t, topic);
    await subscriber.subscribe({ filter: t.topic(), qos: 1 });
    const twin = await t.connect({ will: t.will(t.topic(), 'allowed') });
    const client = await t.open();
    client.wellBehaved = false;
    await client.send(t.packet.connect({ clientId: client.id, will: t.will(topic, 'denied') }));
    await client.link.until<true>((settle) => {
      if (client.connack !== undefined || client.link.ended) settle(true);
    }, t.timing.graceMs);
    client.link.endExpected = client.link.ended;
    if (!client.link.ended) await client.reset();
    await client.settle();
    await twin.reset();
    await subscriber.expectNotBefore(message(topic, 'denied'), message(t.topic(), 'allowed'));
  },
});
