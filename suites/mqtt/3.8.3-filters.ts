/** §3.8.3, §3.10.3, §4.7: topic filters that are none; refused by SUBACK, or by the end of the connection. */
import {
  defineCase,
  encode,
  mutations,
  publish,
  suback,
  unsuback,
  utf8,
  type CaseContext,
  type PacketOf,
  type Sendable,
} from '#kit';

type Context = CaseContext<unknown>;

/** SUBACK with a failure, or the end; its twin with a good filter is granted, and outlives it. */
async function refused(t: Context, deviant: Sendable): Promise<void> {
  const twin = await t.connect();
  await twin.subscribe(t.topic());
  const client = await t.connect();
  await client.send(deviant);
  const event = await client.look(suback({ packetId: 1 }));
  if (event?.kind === 'packet') {
    const code = (event.packet as PacketOf<'SUBACK'>).reasonCodes[0] ?? 0;
    t.check(code >= 0x80, `the filter was granted with QoS ${code}`, { expected: 'a failure, or the end' });
  } else t.check(client.link.ended, 'the filter was not refused', { expected: 'a failure, or the end' });
  client.link.endExpected = true;
  client.link.claimEnd();
  await twin.ping();
}

/** A SUBSCRIBE to this filter, which no builder would write. */
const subscribeTo = (t: Context, filter: string | Uint8Array): Sendable =>
  mutations.withContent(
    encode(t.packet.subscribe(t.topic(), 1), t.version),
    'subscribe.filter[0]',
    typeof filter === 'string' ? utf8(filter) : filter,
    t.version,
  );

export const hashNotAlone = defineCase({
  title: 'a filter in which # does not fill its level is refused',
  verifies: { '3.1.1': ['MQTT-4.7.1-2#after-separator'], '5.0': ['MQTT-4.7.1-1#after-separator'] },
  caughtBy: ['accepts-bad-filter'],
  needs: ['reaction', 'wildcard'],
  rows: {
    'behind-a-letter': 'a#',
    'behind-a-level': 'a/b#',
    'behind-plus': 'a/+#',
    'twice-in-a-level': 'a/##',
    only: '##',
  },
  async run(t) {
    await refused(t, subscribeTo(t, t.row));
  },
});

export const hashNotLast = defineCase({
  title: 'a filter in which # is not the last character is refused',
  verifies: { '3.1.1': ['MQTT-4.7.1-2#last'], '5.0': ['MQTT-4.7.1-1#last'] },
  caughtBy: ['accepts-bad-filter'],
  needs: ['reaction', 'wildcard'],
  rows: {
    'level-behind': 'a/#/b',
    'slash-behind': 'a/#/',
    first: '#/a',
    'letter-behind': 'a/#b',
    'hash-behind': '#/#',
  },
  async run(t) {
    await refused(t, subscribeTo(t, t.row));
  },
});

export const plusNotAlone = defineCase({
  title: 'a filter in which + does not fill its level is refused',
  verifies: { '3.1.1': ['MQTT-4.7.1-3'], '5.0': ['MQTT-4.7.1-2'] },
  caughtBy: ['accepts-bad-filter'],
  needs: ['reaction', 'wildcard'],
  rows: {
    'behind-a-letter': 'a+',
    'before-a-letter': '+a',
    'in-the-middle': 'a/b+c/d',
    twice: 'a/++',
    'first-level': 'a+/b',
  },
  async run(t) {
    await refused(t, subscribeTo(t, t.row));
  },
});

export const plusAnywhere = defineCase({
  title: '+ may stand at any level, more than once, and before #',
  verifies: { '3.1.1': ['MQTT-4.7.1-3', 'R-3.8.3-1'], '5.0': ['MQTT-4.7.1-2', 'MQTT-3.8.4-7'] },
  caughtBy: ['refuses-plus'],
  needs: ['wildcard'],
  rows: { first: '+/a', last: 'a/+', middle: 'a/+/b', twice: '+/+', 'before-hash': 'a/+/#', 'between-slashes': '/+/' },
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.subscribe(t.topic(t.row), 1));
    await client.expect(suback({ packetId: 1, reasonCodes: [0] }));
    await client.settle();
    const topic = t.topic(t.row.replaceAll('+', 'plus').replace('#', 'hash'));
    const publisher = await t.connect();
    await publisher.publish(topic, 'x', { qos: 1 });
    await client.expect(publish({ topic }));
  },
});

export const empty = defineCase({
  title: 'an empty filter is refused',
  verifies: { '3.1.1': ['MQTT-4.7.3-1#filter'], '5.0': ['MQTT-4.7.3-1#filter'] },
  caughtBy: ['accepts-empty-filter'],
  needs: ['reaction'],
  async run(t) {
    await refused(t, subscribeTo(t, ''));
  },
});

export const nul = defineCase({
  title: 'a filter with U+0000 ends the connection',
  verifies: { '3.1.1': ['MQTT-4.7.3-2#filter'], '5.0': ['MQTT-4.7.3-2#filter'] },
  caughtBy: ['accepts-nul-in-filter'],
  needs: ['reaction'],
  rows: { 'in-subscribe': 'SUBSCRIBE', 'in-unsubscribe': 'UNSUBSCRIBE' } as const,
  async run(t) {
    await illFormed(t, t.row, Uint8Array.of(0x61, 0x00, 0x62));
  },
});

/** Not one of them is UTF-8. */
const ILL_FORMED = {
  'lone-continuation': Uint8Array.of(0x61, 0x80),
  'cut-off': Uint8Array.of(0x61, 0xe2, 0x82),
  overlong: Uint8Array.of(0xc0, 0xaf),
  'overlong-nul': Uint8Array.of(0xc0, 0x80),
  surrogate: Uint8Array.of(0xed, 0xa0, 0x80),
  'above-10ffff': Uint8Array.of(0xf4, 0x90, 0x80, 0x80),
  'no-such-octet': Uint8Array.of(0xff),
} as const;

export const illFormedSubscribe = defineCase({
  title: 'a filter in SUBSCRIBE that is not UTF-8 ends the connection',
  verifies: { '3.1.1': ['MQTT-3.8.3-1'], '5.0': ['MQTT-3.8.3-1'] },
  caughtBy: ['accepts-ill-formed-utf8'],
  needs: ['reaction'],
  rows: ILL_FORMED,
  async run(t) {
    await illFormed(t, 'SUBSCRIBE', t.row);
  },
});

export const illFormedUnsubscribe = defineCase({
  title: 'a filter in UNSUBSCRIBE that is not UTF-8 ends the connection',
  verifies: { '3.1.1': ['MQTT-3.10.3-1'], '5.0': ['MQTT-3.10.3-1'] },
  caughtBy: ['accepts-ill-formed-utf8'],
  needs: ['reaction'],
  rows: ILL_FORMED,
  async run(t) {
    await illFormed(t, 'UNSUBSCRIBE', t.row);
  },
});

async function illFormed(t: Context, type: 'SUBSCRIBE' | 'UNSUBSCRIBE', content: Uint8Array): Promise<void> {
  const subscribes = type === 'SUBSCRIBE';
  const valid = subscribes ? t.packet.subscribe(t.topic(), 1) : t.packet.unsubscribe(t.topic(), 1);
  const field = subscribes ? 'subscribe.filter[0]' : 'unsubscribe.filter[0]';
  await t.deviation({
    control: valid,
    answer: subscribes ? suback({ packetId: 1 }) : unsuback({ packetId: 1 }),
    deviant: mutations.withContent(encode(valid, t.version), field, content, t.version),
  });
}
