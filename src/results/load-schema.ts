/** `LoadResult` as a schema: the one source of the check at the edge and of `load-result.schema.json`. */
import * as v from 'valibot';
import { MQTT_VERSIONS } from '#spec';
import { COUNTER_NAMES, RATE_NAMES, TREND_NAMES, type CounterName } from './load-metrics.ts';
import { LOAD_RESULT_FORMAT, type LoadResult } from './load-result.ts';

const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const amount = v.pipe(v.number(), v.minValue(0));
const milliseconds = v.pipe(v.number(), v.minValue(0), v.description('milliseconds'));
const optional = v.exactOptional;
const list = <const Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.readonly());
const transport = v.picklist(['ws', 'wss', 'mqtt', 'mqtts']);

const histogram = v.object({
  unit: v.literal('us'),
  subBits: v.literal(7),
  count,
  sum: count,
  min: count,
  max: count,
  buckets: v.pipe(list(count), v.description('index, count, index, count …')),
});

function each<Name extends string, Schema extends v.GenericSchema>(names: readonly Name[], schema: Schema) {
  return v.object(Object.fromEntries(names.map((name) => [name, schema])) as { readonly [N in Name]: Schema });
}

const counters = each<CounterName, typeof count>(COUNTER_NAMES, count);
const rate = v.object({ passed: count, total: count });

const point = v.object({
  atMs: milliseconds,
  connections: count,
  wanted: count,
  sent: count,
  received: count,
  late: count,
  blocked: count,
  errors: count,
  latency: optional(histogram),
  connect: optional(histogram),
  busy: optional(amount),
  lagMs: optional(milliseconds),
  rss: optional(count),
});

const delivery = v.object({
  qos: v.picklist([0, 1, 2]),
  sent: count,
  acknowledged: count,
  expected: count,
  delivered: count,
  lost: count,
  undelivered: count,
  duplicated: count,
  reordered: count,
  corrupted: count,
  unexpected: count,
});

export const loadResultSchema = v.object({
  format: v.literal(LOAD_RESULT_FORMAT),
  tool: v.object({ name: v.literal('mqttspec'), version: text, node: text }),
  run: v.object({
    id: text,
    startedAt: v.pipe(v.string(), v.isoTimestamp()),
    durationMs: milliseconds,
    measuredMs: milliseconds,
    command: text,
    ended: optional(v.picklist(['interrupted', 'broker-down', 'time-limit', 'stopped'])),
  }),
  engine: v.object({
    name: v.picklist(['embedded', 'k6', 'xk6-mqtt']),
    version: text,
    workers: count,
    model: v.picklist(['open', 'closed']),
    latencyFrom: v.picklist(['intended send', 'actual send']),
    clock: text,
    clockErrorMs: milliseconds,
    notes: list(text),
  }),
  target: v.object({
    label: text,
    url: text,
    transport,
    version: v.picklist(MQTT_VERSIONS),
    tls: optional(text),
    compression: v.boolean(),
  }),
  profile: v.object({
    name: text,
    title: text,
    parameters: v.pipe(v.record(v.string(), v.union([v.number(), v.string(), v.boolean()])), v.readonly()),
    populations: list(v.object({ name: text, count, does: text })),
    payloadsChecked: v.boolean(),
    packing: v.picklist(['one', 'many', 'split']),
  }),
  stages: list(
    v.object({
      name: text,
      role: v.picklist(['setup', 'warm-up', 'steady', 'cool-down']),
      startMs: milliseconds,
      endMs: milliseconds,
      targetRate: optional(amount),
      sent: count,
      received: count,
      held: optional(v.boolean()),
      overdue: optional(v.boolean()),
    }),
  ),
  metrics: v.object({
    trends: each(TREND_NAMES, optional(histogram)),
    counters,
    rates: each(RATE_NAMES, optional(rate)),
  }),
  whole: counters,
  delivery: list(delivery),
  series: v.object({ intervalMs: count, points: list(point) }),
  errors: list(
    v.object({ kind: text, message: text, count, firstMs: milliseconds, lastMs: milliseconds, sample: list(text) }),
  ),
  invariants: list(
    v.object({
      name: text,
      requirements: list(text),
      checked: count,
      broken: count,
      first: optional(v.object({ atMs: milliseconds, message: text, transcript: list(text) })),
    }),
  ),
  health: v.object({
    verdict: v.picklist(['good', 'warn', 'invalid']),
    reasons: list(text),
    sends: v.object({ onTime: count, late: count, blocked: count }),
    workers: list(v.object({ busy: amount, starved: amount, gcMs: milliseconds, lagMs: milliseconds })),
    cpuSeconds: amount,
    rssBytes: count,
    messagesPerWrite: amount,
  }),
  thresholds: list(
    v.object({
      metric: text,
      expression: text,
      observed: optional(v.number()),
      limit: v.number(),
      passed: v.boolean(),
      crossedMs: optional(milliseconds),
    }),
  ),
  knee: optional(v.object({ held: optional(amount), broke: optional(amount), why: text })),
  parts: optional(list(v.object({ runId: text, part: text, startedAt: text, workers: count }))),
  conclusion: v.object({
    exitCode: count,
    verdict: v.picklist(['held', 'crossed', 'invalid', 'not-measured', 'interrupted']),
    sentence: text,
  }),
}) satisfies v.GenericSchema<unknown, LoadResult>;
