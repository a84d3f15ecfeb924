/** 5.0 §4.8.2: shared subscriptions. */
import {
  connectLasting,
  defineCase,
  leave,
  message,
  publish,
  utf8,
  type CaseContext,
  type Client,
  type PacketOf,
} from '#kit';

type Context = CaseContext<unknown>;

/** A share of this instance alone, so that no member of another run takes its messages. */
const share = (t: Context, filter: string, name = 'g'): string =>
  `$share/${t.topic(name).replaceAll('/', '-')}/${filter}`;

/** Everybody's sentinel, by a plain subscription, has come; a share may still be on its way behind it. */
async function settled(t: Context, publisher: Client, members: readonly Client[]): Promise<void> {
  await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 1 });
  for (const one of members) await one.expect(message(t.topic('sentinel'), 'sentinel'));
  for (const one of members) await one.ping();
}

/** Milliseconds between two looks at several members. */
const LOOK_EVERY = 50;

/** The next message of the topic, to whichever member it comes. */
async function delivered(
  t: Context,
  members: readonly Client[],
  topic: string,
): Promise<{ readonly client: Client; readonly packet: PacketOf<'PUBLISH'> } | undefined> {
  const wanted = publish({ topic });
  const deadline = t.scope.clock.now() + t.timing.replyMs;
  while (t.scope.clock.now() < deadline) {
    for (const client of members) {
      const event = await client.link.take((candidate) => wanted.claims(candidate), 0);
      if (event?.kind === 'packet') return { client, packet: event.packet as PacketOf<'PUBLISH'> };
    }
    await t.sleep(LOOK_EVERY);
  }
  return undefined;
}

/** The acknowledgement of a member has been dealt with: what is published at that moment may wait long in some brokers. */
async function rest(t: Context, one: Client): Promise<void> {
  await one.ping();
  await t.sleep(LOOK_EVERY);
}

async function member(t: Context, filters: readonly string[], qos: 0 | 1 | 2 = 1): Promise<Client> {
  const client = await t.connect();
  await client.subscribe([...filters, t.topic('sentinel')].map((filter) => ({ filter, qos })));
  return client;
}

/** Twelve messages to several members: each comes once among them all. */
async function distribute(t: Context, filter: string, count: number, qos: 0 | 1 | 2): Promise<void> {
  const members: Client[] = [];
  while (members.length < count) members.push(await member(t, [share(t, t.topic(filter))], qos));
  const publisher = await t.connect();
  const got = members.map(() => 0);
  for (let n = 1; n <= 12; n += 1) {
    // One by one: some brokers leave what comes in a burst to the next event.
    await publisher.publish(t.topic('a/b'), `${n}`, { qos });
    const came = await delivered(t, members, t.topic('a/b'));
    if (came === undefined) return void (await members[0]?.expect(message(t.topic('a/b'), `${n}`)));
    const payload = new TextDecoder().decode(came.packet.payload);
    t.check(payload === `${n}`, `${payload} came after ${n} was published`, { expected: `${n}, once` });
    got[members.indexOf(came.client)] = (got[members.indexOf(came.client)] ?? 0) + 1;
    await rest(t, came.client);
  }
  // A copy too many is a finding at the end.
  await settled(t, publisher, members);
  t.observe(`shares of ${got.join(', ')}`);
}

export const oneMember = defineCase({
  title: 'each message goes to one member of a share group',
  verifies: { '5.0': ['R-4.8.2-1'] },
  caughtBy: ['share-copies-to-all', 'share-to-nobody', 'share-is-literal'],
  needs: ['shared', 'qos1', 'qos2'],
  takes: 1,
  rows: {
    'qos-0': { qos: 0, members: 3 },
    'qos-1': { qos: 1, members: 3 },
    'qos-2': { qos: 2, members: 2 },
    'one-member': { qos: 1, members: 1 },
  } as const,
  async run(t) {
    await distribute(t, 'a/b', t.row.members, t.row.qos);
  },
});

