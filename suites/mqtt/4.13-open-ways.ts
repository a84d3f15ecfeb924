/** What the standards leave open: which of the allowed ways a server takes is recorded. */
import {
  connack,
  defineCase,
  ended,
  leave,
  pattern,
  publish,
  puback,
  pubrec,
  suback,
  unsuback,
  type CaseContext,
  type Client,
} from '#kit';

/** How many PUBLISHes of a topic came, once nothing more is on its way. */
async function countOf(t: CaseContext<unknown>, client: Client, topic: string): Promise<number> {
  await t.sleep(4 * t.timing.settleMs);
  await client.ping();
  let count = 0;
  while ((await client.look(publish({ topic }), 0)) !== undefined) count += 1;
  return count;
}

export const identifierInUse = defineCase({
  title: 'a QoS 2 PUBLISH whose identifier is still in use: refused by 0x91, or taken for a repetition',
  verifies: { '5.0': ['MQTT-2.2.1-3#in-use'] },
  observes: ['clean', 'refuses-identifiers-in-use'],
  needs: ['qos2', 'reaction'],
  async run(t) {
    const client = await t.connect();
    client.wellBehaved = false;
    await client.send(t.packet.publish(t.topic(), 'first', { qos: 2, packetId: 3 }));
    await client.expect(pubrec({ packetId: 3, reasonCode: 0 }));
    await client.send(t.packet.publish(t.topic(), 'another', { qos: 2, packetId: 3 }));
    const second = await client.look(pubrec({ packetId: 3 }));
    client.link.endExpected = client.link.ended;
    const code = second?.kind === 'packet' && second.packet.type === 'PUBREC' ? second.packet.reasonCode : undefined;
    if (code !== undefined) t.observe(`PUBREC 0x${code.toString(16).padStart(2, '0')}`);
    else t.observe(client.link.ended ? 'the connection ends' : 'no answer');
  },
});

export const repeatedToQos0 = defineCase({
  title: 'a QoS 1 message that came twice goes to a QoS 0 subscription once or more',
  verifies: { '3.1.1': ['MQTT-3.8.4-6#may'], '5.0': ['R-3.8.4-2'] },
  observes: ['clean', 'repeats-to-qos-0'],
  needs: ['qos1'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 0 });
    const publisher = await t.connect();
    await publisher.send(t.packet.publish(t.topic(), 'twice', { qos: 1, packetId: 1 }));
    await publisher.expect(puback({ packetId: 1 }));
    await publisher.send(t.packet.publish(t.topic(), 'twice', { qos: 1, packetId: 1, dup: true }));
    await publisher.expect(puback({ packetId: 1 }));
    const copies = await countOf(t, subscriber, t.topic());
    t.observe(`${copies} copies of two PUBLISHes`);
  },
});

/** Messages: more than a server keeps on their way to one client, as far as that is known. */
const MANY = 30;

export const bufferedAtUnsubscribe = defineCase({
  title: 'messages that are buffered when UNSUBSCRIBE comes are delivered or not',
  verifies: { '3.1.1': ['R-3.10.4-1'], '5.0': ['R-3.10.4-1'] },
  observes: ['clean', 'drops-buffered-at-unsubscribe'],
  needs: ['qos1'],
  async run(t) {
    const properties = t.version === '5.0' ? { properties: { receiveMaximum: 1 } } : {};
    const client = await t.connect({ acknowledge: false, ...properties });
    await client.subscribe({ filter: t.topic(), qos: 1 });
    const publisher = await t.connect();
    for (let n = 0; n < MANY; n += 1) await publisher.publish(t.topic(), `${n}`, { qos: 1 });
    await client.ping();
    const before = client.link.unclaimed.length;
    const packetId = client.nextPacketId();
    await client.send(t.packet.unsubscribe(t.topic(), packetId));
    await client.expect(unsuback({ packetId }));
    client.acknowledge = true;
    let came = 0;
    for (;;) {
      const event = await client.look(
        publish({ topic: t.topic() }),
        came < before ? t.timing.replyMs : 4 * t.timing.settleMs,
      );
      if (event?.kind !== 'packet' || event.packet.type !== 'PUBLISH') break;
      // What came before acknowledging was switched on.
      came += 1;
      if (came <= before) await client.send(t.packet.puback(event.packet.packetId ?? 0));
    }
    if (came === MANY && before === MANY) t.observe('all were on their way before');
    else
      t.observe(
        came === MANY ? 'delivered all the same' : `${came > before ? 'some' : 'none'} of the buffered ones come`,
      );
  },
});

