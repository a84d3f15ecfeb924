import assert from 'node:assert/strict';
import type { Will } from '#wire';
import { connectPacket, text } from './bench.ts';
import type { Scenarios } from './scenario.ts';
import { keeping } from './session.ts';

const will: Will = { topic: 'w', payload: text('will'), qos: 1, retain: false };
const delayed = (seconds: number): Will => ({ ...will, properties: { willDelayInterval: seconds } });

export const WILL_SCENARIOS: Scenarios = {
  'is published when a connection ends without DISCONNECT': {
    async run(bench, version) {
      const b = bench.connect('b', { version, keepAlive: 0 });
      b.subscribe('w', { qos: 2 });
      bench.connect('a', { version, will }).lose('closed');
      assert.deepEqual(b.payloads(), ['will']);
      bench.connect('a', { version, will }).lose('reset');
      assert.deepEqual(b.payloads(), ['will']);
      bench.connect('a', { version, will }).send({ type: 'CONNACK', sessionPresent: false, reasonCode: 0 });
      assert.deepEqual(b.payloads(), ['will']);
      bench.connect('a', { version, will, keepAlive: 1 });
      await bench.pass(1.4);
      assert.deepEqual(b.payloads(), []);
      await bench.pass(0.2);
      assert.deepEqual(b.payloads(), ['will']);
      bench.connect('a', { version, will });
      bench.connect('a', { version });
      assert.deepEqual(b.payloads(), ['will']);
      await bench.pass(100);
      assert.deepEqual(b.payloads(), []);
      const late = bench.connect('late', { version });
      late.subscribe('w');
      assert.deepEqual(late.payloads(), []);
    },
  },
  'is not published after DISCONNECT': {
    async run(bench, version) {
      const b = bench.connect('b', { version, keepAlive: 0 });
      b.subscribe('#', { qos: 2 });
      const a = bench.connect('a', { version, will });
      a.publish('t', 'x');
      a.disconnect();
      a.lose();
      await bench.pass(10);
      assert.deepEqual(b.payloads(), ['x']);
      if (version === '3.1.1') return;
      bench.connect('a', { version, will }).disconnect(0x04);
      assert.deepEqual(b.payloads(), ['will']);
    },
  },
  'goes out with its QoS and RETAIN': {
    run(bench, version) {
      const b = bench.connect('b', { version });
      b.subscribe('w', { qos: 2 });
      for (const qos of [0, 1, 2] as const) {
        bench.connect('a', { version, will: { ...will, qos, retain: qos === 2 } }).lose();
        const got = b.take('PUBLISH');
        assert.deepEqual([got.qos, got.retain], [qos, false]);
      }
      const c = bench.connect('c', { version });
      c.subscribe('w', { qos: 2 });
      assert.equal(c.take('PUBLISH').retain, true);
    },
  },
  'its topic has no wildcard and is not empty': {
    run(bench, version) {
      for (const topic of ['w/+', '#', '']) {
        const a = bench.open(version);
        a.send(connectPacket('a', { version, will: { ...will, topic } }));
        assert.equal(a.isOpen, false);
      }
    },
  },
  'waits for its delay': {
    only: '5.0',
    async run(bench, version) {
      const b = bench.connect('b', { keepAlive: 0 });
      b.subscribe('w', { qos: 1 });
      bench.connect('a', { ...keeping(version, 100), will: delayed(10) }).lose();
      await bench.pass(9);
      assert.deepEqual(b.payloads(), []);
      await bench.pass(2);
      assert.deepEqual(b.payloads(), ['will']);
      await bench.pass(200);
      assert.deepEqual(b.payloads(), []);
    },
  },
  'is cancelled when the client is back in time': {
    only: '5.0',
    async run(bench, version) {
      const b = bench.connect('b', { keepAlive: 0 });
      b.subscribe('w', { qos: 1 });
      bench.connect('a', { ...keeping(version, 100), will: delayed(10) }).lose();
      await bench.pass(5);
      const a = bench.connect('a', keeping(version, 100));
      await bench.pass(20);
      assert.deepEqual(b.payloads(), []);
      a.disconnect();
      bench.connect('a', { ...keeping(version, 100), will: delayed(10) });
      bench.connect('a', keeping(version, 100)).disconnect();
      await bench.pass(20);
      assert.deepEqual(b.payloads(), []);
    },
  },
  'does not outlive the session': {
    only: '5.0',
    async run(bench, version) {
      const b = bench.connect('b', { keepAlive: 0 });
      b.subscribe('w', { qos: 1 });
      bench.connect('a', { ...keeping(version, 5), will: delayed(100) }).lose();
      await bench.pass(4);
      assert.deepEqual(b.payloads(), []);
      await bench.pass(2);
      assert.deepEqual(b.payloads(), ['will']);
      bench.connect('a', { will: delayed(100) }).lose();
      assert.deepEqual(b.payloads(), ['will']);
      bench.connect('a', { ...keeping(version, 100), will: delayed(50) }).lose();
      bench.connect('a', { cleanStart: true });
      assert.deepEqual(b.payloads(), ['will']);
    },
  },
  'carries its properties': {
    only: '5.0',
    async run(bench) {
      const properties = {
        payloadFormatIndicator: 1,
        messageExpiryInterval: 60,
        contentType: 'c',
        responseTopic: 'r',
        correlationData: text('d'),
        userProperties: [
          ['k', '1'],
          ['a', '2'],
          ['k', '3'],
        ],
      } as const;
      const b = bench.connect('b', { keepAlive: 0 });
      b.subscribe('w');
      bench.connect('a', { will: { ...will, properties } }).lose();
      const got = b.take('PUBLISH');
      assert.deepEqual({ ...got.properties, correlationData: text('d') }, properties);
      await bench.pass(1);
    },
  },
  'is that of the last CONNECT, and may be empty': {
    run(bench, version) {
      const b = bench.connect('b', { version });
      b.subscribe('w', { qos: 1 });
      bench.connect('a', { ...keeping(version, 100), will }).disconnect();
      bench.connect('a', { ...keeping(version, 100), will: { ...will, payload: text('second') } }).lose();
      assert.deepEqual(b.payloads(), ['second']);
      bench.connect('c', { version, will: { ...will, payload: text('') } }).lose();
      assert.deepEqual(b.payloads(), ['']);
    },
  },
  'is left by DISCONNECT of every code but 0x00': {
    only: '5.0',
    run(bench, version) {
      const b = bench.connect('b', { version });
      b.subscribe('w', { qos: 1 });
      for (const code of [0x04, 0x80, 0x97]) bench.connect('a', { version, will }).disconnect(code);
      assert.deepEqual(b.payloads(), ['will', 'will', 'will']);
    },
  },
};
