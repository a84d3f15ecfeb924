/** §4.7: which topic names a topic filter matches, judged against a matcher that shares nothing with any broker. */
import { defineCase, matches, message, pingresp, publish, suback, type CaseContext } from '#kit';

type Context = CaseContext<unknown>;

/** Topic names of letters and slashes, in every shape: what else brokers stumble over stands in cases of its own. */
// prettier-ignore
const LEVELS = [
  'a', 'a/', 'a/b', 'a/b/', 'a/b/c', 'a/b/c/d', 'a//b', 'a///b', 'a/bb', 'aa/b', 'ab', 'b', 'b/a', 'b/a/b',
  '/', '//', '/a', '/a/b', '//a', 'a//', '/a/',
] as const;

/** Publishes to all of them; each that the filter matches must come, with its own payload, and no other. */
async function judge(t: Context, filter: string, topics: readonly string[] = LEVELS): Promise<void> {
  const subscriber = await t.connect();
  await subscriber.subscribe([t.topic(`tree/${filter}`), t.topic('sentinel')]);
  const publisher = await t.connect();
  t.scope.story.tell(`publish to ${topics.length} topics below ${t.topic('tree')}`);
  for (const [index, name] of topics.entries()) {
    await publisher.sendQuietly(t.packet.publish(t.topic(`tree/${name}`), `${index}`));
  }
  await publisher.publish(t.topic('sentinel'), 'sentinel');
  for (const [index, name] of topics.entries()) {
    const topic = t.topic(`tree/${name}`);
    if (matches(t.topic(`tree/${filter}`), topic)) await subscriber.expect(message(topic, `${index}`));
  }
  // What came beside them is a finding at the end.
  await subscriber.expect(message(t.topic('sentinel'), 'sentinel'));
}

/** Filters as rows, each under a key that can be typed. */
const rows = <K extends string>(filters: Readonly<Record<K, string>>): Readonly<Record<K, string>> => filters;

export const plus = defineCase({
  title: '+ stands for exactly one level, also an empty one',
  verifies: { '3.1.1': ['R-4.7.1.3-1', 'MQTT-4.7.1-3'], '5.0': ['R-4.7.1.3-1', 'MQTT-4.7.1-2'] },
  caughtBy: ['plus-matches-many', 'plus-misses-empty-level'],
  needs: ['wildcard'],
  rows: rows({
    alone: '+',
    last: 'a/+',
    first: '+/b',
    middle: 'a/+/c',
    twice: '+/+',
    'three-times': '+/+/+',
    'before-a-slash': '+/',
    'behind-a-slash': '/+',
    'between-slashes': '/+/',
    'around-an-empty-level': '+//+',
    'behind-two-levels': 'a/b/+',
  }),
  async run(t) {
    await judge(t, t.row);
  },
});

export const hash = defineCase({
  title: '# stands for any number of levels below, and for the parent itself',
  verifies: { '3.1.1': ['R-4.7.1.2-1'], '5.0': ['R-4.7.1.2-1'] },
  caughtBy: ['hash-misses-parent'],
  needs: ['wildcard'],
  rows: rows({
    everything: '#',
    below: 'a/#',
    'two-levels-below': 'a/b/#',
    'behind-a-slash': '/#',
    'behind-an-empty-level': 'a//#',
    'behind-two-slashes': '//#',
    'below-nothing': 'zzz/#',
    'of-a-leaf': 'b/a/b/#',
  }),
  async run(t) {
    await judge(t, t.row);
  },
});

export const mixed = defineCase({
  title: '+ and # in one filter',
  verifies: { '3.1.1': ['R-4.7.1.2-1', 'R-4.7.1.3-1'], '5.0': ['R-4.7.1.2-1', 'R-4.7.1.3-1'] },
  caughtBy: ['plus-matches-many', 'hash-misses-parent', 'plus-misses-empty-level'],
  needs: ['wildcard'],
  rows: rows({
    'plus-hash': '+/#',
    'plus-plus-hash': '+/+/#',
    'level-plus-hash': 'a/+/#',
    'plus-level-hash': '+/b/#',
    'slash-plus-hash': '/+/#',
  }),
  async run(t) {
    await judge(t, t.row);
  },
});

