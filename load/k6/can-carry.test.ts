import { expect, test } from 'vitest';
import { planOf } from '../profiles/plan-of.ts';
import { profileNamed } from '../profiles/profiles.ts';
import { cannot, refuseWhatK6Cannot } from './can-carry.ts';
import { K6Error } from './k6-error.ts';

type Settings = Partial<Parameters<typeof planOf>[1]>;
const plan = (name: string, settings: Settings = {}) =>
  planOf(profileNamed(name), { transport: 'ws', runId: '0a1b2c3d', ...settings });

test.each<[string, Settings, RegExp]>([
  ['step-to-knee', {}, /climb/],
  ['slow-consumer', {}, /unread/],
  ['will-storm', { set: { how: 'reset' } }, /'reset' \(try 'close'\)/],
  ['smoke', { transport: 'mqtt' }, /no mqtt:.*xk6-mqtt/],
])('k6 refuses %s %j', (name, settings, why) => {
  expect(cannot(plan(name, settings), 'k6', {})).toMatch(why);
});

test.each<[string, Settings, RegExp]>([
  ['smoke', {}, /3\.1\.1 only/],
  ['will-storm', { version: '3.1.1', set: { how: 'close' } }, /can't end a connection by 'close'$/],
  ['session-backlog', { version: '3.1.1' }, /clean/],
  ['steady-pubsub', { version: '3.1.1', set: { packing: 'many' } }, /can't pack frames as 'many'/],
])('k6/x/mqtt refuses %s %j', (name, settings, why) => {
  expect(cannot(plan(name, settings), 'xk6-mqtt', {})).toMatch(why);
});

test.each<[Parameters<typeof cannot>[2], RegExp]>([
  [{ servername: true }, /SNI/],
  [{ pfx: true }, /PEM only/],
])('what else is asked for: %j', (asked, why) => {
  expect(cannot(plan('smoke'), 'k6', asked)).toMatch(why);
  expect(() => refuseWhatK6Cannot(plan('smoke'), 'k6', asked)).toThrow(K6Error);
});

test('headers: not with the extension', () => {
  expect(cannot(plan('smoke'), 'k6', { headers: true })).toBeUndefined();
  expect(cannot(plan('smoke', { version: '3.1.1' }), 'xk6-mqtt', { headers: true })).toMatch(/headers/);
});

test('the extension carries TCP', () => {
  expect(cannot(plan('fan-in', { version: '3.1.1', transport: 'mqtts' }), 'xk6-mqtt', {})).toBeUndefined();
});
