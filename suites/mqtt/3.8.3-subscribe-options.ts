/** 5.0 §3.8.2.1, §3.8.3.1: the options of a subscription and Subscription Identifiers. */
import {
  absent,
  connectLasting,
  defineCase,
  encode,
  ended,
  leave,
  message,
  mutations,
  publish,
  suback,
  utf8,
} from '#kit';

export const retainHandling3 = defineCase({
  title: 'Retain Handling 3 ends the connection',
  verifies: { '5.0': ['R-3.8.3.1-2'] },
  caughtBy: ['accepts-retain-handling-3'],
  needs: ['reaction'],
  async run(t) {
    const valid = t.packet.subscribe(t.topic(), 1);
    const bytes = encode(valid, t.version);
    const deviant = mutations.byteAt(bytes, bytes.length - 1, 0x30);
    await t.deviation({ control: valid, answer: suback({ packetId: 1 }), deviant });
  },
});

export const noLocalShared = defineCase({
  title: 'No Local on a shared subscription ends the connection',
  verifies: { '5.0': ['MQTT-3.8.3-4#no-local-shared'] },
  caughtBy: ['accepts-shared-no-local'],
  needs: ['reaction', 'shared'],
  async run(t) {
    const valid = t.packet.subscribe(`$share/${t.clientId()}/${t.topic()}`, 1);
    const bytes = encode(valid, t.version);
    const deviant = mutations.byteAt(bytes, bytes.length - 1, 0x04);
    await t.deviation({ control: valid, answer: suback({ packetId: 1 }), deviant });
  },
});

export const noLocalOnlyOwn = defineCase({
  title: 'No Local concerns its own subscription only: another one of the client gets what it published',
  verifies: { '5.0': ['MQTT-3.8.3-3'] },
  caughtBy: ['no-local-ignored'],
  rows: { 'qos-0': 0, 'qos-1': 1 } as const,
  async run(t) {
    const client = await t.connect();
    await client.subscribe([
      { filter: t.topic('quiet'), noLocal: true, qos: t.row },
      { filter: t.topic('loud'), noLocal: false, qos: t.row },
    ]);
    await client.publish(t.topic('quiet'), 'own', { qos: t.row });
    await client.publish(t.topic('loud'), 'own', { qos: t.row });
    await client.expectNotBefore(publish({ topic: t.topic('quiet') }), message(t.topic('loud'), 'own'));
    const other = await t.connect();
    await other.publish(t.topic('quiet'), "another's", { qos: t.row });
    await client.expect(message(t.topic('quiet'), "another's"));
  },
});

export const noLocalReplaced = defineCase({
  title: 'a subscription that is replaced by one without No Local gets what its client publishes',
  verifies: { '5.0': ['MQTT-3.8.4-3', 'MQTT-3.8.3-3'] },
  caughtBy: ['resubscribe-ignored'],
  async run(t) {
    const client = await t.connect();
    await client.subscribe({ filter: t.topic(), noLocal: true });
    await client.publish(t.topic(), 'first', { qos: 1 });
    await client.subscribe({ filter: t.topic(), noLocal: false });
    await client.publish(t.topic(), 'second', { qos: 1 });
    await client.expectNotBefore(message(t.topic(), 'first'), message(t.topic(), 'second'));
  },
});

export const noLocalResumed = defineCase({
  title: 'No Local outlives the connection',
  verifies: { '5.0': ['MQTT-3.8.3-3'] },
  caughtBy: ['resumes-without-options', 'no-local-ignored'],
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe({ filter: t.topic(), noLocal: true });
    await leave(first);
    const again = await connectLasting(t, { clientId: first.id });
    if (again.connack?.sessionPresent !== true) t.skip('the session was not kept');
    await again.publish(t.topic(), 'own', { qos: 1 });
    const other = await t.connect();
    await other.publish(t.topic(), 'sentinel', { qos: 1 });
    await again.expectNotBefore(message(t.topic(), 'own'), message(t.topic(), 'sentinel'));
  },
});

export const identifierZero = defineCase({
  title: 'a Subscription Identifier of 0 ends the connection',
  verifies: { '5.0': ['R-3.8.2.1.2-1'] },
  caughtBy: ['accepts-subscription-id-0'],
  needs: ['reaction', 'subid'],
  async run(t) {
    const valid = t.packet.subscribe(t.topic(), 1, { subscriptionIdentifiers: [1] });
    const bytes = encode(valid, t.version);
    // Behind header, packet identifier, property length and property identifier.
    const deviant = mutations.byteAt(bytes, 6, 0);
    await t.deviation({ control: valid, answer: suback({ packetId: 1 }), deviant });
  },
});

export const identifierTwice = defineCase({
  title: 'two Subscription Identifiers in one SUBSCRIBE end the connection',
  verifies: { '5.0': ['R-3.8.2.1.2-2'] },
  caughtBy: ['accepts-two-subscription-ids'],
  needs: ['reaction', 'subid'],
  rows: { equal: [5, 5], different: [5, 6] },
  async run(t) {
    const valid = t.packet.subscribe(t.topic(), 1, { subscriptionIdentifiers: [5] });
    const bytes = encode({ ...valid, properties: { subscriptionIdentifiers: t.row } }, t.version);
    const deviant = { name: `SUBSCRIBE with identifiers ${t.row.join(' and ')}`, bytes };
    await t.deviation({ control: valid, answer: suback({ packetId: 1 }), deviant });
  },
});

