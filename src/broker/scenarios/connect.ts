import assert from 'node:assert/strict';
import { connectPacket, text } from './bench.ts';
import type { Scenarios } from './scenario.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const USERS = [{ username: 'ann', password: text('secret') }, { username: 'open' }];

export const CONNECT_SCENARIOS: Scenarios = {
  'accepts and tells its limits': {
    run(bench, version) {
      const { connack } = bench.connect('a', { version });
      assert.equal(connack.reasonCode, 0);
      assert.equal(connack.sessionPresent, false);
      if (version === '5.0') {
        assert.deepEqual(connack.properties, {
          receiveMaximum: 100,
          maximumPacketSize: 4_194_304,
          topicAliasMaximum: 16,
        });
      }
    },
  },
  'a second CONNECT ends it': {
    run(bench, version) {
      const a = bench.connect('a', { version });
      a.send(connectPacket('a', { version }));
      assert.equal(a.end?.kind, 'protocol-error');
      if (version === '5.0') assert.equal(a.take('DISCONNECT').reasonCode, 0x82);
      assert.deepEqual(a.inbox, []);
    },
  },
  'the first packet must be CONNECT': {
    run(bench, version) {
      const a = bench.open(version);
      a.send({ type: 'PINGREQ' });
      assert.equal(a.isOpen, false);
      assert.deepEqual(a.inbox, []);
    },
  },
  'an unknown level gets 0x01': {
    only: '3.1.1',
    run(bench) {
      for (const level of ['06', '02']) {
        const a = bench.open('3.1.1');
        a.sendBytes(bytes(`100d00044d515454${level}02003c000161`));
        assert.equal(a.take('CONNACK').reasonCode, 1);
        assert.equal(a.end?.kind, 'refused');
      }
    },
  },
  'a wrong protocol name ends it': {
    run(bench, version) {
      const a = bench.open(version);
      a.send(connectPacket('a', { version, protocolName: 'MQTX' }));
      assert.equal(a.isOpen, false);
    },
  },
  'a malformed CONNECT is refused': {
    run(bench, version) {
      const tail = version === '5.0' ? '00000161' : '000161';
      const level = version === '5.0' ? '05' : '04';
      const will = `${version === '5.0' ? '00' : ''}0001770000`;
      // The reserved flag; will QoS and will retain without a will; a will of QoS 3; in 3.1.1 a password without a name.
      const malformed = ['03', '0a', '22', `1e-${will}`, ...(version === '3.1.1' ? ['42-0000'] : [])];
      for (const row of malformed) {
        const [flags = '', more = ''] = row.split('-');
        const a = bench.open(version);
        const body = `00044d515454${level}${flags}003c${tail}${more}`;
        a.sendBytes(bytes(`10${(body.length / 2).toString(16).padStart(2, '0')}${body}`));
        assert.equal(a.isOpen, false, flags);
        if (version === '5.0') assert.equal(a.take('CONNACK').reasonCode, 0x81);
      }
      if (version === '3.1.1') return;
      const long = bench.open();
      long.sendBytes(bytes('108e0000044d5154540502003c00000161'));
      assert.equal(long.isOpen, false);
    },
  },
  'strings must be UTF-8 without U+0000': {
    run(bench, version) {
      for (const id of ['00', 'ff', 'eda080']) {
        const a = bench.open(version);
        const level = version === '5.0' ? '05' : '04';
        const length = (id.length / 2).toString(16).padStart(4, '0');
        const body = `00044d515454${level}02003c${version === '5.0' ? '00' : ''}${length}${id}`;
        a.sendBytes(bytes(`10${(body.length / 2).toString(16).padStart(2, '0')}${body}`));
        assert.equal(a.isOpen, false, id);
      }
    },
  },
  'bytes behind the payload end it': {
    run(bench, version) {
      const a = bench.open(version);
      const level = version === '5.0' ? '05' : '04';
      const body = `00044d515454${level}02003c${version === '5.0' ? '00' : ''}00016100`;
      a.sendBytes(bytes(`10${(body.length / 2).toString(16).padStart(2, '0')}${body}`));
      assert.equal(a.isOpen, false);
    },
  },
  'a field that is missing ends it': {
    run(bench, version) {
      const a = bench.open(version);
      const level = version === '5.0' ? '05' : '04';
      const body = `00044d515454${level}82003c${version === '5.0' ? '00' : ''}000161`;
      a.sendBytes(bytes(`10${(body.length / 2).toString(16).padStart(2, '0')}${body}`));
      assert.equal(a.isOpen, false);
    },
  },
  'an empty identifier is given a name of its own': {
    run(bench, version) {
      const a = bench.connect('', { version });
      const b = bench.connect('', { version });
      assert.equal(a.isOpen && b.isOpen, true);
      const given = [a, b].map(({ connack }) => connack.properties?.assignedClientIdentifier);
      if (version === '5.0') assert.equal(new Set(given).size, 2);
      if (version === '5.0') assert.equal(given.includes(undefined), false);
    },
  },
  'an empty identifier can have no session': {
    only: '3.1.1',
    run(bench) {
      const a = bench.open('3.1.1');
      a.send(connectPacket('', { version: '3.1.1', cleanStart: false }));
      assert.equal(a.take('CONNACK').reasonCode, 2);
      assert.equal(a.end?.kind, 'refused');
    },
  },
  'only who has the password comes in': {
    with: { users: USERS },
    run(bench, version) {
      const codes = (username?: string, password?: string): number => {
        const a = bench.open(version);
        a.send(
          connectPacket('a', { version, ...(username && { username }), ...(password && { password: text(password) }) }),
        );
        const { reasonCode } = a.take('CONNACK');
        assert.equal(a.isOpen, reasonCode === 0);
        return reasonCode;
      };
      const [bad, nobody] = version === '5.0' ? [0x86, 0x87] : [4, 5];
      assert.deepEqual(
        [codes('ann', 'secret'), codes('ann', 'other'), codes('ann'), codes('bob', 'x'), codes()],
        [0, bad, bad, bad, nobody],
      );
      assert.deepEqual([codes('open'), codes('open', 'x')], [0, bad]);
    },
  },
  'a user does what its access rules allow': {
    with: { users: [{ username: 'ann', publish: ['a/#'], subscribe: ['a/+', 'b'] }, { username: 'all' }] },
    run(bench, version) {
      const [ann, all] = [
        bench.connect('ann', { version, username: 'ann' }),
        bench.connect('all', { version, username: 'all' }),
      ];
      all.subscribe('#', { qos: 1 });
      ann.publish('a/x', 'allowed', { qos: 1 });
      ann.publish('b', 'forbidden', { qos: 1 });
      const codes = ann.takeAll('PUBACK').map(({ reasonCode }) => reasonCode);
      assert.deepEqual(codes, version === '5.0' ? [0, 0x87] : [0, 0]);
      assert.deepEqual(all.payloads(), ['allowed']);
      const refused = version === '5.0' ? 0x87 : 0x80;
      const filters = ['a/x', 'a/+', 'b', '$share/g/b', 'a/#', '#', '+', 'a/x/y', '$share/g/#'];
      assert.deepEqual(
        filters.map((filter) => ann.subscribe(filter)[0]),
        [0, 0, 0, 0, refused, refused, refused, refused, refused],
      );
      for (const topic of ['a/will', 'b']) {
        const other = bench.open(version);
        const will = { topic, payload: text('will'), qos: 1, retain: false } as const;
        other.send(connectPacket('o', { version, username: 'ann', will }));
        const code = topic === 'b' ? (version === '5.0' ? 0x87 : 5) : 0;
        assert.equal(other.take('CONNACK').reasonCode, code);
        other.lose();
      }
      assert.deepEqual(all.payloads(), ['will']);
    },
  },
  'nothing behind a refused CONNECT is served': {
    with: { users: USERS },
    run(bench, version) {
      const b = bench.connect('b', { version, username: 'open' });
      b.subscribe('t');
      const a = bench.open(version);
      const publish = { type: 'PUBLISH', topic: 't', payload: text('x'), qos: 0, retain: false, dup: false } as const;
      const will = { topic: 't', payload: text('will'), qos: 0, retain: false } as const;
      a.send(connectPacket('a', { version, will }), publish);
      assert.equal(a.take('CONNACK').reasonCode > 0, true);
      assert.deepEqual(b.payloads(), []);
    },
  },
  'packets behind CONNECT are served': {
    run(bench, version) {
      const a = bench.open(version);
      a.send(connectPacket('a', { version }), { type: 'PINGREQ' });
      assert.deepEqual(
        a.inbox.map(({ type }) => type),
        ['CONNACK', 'PINGRESP'],
      );
    },
  },
  'properties of CONNECT are checked': {
    only: '5.0',
    run(bench) {
      const refusals = [
        [{ receiveMaximum: 0 }, 0x82],
        [{ maximumPacketSize: 0 }, 0x82],
        [{ authenticationData: text('x') }, 0x82],
        [{ authenticationMethod: 'unknown' }, 0x8c],
        [{ requestProblemInformation: 2 }, 0x82],
      ] as const;
      for (const [properties, code] of refusals) {
        const a = bench.open();
        a.send(connectPacket('a', { properties }));
        assert.equal(a.take('CONNACK').reasonCode, code);
        assert.equal(a.end?.kind, 'refused');
      }
    },
  },
  'Response Information comes when asked for': {
    only: '5.0',
    run(bench) {
      const asked = bench.connect('a', { properties: { requestResponseInformation: 1 } });
      assert.match(asked.connack.properties?.responseInformation ?? '', /^response\/\d+\/$/);
      bench.connect('x'.repeat(65_535), { properties: { requestResponseInformation: 1 } });
      assert.equal(bench.connect('b').connack.properties?.responseInformation, undefined);
    },
  },
  'the server may set the keep alive and the end of sessions': {
    only: '5.0',
    with: { limits: { serverKeepAlive: 10, maximumSessionExpiry: 100 } },
    run(bench) {
      const { connack } = bench.connect('a', { keepAlive: 0, properties: { sessionExpiryInterval: 1000 } });
      assert.equal(connack.properties?.serverKeepAlive, 10);
      assert.equal(connack.properties?.sessionExpiryInterval, 100);
      assert.equal(bench.connect('b', { keepAlive: 10 }).connack.properties?.serverKeepAlive, undefined);
    },
  },
  'what is not available is refused': {
    only: '5.0',
    with: { limits: { maximumQos: 1, retainAvailable: false, sessions: 1 } },
    run(bench) {
      const code = (clientId: string, will: { qos: 0 | 2; retain: boolean }): number => {
        const a = bench.open();
        a.send(connectPacket(clientId, { will: { topic: 't', payload: text('w'), ...will } }));
        return a.take('CONNACK').reasonCode;
      };
      assert.equal(code('a', { qos: 2, retain: false }), 0x9b);
      assert.equal(code('a', { qos: 0, retain: true }), 0x9a);
      assert.equal(code('a', { qos: 0, retain: false }), 0);
      assert.equal(code('b', { qos: 0, retain: false }), 0x97);
    },
  },
  'who never connects is closed': {
    async run(bench, version) {
      const a = bench.open(version);
      await bench.pass(11);
      assert.equal(a.isOpen, false);
    },
  },
  'MQTT 3.1 is served': {
    only: '3.1.1',
    run(bench) {
      const a = bench.open('3.1.1');
      a.send(connectPacket('a', { version: '3.1.1', protocolName: 'MQIsdp', protocolLevel: 3 }));
      assert.equal(a.take('CONNACK').reasonCode, 0);
    },
  },
};
