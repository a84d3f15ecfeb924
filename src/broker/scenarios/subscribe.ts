import assert from 'node:assert/strict';
import type { Subscription } from '#wire';
import type { Scenarios } from './scenario.ts';

const one = (filter: string, options: Partial<Subscription> = {}): Subscription => ({
  filter,
  qos: 0,
  noLocal: false,
  retainAsPublished: false,
  retainHandling: 0,
  ...options,
});

const hexed = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export const SUBSCRIBE_SCENARIOS: Scenarios = {
  'one code for each filter, in their order': {
    run(bench, version) {
      const a = bench.connect('a', { version });
      a.send({
        type: 'SUBSCRIBE',
        packetId: 77,
        subscriptions: [one('a', { qos: 2 }), one('b'), one('c', { qos: 1 }), one('b')],
      });
      assert.deepEqual(a.take('SUBACK'), { type: 'SUBACK', packetId: 77, reasonCodes: [2, 0, 1, 0] });
      a.send({ type: 'UNSUBSCRIBE', packetId: 78, filters: ['x', 'a', 'b', 'b'] });
      const reasonCodes = version === '5.0' ? [0x11, 0, 0, 0x11] : [];
      assert.deepEqual(a.take('UNSUBACK'), { type: 'UNSUBACK', packetId: 78, reasonCodes });
      a.send({ type: 'UNSUBSCRIBE', packetId: 79, filters: ['x'] });
      assert.equal(a.take('UNSUBACK').packetId, 79);
    },
  },
  'packets without filters, with reserved bits or a bad QoS end it': {
    run(bench, version) {
      const five = version === '5.0' ? '00' : '';
      const rows = [
        `82${version === '5.0' ? '03' : '02'}0001${five}`,
        `a2${version === '5.0' ? '03' : '02'}0001${five}`,
        `82${version === '5.0' ? '07' : '06'}0001${five}00017480`,
        `82${version === '5.0' ? '07' : '06'}0001${five}00017403`,
        `80${version === '5.0' ? '07' : '06'}0001${five}00017400`,
        `a0${version === '5.0' ? '06' : '05'}0001${five}000174`,
        ...(version === '5.0' ? ['820700010000017430', '82090001020b0000017400', '820b0001040b010b0200017400'] : []),
      ];
      for (const hex of rows) {
        const a = bench.connect('a', { version });
        a.sendBytes(hexed(hex));
        assert.equal(a.isOpen, false, hex);
        if (version === '5.0') assert.equal(a.take('DISCONNECT').reasonCode >= 0x81, true, hex);
      }
    },
  },
  'bad filters are refused, good ones beside them granted': {
    run(bench, version) {
      const a = bench.connect('a', { version });
      const bad = [
        'a/#/b',
        'a#',
        'a+/b',
        '',
        ...(version === '5.0' ? ['$share/g', '$share//t', '$share/g+/t', '$share/g/'] : []),
      ];
      const code = version === '5.0' ? 0x8f : 0x80;
      for (const filter of bad) {
        a.send({ type: 'SUBSCRIBE', packetId: 5, subscriptions: [one('ok'), one(filter)] });
        assert.deepEqual(a.take('SUBACK').reasonCodes, [0, code], filter);
      }
      bench.connect('p', { version }).publish('a/x/b', 'x');
      assert.deepEqual(a.payloads(), []);
      a.send({ type: 'UNSUBSCRIBE', packetId: 6, filters: ['a/#/b'] });
      assert.deepEqual(a.take('UNSUBACK').reasonCodes, version === '5.0' ? [0x8f] : []);
    },
  },
  'filters match as §4.7 says': {
    run(bench, version) {
      const rows: readonly (readonly [filter: string, topics: readonly string[], others: readonly string[]])[] = [
        ['sport/+', ['sport/tennis', 'sport/'], ['sport', 'sport/tennis/x', 'Sport/tennis']],
        ['sport/#', ['sport', 'sport/', 'sport/a/b'], ['sports', '/sport']],
        ['+/+', ['/finance', 'a/b', '/'], ['finance', 'a/b/c']],
        ['/+', ['/finance'], ['a/finance', '//finance']],
        ['a//b', ['a//b'], ['a/b', 'a///b']],
        ['a/+/b', ['a//b', 'a/x/b'], ['a/b', 'a/x/y/b']],
        ['#', ['x', '/', 'a/b'], []],
        ['a/b', ['a/b'], ['a/b/', '/a/b', 'A/b', 'a/bc']],
        ['caf\u00e9', ['caf\u00e9'], ['cafe\u0301']],
        ['x y', ['x y'], ['xy']],
      ];
      const p = bench.connect('p', { version });
      for (const [filter, topics, others] of rows) {
        const a = bench.connect('a', { version });
        a.subscribe(filter);
        for (const topic of [...topics, ...others]) p.publish(topic, topic);
        assert.deepEqual(a.payloads(), topics, filter);
      }
    },
  },
  'a topic of very many levels': {
    run(bench, version) {
      const a = bench.connect('a', { version });
      const deep = '/'.repeat(65_000);
      a.subscribe('/#');
      a.subscribe(deep);
      a.subscribe(`+${'/+'.repeat(30_000)}`);
      bench.connect('p', { version }).publish(deep, 'x');
      assert.deepEqual(a.payloads(), ['x']);
      a.unsubscribe(deep);
    },
  },
  'overlapping subscriptions give one copy of the highest QoS': {
    run(bench, version) {
      const [a, p] = [bench.connect('a', { version }), bench.connect('p', { version })];
      const five = version === '5.0';
      a.subscribe('t/+', { qos: 1 }, five ? { subscriptionIdentifiers: [1] } : undefined);
      a.subscribe('t/#', { qos: 2 }, five ? { subscriptionIdentifiers: [268_435_455] } : undefined);
      a.subscribe('t/x', { qos: 0 });
      p.publish('t/x', 'x', { qos: 2 });
      const copies = a.takeAll('PUBLISH');
      assert.equal(copies.length, 1);
      assert.equal(copies[0]?.qos, 2);
      if (five)
        assert.deepEqual(
          [...(copies[0]?.properties?.subscriptionIdentifiers ?? [])].sort((x, y) => x - y),
          [1, 268_435_455],
        );
      a.unsubscribe('t/#');
      p.publish('t/x', 'x', { qos: 2 });
      assert.equal(a.take('PUBLISH').qos, 1);
    },
  },
  'a filter subscribed again replaces': {
    run(bench, version) {
      const [a, p] = [bench.connect('a', { version }), bench.connect('p', { version })];
      a.subscribe('t', { qos: 0 });
      assert.deepEqual(a.subscribe('t', { qos: 2 }), [2]);
      p.publish('t', 'x', { qos: 2 });
      assert.deepEqual(
        a.takeAll('PUBLISH').map(({ qos }) => qos),
        [2],
      );
      a.subscribe('t', { qos: 0 });
      // Nothing is lost in between.
      p.publish('t', 'y', { qos: 2 });
      assert.deepEqual(
        a.takeAll('PUBLISH').map(({ qos }) => qos),
        [0],
      );
      a.unsubscribe('t');
      p.publish('t', 'z');
      assert.deepEqual(a.inbox, []);
    },
  },
  'UNSUBSCRIBE compares characters': {
    run(bench, version) {
      const [a, p] = [bench.connect('a', { version }), bench.connect('p', { version })];
      for (const filter of ['t/a', 't/b']) a.subscribe(filter);
      a.unsubscribe('t/+', '#');
      p.publish('t/a', 'a');
      p.publish('t/b', 'b');
      assert.deepEqual(a.payloads(), ['a', 'b']);
    },
  },
  'No Local and the identifiers of subscriptions': {
    only: '5.0',
    run(bench) {
      const [a, b] = [bench.connect('a'), bench.connect('b')];
      a.subscribe('t', { noLocal: true }, { subscriptionIdentifiers: [5] });
      a.publish('t', 'own');
      assert.deepEqual(a.inbox, []);
      b.publish('t', 'other');
      assert.deepEqual(a.take('PUBLISH').properties?.subscriptionIdentifiers, [5]);
      a.subscribe('t');
      b.publish('t', 'plain');
      assert.equal(a.take('PUBLISH').properties?.subscriptionIdentifiers, undefined);
      a.publish('t', 'own');
      assert.deepEqual(a.payloads(), ['own']);
    },
  },
  'a shared subscription shares': {
    run(bench, version) {
      const members = ['m1', 'm2', 'm3'].map((id) => bench.connect(id, { version }));
      for (const member of members) member.subscribe('$share/g/t/+', { qos: 1 });
      const [other, plain, p] = [
        bench.connect('o', { version }),
        bench.connect('n', { version }),
        bench.connect('p', { version }),
      ];
      other.subscribe('$share/h/t/+');
      plain.subscribe('t/+');
      p.publish('t/r', 'r', { retain: true });
      const counts = members.map((member) => member.payloads().length);
      for (let i = 0; i < 9; i += 1) p.publish('t/x', String(i), { qos: 1 });
      const more = members.map((member) => member.payloads().length);
      assert.deepEqual(
        [...counts, ...more].reduce((sum, count) => sum + count, 0),
        10,
      );
      assert.equal(Math.min(...more) > 0, true);
      assert.equal(other.payloads().length, 10);
      assert.equal(plain.payloads().length, 10);
      const late = bench.connect('late', { version });
      late.subscribe('$share/g/t/+');
      assert.deepEqual(late.payloads(), []);
      const [m1] = members;
      m1?.unsubscribe('t/+');
      m1?.unsubscribe('$share/g/t/+');
      for (let i = 0; i < 6; i += 1) p.publish('t/x', String(i));
      assert.deepEqual(m1?.payloads(), []);
      late.subscribe('$share/g/t/+', { noLocal: false });
    },
  },
  'what a member leaves unacknowledged when its session ends goes to another': {
    run(bench, version) {
      const [one, two, p] = [
        bench.connect('one', { version }),
        bench.connect('two', { version }),
        bench.connect('p', { version }),
      ];
      one.subscribe('$share/g/t', { qos: 2 });
      p.publish('t', 'kept', { qos: 1 });
      p.publish('t', 'once', { qos: 2 });
      two.subscribe('$share/g/t', { qos: 2 });
      assert.equal(one.takeAll('PUBLISH').length, 2);
      one.lose();
      assert.deepEqual(two.payloads(), ['kept']);
    },
  },
  'No Local on a shared subscription ends it': {
    only: '5.0',
    run(bench) {
      const a = bench.connect('a');
      a.send({ type: 'SUBSCRIBE', packetId: 1, subscriptions: [one('$share/g/t', { noLocal: true })] });
      assert.equal(a.take('DISCONNECT').reasonCode, 0x82);
    },
  },
  'what CONNACK says is missing is not served': {
    only: '5.0',
    with: {
      limits: {
        wildcardSubscriptionAvailable: false,
        sharedSubscriptionAvailable: false,
        subscriptionIdentifierAvailable: false,
        maximumQos: 1,
      },
    },
    run(bench) {
      const rows = [
        ['t/+', 0xa2, undefined],
        ['$share/g/t', 0x9e, undefined],
        ['t', 0xa1, { subscriptionIdentifiers: [1] }],
      ] as const;
      for (const [filter, code, properties] of rows) {
        const a = bench.connect('a');
        assert.equal(a.connack.properties?.maximumQos, 1);
        a.send({ type: 'SUBSCRIBE', packetId: 1, subscriptions: [one(filter)], ...(properties && { properties }) });
        assert.equal(a.take('DISCONNECT').reasonCode, code);
        assert.deepEqual(a.inbox, []);
      }
      const a = bench.connect('a');
      assert.deepEqual(a.subscribe('t', { qos: 2 }), [1]);
      a.publish('t', 'x', { qos: 2 });
      assert.equal(a.take('DISCONNECT').reasonCode, 0x9b);
    },
  },
  'a session holds so many subscriptions': {
    with: { limits: { subscriptionsPerSession: 2 } },
    run(bench, version) {
      const a = bench.connect('a', { version });
      assert.deepEqual(
        [...a.subscribe('a'), ...a.subscribe('b'), ...a.subscribe('c'), ...a.subscribe('a')],
        [0, 0, version === '5.0' ? 0x97 : 0x80, 0],
      );
    },
  },
};
