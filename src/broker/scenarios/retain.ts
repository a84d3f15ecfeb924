import assert from 'node:assert/strict';
import type { Scenarios } from './scenario.ts';

export const RETAIN_SCENARIOS: Scenarios = {
  'is stored, replaced and cleared': {
    run(bench, version) {
      const [p, live] = [bench.connect('p', { version }), bench.connect('live', { version })];
      live.subscribe('r/#', { qos: 2 });
      p.publish('r/1', 'old', { retain: true });
      p.publish('r/1', 'new', { retain: true, qos: 2 });
      p.publish('r/2', 'two', { retain: true, qos: 1 });
      p.publish('r/1', 'not retained');
      const flags = live.takeAll('PUBLISH').map(({ retain }) => retain);
      assert.deepEqual(flags, [false, false, false, false]);
      p.disconnect();
      const late = bench.connect('late', { version });
      late.subscribe('r/1', { qos: 2 });
      const got = late.take('PUBLISH');
      assert.deepEqual(
        [got.topic, new TextDecoder().decode(got.payload), got.retain, got.qos, got.dup],
        ['r/1', 'new', true, 2, false],
      );
      late.subscribe('r/+', { qos: 1 });
      assert.deepEqual(
        late.takeAll('PUBLISH').map(({ topic, qos, retain }) => [topic, qos, retain]),
        [
          ['r/1', 1, true],
          ['r/2', 1, true],
        ],
      );
      late.subscribe('r/+', { qos: 0 });
      assert.deepEqual(
        late.takeAll('PUBLISH').map(({ qos }) => qos),
        [0, 0],
      );
      const q = bench.connect('q', { version });
      q.publish('r/1', '', { retain: true });
      assert.deepEqual(
        live.takeAll('PUBLISH').map(({ payload, retain }) => [payload.length, retain]),
        [[0, false]],
      );
      const later = bench.connect('later', { version });
      later.subscribe('r/#');
      assert.deepEqual(later.payloads(), ['two']);
      q.publish('r/1', '', { retain: true });
    },
  },
  'comes after SUBACK, all of it': {
    run(bench, version) {
      const p = bench.connect('p', { version });
      for (let i = 0; i < 30; i += 1) p.publish(`many/${i}`, String(i), { retain: true });
      const a = bench.connect('a', { version });
      a.send({
        type: 'SUBSCRIBE',
        packetId: 1,
        subscriptions: [{ filter: 'many/+', qos: 0, noLocal: false, retainAsPublished: false, retainHandling: 0 }],
      });
      assert.equal(a.inbox[0]?.type, 'SUBACK');
      assert.deepEqual(
        a.payloads(),
        Array.from({ length: 30 }, (_, i) => String(i)),
      );
    },
  },
  'Retain Handling and Retain As Published': {
    only: '5.0',
    run(bench) {
      const [p, a] = [bench.connect('p'), bench.connect('a')];
      p.publish('r', 'x', { retain: true });
      a.subscribe('r', { retainHandling: 2 });
      assert.deepEqual(a.payloads(), []);
      a.subscribe('r', { retainHandling: 1 });
      assert.deepEqual(a.payloads(), []);
      a.unsubscribe('r');
      a.subscribe('r', { retainHandling: 1, retainAsPublished: true });
      assert.deepEqual(a.payloads(), ['x']);
      p.publish('r', 'y', { retain: true });
      assert.equal(a.take('PUBLISH').retain, true);
      p.publish('r', 'z');
      assert.equal(a.take('PUBLISH').retain, false);
      a.subscribe('r', { retainHandling: 0 });
      assert.deepEqual(a.payloads(), ['y']);
      a.publish('own', 'o', { retain: true });
      a.subscribe('own', { noLocal: true });
      assert.deepEqual(a.payloads(), []);
    },
  },
  expires: {
    only: '5.0',
    async run(bench) {
      const p = bench.connect('p', { keepAlive: 0 });
      p.publish('r', 'x', { retain: true, properties: { messageExpiryInterval: 10 } });
      await bench.pass(4);
      const a = bench.connect('a', { keepAlive: 0 });
      a.subscribe('r');
      assert.equal(a.take('PUBLISH').properties?.messageExpiryInterval, 6);
      await bench.pass(7);
      a.subscribe('r');
      assert.deepEqual(a.payloads(), []);
    },
  },
  'is refused where it is not available': {
    only: '5.0',
    with: { limits: { retainAvailable: false } },
    run(bench) {
      const a = bench.connect('a');
      assert.equal(a.connack.properties?.retainAvailable, 0);
      a.publish('r', 'x', { retain: true });
      assert.equal(a.take('DISCONNECT').reasonCode, 0x9a);
      const b = bench.connect('b');
      b.subscribe('r');
      assert.deepEqual(b.payloads(), []);
    },
  },
  'has its limit': {
    with: { limits: { retainedMessages: 2 } },
    run(bench, version) {
      const [p, a] = [bench.connect('p', { version }), bench.connect('a', { version })];
      for (const topic of ['r/1', 'r/2', 'r/1']) p.publish(topic, 'x', { retain: true });
      a.subscribe('r/#');
      assert.deepEqual(a.payloads(), ['x']);
    },
  },
  'a refused subscription gets none': {
    run(bench, version) {
      const [p, a] = [bench.connect('p', { version }), bench.connect('a', { version })];
      p.publish('r', 'x', { retain: true });
      a.subscribe('r/#/x');
      a.subscribe('r');
      assert.deepEqual(a.payloads(), ['x']);
    },
  },
};