export const literal = defineCase({
  title: 'a filter without wildcards matches the topic of the same characters, and no other',
  verifies: { '3.1.1': ['MQTT-4.7.3-4#no-normalization'], '5.0': ['MQTT-4.7.3-4#no-normalization'] },
  caughtBy: ['normalises-unicode', 'ignores-case', 'merges-slashes', 'drops-trailing-slash'],
  // The first is subscribed to.
  rows: {
    letters: ['a/b', 'a', 'b', 'ab', 'a/b/c', 'A/B', 'a//b', 'a/b/'],
    star: ['*', 'a', 'ab'],
    'letter-star': ['a*', 'a', 'ab', 'a/b'],
    greater: ['a/>', 'a/b', 'a/b/c'],
    dot: ['a.b', 'a/b', 'ab'],
    'slash-not-dot': ['a/b', 'a.b'],
    backslash: ['a\\b', 'a/b', 'ab'],
    percent: ['a%2Fb', 'a/b', 'a%2fb'],
    composed: ['\u00e4', 'a\u0308', 'a'],
    decomposed: ['a\u0308', '\u00e4', 'a'],
    ligature: ['\ufb01', 'fi'],
    'ohm-sign': ['\u2126', '\u03a9'],
    'half-width': ['\uff21', 'A'],
    'sharp-s': ['\u00df', 'ss', '\u1e9e'],
    'beyond-the-bmp': ['\u{1f600}', '\u{1f601}', '\uf600', '\u{1f600}/b'],
    'dollar-level': ['a/$b', 'a/b', 'a/$'],
  },
  async run(t) {
    await judge(t, t.row[0] ?? '', t.row);
  },
});

export const letterCase = defineCase({
  title: 'topics differ by letter case',
  verifies: { '3.1.1': ['R-4.7.3-1'], '5.0': ['R-4.7.3-1'] },
  caughtBy: ['ignores-case'],
  rows: {
    lower: ['a/b', 'A/b', 'a/B', 'A/B'],
    upper: ['A/B', 'a/b', 'A/b', 'a/B'],
    mixed: ['A/b', 'a/b', 'A/B', 'a/B'],
    umlaut: ['\u00c4', '\u00e4'],
    'kelvin-sign': ['\u212a', 'K', 'k'],
    'dotted-i': ['\u0130', 'i', '\u0131', 'I'],
  },
  async run(t) {
    await judge(t, t.row[0] ?? '', t.row);
  },
});

export const slashes = defineCase({
  title: 'a slash at the start or the end makes another topic',
  verifies: { '3.1.1': ['R-4.7.3-2'], '5.0': ['R-4.7.3-2'] },
  caughtBy: ['drops-trailing-slash'],
  rows: rows({ without: 'a', behind: 'a/', 'two-behind': 'a//', before: '/a', around: '/a/', alone: '/' }),
  async run(t) {
    await judge(t, t.row);
  },
});

export const emptyLevels = defineCase({
  title: 'neighbouring slashes enclose an empty level',
  verifies: { '3.1.1': ['R-4.7.1.1-1'], '5.0': ['R-4.7.1.1-1'] },
  caughtBy: ['merges-slashes'],
  rows: rows({ none: 'a/b', one: 'a//b', two: 'a///b', first: '//a', 'nothing-else': '//' }),
  async run(t) {
    await judge(t, t.row);
  },
});

export const emptyLevelByPlus = defineCase({
  title: 'an empty level is matched by +',
  verifies: { '3.1.1': ['R-4.7.1.1-1', 'R-4.7.1.3-1'], '5.0': ['R-4.7.1.1-1', 'R-4.7.1.3-1'] },
  caughtBy: ['merges-slashes', 'plus-misses-empty-level'],
  needs: ['wildcard'],
  rows: rows({ middle: 'a/+/b', first: '/+/b', last: 'a/+' }),
  async run(t) {
    await judge(t, t.row);
  },
});

export const spaces = defineCase({
  title: 'spaces in topics are legal, and count',
  verifies: { '3.1.1': ['R-4.7.3-3'], '5.0': ['R-4.7.3-3'] },
  caughtBy: ['trims-topics'],
  rows: {
    alone: [' ', 'a', '  '],
    inside: ['a b', 'ab', 'a/b', 'a  b'],
    before: [' a', 'a', '  a'],
    behind: ['a ', 'a', 'a  '],
    'in-a-level': ['a /b', 'a/b', 'a/ b'],
    none: ['a', ' a', 'a '],
  },
  async run(t) {
    await judge(t, t.row[0] ?? '', t.row);
  },
});

export const leadingSlash = defineCase({
  title: 'a topic that begins with a slash is another than the one without, at the root too',
  verifies: { '3.1.1': ['R-4.7.3-2'], '5.0': ['R-4.7.3-2'] },
  caughtBy: ['drops-leading-slash'],
  rows: { 'slash-subscribed': true, 'slash-published': false },
  async run(t) {
    if (t.scope.target.topicPrefix.startsWith('/')) t.skip('the target has all topics begin with a slash');
    const plain = t.topic('x');
    const [filter, other] = t.row ? [`/${plain}`, plain] : [plain, `/${plain}`];
    const subscriber = await t.connect();
    await subscriber.subscribe(filter);
    const publisher = await t.connect();
    await publisher.publish(other, 'other', { qos: 1 });
    await publisher.publish(filter, 'same', { qos: 1 });
    await subscriber.expectNotBefore(publish({ topic: other }), message(filter, 'same'));
  },
});

