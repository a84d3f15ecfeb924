import assert from 'node:assert/strict';
import { connectPacket, text } from './bench.ts';
import type { Scenarios } from './scenario.ts';
import { keeping } from './session.ts';

export const LIFECYCLE_SCENARIOS: Scenarios = {
  'PINGREQ is answered once': {
    async run(bench, version) {
      const a = bench.connect('a', { version });
      a.send({ type: 'PINGREQ' }, { type: 'PINGREQ' });
      assert.equal(a.takeAll('PINGRESP').length, 2);
      await bench.pass(1);
      assert.deepEqual(a.inbox, []);
    },
  },
  'DISCONNECT ends the connection': {
    run(bench, version) {
      const a = bench.connect('a', { version });
      a.disconnect();
      assert.equal(a.end?.kind, 'normal');
      a.send({ type: 'PINGREQ' });
      assert.deepEqual(a.inbox, []);
    },
  },
  'a connection ends one and a half times its keep alive after the last packet': {
    async run(bench, version) {
      const [a, b, other] = [
        bench.connect('a', { version, keepAlive: 4 }),
        bench.connect('b', { version, keepAlive: 4 }),
        bench.connect('o', { version, keepAlive: 0 }),
      ];
      a.subscribe('t');
      for (let i = 0; i < 4; i += 1) {
        await bench.pass(5.9);
        assert.equal(a.isOpen, true);
        a.send({ type: 'PINGREQ' });
        a.take('PINGRESP');
        other.publish('t', 'x');
      }
      assert.equal(b.end?.kind, 'keep-alive');
      if (version === '5.0') assert.equal(b.take('DISCONNECT').reasonCode, 0x8d);
      other.publish('t', 'x');
      a.pinged();
      await bench.pass(3);
      other.publish('t', 'x');
      a.pinged();
      await bench.pass(2.9);
      assert.equal(a.isOpen, true);
      await bench.pass(0.2);
      assert.equal(a.end?.kind, 'keep-alive');
      await bench.pass(100_000);
      assert.equal(other.isOpen, true);
    },
  },
  'the longest keep alive holds too': {
    async run(bench, version) {
      const a = bench.connect('a', { version, keepAlive: 60 });
      await bench.pass(89);
      assert.equal(a.isOpen, true);
    },
  },
  'codes and properties of a client are checked': {
    only: '5.0',
    run(bench) {
      const rows = [
        'e00142',
        '4003000142',
        '5003000142',
        '6203000142',
        '7003000142',
        'e00c000a11000000051100000005',
        '3006000174020b01',
        '3009000174051100000005',
        '3006000174020102',
        '3008000174040800012b',
        '300a00017406230001230001',
        '3006000174027f00',
      ];
      for (const hex of rows) {
        const a = bench.connect('a');
        a.sendBytes(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
        assert.equal(a.isOpen, false, hex);
        assert.equal(a.take('DISCONNECT').reasonCode >= 0x80, true, hex);
      }
    },
  },
  'properties reach the subscriber as they came': {
    only: '5.0',
    run(bench) {
      const properties = {
        payloadFormatIndicator: 1,
        contentType: 'text/plain',
        responseTopic: 'answers',
        correlationData: text('id'),
        userProperties: [
          ['k', '1'],
          ['a', '2'],
          ['k', '3'],
          ['k', '1'],
        ],
      } as const;
      const [a, b, old] = [bench.connect('a'), bench.connect('b'), bench.connect('old', { version: '3.1.1' })];
      b.subscribe('t');
      old.subscribe('t');
      a.publish('t', 'x', { properties: { ...properties, topicAlias: 1 } });
      const got = b.take('PUBLISH').properties;
      assert.deepEqual({ ...got, correlationData: text(new TextDecoder().decode(got?.correlationData)) }, properties);
      assert.equal(old.take('PUBLISH').properties, undefined);
    },
  },
  'a message expires while it waits, and says what is left': {
    only: '5.0',
    async run(bench, version) {
      const p = bench.connect('p', { keepAlive: 0 });
      let a = bench.connect('a', keeping(version));
      a.subscribe('t', { qos: 2 });
      a.lose();
      p.publish('t', 'short', { qos: 1, properties: { messageExpiryInterval: 5 } });
      p.publish('t', 'long', { qos: 2, properties: { messageExpiryInterval: 20 } });
      await bench.pass(8);
      a = bench.connect('a', keeping(version));
      const got = a.take('PUBLISH');
      assert.deepEqual([new TextDecoder().decode(got.payload), got.properties?.messageExpiryInterval], ['long', 12]);
      assert.deepEqual(a.takeAll('PUBLISH'), []);
      await bench.pass(20);
      a.complete(got);
      p.publish('t', 'at once', { properties: { messageExpiryInterval: 7 } });
      assert.equal(a.take('PUBLISH').properties?.messageExpiryInterval, 7);
    },
  },
  'topic aliases of the client': {
    only: '5.0',
    run(bench) {
      const b = bench.connect('b');
      b.subscribe('#');
      const a = bench.connect('a');
      a.publish('one', '1', { properties: { topicAlias: 1 } });
      a.publish('', '2', { properties: { topicAlias: 1 } });
      a.publish('two', '3', { properties: { topicAlias: 1 } });
      a.publish('', '4', { properties: { topicAlias: 1 }, qos: 1 });
      assert.deepEqual(
        b.takeAll('PUBLISH').map(({ topic }) => topic),
        ['one', 'one', 'two', 'two'],
      );
      a.lose();
      for (const [topic, topicAlias, code] of [
        ['', 1, 0x82],
        ['t', 17, 0x94],
        ['t', 0, 0x82],
      ] as const) {
        const c = bench.connect('a');
        c.publish(topic, 'x', { properties: { topicAlias }, qos: 1 });
        const got = c.take('DISCONNECT').reasonCode;
        assert.equal(got === code || (topicAlias === 0 && got === 0x94), true);
      }
      assert.deepEqual(b.payloads(), []);
    },
  },
  'topic aliases of the server': {
    only: '5.0',
    run(bench) {
      const [a, p] = [bench.connect('a', { properties: { topicAliasMaximum: 2 } }), bench.connect('p')];
      a.subscribe('#', { qos: 1 });
      for (const topic of ['one', 'two', 'three', 'one', 'three']) p.publish(topic, 'x', { qos: 1 });
      assert.deepEqual(
        a.takeAll('PUBLISH').map(({ topic, properties }) => [topic, properties?.topicAlias]),
        [
          ['one', 1],
          ['two', 2],
          ['three', undefined],
          ['', 1],
          ['three', undefined],
        ],
      );
    },
  },
  'the client’s Receive Maximum holds, and nothing else waits for it': {
    only: '5.0',
    run(bench, version) {
      const p = bench.connect('p');
      const connect = { ...keeping(version), properties: { receiveMaximum: 2, sessionExpiryInterval: 100 } };
      let a = bench.connect('a', connect);
      a.subscribe('t', { qos: 2 });
      for (let i = 0; i < 6; i += 1) p.publish('t', String(i), { qos: i === 5 ? 0 : 2 });
      const [first, second, third, ...more] = a.takeAll('PUBLISH');
      assert.deepEqual([first?.qos, second?.qos, third?.qos, more.length], [2, 2, 0, 0]);
      a.send({ type: 'PINGREQ' });
      a.take('PINGRESP');
      a.subscribe('other');
      if (first === undefined || second === undefined) return;
      a.send({ type: 'PUBREC', packetId: first.packetId ?? 0, reasonCode: 0x80 });
      assert.deepEqual(a.takeAll('PUBREL'), []);
      assert.equal(a.takeAll('PUBLISH').length, 1);
      a.complete(second);
      assert.equal(a.takeAll('PUBLISH').length, 1);
      a.lose();
      a = bench.connect('a', { ...connect, properties: { receiveMaximum: 1, sessionExpiryInterval: 100 } });
      assert.equal(a.inbox.length, 1);
      assert.deepEqual(a.payloads(), ['2']);
      assert.deepEqual(a.payloads(), ['3']);
      assert.deepEqual(a.payloads(), ['4']);
      p.publish('t', 'refused', { qos: 1 });
      a.send({ type: 'PUBACK', packetId: a.take('PUBLISH').packetId ?? 0, reasonCode: 0x80 });
      a.lose();
      a = bench.connect('a', connect);
      assert.deepEqual(a.inbox, []);
    },
  },
  'the server’s Receive Maximum is enforced': {
    only: '5.0',
    with: { limits: { receiveMaximum: 3 } },
    run(bench) {
      const [b, a] = [bench.connect('b'), bench.connect('a')];
      b.subscribe('t');
      for (let i = 1; i <= 3; i += 1) a.publish('t', String(i), { qos: 2, packetId: i });
      a.send({ type: 'PUBREL', packetId: 1, reasonCode: 0 });
      a.publish('t', '4', { qos: 2, packetId: 4 });
      a.publish('t', '4', { qos: 2, packetId: 4, dup: true });
      assert.equal(a.isOpen, true);
      a.publish('t', '5', { qos: 2, packetId: 5 });
      assert.equal(a.take('DISCONNECT').reasonCode, 0x93);
      assert.deepEqual(b.payloads(), ['1', '2', '3', '4']);
    },
  },
  'the client’s Maximum Packet Size holds': {
    only: '5.0',
    run(bench, version) {
      const p = bench.connect('p');
      const small = bench.connect('s', {
        ...keeping(version),
        properties: { maximumPacketSize: 40, sessionExpiryInterval: 60 },
      });
      const large = bench.connect('l');
      for (const client of [small, large]) client.subscribe('t', { qos: 1 });
      for (const qos of [0, 1] as const) {
        p.publish('t', 'x'.repeat(60), { qos });
        p.publish('t', 'small', { qos });
        assert.deepEqual(small.payloads(), ['small']);
        assert.equal(large.payloads().length, 2);
      }
    },
  },
  'no packet of the server is larger than the client allows': {
    only: '5.0',
    run(bench) {
      const tight = bench.open();
      tight.send(connectPacket('a', { properties: { maximumPacketSize: 12 } }));
      assert.equal(tight.take('CONNACK').reasonCode, 0x95);
      const a = bench.connect('a', { properties: { maximumPacketSize: 18, requestResponseInformation: 1 } });
      assert.equal(a.connack.properties?.responseInformation, undefined);
      const subscriptions = Array.from({ length: 20 }, (_, i) => ({
        filter: `t/${i}`,
        qos: 0 as const,
        noLocal: false,
        retainAsPublished: false,
        retainHandling: 0 as const,
      }));
      a.send({ type: 'SUBSCRIBE', packetId: 1, subscriptions });
      assert.deepEqual(a.inbox, []);
      a.send({ type: 'AUTH', reasonCode: 0x18, properties: { authenticationMethod: 'x' } });
      assert.deepEqual(a.take('DISCONNECT'), { type: 'DISCONNECT', reasonCode: 0x82 });
    },
  },
  'a reason that quotes is cut and clean': {
    only: '5.0',
    run(bench) {
      const a = bench.open();
      const topic = `\u0085${'+'.repeat(65_000)}`;
      a.send(connectPacket('a', { will: { topic, payload: text(''), qos: 0, retain: false } }));
      a.take('CONNACK');
      const b = bench.connect('b');
      b.publish(topic, 'x');
      const { properties } = b.take('DISCONNECT');
      assert.match(properties?.reasonString ?? '', /^[\x20-\x7e]{1,200}$/);
    },
  },
  'a part of a packet keeps nothing alive': {
    async run(bench, version) {
      const a = bench.connect('a', { version, keepAlive: 4 });
      for (const byte of [0x30, 0x40, 0x00, 0x01]) {
        a.sendBytes(Uint8Array.of(byte));
        await bench.pass(1.6);
      }
      assert.equal(a.end?.kind, 'keep-alive');
    },
  },
  'reasons are given where they are wanted': {
    only: '5.0',
    run(bench) {
      for (const requestProblemInformation of [0, 1]) {
        const a = bench.connect('a', { properties: { requestProblemInformation } });
        a.publish('$x', 'x', { qos: 1 });
        assert.equal(a.take('PUBACK').properties?.reasonString !== undefined, requestProblemInformation === 1);
        a.send({ type: 'AUTH', reasonCode: 0x18 });
        a.send({ type: 'AUTH', reasonCode: 0x18, properties: { authenticationMethod: 'x' } });
        assert.equal(a.take('DISCONNECT').reasonCode, 0x82);
      }
      const b = bench.connect('b');
      b.send({ type: 'AUTH', reasonCode: 0x18, properties: { authenticationMethod: 'x' } });
      assert.equal(b.take('DISCONNECT').reasonCode, 0x82);
    },
  },
  'a client that does not read harms nobody': {
    with: { limits: { sendBufferBytes: 1000 } },
    run(bench, version) {
      const [slow, fast, p] = [
        bench.connect('slow', { version }),
        bench.connect('fast', { version }),
        bench.connect('p', { version }),
      ];
      for (const client of [slow, fast]) client.subscribe('t', { qos: 1 });
      slow.buffered = 5000;
      for (const qos of [0, 1] as const) p.publish('t', String(qos), { qos });
      assert.deepEqual(fast.payloads(), ['0', '1']);
      assert.deepEqual(slow.payloads(), []);
      slow.drained();
      assert.deepEqual(slow.payloads(), ['1']);
    },
  },
  'a client that asks and does not read is not read either, and ended at last': {
    with: { limits: { sendBufferBytes: 1000 } },
    async run(bench, version) {
      const a = bench.connect('a', { version, keepAlive: 4 });
      a.buffered = 900;
      a.send({ type: 'PINGREQ' });
      assert.equal(a.isRead, true);
      a.buffered = 1100;
      a.send({ type: 'PINGREQ' });
      assert.equal(a.isRead, false);
      a.drained();
      assert.equal(a.isRead, true);
      a.buffered = 1100;
      a.send({ type: 'PINGREQ' });
      await bench.pass(7);
      assert.deepEqual([a.wasReset, a.end], [true, undefined]);
    },
  },
  'shutting down tells everybody': {
    run(bench, version) {
      const a = bench.connect('a', { version, will: { topic: 'w', payload: text('w'), qos: 0, retain: false } });
      const b = bench.open(version);
      bench.core.close();
      assert.equal(a.end?.kind, 'shutdown');
      assert.equal(b.isOpen, false);
      if (version === '5.0') assert.equal(a.take('DISCONNECT').reasonCode, 0x8b);
      a.send(connectPacket('a', { version }));
    },
  },
};
