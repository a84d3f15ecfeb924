import { expect, test } from 'vitest';
import { Histogram } from '#results';
import { readExposition } from '../testing/exposition.ts';
import { renderPrometheus, type LoadSnapshot } from './load-prometheus.ts';

const latency = new Histogram();
for (const ms of [0.05, 0.7, 0.7, 30, 90_000]) latency.record(ms);

const SNAPSHOT: LoadSnapshot = {
  info: { profile: 'smoke', label: 'a "broker"\\ of\nmine', run: '0000abcd' },
  stage: 'steady',
  atMs: 2500,
  point: {
    atMs: 2000,
    connections: 7,
    wanted: 8,
    sent: 10,
    received: 9,
    late: 0,
    blocked: 0,
    errors: 0,
    busy: 0.25,
    lagMs: 1.5,
  },
  counters: { messages_sent: 20, sends_late: 1, bytes_sent: 2 ** 40 },
  deliveries: 19,
  errors: 2,
  trends: { message_latency: latency.toJSON(), puback_time: new Histogram().toJSON() },
};

test('keeps to the text format', () => {
  const families = readExposition(renderPrometheus(SNAPSHOT));
  const value = (name: string, key = name): number | undefined => families.get(name)?.samples.get(key);
  expect(families.get('mqttspec_load_info')?.samples).toEqual(
    new Map([[String.raw`mqttspec_load_info{profile="smoke",label="a \"broker\"\\ of\nmine",run="0000abcd"}`, 1]]),
  );
  expect(value('mqttspec_load_stage', 'mqttspec_load_stage{stage="steady"}')).toBe(1);
  expect(value('mqttspec_load_connections')).toBe(7);
  expect(value('mqttspec_load_generator_lag_seconds')).toBe(0.0015);
  expect(value('mqttspec_load_messages_sent_total')).toBe(20);
  expect(value('mqttspec_load_bytes_sent_total')).toBe(1_099_511_627_776);
  expect(value('mqttspec_load_deliveries_total')).toBe(19);
  expect(families.has('mqttspec_load_messages_lost_total')).toBe(false);
  const name = 'mqttspec_load_message_latency_seconds';
  const buckets = ['0.0001', '0.0005', '0.001', '0.05', '60', '+Inf'].map((le) =>
    value(name, `${name}_bucket{le="${le}"}`),
  );
  expect(buckets).toEqual([1, 1, 3, 4, 4, 5]);
  expect([value(name, `${name}_sum`), value(name, `${name}_count`)]).toEqual([90.03145, 5]);
  expect(value('mqttspec_load_puback_time_seconds', 'mqttspec_load_puback_time_seconds_count')).toBe(0);
});

test('says so before the first run', () => {
  expect(readExposition(renderPrometheus(undefined)).size).toBe(0);
});

test.each([
  ['# HELP a_total x\n# TYPE a_total counter\na_total 1', 'no line feed'],
  ['# HELP a x\n# TYPE a counter\na 1\n', 'is a counter'],
  ['# HELP a x\n# TYPE a gauge\na{b="c"d"} 1\n', 'no sample'],
  ['# HELP a x\n# TYPE a gauge\na one\n', 'no sample'],
  ['# HELP h x\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n', 'falls'],
])('the reader of the tests refuses %j', (text, why) => {
  expect(() => readExposition(text)).toThrow(why);
});