export const unchanged = defineCase({
  title: 'characters of any kind reach the subscriber as they are',
  verifies: { '3.1.1': ['MQTT-4.7.3-4#no-substitution'], '5.0': ['MQTT-4.7.3-4#no-substitution'] },
  caughtBy: ['strips-bom', 'alters-non-bmp'],
  needs: ['wildcard'],
  rows: {
    bom: '\ufeffa/b',
    'bom-inside': 'a\ufeffb',
    'beyond-the-bmp': 'a/\u{1d11e}\u{1f468}\u200d\u{1f469}',
    combining: 'e\u0301\u0323\u0302',
    'private-use': '\ue000\u{f0000}',
    'replacement-character': 'a\ufffdb',
    'right-to-left': 'שלום\u200f/\u0645\u0631\u062d\u0628\u0627',
    'no-break-space': 'a\u00a0b\u2003c',
    'ascii-punctuation': '!"%&\'()*,-.:;<=>?@[\\]^_`{|}~',
  },
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic('#'));
    const publisher = await t.connect();
    await publisher.publish(t.topic(t.row), 'x', { qos: 1 });
    await subscriber.expect(publish({ topic: t.topic(t.row) }));
  },
});

export const dollarNotByWildcard = defineCase({
  title: 'a filter that begins with a wildcard matches no topic that begins with $',
  verifies: { '3.1.1': ['MQTT-4.7.2-1'], '5.0': ['MQTT-4.7.2-1'] },
  caughtBy: ['wildcard-matches-dollar'],
  needs: ['wildcard', 'dollar-topic'],
  risk: 'intrusive',
  sees: 'all',
  rows: { hash: '#', 'plus-hash': '+/#', 'plus-levels': '+/+/+' },
  async run(t) {
    const name = t.clientId();
    const subscriber = await t.connect();
    await subscriber.subscribe([t.row, t.topic('sentinel')]);
    // Whether it may, and what comes of it, is open: on a connection that nobody needs.
    const spare = await t.connect();
    spare.wellBehaved = false;
    await spare.send(t.packet.publish(`$${name}/a/b`, 'hidden'), t.packet.pingreq);
    await spare.look(pingresp());
    const publisher = await t.connect();
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 1 });
    const dollar = { check: (topic: string | undefined) => topic?.startsWith('$') === true, print: '$…' };
    // All that is retained may come first.
    const within = 5 * t.timing.replyMs;
    await subscriber.expectNotBefore(publish({ topic: dollar }), message(t.topic('sentinel'), 'sentinel'), { within });
    // Both filters may match the sentinel.
    await subscriber.ping();
    await subscriber.look(message(t.topic('sentinel'), 'sentinel'), 0);
  },
});

export const dollarNotBetweenClients = defineCase({
  title: 'clients cannot use topics that begin with $ to talk to one another',
  verifies: { '3.1.1': ['R-4.7.2-1'], '5.0': ['R-4.7.2-1'] },
  caughtBy: ['serves-dollar-topics'],
  needs: ['dollar-topic'],
  async run(t) {
    const topic = `$${t.clientId()}/a`;
    const subscriber = await t.connect();
    const spare = await t.connect();
    for (const client of [subscriber, spare]) client.wellBehaved = false;
    await subscriber.send(t.packet.subscribe([topic, t.topic('sentinel')], 1));
    await subscriber.look(suback());
    if (subscriber.link.ended) {
      await t.roundTrip(spare, await t.connect());
      return t.observe('refused by the end of the connection');
    }
    await spare.send(t.packet.publish(topic, 'between clients'), t.packet.pingreq);
    await spare.look(pingresp());
    const publisher = await t.connect();
    await publisher.publish(t.topic('sentinel'), 'sentinel', { qos: 1 });
    await subscriber.expectNotBefore(publish({ topic }), message(t.topic('sentinel'), 'sentinel'));
  },
});

export const manyLevels = defineCase({
  title: 'topics of very many levels are served, or refused',
  verifies: { '3.1.1': ['R-4.7.3-4'], '5.0': ['R-4.7.3-4'] },
  observes: ['clean', 'refuses-deep-topics'],
  async run(t) {
    const topic = t.topic(Array.from({ length: 200 }, (_, index) => `${index % 10}`).join('/'));
    const client = await t.connect();
    client.wellBehaved = false;
    await client.send(t.packet.subscribe(topic, 1));
    await client.look(suback());
    await client.send(t.packet.publish(topic, 'deep'), t.packet.pingreq);
    const came = await client.look(publish({ topic }));
    const refused = client.link.ended ? 'refused by the end of the connection' : 'not delivered';
    t.observe(came === undefined ? refused : 'delivered over 200 levels');
  },
});
