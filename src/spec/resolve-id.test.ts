import { expect, test } from 'vitest';
import { resolveId } from './resolve-id.ts';

test.each([
  ['MQTT-3.1.0-2', ['3.1.1/MQTT-3.1.0-2', '5.0/MQTT-3.1.0-2']],
  ['[MQTT-3.1.0-2]', ['3.1.1/MQTT-3.1.0-2', '5.0/MQTT-3.1.0-2']],
  ['mqtt-3.1.0-2', ['3.1.1/MQTT-3.1.0-2', '5.0/MQTT-3.1.0-2']],
  ['3.1.0-2', ['3.1.1/MQTT-3.1.0-2', '5.0/MQTT-3.1.0-2']],
  ['5.0/MQTT-3.1.0-2', ['5.0/MQTT-3.1.0-2']],
  ['3.1.1/3.1.0-2', ['3.1.1/MQTT-3.1.0-2']],
  ['5.0/r-3.3.4-1', ['5.0/R-3.3.4-1']],
  ['ws/upgrade/accept-key', ['ws/upgrade/accept-key']],
  ['cert/client-md5#tls12', ['cert/client-md5#tls12']],
])('%s', (text, keys) => {
  expect(resolveId(text)).toEqual(keys);
});

test('a statement with clauses means all of them, a clause only itself', () => {
  expect(resolveId('5.0/MQTT-3.1.2-4')).toEqual(['5.0/MQTT-3.1.2-4#discard', '5.0/MQTT-3.1.2-4#new']);
  expect(resolveId('5.0/MQTT-3.1.2-4#new')).toEqual(['5.0/MQTT-3.1.2-4#new']);
});

test.each(['MQTT-3.1.2.7', 'MQTT-3.3.1.-1', 'MQTT-3-8.3-4'])(
  'the misprint %s of the standard is understood',
  (text) => {
    expect(resolveId(text)).not.toEqual([]);
  },
);

test.each(['', 'MQTT', 'MQTT-9.9.9-9', '5.0/', 'ws/none', '4.0/MQTT-3.1.0-2'])('%j names nothing', (text) => {
  expect(resolveId(text)).toEqual([]);
});