export const oneMemberOfWildcard = defineCase({
  title: 'a share whose filter holds wildcards distributes in the same way',
  verifies: { '5.0': ['R-4.8.2-1'] },
  caughtBy: ['share-copies-to-all', 'share-to-nobody', 'share-is-literal'],
  needs: ['shared', 'qos1', 'wildcard'],
  takes: 1,
  rows: { plus: 'a/+', hash: 'a/#', 'plus-first': '+/b' },
  async run(t) {
    await distribute(t, t.row, 3, 1);
  },
});

export const eachGroup = defineCase({
  title: 'each share group and each plain subscription gets its own copy',
  verifies: { '5.0': ['R-4.8.2-2'] },
  caughtBy: ['share-names-ignored', 'share-to-nobody'],
  needs: ['shared', 'qos1'],
  async run(t) {
    const [one, two] = [
      await member(t, [share(t, t.topic('a'), 'one')]),
      await member(t, [share(t, t.topic('a'), 'two')]),
    ];
    const plain = await member(t, [t.topic('a')]);
    const publisher = await t.connect();
    const sent = ['0', '1', '2', '3'];
    for (const payload of sent) {
      await publisher.publish(t.topic('a'), payload, { qos: 1 });
      for (const client of [one, two, plain]) await client.expect(message(t.topic('a'), payload));
      await rest(t, one);
    }
    await settled(t, publisher, [one, two, plain]);
  },
});

export const namesApart = defineCase({
  title: 'shares whose names differ in a single letter are different shares',
  verifies: { '5.0': ['R-4.8.2-2'] },
  caughtBy: ['share-names-ignored'],
  needs: ['shared', 'qos1'],
  rows: {
    'first-letter': { before: ['x', 'y'], after: ['', ''] },
    'last-letter': { before: ['', ''], after: ['x', 'y'] },
    'one-more': { before: ['', ''], after: ['', 'x'] },
    case: { before: ['', ''], after: ['x', 'X'] },
  } as const,
  async run(t) {
    const { before, after } = t.row;
    const middle = t.topic('g').replaceAll('/', '-');
    const named = (at: 0 | 1): string => `$share/${before[at]}${middle}${after[at]}/${t.topic('a')}`;
    const [one, two] = [await member(t, [named(0)]), await member(t, [named(1)])];
    const publisher = await t.connect();
    for (const payload of ['0', '1']) {
      await publisher.publish(t.topic('a'), payload, { qos: 1 });
      for (const client of [one, two]) await client.expect(message(t.topic('a'), payload));
      await rest(t, one);
    }
    await settled(t, publisher, [one, two]);
  },
});

export const grantedQos = defineCase({
  title: 'a member gets messages at the QoS that it was granted',
  verifies: { '5.0': ['MQTT-4.8.2-3', 'MQTT-3.8.4-8'] },
  caughtBy: ['share-qos-of-publisher', 'delivers-below-granted-qos'],
  needs: ['shared', 'qos1', 'qos2'],
  rows: {
    '2-of-0': { published: 2, granted: 0 },
    '2-of-1': { published: 2, granted: 1 },
    '1-of-2': { published: 1, granted: 2 },
    '2-of-2': { published: 2, granted: 2 },
  } as const,
  async run(t) {
    const { published, granted } = t.row;
    const client = await t.connect();
    const { reasonCodes } = await client.subscribe({ filter: share(t, t.topic()), qos: granted });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x', { qos: published });
    // A server may grant less than was asked for (§3.8.4).
    const qos = Math.min(published, granted, reasonCodes[0] ?? 0) as 0 | 1 | 2;
    await client.expect(publish({ topic: t.topic(), payload: utf8('x'), qos }));
  },
});

