import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredSubscription } from './effects.ts';
import { normalise, parseShare, topicMatches } from './matcher.ts';
import { SubscriptionIndex } from './subscription-index.ts';

const subscription = (pattern: string, clientId = 'a'): StoredSubscription => ({
  filter: pattern,
  pattern,
  key: pattern,
  clientId,
  qos: 0,
  noLocal: false,
  retainAsPublished: false,
  retainHandling: 0,
});

/** §4.7 once more, by regular expression: an opinion of its own. */
function oracle(filter: string, topic: string): boolean {
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return false;
  const source = filter
    .split('/')
    .map((level) => (level === '+' ? '[^/]*' : level === '#' ? '.*' : level.replaceAll(/[$.]/g, String.raw`\$&`)))
    .join('/')
    .replace(/^\.\*$/, '.*')
    .replace(/\/\.\*$/, '(/.*)?');
  return new RegExp(`^${source}$`, 's').test(topic);
}

const level = fc.constantFrom('a', 'b', '', '$x');
const topics = fc
  .array(level, { minLength: 1, maxLength: 4 })
  .map((levels) => levels.join('/'))
  .filter((topic) => topic !== '');
const filters = fc
  .tuple(fc.array(fc.oneof(level, fc.constant('+')), { maxLength: 4 }), fc.boolean())
  .map(([levels, hash]) => [...levels, ...(hash ? ['#'] : [])].join('/'))
  .filter((filter) => filter !== '');

describe('matching', () => {
  it('is what §4.7 says, by the function and by the index', () => {
    fc.assert(
      fc.property(fc.uniqueArray(filters, { minLength: 1, maxLength: 8 }), topics, (patterns, topic) => {
        const index = new SubscriptionIndex();
        for (const pattern of patterns) index.add(subscription(pattern));
        const want = patterns.filter((pattern) => oracle(pattern, topic)).sort();
        expect(patterns.filter((pattern) => topicMatches(pattern, topic)).sort()).toEqual(want);
        expect(
          index
            .match(topic)
            .map(({ pattern }) => pattern)
            .sort(),
        ).toEqual(want);
      }),
      { numRuns: 2000 },
    );
  });

  it('forgets what is removed, and nothing else', () => {
    const index = new SubscriptionIndex();
    const all = ['a', 'a/#', 'a/+', '+', '#', 'a/b'].map((pattern) => subscription(pattern));
    for (const one of all) index.add(one);
    const twin = subscription('a/b', 'b');
    index.add(twin);
    for (const one of all) index.remove(one);
    expect(index.match('a/b')).toEqual([twin]);
    index.remove(twin);
    index.remove(twin);
    expect(index.match('a/b')).toEqual([]);
    expect(index.all.size).toBe(0);
  });

  it('stands 32,768 levels', () => {
    const index = new SubscriptionIndex();
    index.add(subscription(`${'+/'.repeat(32_767)}#`));
    expect(index.match('/'.repeat(65_535))).toHaveLength(1);
  });
});

describe('names', () => {
  it.each([
    ['$share/g/a/b', { shareName: 'g', pattern: 'a/b' }],
    ['$share/g', { shareName: 'g', pattern: '' }],
    ['$share//a', { shareName: '', pattern: 'a' }],
    ['$Share/g/a', undefined],
    ['$shared/g/a', undefined],
  ])('%s', (filter, want) => {
    expect(parseShare(filter)).toEqual(want);
  });

  it.each([
    ['case', 'A/b', 'a/b'],
    ['double-slash', 'a//b', 'a/b'],
    ['trailing-slash', 'a/', 'a'],
    ['leading-slash', '/a', 'a'],
    ['unicode', 'cafe\u0301', 'caf\u00e9'],
    ['none', 'A//', 'A//'],
  ] as const)('%s', (how, topic, want) => {
    expect(normalise(topic, how)).toBe(want);
  });
});
