import assert from 'node:assert/strict';
import { encode } from '#wire';
import { text } from './bench.ts';
import type { Scenarios } from './scenario.ts';

/** Sizes around one where the remaining length grows by a byte. */
const around = (size: number): readonly number[] => Array.from({ length: 6 }, (_, i) => size - 3 + i);

const quiet = { dup: false, retain: false, payload: text('x') } as const;

export const PUBLISH_SCENARIOS: Scenarios = {
  'each QoS is answered and delivered as it is granted': {
    run(bench, version) {
      const a = bench.connect('a', { version });
      const subscribers = ([0, 1, 2] as const).map((qos) => {
        const client = bench.connect(`s${qos}`, { version });
        assert.deepEqual(client.subscribe('t/x', { qos }), [qos]);
        return client;
      });
      for (const qos of [0, 1, 2] as const) {
        const sent = a.publish('t/x', `m${qos}`, { qos });
        if (qos === 1) assert.deepEqual(a.take('PUBACK'), { type: 'PUBACK', packetId: sent.packetId, reasonCode: 0 });
        if (qos === 2) {
          assert.equal(a.take('PUBREC').packetId, sent.packetId);
          a.send({ type: 'PUBREL', packetId: sent.packetId ?? 0, reasonCode: 0 });
          assert.equal(a.take('PUBCOMP').packetId, sent.packetId);
        }
        assert.deepEqual(a.inbox, []);
        subscribers.forEach((client, granted) => {
          const got = client.take('PUBLISH');
          assert.deepEqual([got.topic, got.qos, got.dup, got.retain], ['t/x', Math.min(qos, granted), false, false]);
          assert.equal(new TextDecoder().decode(got.payload), `m${qos}`);
          if (got.qos === 1) client.send({ type: 'PUBACK', packetId: got.packetId ?? 0, reasonCode: 0 });
          if (got.qos === 2) client.complete(got);
          assert.deepEqual(client.inbox, []);
        });
      }
    },
  },
  'DUP is the hop’s own': {
    run(bench, version) {
      const [a, b] = [bench.connect('a', { version }), bench.connect('b', { version })];
      b.subscribe('t', { qos: 2 });
      a.publish('t', 'x', { qos: 1, dup: true });
      assert.equal(b.take('PUBLISH').dup, false);
      a.publish('t', 'y', { qos: 2, dup: true });
      assert.equal(b.take('PUBLISH').dup, false);
    },
  },
  'a repeated QoS 2 PUBLISH is delivered once': {
    run(bench, version) {
      const [a, b] = [bench.connect('a', { version }), bench.connect('b', { version })];
      b.subscribe('t', { qos: 2 });
      for (const dup of [false, true, true]) {
        a.publish('t', 'x', { qos: 2, packetId: 7, dup });
        assert.equal(a.take('PUBREC').packetId, 7);
      }
      assert.deepEqual(b.payloads(), ['x']);
      a.send({ type: 'PUBREL', packetId: 7, reasonCode: 0 });
      a.take('PUBCOMP');
      a.publish('t', 'y', { qos: 2, packetId: 7 });
      assert.deepEqual(b.payloads(), ['y']);
    },
  },
  'a PUBREL for nothing is answered': {
    run(bench, version) {
      const a = bench.connect('a', { version });
      a.send({ type: 'PUBREL', packetId: 9, reasonCode: 0 });
      assert.deepEqual(a.take('PUBCOMP'), { type: 'PUBCOMP', packetId: 9, reasonCode: version === '5.0' ? 0x92 : 0 });
    },
  },
  'acknowledgements of nothing are ignored': {
    run(bench, version) {
      const a = bench.connect('a', { version });
      a.send({ type: 'PUBACK', packetId: 1, reasonCode: 0 }, { type: 'PUBCOMP', packetId: 1, reasonCode: 0 });
      a.send({ type: 'PUBREC', packetId: 1, reasonCode: 0 });
      assert.equal(a.take('PUBREL').packetId, 1);
      a.send({ type: 'PINGREQ' });
      a.take('PINGRESP');
    },
  },
  'what breaks the format ends the connection, and only it': {
    run(bench, version) {
      const good = bench.connect('good', { version });
      good.subscribe('#');
      const five = version === '5.0' ? '00' : '';
      const rows: readonly (readonly [hex: string, code: number])[] = [
        [`36${version === '5.0' ? '06' : '05'}0001740001${five}`, 0x81],
        [`38${version === '5.0' ? '04' : '03'}000174${five}`, 0x82],
        [`30${version === '5.0' ? '04' : '03'}00012b${five}`, 0x90],
        [`30${version === '5.0' ? '04' : '03'}000123${five}`, 0x90],
        [`30${version === '5.0' ? '03' : '02'}0000${five}`, 0x82],
        [`30${version === '5.0' ? '04' : '03'}000100${five}`, 0x81],
        [`30${version === '5.0' ? '04' : '03'}0001ff${five}`, 0x81],
        [`32${version === '5.0' ? '06' : '05'}0001740000${five}`, 0x82],
        ['0000', 0x81],
        ['20020000', 0x82],
        ['d000', 0x82],
        ['c100', 0x81],
        ['41020001', 0x81],
        ['51020001', 0x81],
        ['60020001', 0x81],
        ['71020001', 0x81],
        ['e100', 0x81],
        ['ffffffffff', 0x81],
        // A length in more bytes than it needs: 3.1.1 says nothing of it.
        ...(version === '5.0' ? ([['c08000', 0x81]] as const) : []),
      ];
      for (const [hex, code] of rows) {
        const a = bench.connect('a', { version });
        a.sendBytes(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
        assert.equal(a.isOpen, false, hex);
        if (version === '5.0') assert.equal(a.take('DISCONNECT').reasonCode, code, hex);
        else assert.deepEqual(a.inbox, [], hex);
        if (version === '5.0') assert.equal(a.takeAll('DISCONNECT').length, 0);
      }
      assert.equal(good.isOpen, true);
      bench.connect('b', { version }).publish('after', 'x');
      assert.deepEqual(good.payloads(), ['x']);
    },
  },
  'packets above the maximum end the connection': {
    with: { limits: { maximumPacketSize: 100 } },
    run(bench, version) {
      const a = bench.connect('a', { version });
      a.publish('t', 'x'.repeat(60));
      assert.equal(a.isOpen, true);
      a.publish('t', 'x'.repeat(100));
      assert.equal(a.end?.kind, 'too-large');
      if (version === '5.0') assert.equal(a.take('DISCONNECT').reasonCode, 0x95);
    },
  },
  'payloads of every size pass': {
    run(bench, version) {
      const [a, b] = [bench.connect('a', { version }), bench.connect('b', { version })];
      b.subscribe('t');
      for (const size of [...around(122), ...around(16_378)]) {
        a.publish('t', 'p'.repeat(size));
        assert.equal(b.take('PUBLISH').payload.length, size);
      }
    },
  },
  'payloads of two megabytes pass': {
    run(bench, version) {
      const [a, b] = [bench.connect('a', { version }), bench.connect('b', { version })];
      b.subscribe('t');
      for (const size of around(2_097_147)) {
        a.publish('t', 'p'.repeat(size));
        assert.equal(b.take('PUBLISH').payload.length, size);
      }
    },
  },
  'control characters in topics are served': {
    run(bench, version) {
      const [a, b] = [bench.connect('a', { version }), bench.connect('b', { version })];
      b.subscribe('t/\u0001\u007f');
      a.publish('t/\u0001\u007f', 'x');
      assert.deepEqual(b.payloads(), ['x']);
    },
  },
  'a live connection repeats nothing': {
    async run(bench, version) {
      const [a, b] = [bench.connect('a', { version }), bench.connect('b', { version, keepAlive: 0 })];
      b.subscribe('t', { qos: 2 });
      for (const qos of [1, 2] as const) a.publish('t', 'x', { qos });
      assert.equal(b.takeAll('PUBLISH').length, 2);
      await bench.pass(60);
      assert.deepEqual(b.inbox, []);
    },
  },
  'topics that begin with $ belong to the server': {
    run(bench, version) {
      const [a, b] = [bench.connect('a', { version }), bench.connect('b', { version })];
      b.subscribe('$x/#');
      b.subscribe('+/y');
      b.subscribe('#');
      a.publish('$x/y', 'x', { qos: 1 });
      assert.equal(a.take('PUBACK').reasonCode, version === '5.0' ? 0x90 : 0);
      a.publish('x/y', 'after');
      assert.deepEqual(b.payloads(), ['after']);
      const c = bench.connect('c', { version });
      c.subscribe('$SYS/#');
      assert.deepEqual(c.payloads(), ['mqttspec reference broker']);
      c.subscribe('#');
      assert.deepEqual(c.payloads(), []);
    },
  },
  'many packets in one piece, and one byte at a time': {
    run(bench, version) {
      const [a, b] = [bench.connect('a', { version }), bench.connect('b', { version })];
      b.subscribe('t', { qos: 1 });
      const packets = Array.from(
        { length: 50 },
        (_, i) => ({ type: 'PUBLISH', topic: 't', qos: 1, packetId: i + 1, ...quiet }) as const,
      );
      a.send(...packets);
      assert.equal(a.takeAll('PUBACK').length, 50);
      assert.equal(b.payloads().length, 50);
      for (const packet of packets.slice(0, 5))
        for (const byte of encode(packet, version)) a.sendBytes(Uint8Array.of(byte));
      assert.equal(b.payloads().length, 5);
    },
  },
  'order holds': {
    run(bench, version) {
      const [a, b] = [bench.connect('a', { version }), bench.connect('b', { version })];
      b.subscribe('t', { qos: 2 });
      const want = Array.from({ length: 40 }, (_, i) => String(i));
      for (const payload of want) a.publish('t', payload, { qos: 2 });
      assert.deepEqual(b.payloads(), want);
    },
  },
};
