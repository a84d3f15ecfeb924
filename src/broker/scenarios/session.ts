import assert from 'node:assert/strict';
import { connectPacket } from './bench.ts';
import type { ConnectOptions } from './bench.ts';
import type { Scenarios } from './scenario.ts';
import type { MqttVersion } from '#spec';

/** A CONNECT that resumes, and keeps what it leaves for so many seconds. */
export const keeping = (version: MqttVersion, seconds = 0xffffffff): ConnectOptions =>
  version === '5.0'
    ? { version, cleanStart: false, properties: { sessionExpiryInterval: seconds } }
    : { version, cleanStart: false };

export const SESSION_SCENARIOS: Scenarios = {
  'a session keeps its subscriptions and what comes meanwhile': {
    async run(bench, version) {
      const p = bench.connect('p', { version, keepAlive: 0 });
      let a = bench.connect('a', keeping(version));
      assert.equal(a.connack.sessionPresent, false);
      a.subscribe('t/#', { qos: 2 });
      a.disconnect();
      for (const qos of [1, 2, 0, 1, 2] as const) p.publish('t/x', `m${qos}`, { qos });
      await bench.pass(3600);
      a = bench.connect('a', keeping(version));
      assert.equal(a.connack.sessionPresent, true);
      assert.deepEqual(a.payloads(), ['m1', 'm2', 'm1', 'm2']);
      a.lose();
      p.publish('t/x', 'again', { qos: 1 });
      a = bench.connect('a', keeping(version));
      assert.deepEqual(a.payloads(), ['again']);
      p.publish('t/x', 'live', { qos: 1 });
      assert.deepEqual(a.payloads(), ['live']);
      a = bench.connect('a', { version });
      assert.equal(a.connack.sessionPresent, false);
      p.publish('t/x', 'gone', { qos: 1 });
      assert.deepEqual(a.payloads(), []);
    },
  },
  'CONNACK comes before what waits': {
    run(bench, version) {
      let a = bench.connect('a', keeping(version));
      a.subscribe('t', { qos: 1 });
      a.lose();
      bench.connect('p', { version }).publish('t', 'x', { qos: 1 });
      a = Object.assign(bench.open(version), { connack: a.connack });
      a.send(connectPacket('a', keeping(version)));
      assert.deepEqual(
        a.inbox.map(({ type }) => type),
        ['CONNACK', 'PUBLISH'],
      );
    },
  },
  'a session without time ends with its connection': {
    run(bench, version) {
      let a = bench.connect('a', { version });
      a.subscribe('t', { qos: 1 });
      a.lose();
      bench.connect('p', { version }).publish('t', 'x', { qos: 1 });
      a = bench.connect('a', keeping(version));
      assert.equal(a.connack.sessionPresent, false);
      assert.deepEqual(a.payloads(), []);
    },
  },
  'a session ends when its time has passed': {
    only: '5.0',
    async run(bench, version) {
      for (const [seconds, away, present] of [
        [10, 9, true],
        [10, 11, false],
        [10, 4, true],
      ] as const) {
        bench.connect('a', keeping(version, seconds)).lose();
        await bench.pass(away);
        const a = bench.connect('a', keeping(version, seconds));
        assert.equal(a.connack.sessionPresent, present);
        await bench.pass(20);
        a.disconnect();
        await bench.pass(30);
      }
    },
  },
  'DISCONNECT may change how long': {
    only: '5.0',
    async run(bench, version) {
      bench.connect('a', keeping(version, 1000)).disconnect(0, { sessionExpiryInterval: 5 });
      await bench.pass(6);
      assert.equal(bench.connect('a', keeping(version, 5)).connack.sessionPresent, false);
      bench.connect('a', keeping(version, 5)).disconnect(0, { sessionExpiryInterval: 100 });
      await bench.pass(50);
      assert.equal(bench.connect('a', keeping(version, 5)).connack.sessionPresent, true);
      const b = bench.connect('b');
      b.disconnect(0, { sessionExpiryInterval: 5 });
      assert.equal(b.take('DISCONNECT').reasonCode, 0x82);
    },
  },
  'the new connection takes the identifier over': {
    run(bench, version) {
      const p = bench.connect('p', { version });
      const old = bench.connect('a', keeping(version));
      old.subscribe('t', { qos: 1 });
      p.publish('t', 'x', { qos: 1 });
      old.take('PUBLISH');
      const a = bench.connect('a', keeping(version));
      assert.equal(old.end?.kind, 'takeover');
      if (version === '5.0') assert.equal(old.take('DISCONNECT').reasonCode, 0x8e);
      assert.equal(a.connack.sessionPresent, true);
      assert.equal(a.take('PUBLISH').dup, true);
      p.publish('t', 'y', { qos: 1 });
      assert.deepEqual(a.payloads(), ['y']);
      old.publish('t', 'late');
      assert.deepEqual(a.payloads(), []);
      for (let i = 0; i < 5; i += 1) bench.connect('a', keeping(version));
      a.lose();
      const last = bench.connect('a', { version });
      last.subscribe('t');
      p.publish('t', 'z');
      assert.deepEqual(last.payloads(), ['z']);
    },
  },
  'unacknowledged deliveries are repeated as they were': {
    run(bench, version) {
      const p = bench.connect('p', { version });
      let a = bench.connect('a', keeping(version));
      a.subscribe('t', { qos: 2 });
      for (const [payload, qos] of [
        ['1', 1],
        ['2', 2],
        ['3', 2],
        ['4', 1],
      ] as const)
        p.publish('t', payload, { qos });
      const first = a.takeAll('PUBLISH');
      assert.deepEqual(
        first.map(({ packetId, dup }) => [packetId, dup]),
        [
          [1, false],
          [2, false],
          [3, false],
          [4, false],
        ],
      );
      a.send({ type: 'PUBREC', packetId: 2, reasonCode: 0 });
      a.take('PUBREL');
      a.send({ type: 'PUBACK', packetId: 4, reasonCode: 0 });
      a.lose('reset');
      a = bench.connect('a', keeping(version));
      assert.deepEqual(
        a.inbox.map((packet) =>
          packet.type === 'PUBLISH'
            ? [packet.packetId, packet.dup]
            : packet.type === 'PUBREL'
              ? ['rel', packet.packetId]
              : packet.type,
        ),
        [
          [1, true],
          ['rel', 2],
          [3, true],
        ],
      );
      a.send({ type: 'PUBCOMP', packetId: 2, reasonCode: 0 });
      a.payloads();
      a.lose();
      a = bench.connect('a', keeping(version));
      assert.deepEqual(a.takeAll('PUBLISH').length, 0);
      assert.deepEqual(a.takeAll('PUBREL').length, 0);
    },
  },
  'a QoS 2 message of the client is known over a reconnection': {
    run(bench, version) {
      const b = bench.connect('b', { version });
      b.subscribe('t', { qos: 2 });
      let a = bench.connect('a', keeping(version));
      a.publish('t', 'x', { qos: 2, packetId: 3 });
      a.lose();
      a = bench.connect('a', keeping(version));
      a.publish('t', 'x', { qos: 2, packetId: 3, dup: true });
      a.take('PUBREC');
      a.send({ type: 'PUBREL', packetId: 3, reasonCode: 0 });
      assert.equal(a.take('PUBCOMP').reasonCode, 0);
      assert.deepEqual(b.payloads(), ['x']);
    },
  },
  'identifiers of both directions are apart': {
    run(bench, version) {
      const p = bench.connect('p', { version });
      let a = bench.connect('a', keeping(version));
      a.subscribe('t', { qos: 2 });
      p.publish('t', 'x', { qos: 1 });
      p.publish('t', 'y', { qos: 2 });
      for (const packetId of [1, 2]) a.publish('u', 'own', { qos: packetId === 1 ? 1 : 2, packetId });
      a.send({ type: 'PUBREL', packetId: 2, reasonCode: 0 });
      a.lose();
      a = bench.connect('a', keeping(version));
      assert.deepEqual(a.payloads(), ['x', 'y']);
    },
  },
  'packet identifiers go around and are never in use twice': {
    run(bench, version) {
      const [a, p] = [bench.connect('a', { version, keepAlive: 0 }), bench.connect('p', { version })];
      a.subscribe('t', { qos: 1 });
      p.publish('t', 'kept', { qos: 1 });
      assert.equal(a.take('PUBLISH').packetId, 1);
      let last = 1;
      for (let i = 0; i < 65_535; i += 1) {
        p.publish('t', 'x', { qos: 1, packetId: 1 });
        const { packetId = 0 } = a.take('PUBLISH');
        assert.equal(packetId, last === 65_535 ? 2 : last + 1);
        a.send({ type: 'PUBACK', packetId, reasonCode: 0 });
        last = packetId;
        p.inbox.length = 0;
        bench.trace.length = 0;
      }
    },
  },
  'queues are bounded': {
    with: { limits: { queuedMessages: 3 } },
    run(bench, version) {
      const p = bench.connect('p', { version });
      const a = bench.connect('a', keeping(version));
      a.subscribe('t', { qos: 1 });
      a.lose();
      for (const payload of ['1', '2', '3', '4']) p.publish('t', payload, { qos: 1 });
      assert.deepEqual(bench.connect('a', keeping(version)).payloads(), ['1', '2', '3']);
    },
  },
  'options and shared subscriptions are resumed': {
    only: '5.0',
    run(bench, version) {
      const p = bench.connect('p');
      let a = bench.connect('a', keeping(version));
      a.subscribe('t', { noLocal: true, retainAsPublished: true, qos: 1 }, { subscriptionIdentifiers: [9] });
      a.subscribe('$share/g/s', { qos: 1 });
      a.lose();
      p.publish('s', 'shared', { qos: 1 });
      a = bench.connect('a', keeping(version));
      assert.deepEqual(a.payloads(), ['shared']);
      a.publish('t', 'own');
      p.publish('t', 'x', { retain: true });
      const got = a.take('PUBLISH');
      assert.deepEqual([got.retain, got.properties?.subscriptionIdentifiers], [true, [9]]);
      assert.deepEqual(a.payloads(), []);
      p.publish('s', 'shared', { qos: 1 });
      assert.deepEqual(a.payloads(), ['shared']);
    },
  },
  'a session is found by its exact identifier': {
    run(bench, version) {
      bench.connect('abcdefghijklmno', keeping(version)).lose();
      for (const other of ['ABCDEFGHIJKLMNO', 'abcdefghijklmnx', 'abcdefghijklmn']) {
        assert.equal(bench.connect(other, keeping(version)).connack.sessionPresent, false);
      }
    },
  },
  'a session outlives errors and silence, and its transport': {
    async run(bench, version) {
      const a = bench.connect('a', keeping(version));
      a.subscribe('t');
      a.send({ type: 'CONNACK', sessionPresent: false, reasonCode: 0 });
      assert.equal(a.isOpen, false);
      const quiet = bench.connect('a', { ...keeping(version), keepAlive: 1 });
      assert.equal(quiet.connack.sessionPresent, true);
      await bench.pass(2);
      assert.equal(quiet.isOpen, false);
      const overTcp = bench.open(version, 'tcp');
      overTcp.send(connectPacket('a', keeping(version)));
      assert.equal(overTcp.take('CONNACK').sessionPresent, true);
      bench.connect('p', { version }).publish('t', 'x');
      assert.deepEqual(overTcp.payloads(), ['x']);
      const last = bench.connect('a', keeping(version));
      assert.deepEqual([last.connack.sessionPresent, overTcp.isOpen], [true, false]);
    },
  },
  'each CONNECT says anew how long a session lasts': {
    only: '5.0',
    run(bench, version) {
      bench.connect('a', keeping(version)).lose();
      bench.connect('a', { version, cleanStart: false }).lose();
      assert.equal(bench.connect('a', keeping(version)).connack.sessionPresent, false);
    },
  },
  'what is repeated has its properties': {
    only: '5.0',
    run(bench, version) {
      const a = bench.connect('a', keeping(version));
      a.subscribe('t', { qos: 1 });
      bench.connect('p').publish('t', 'x', { qos: 1, properties: { contentType: 'c' } });
      a.lose();
      const again = bench.connect('a', keeping(version));
      assert.equal(again.take('PUBLISH').properties?.contentType, 'c');
    },
  },
};
