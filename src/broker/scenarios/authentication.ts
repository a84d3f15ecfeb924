import assert from 'node:assert/strict';
import { sha1 } from '#io';
import { CHALLENGE_METHOD, challengeAnswer, challengeProof, type Packet, type Properties } from '#wire';
import type { BrokerUser } from '../contract.ts';
import { connectPacket, text, type Bench, type BenchClient, type ConnectOptions } from './bench.ts';
import type { Scenarios } from './scenario.ts';

const SECRET = text('secret');
const USERS: readonly BrokerUser[] = [{ username: 'ann', password: SECRET }, { username: 'bob' }];
const common = { only: '5.0', with: { users: USERS } } as const;

const METHOD: Properties = { authenticationMethod: CHALLENGE_METHOD };

const authOf = (reasonCode: number, data?: Uint8Array, method: string = CHALLENGE_METHOD): Packet => ({
  type: 'AUTH',
  reasonCode,
  properties: { authenticationMethod: method, ...(data && { authenticationData: data }) },
});

function begin(bench: Bench, clientId: string, more: ConnectOptions = {}): { a: BenchClient; data: Uint8Array } {
  const a = bench.open('5.0');
  a.send(connectPacket(clientId, { username: 'ann', ...more, properties: { ...METHOD, ...more.properties } }));
  return { a, data: challengeOf(a) };
}

function challengeOf(a: BenchClient): Uint8Array {
  const { reasonCode, properties } = a.take('AUTH');
  assert.equal(reasonCode, 0x18);
  assert.equal(properties?.authenticationMethod, CHALLENGE_METHOD);
  return properties.authenticationData ?? new Uint8Array();
}

function accepted(bench: Bench, clientId: string, more: ConnectOptions = {}): BenchClient {
  const { a, data } = begin(bench, clientId, more);
  a.send(authOf(0x18, challengeAnswer(sha1, data, SECRET)));
  const { reasonCode, properties } = a.take('CONNACK');
  assert.equal(reasonCode, 0);
  assert.equal(properties?.authenticationMethod, CHALLENGE_METHOD);
  assert.deepEqual(properties.authenticationData, challengeProof(sha1, data, SECRET));
  return a;
}

const refused = (a: BenchClient, reasonCode: number): void => {
  assert.equal(a.take('CONNACK').reasonCode, reasonCode);
  assert.equal(a.isOpen, false);
};

export const AUTHENTICATION_SCENARIOS: Scenarios = {
  'who answers the challenge is accepted, and told that the broker knows the password': {
    ...common,
    run(bench) {
      const a = accepted(bench, 'a');
      a.subscribe('t');
      a.publish('t', 'x');
      assert.deepEqual(a.payloads(), ['x']);
    },
  },
  'a wrong answer, and a user that does not exist, are refused alike': {
    ...common,
    run(bench) {
      const wrong = begin(bench, 'a').a;
      wrong.send(authOf(0x18, SECRET));
      refused(wrong, 0x87);
      const { a, data } = begin(bench, 'b', { username: 'nobody' });
      a.send(authOf(0x18, challengeAnswer(sha1, data, new Uint8Array())));
      refused(a, 0x87);
    },
  },
  'a broker without users knows no method': {
    only: '5.0',
    run(bench) {
      const a = bench.open('5.0');
      a.send(connectPacket('a', { properties: METHOD }));
      refused(a, 0x8c);
    },
  },
  'before CONNACK only AUTH and DISCONNECT may come': {
    ...common,
    run(bench) {
      const { a } = begin(bench, 'a');
      a.send({ type: 'PINGREQ' });
      refused(a, 0x82);
      const again = begin(bench, 'b').a;
      again.send(connectPacket('b', { username: 'ann', properties: METHOD }));
      refused(again, 0x82);
      const left = begin(bench, 'c').a;
      left.disconnect();
      assert.equal(left.end?.kind, 'normal');
    },
  },
  'who is not authenticated yet does nothing to a session': {
    ...common,
    run(bench) {
      const owner = accepted(bench, 'a', { properties: { sessionExpiryInterval: 100 } });
      const { a } = begin(bench, 'a');
      assert.equal(owner.isOpen, true);
      a.disconnect(0, { sessionExpiryInterval: 0 });
      owner.send({ type: 'PINGREQ' });
      owner.take('PINGRESP');
      owner.lose();
      assert.equal(bench.connect('a', { cleanStart: false, username: 'bob' }).connack.sessionPresent, true);
    },
  },
  'AUTH that is malformed, out of turn or of another method ends the exchange': {
    ...common,
    run(bench) {
      const malformed = begin(bench, 'a').a;
      malformed.sendBytes(Uint8Array.of(0xf0, 2, 0x18, 0));
      refused(malformed, 0x82);
      const turn = begin(bench, 'b').a;
      turn.send(authOf(0x19));
      refused(turn, 0x82);
      const other = begin(bench, 'c').a;
      other.send(authOf(0x18, SECRET, 'ANOTHER'));
      refused(other, 0x82);
      const unasked = accepted(bench, 'd');
      unasked.send(authOf(0x18, SECRET));
      assert.equal(unasked.take('DISCONNECT').reasonCode, 0x82);
      const without = bench.connect('e', { username: 'bob' });
      without.send(authOf(0x19));
      assert.equal(without.take('DISCONNECT').reasonCode, 0x82);
    },
  },
  'an exchange that is not finished in time ends': {
    ...common,
    async run(bench) {
      const { a } = begin(bench, 'a');
      await bench.pass(9);
      assert.equal(a.isOpen, true);
      await bench.pass(2);
      assert.equal(a.isOpen, false);
      const b = accepted(bench, 'b', { keepAlive: 0 });
      await bench.pass(1000);
      assert.equal(b.isOpen, true);
    },
  },
  'a client authenticates again, and is served meanwhile': {
    ...common,
    run(bench) {
      const a = accepted(bench, 'a');
      a.send(authOf(0x19));
      const data = challengeOf(a);
      a.send({ type: 'PINGREQ' });
      a.take('PINGRESP');
      a.send(authOf(0x18, challengeAnswer(sha1, data, SECRET)));
      const { reasonCode, properties } = a.take('AUTH');
      assert.equal(reasonCode, 0x00);
      assert.deepEqual(properties?.authenticationData, challengeProof(sha1, data, SECRET));
      assert.equal(a.isOpen, true);
    },
  },
  'who fails to authenticate again is told so and closed': {
    ...common,
    run(bench) {
      const a = accepted(bench, 'a');
      a.send(authOf(0x19));
      challengeOf(a);
      a.send(authOf(0x18, SECRET));
      assert.equal(a.take('DISCONNECT').reasonCode, 0x87);
      assert.equal(a.end?.kind, 'not-authorized');
    },
  },
  'a broker may challenge twice': {
    only: '5.0',
    with: { users: USERS, alterations: [{ decide: { 'auth.challenges': () => 2 } }] },
    run(bench) {
      const { a, data } = begin(bench, 'a');
      a.send(authOf(0x18, challengeAnswer(sha1, data, SECRET)));
      a.send(authOf(0x18, challengeAnswer(sha1, challengeOf(a), SECRET)));
      assert.equal(a.take('CONNACK').reasonCode, 0);
    },
  },
};