export const retainedQos0 = defineCase({
  title: 'a retained QoS 0 message is kept, or forgotten after a while',
  verifies: { '3.1.1': ['MQTT-3.3.1-7#may'] },
  observes: ['clean', 'forgets-large-retained-qos-0'],
  needs: ['retain'],
  async run(t) {
    const publisher = await t.connect();
    await publisher.publish(t.topic(), pattern(5_000), { retain: true });
    await publisher.ping();
    await publisher.settle();
    const client = await t.connect();
    await client.send(t.packet.subscribe(t.topic(), 1));
    await client.expect(suback({ packetId: 1 }));
    const came = await client.look(publish({ topic: t.topic() }), 4 * t.timing.settleMs + 100);
    t.observe(came === undefined ? 'forgotten' : 'kept');
  },
});

export const memberLost = defineCase({
  title: 'a message whose member of a share lost its connection waits for it, or goes to another',
  verifies: { '5.0': ['R-4.8.2-7'] },
  observes: ['clean', 'redistributes-when-connection-is-lost'],
  needs: ['shared', 'qos1'],
  async run(t) {
    const filter = { filter: `$share/${t.clientId()}/${t.topic()}`, qos: 1 } as const;
    const session = { cleanStart: false, properties: { sessionExpiryInterval: 100 }, acknowledge: false } as const;
    const members = [await t.connect(session), await t.connect(session)] as const;
    for (const member of members) await member.subscribe(filter);
    await (await t.connect()).publish(t.topic(), 'x', { qos: 1 });
    await t.sleep(4 * t.timing.settleMs);
    for (const member of members) await member.ping();
    const chosen = members.find(({ link }) => link.unclaimed.some((event) => event.kind === 'packet'));
    if (chosen === undefined) return t.skip('not exercised: no member got the message');
    const other = chosen === members[0] ? members[1] : members[0];
    await chosen.look(publish({ topic: t.topic() }), 0);
    await leave(chosen, 'reset');
    const again = await other.look(publish({ topic: t.topic() }), 8 * t.timing.settleMs + t.moreMs);
    t.observe(again === undefined ? 'it waits for the member' : 'it goes to another');
  },
});

export const redirection = defineCase({
  title: 'clients are served, or sent to another server with or without its name',
  verifies: { '5.0': ['R-4.11-1'] },
  observes: ['clean', 'redirects-long-client-ids'],
  async run(t) {
    const seen: string[] = [];
    for (const clientId of [t.clientId(), t.clientId().padEnd(60, 'x')]) {
      const client = await t.open({ clientId });
      client.wellBehaved = false;
      await client.send(t.packet.connect({ clientId }));
      await client.look(connack({}));
      const { reasonCode, properties } = client.connack ?? {};
      client.link.endExpected = reasonCode !== 0;
      if (reasonCode !== 0x9c && reasonCode !== 0x9d) continue;
      await client.expect(ended());
      const where = properties?.serverReference === undefined ? 'without' : 'with';
      seen.push(`CONNACK 0x${reasonCode.toString(16)} ${where} Server Reference`);
    }
    t.observe(seen.length === 0 ? 'nobody is sent elsewhere' : seen.join(', '));
  },
});

export const willNotUtf8 = defineCase({
  title: 'a will that says to be UTF-8 and is not: accepted or refused',
  verifies: { '5.0': ['R-3.1.3.2.3-2'] },
  observes: ['clean', 'checks-payload-format'],
  async run(t) {
    const client = await t.open();
    client.wellBehaved = false;
    const will = t.will(t.topic(), Uint8Array.of(0xff, 0xfe), { properties: { payloadFormatIndicator: 1 } });
    await client.send(t.packet.connect({ clientId: client.id, will }));
    await client.look(connack({}));
    const code = client.connack?.reasonCode;
    client.link.endExpected = code !== 0;
    if (code === 0) t.observe('accepted');
    else t.observe(code === undefined ? 'closed without a word' : `refused by CONNACK 0x${code.toString(16)}`);
  },
});

export const wildcardUnavailable = defineCase({
  title: 'a server without wildcard subscriptions refuses filters that hold them',
  verifies: { '3.1.1': ['MQTT-3.8.3-2'] },
  caughtBy: ['wildcard-availability-not-enforced'],
  needs: ['wildcard-off-broker'],
  rows: { plus: '+', hash: '#' },
  async run(t) {
    const twin = await t.connect();
    await twin.subscribe(t.topic('plain'));
    const client = await t.connect();
    await client.send(t.packet.subscribe(t.topic(t.row), 1));
    const answer = await client.look(suback({ packetId: 1 }), t.timing.graceMs);
    if (answer?.kind === 'packet' && answer.packet.type === 'SUBACK') {
      const [code = 0] = answer.packet.reasonCodes;
      t.check(code >= 0x80, `SUBACK 0x0${code.toString(16)}`, { expected: 'SUBACK 0x80, or the end' });
    } else await client.expect(ended());
    await t.roundTrip(twin, await t.connect());
  },
});
