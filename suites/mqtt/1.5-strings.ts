/** §1.5: strings. What is no UTF-8 is refused in every string of every packet; what is UTF-8 arrives as it was. */
import {
  connack,
  defineCase,
  encode,
  message,
  mutations,
  puback,
  publish,
  suback,
  unsuback,
  utf8,
  type CaseContext,
  type Matcher,
  type Packet,
  type Properties,
} from '#kit';
import type { Id311, Id50 } from '#spec';

/** Octets that no UTF-8 holds, between two letters: continuation alone, overlong, cut, beyond U+10FFFF, no lead byte. */
const ILL_FORMED = [
  [0x61, 0x80, 0x62],
  [0x61, 0xc0, 0xaf, 0x62],
  [0x61, 0xe0, 0x80, 0xaf, 0x62],
  [0x61, 0xe2, 0x82],
  [0x61, 0xf0, 0x9f, 0x98],
  [0x61, 0xf4, 0x90, 0x80, 0x80, 0x62],
  [0x61, 0xf8, 0x88, 0x80, 0x80, 0x80, 0x62],
  [0xfe, 0xff],
] as const;

const SURROGATES = [
  [0x61, 0xed, 0xa0, 0x80, 0x62],
  [0x61, 0xed, 0xbf, 0xbf, 0x62],
  [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
] as const;

/** U+0000 at the start, in the middle, at the end; alone; and in two bytes as Java writes it. */
const NULS = [[0x00, 0x61], [0x61, 0x00, 0x62], [0x61, 0x00], [0x00]] as const;

interface Field {
  readonly packet: 'CONNECT' | 'PUBLISH' | 'SUBSCRIBE' | 'UNSUBSCRIBE';
  /** As the mutations call it. */
  readonly field: string;
}

const FIELDS = {
  'client-id': { packet: 'CONNECT', field: 'connect.client-id' },
  username: { packet: 'CONNECT', field: 'connect.username' },
  'will-topic': { packet: 'CONNECT', field: 'will.topic' },
  topic: { packet: 'PUBLISH', field: 'publish.topic' },
  'subscribe-filter': { packet: 'SUBSCRIBE', field: 'subscribe.filter[0]' },
  'unsubscribe-filter': { packet: 'UNSUBSCRIBE', field: 'unsubscribe.filter[0]' },
} as const satisfies Record<string, Field>;

export const illFormed = defineCase({
  title: 'a string that is not UTF-8 ends the connection, in whichever field it stands',
  verifies: { '3.1.1': ['MQTT-1.5.3-1#client-input'], '5.0': ['MQTT-1.5.4-1#client-input'] },
  caughtBy: ['accepts-ill-formed-utf8'],
  needs: ['reaction', 'qos1'],
  rows: FIELDS,
  run: (t) => refused(t, t.row, ILL_FORMED),
});

export const surrogates = defineCase({
  title: 'a string that encodes surrogates ends the connection, in whichever field it stands',
  verifies: { '3.1.1': ['MQTT-1.5.3-1#surrogate-input'], '5.0': ['MQTT-1.5.4-1#surrogate-input'] },
  caughtBy: ['accepts-ill-formed-utf8'],
  needs: ['reaction', 'qos1'],
  rows: FIELDS,
  run: (t) => refused(t, t.row, SURROGATES),
});

export const nul = defineCase({
  title: 'a string that holds U+0000 ends the connection, in whichever field it stands',
  verifies: { '3.1.1': ['MQTT-1.5.3-2#client-input'], '5.0': ['MQTT-1.5.4-2#client-input'] },
  caughtBy: ['accepts-nul-in-strings'],
  needs: ['reaction', 'qos1'],
  rows: FIELDS,
  run: (t) => refused(t, t.row, NULS),
});

export const topicIllFormed = defineCase({
  title: 'a PUBLISH whose topic name is no UTF-8, or not there, ends the connection',
  verifies: { '3.1.1': ['MQTT-3.3.2-1#client-input'], '5.0': ['MQTT-3.3.2-1#client-input'] },
  caughtBy: ['accepts-nul-in-topic'],
  needs: ['reaction', 'qos1'],
  async run(t) {
    const { control, answer } = whole(t, 'PUBLISH');
    const bytes = encode(control, t.version);
    const bad = ILL_FORMED.map((octets) =>
      mutations.withContent(bytes, 'publish.topic', Uint8Array.from(octets), t.version),
    );
    const without = { name: 'a PUBLISH without anything', bytes: Uint8Array.of(0x30, 0x00) };
    await t.deviations({ control, answer, deviants: [...bad, without] });
  },
});

const PROPERTIES = {
  'publish-content-type': { packet: 'PUBLISH', field: 'publish.property.contentType.value' },
  'publish-response-topic': { packet: 'PUBLISH', field: 'publish.property.responseTopic.value' },
  'publish-user-name': { packet: 'PUBLISH', field: 'publish.property.userProperties[0].name' },
  'publish-user-value': { packet: 'PUBLISH', field: 'publish.property.userProperties[0].value' },
  'subscribe-user-name': { packet: 'SUBSCRIBE', field: 'subscribe.property.userProperties[0].name' },
  'subscribe-user-value': { packet: 'SUBSCRIBE', field: 'subscribe.property.userProperties[0].value' },
  'unsubscribe-user-name': { packet: 'UNSUBSCRIBE', field: 'unsubscribe.property.userProperties[0].name' },
  'unsubscribe-user-value': { packet: 'UNSUBSCRIBE', field: 'unsubscribe.property.userProperties[0].value' },
  'connect-user-name': { packet: 'CONNECT', field: 'connect.property.userProperties[0].name' },
  'connect-user-value': { packet: 'CONNECT', field: 'connect.property.userProperties[0].value' },
  'will-content-type': { packet: 'CONNECT', field: 'will.property.contentType.value' },
  'will-response-topic': { packet: 'CONNECT', field: 'will.property.responseTopic.value' },
  'will-user-name': { packet: 'CONNECT', field: 'will.property.userProperties[0].name' },
  'will-user-value': { packet: 'CONNECT', field: 'will.property.userProperties[0].value' },
} as const satisfies Record<string, Field>;

export const propertyIllFormed = defineCase({
  title: 'a string of a property that is not UTF-8, or holds U+0000, ends the connection',
  verifies: {
    '5.0': [
      'MQTT-1.5.4-1#client-input',
      'MQTT-1.5.7-1#name-input',
      'MQTT-1.5.7-1#value-input',
      'MQTT-3.3.2-13',
      'MQTT-3.3.2-19',
    ],
  },
  caughtBy: ['accepts-ill-formed-properties', 'accepts-ill-formed-utf8', 'accepts-nul-in-strings'],
  needs: ['reaction', 'qos1'],
  rows: PROPERTIES,
  async run(t) {
    const { field } = t.row;
    const breaks = field.endsWith('.name')
      ? '5.0/MQTT-1.5.7-1#name-input'
      : field.includes('userProperties')
        ? '5.0/MQTT-1.5.7-1#value-input'
        : field.includes('contentType')
          ? '5.0/MQTT-3.3.2-19'
          : '5.0/MQTT-3.3.2-13';
    const samples = [ILL_FORMED[0], ILL_FORMED[1], SURROGATES[0], NULS[1]];
    await refused(t, t.row, samples, field.startsWith('will.') ? '5.0/MQTT-1.5.4-1#client-input' : breaks);
  },
});

async function refused(
  t: CaseContext<unknown>,
  { packet, field }: Field,
  samples: readonly (readonly number[])[],
  breaks?: `5.0/${Id50}`,
): Promise<void> {
  const { control, answer } = whole(t, packet, field);
  if (field === 'connect.username') await anyName(t, control);
  const bytes = encode(control, t.version);
  const deviants = samples.map((octets) => mutations.withContent(bytes, field, Uint8Array.from(octets), t.version));
  const more = breaks === undefined ? {} : { breaks };
  await t.deviations({ control, answer, deviants, ...more, ...(packet === 'CONNECT' ? { first: true } : {}) });
}

/** A broker with accounts refuses every name but the target's own, and says nothing about its octets by that. */
async function anyName(t: CaseContext<unknown>, control: Packet): Promise<void> {
  const client = await t.open();
  client.wellBehaved = false;
  await client.send(control);
  const came = await client.look(connack());
  if (came?.kind !== 'packet' || client.connack?.reasonCode !== 0) t.skip('needs a server that takes any user name');
  await client.disconnect();
}

/** A packet that holds every string that it may hold. */
function whole(t: CaseContext<unknown>, type: Field['packet'], field = ''): { control: Packet; answer: Matcher } {
  const has = (properties: Properties): { properties?: Properties } => (t.version === '5.0' ? { properties } : {});
  const pair = { userProperties: [['name', 'value']] } as const;
  const text = { ...pair, contentType: 'text', responseTopic: t.topic('r') };
  switch (type) {
    case 'CONNECT': {
      // A broker with accounts knows no other name than the target's: it is there only where it is the matter.
      const named = field === 'connect.username' ? { username: 'mqttspec', ...t.credentials() } : {};
      const will = t.will(t.topic('will'), 'w', has(text));
      return { control: t.packet.connect({ ...named, will, ...has(pair) }), answer: connack({ reasonCode: 0 }) };
    }
    case 'PUBLISH': {
      const control = t.packet.publish(t.topic(), 'x', { qos: 1, packetId: 1, ...has(text) });
      return { control, answer: puback({ packetId: 1 }) };
    }
    case 'SUBSCRIBE': {
      const control = t.packet.subscribe(t.topic('s'), 1, has(pair).properties);
      return { control, answer: suback({ packetId: 1 }) };
    }
    case 'UNSUBSCRIBE': {
      const control = t.packet.unsubscribe(t.topic('s'), 1, has(pair).properties);
      return { control, answer: unsuback({ packetId: 1 }) };
    }
  }
}

export const longerThanPacket = defineCase({
  title: 'a string whose length runs beyond the packet ends the connection',
  verifies: { '3.1.1': ['R-1.5.3-2'], '5.0': ['R-1.2-1'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction', 'qos1'],
  rows: {
    topic: FIELDS.topic,
    'subscribe-filter': FIELDS['subscribe-filter'],
    unsubscribe: FIELDS['unsubscribe-filter'],
  },
  async run(t) {
    const { control, answer } = whole(t, t.row.packet);
    const bytes = encode(control, t.version);
    const deviants = [200, 0x7fff, 0xffff].map((length) => mutations.withLength(bytes, t.row.field, length, t.version));
    await t.deviations({ control, answer, deviants });
  },
});

export const byteOrderMark = defineCase({
  title: 'U+FEFF in a topic is a character like any other, also at its start',
  verifies: { '3.1.1': ['MQTT-1.5.3-3'], '5.0': ['MQTT-1.5.4-3'] },
  caughtBy: ['strips-bom'],
  needs: ['wildcard'],
  rows: { start: '\uFEFFa', middle: 'a\uFEFFb', alone: '\uFEFF' },
  async run(t) {
    const marked = t.topic(`t/${t.row}`);
    const without = t.topic(`t/${t.row.replaceAll('\uFEFF', '')}`);
    const exact = await t.connect();
    await exact.subscribe(marked);
    const other = await t.connect();
    await other.subscribe(without);
    const publisher = await t.connect();
    await publisher.publish(marked, 'marked');
    await publisher.publish(without, 'bare');
    await exact.expect(publish({ topic: marked, payload: utf8('marked') }));
    await other.expect(publish({ topic: without, payload: utf8('bare') }));
  },
});

export const byteOrderMarkInProperties = defineCase({
  title: 'U+FEFF at the start of a string of a property is passed on',
  verifies: { '5.0': ['MQTT-1.5.4-3'] },
  caughtBy: ['content-type-dropped', 'user-properties-dropped'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    const publisher = await t.connect();
    const properties = {
      contentType: '\uFEFFtext',
      responseTopic: '\uFEFFr',
      userProperties: [['\uFEFFname', '\uFEFF']] as const,
    };
    await publisher.publish(t.topic(), 'x', { properties });
    await subscriber.expect(publish({ topic: t.topic(), properties }));
  },
});

/** First and last of each length, around the surrogates, and some that fonts and forms of Unicode make unlike. */
const WELL_FORMED = {
  'two-bytes': '\u00A0\u00E9\u07FF',
  'three-bytes': '\u0800\uD7FF\uE000\uFFFD',
  'four-bytes': '\u{10000}\u{1F600}\u{10FFFD}',
  combining: 'e\u0301\u202E\u200D',
} as const;

export const wellFormed = defineCase({
  title: 'every character arrives as it was sent',
  verifies: { '3.1.1': ['MQTT-1.5.3-1#server-output'], '5.0': ['MQTT-1.5.4-1#server-output'] },
  caughtBy: ['alters-non-bmp', 'sends-ill-formed-topic'],
  rows: WELL_FORMED,
  async run(t) {
    const topic = t.topic(`t/${t.row}`);
    const subscriber = await t.connect();
    await subscriber.subscribe(topic);
    const publisher = await t.connect();
    await publisher.publish(topic, 'x');
    await subscriber.expect(publish({ topic, payload: utf8('x') }));
  },
});

export const noNulFromServer = defineCase({
  title: 'no string that the server sends holds U+0000',
  verifies: { '3.1.1': ['MQTT-1.5.3-2#server-output'], '5.0': ['MQTT-1.5.4-2#server-output'] },
  caughtBy: ['sends-nul-in-topic'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    await (await t.connect()).publish(t.topic(), 'x');
    await subscriber.expect(publish({ topic: t.topic() }));
  },
});

export const pairsWellFormed = defineCase({
  title: 'user properties arrive as the UTF-8 that was sent',
  verifies: { '5.0': ['MQTT-1.5.7-1#server-output'] },
  caughtBy: ['sends-ill-formed-user-properties'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    const userProperties = Object.entries(WELL_FORMED).map(([name, text]) => [`${name}${text}`, text] as const);
    await (await t.connect()).publish(t.topic(), 'x', { properties: { userProperties } });
    await subscriber.expect(publish({ topic: t.topic(), properties: { userProperties } }));
  },
});

export const unusualCharacters = defineCase({
  title: 'control characters and non-characters are passed on, or refused',
  verifies: { '3.1.1': ['R-1.5.3-1' satisfies Id311], '5.0': ['R-1.5.4-1'] },
  observes: ['clean', 'refuses-control-characters'],
  needs: ['qos1', 'wildcard'],
  rows: { control: 'a\u0001b', 'control-c1': 'a\u0085b', 'non-character': 'a\uFFFFb' },
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic('#'), qos: 1 });
    const publisher = await t.connect();
    publisher.link.endExpected = true;
    await publisher.send(t.packet.publish(t.topic(t.row), 'odd', { qos: 1, packetId: 1 }));
    await publisher.look(puback({ packetId: 1 }));
    await (await t.connect()).publish(t.topic('sentinel'), 's', { qos: 1 });
    await subscriber.expect(message(t.topic('sentinel'), 's'));
    const came = await subscriber.look(publish({ topic: t.topic(t.row) }), 0);
    t.observe(came === undefined ? (publisher.link.ended ? 'closed' : 'not delivered') : 'delivered unchanged');
  },
});
