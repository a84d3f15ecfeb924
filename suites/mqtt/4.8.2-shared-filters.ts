/** 5.0 §4.8.2: what the filter of a shared subscription may look like. */
import { defineCase, encode, message, mutations, publish, suback, utf8, type CaseContext, type PacketOf } from '#kit';

type Context = CaseContext<unknown>;

/** A share of this instance alone, so that no member of another run takes its messages. */
const share = (t: Context, filter: string, name = 'g'): string =>
  `$share/${t.topic(name).replaceAll('/', '-')}/${filter}`;

export const prefix = defineCase({
  title: 'only $share/ begins a shared subscription: what looks like it is another filter',
  verifies: { '5.0': ['MQTT-4.8.2-1#prefix'] },
  caughtBy: ['share-prefix-any-case'],
  needs: ['shared', 'qos1'],
  rows: { capital: '$Share/g', 'all-capitals': '$SHARE/g', 'one-letter-more': '$shared/g' },
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.subscribe([`${t.row}/${t.topic('a')}`, t.topic('sentinel')], 1));
    await client.expect(suback({ packetId: 1 }));
    await client.settle();
    const publisher = await t.connect();
    await publisher.publish(t.topic('a'), 'x', { qos: 1 });
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 1 });
    await client.expectNotBefore(publish({ topic: t.topic('a') }), message(t.topic('sentinel'), 'sentinel'));
  },
});

/** SUBACK with a failure, or the end; a twin with a good share is granted, and outlives it. */
async function refused(t: Context, filter: string): Promise<void> {
  const twin = await t.connect();
  await twin.subscribe(share(t, t.topic('a')));
  const bytes = encode(t.packet.subscribe(t.topic(), 1), t.version);
  const client = await t.connect();
  await client.send(mutations.withContent(bytes, 'subscribe.filter[0]', utf8(filter), t.version));
  const event = await client.look(suback({ packetId: 1 }));
  if (event?.kind === 'packet') {
    const code = (event.packet as PacketOf<'SUBACK'>).reasonCodes[0] ?? 0;
    t.check(code >= 0x80, `${filter} was granted with QoS ${code}`, { expected: 'a failure, or the end' });
  } else t.check(client.link.ended, `${filter} was not refused`, { expected: 'a failure, or the end' });
  client.link.claimEnd();
  await twin.ping();
}

export const emptyName = defineCase({
  title: 'a share without a name is refused',
  verifies: { '5.0': ['MQTT-4.8.2-1#share-name'] },
  caughtBy: ['accepts-malformed-share'],
  needs: ['shared', 'reaction'],
  rows: { topic: '$share//a/b', wildcard: '$share//#' },
  async run(t) {
    await refused(t, t.row);
  },
});

export const nameWithWildcard = defineCase({
  title: 'a share whose name holds + or # is refused',
  verifies: { '5.0': ['MQTT-4.8.2-2#no-special'] },
  caughtBy: ['accepts-malformed-share'],
  needs: ['shared', 'reaction'],
  rows: { plus: '$share/+/a', hash: '$share/#/a', 'plus-inside': '$share/g+1/a', 'hash-behind': '$share/g#/a' },
  async run(t) {
    await refused(t, t.row);
  },
});

export const nameOnly = defineCase({
  title: 'a share name without a slash behind it is refused',
  verifies: { '5.0': ['MQTT-4.8.2-2#slash'] },
  caughtBy: ['accepts-malformed-share'],
  needs: ['shared', 'reaction'],
  rows: { name: '$share/mqttspec', 'nothing-at-all': '$share/' },
  async run(t) {
    await refused(t, t.row);
  },
});

export const noFilter = defineCase({
  title: 'a share without a filter is refused',
  verifies: { '5.0': ['MQTT-4.8.2-2#filter'] },
  caughtBy: ['accepts-malformed-share', 'accepts-bad-filter'],
  needs: ['shared', 'reaction'],
  rows: { empty: '$share/mqttspec/', 'hash-not-last': '$share/mqttspec/a/#/b', 'plus-not-alone': '$share/mqttspec/a+' },
  async run(t) {
    await refused(t, t.row);
  },
});