/** A member that has a message and has not acknowledged it, and another that waits beside it. */
async function chosen(
  t: Context,
  qos: 1 | 2,
): Promise<{ first: Client; other: Client; publisher: Client; packetId: number }> {
  const first = await connectLasting(t, { acknowledge: false });
  await first.subscribe({ filter: share(t, t.topic()), qos });
  const publisher = await t.connect();
  await publisher.publish(t.topic(), 'chosen', { qos });
  const came = await first.expectPacket<PacketOf<'PUBLISH'>>(publish({ topic: t.topic() }));
  if (came.qos !== qos) t.skip(`needs shares of QoS ${qos} (it came with QoS ${came.qos})`);
  const other = await member(t, [share(t, t.topic())], qos);
  return { first, other, publisher, packetId: came.packetId ?? 0 };
}

export const qos2Completed = defineCase({
  title: 'a QoS 2 delivery that has begun is completed to the same member when it comes back',
  verifies: { '5.0': ['MQTT-4.8.2-4'] },
  caughtBy: ['loses-unacknowledged'],
  needs: ['shared', 'qos1', 'qos2'],
  async run(t) {
    const { first, other, publisher, packetId } = await chosen(t, 2);
    await leave(first, 'fin');
    const again = await connectLasting(t, { clientId: first.id });
    await again.expect(publish({ topic: t.topic(), payload: utf8('chosen'), qos: 2, packetId, dup: true }));
    await settled(t, publisher, [other]);
  },
});

export const qos2NotToOthers = defineCase({
  title: 'a QoS 2 delivery that has begun goes to no other member when the session of the chosen one ends',
  verifies: { '5.0': ['MQTT-4.8.2-5'] },
  caughtBy: ['share-redistributes-qos-2'],
  needs: ['shared', 'qos1', 'qos2'],
  async run(t) {
    const { first, other, publisher } = await chosen(t, 2);
    await leave(first, 'fin');
    // Clean Start ends the session that was left.
    await t.connect({ clientId: first.id });
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 1 });
    await other.expectNotBefore(message(t.topic(), 'chosen'), message(t.topic('sentinel'), 'sentinel'));
  },
});

export const qos1Redistributed = defineCase({
  title: 'a QoS 1 message goes to another member when the session of the chosen one ends before it acknowledged',
  verifies: { '5.0': ['R-4.8.2-5'] },
  caughtBy: ['share-not-redistributed'],
  needs: ['shared', 'qos1'],
  async run(t) {
    const { first, other } = await chosen(t, 1);
    await leave(first, 'fin');
    await t.connect({ clientId: first.id });
    await other.expect(message(t.topic(), 'chosen'));
  },
});

export const refusedByMember = defineCase({
  title: 'a message that the chosen member refuses is discarded: neither it nor another gets it again',
  verifies: { '5.0': ['MQTT-4.8.2-6#not-to-others', 'MQTT-4.8.2-6#discard'] },
  caughtBy: ['share-refused-to-others', 'resends-after-failed-ack'],
  needs: ['shared', 'qos1', 'qos2'],
  rows: { puback: 1, pubrec: 2 } as const,
  async run(t) {
    const { first, other, publisher, packetId } = await chosen(t, t.row);
    await first.send(t.row === 1 ? t.packet.puback(packetId, 0x83) : t.packet.pubrec(packetId, 0x83));
    await first.ping();
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 1 });
    await other.expectNotBefore(message(t.topic(), 'chosen'), message(t.topic('sentinel'), 'sentinel'));
    await leave(first, 'fin');
    const again = await connectLasting(t, { clientId: first.id });
    await again.subscribe(t.topic('sentinel'));
    await publisher.publish(t.topic('sentinel'), 'again', { qos: 1 });
    await again.expectNotBefore(message(t.topic(), 'chosen'), message(t.topic('sentinel'), 'again'), {
      breaks: '5.0/MQTT-4.8.2-6#discard',
    });
    await other.expect(message(t.topic('sentinel'), 'again'));
  },
});