export const identifierTakenAway = defineCase({
  title: 'subscribing again without an identifier takes it away, with another one replaces it',
  verifies: { '5.0': ['R-3.8.2.1.2-4', 'MQTT-3.8.4-3'] },
  caughtBy: ['resubscribe-ignored'],
  needs: ['subid'],
  rows: { away: undefined, replaced: 8 },
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic(), { subscriptionIdentifiers: [7] });
    await subscriber.subscribe(t.topic(), t.row === undefined ? {} : { subscriptionIdentifiers: [t.row] });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x', { qos: 1 });
    const subscriptionIdentifiers = t.row === undefined ? absent : [t.row];
    await subscriber.expect(publish({ topic: t.topic(), properties: { subscriptionIdentifiers } }));
  },
});

export const identifierForEachFilter = defineCase({
  title: 'the identifier of a SUBSCRIBE is that of all its filters, and of no other subscription',
  verifies: { '5.0': ['MQTT-3.3.4-3', 'R-3.3.4-5'] },
  caughtBy: ['no-subscription-ids', 'adds-subscription-id'],
  needs: ['subid'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic('a'), t.topic('b')], { subscriptionIdentifiers: [11] });
    await subscriber.subscribe(t.topic('c'), { subscriptionIdentifiers: [12] });
    await subscriber.subscribe(t.topic('none'));
    const publisher = await t.connect();
    const expected = { a: [11], b: [11], c: [12], none: undefined } as const;
    for (const [name, ids] of Object.entries(expected)) {
      await publisher.publish(t.topic(name), name, { qos: 1 });
      const subscriptionIdentifiers = ids === undefined ? absent : [...ids];
      await subscriber.expect(
        publish({ topic: t.topic(name), payload: utf8(name), properties: { subscriptionIdentifiers } }),
        ids === undefined ? { breaks: '5.0/R-3.3.4-5' } : {},
      );
    }
  },
});

export const identifierWithRetained = defineCase({
  title: 'a retained message comes with the identifier of the subscription for which it is sent',
  verifies: { '5.0': ['MQTT-3.3.4-3', 'R-3.8.2.1.2-3'] },
  caughtBy: ['no-subscription-ids'],
  needs: ['subid', 'retain', 'qos1'],
  async run(t) {
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'kept', { qos: 1, retain: true });
    await publisher.settle();
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic(), { subscriptionIdentifiers: [21] });
    await subscriber.expect(publish({ topic: t.topic(), properties: { subscriptionIdentifiers: [21] } }));
  },
});

export const identifierResumed = defineCase({
  title: 'a Subscription Identifier lives as long as its session, over connections, and comes with what waited',
  verifies: { '5.0': ['R-3.8.4-3'] },
  caughtBy: ['resumes-without-subscription-ids', 'no-subscription-ids'],
  needs: ['subid', 'qos1'],
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe({ filter: t.topic(), qos: 1 }, { subscriptionIdentifiers: [31] });
    await leave(first);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'waited', { qos: 1 });
    const again = await connectLasting(t, { clientId: first.id });
    const properties = { subscriptionIdentifiers: [31] };
    await again.expect(message(t.topic(), 'waited', { properties }));
    await publisher.publish(t.topic(), 'later', { qos: 1 });
    await again.expect(message(t.topic(), 'later', { properties }));
  },
});

export const wildcardUnavailable = defineCase({
  title: 'a wildcard filter though CONNACK says that there are none ends the connection',
  verifies: { '5.0': ['R-3.2.2.3.11-2'] },
  caughtBy: ['wildcard-availability-not-enforced'],
  needs: ['wildcard-off-broker', 'reaction'],
  rows: { plus: '+', hash: '#' },
  async run(t) {
    const deviant = t.packet.subscribe(t.topic(t.row), 1);
    const outcome = ended({ reason: 0xa2 });
    await t.deviation({
      control: t.packet.subscribe(t.topic('a'), 1),
      answer: suback({ packetId: 1 }),
      deviant,
      outcome,
    });
  },
});

export const identifierUnavailable = defineCase({
  title: 'a Subscription Identifier though CONNACK says that there are none ends the connection',
  verifies: { '5.0': ['R-3.2.2.3.12-2'] },
  caughtBy: ['identifier-availability-not-enforced'],
  needs: ['subid-off-broker', 'reaction'],
  async run(t) {
    const control = t.packet.subscribe(t.topic(), 1);
    const deviant = { ...control, properties: { subscriptionIdentifiers: [1] } };
    await t.deviation({ control, answer: suback({ packetId: 1 }), deviant, outcome: ended({ reason: 0xa1 }) });
  },
});

export const sharedUnavailable = defineCase({
  title: 'a shared filter though CONNACK says that there are none ends the connection',
  verifies: { '5.0': ['R-3.2.2.3.13-2'] },
  caughtBy: ['shared-availability-not-enforced'],
  needs: ['shared-off-broker', 'reaction'],
  async run(t) {
    const control = t.packet.subscribe(t.topic(), 1);
    const deviant = t.packet.subscribe(`$share/g/${t.topic()}`, 1);
    await t.deviation({ control, answer: suback({ packetId: 1 }), deviant, outcome: ended({ reason: 0x9e }) });
  },
});