export const unsubscribed = defineCase({
  title: 'a shared subscription is ended by its whole filter, not by the plain one behind it',
  verifies: { '5.0': ['R-4.8.2-4', 'MQTT-3.10.4-1#delete'] },
  caughtBy: ['plain-unsubscribe-ends-share', 'share-survives-unsubscribe'],
  needs: ['shared', 'qos1'],
  async run(t) {
    const client = await member(t, [share(t, t.topic())]);
    await client.unsubscribe(t.topic());
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'still', { qos: 1 });
    await client.expect(message(t.topic(), 'still'));
    await client.unsubscribe(share(t, t.topic(), 'another-name'));
    await publisher.publish(t.topic(), 'still there', { qos: 1 });
    await client.expect(message(t.topic(), 'still there'));
    await client.unsubscribe(share(t, t.topic()));
    await publisher.publish(t.topic(), 'late', { qos: 1 });
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 1 });
    await client.expectNotBefore(message(t.topic(), 'late'), message(t.topic('sentinel'), 'sentinel'), {
      breaks: '5.0/MQTT-3.10.4-1#delete',
    });
  },
});

export const countsOnce = defineCase({
  title: 'who subscribes twice to a share is one member: one UNSUBSCRIBE leaves it',
  verifies: { '5.0': ['R-4.8.2-6'] },
  caughtBy: ['resubscribe-adds'],
  needs: ['shared', 'qos1'],
  async run(t) {
    const client = await member(t, [share(t, t.topic())]);
    await client.subscribe({ filter: share(t, t.topic()), qos: 1 });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'once', { qos: 1 });
    await client.expect(message(t.topic(), 'once'));
    await client.unsubscribe(share(t, t.topic()));
    await publisher.publish(t.topic(), 'late', { qos: 1 });
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 1 });
    await client.expectNotBefore(publish({ topic: t.topic() }), message(t.topic('sentinel'), 'sentinel'));
  },
});

export const memberLeaves = defineCase({
  title: 'when a member is gone, the others get everything',
  verifies: { '5.0': ['R-4.8.2-1'] },
  caughtBy: ['share-survives-unsubscribe', 'share-to-nobody'],
  needs: ['shared', 'qos1'],
  rows: { unsubscribe: 'unsubscribe', disconnect: 'disconnect', close: 'close' } as const,
  async run(t) {
    const members = [await member(t, [share(t, t.topic())]), await member(t, [share(t, t.topic())])] as const;
    const [leaving, staying] = members;
    const publisher = await t.connect();
    if (t.row === 'unsubscribe') await leaving.unsubscribe(share(t, t.topic()));
    else await leave(leaving, t.row);
    const sent = ['0', '1', '2', '3', '4', '5'];
    for (const payload of sent) {
      await publisher.publish(t.topic(), payload, { qos: 1 });
      await staying.expect(message(t.topic(), payload));
      await rest(t, staying);
    }
    await settled(t, publisher, t.row === 'unsubscribe' ? members : [staying]);
  },
});

export const ownIdentifier = defineCase({
  title: 'a message of a share holds the Subscription Identifier of the member that gets it, and no other',
  verifies: { '5.0': ['R-3.3.4-7'] },
  caughtBy: ['adds-subscription-id', 'no-subscription-ids'],
  needs: ['shared', 'subid', 'qos1'],
  async run(t) {
    const members = [await member(t, []), await member(t, [])];
    for (const [index, one] of members.entries()) {
      await one.subscribe({ filter: share(t, t.topic()), qos: 1 }, { subscriptionIdentifiers: [71 + index] });
    }
    const publisher = await t.connect();
    for (let n = 1; n <= 6; n += 1) {
      await publisher.publish(t.topic(), `${n}`, { qos: 1 });
      const came = await delivered(t, members, t.topic());
      if (came === undefined) return void (await members[0]?.expect(publish({ topic: t.topic() })));
      const ids = came.packet.properties?.subscriptionIdentifiers ?? [];
      const own = 71 + members.indexOf(came.client);
      t.check(ids.length === 1 && ids[0] === own, `identifiers [${ids.join()}] came to the member of ${own}`, {
        expected: `[${own}]`,
      });
    }
  },
});
