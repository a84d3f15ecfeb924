/** A small load result, for tests of what reads, merges and shows them. */
import { Histogram } from '../histogram.ts';
import { COUNTER_NAMES, type CounterName } from '../load-metrics.ts';
import { LOAD_RESULT_FORMAT, type LoadResult } from '../load-result.ts';

export function histogramOf(values: readonly number[]): Histogram {
  const made = new Histogram();
  for (const value of values) made.record(value);
  return made;
}

export function countersOf(given: { readonly [Name in CounterName]?: number }): {
  readonly [Name in CounterName]: number;
} {
  return Object.fromEntries(COUNTER_NAMES.map((name) => [name, given[name] ?? 0])) as {
    readonly [Name in CounterName]: number;
  };
}

/** Ten messages at QoS 1, all delivered, in a second; `latencies` in milliseconds. */
export function sampleLoad(
  latencies: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  change: Partial<LoadResult> = {},
): LoadResult {
  const latency = histogramOf(latencies).toJSON();
  const sent = latencies.length;
  const counters = countersOf({
    messages_sent: sent,
    messages_acknowledged: sent,
    messages_expected: sent,
    messages_received: sent,
    connections_opened: 2,
  });
  const none = { lost: 0, undelivered: 0, duplicated: 0, reordered: 0, corrupted: 0, unexpected: 0 };
  return {
    format: LOAD_RESULT_FORMAT,
    tool: { name: 'mqttspec', version: '0.1.0', node: '20.20.2' },
    run: {
      id: '0badcafe',
      startedAt: '2026-11-25T12:00:00.000Z',
      durationMs: 2000,
      measuredMs: 1000,
      command: 'mqttspec load run smoke ws://localhost:9001/mqtt',
    },
    engine: {
      name: 'embedded',
      version: '0.1.0',
      workers: 1,
      model: 'open',
      latencyFrom: 'intended send',
      clock: 'monotonic, one for all threads',
      clockErrorMs: 0.01,
      notes: [],
    },
    target: {
      label: 'Broker 1.0',
      url: 'ws://localhost:9001/mqtt',
      transport: 'ws',
      version: '5.0',
      compression: false,
    },
    profile: {
      name: 'smoke',
      title: 'five seconds, for CI',
      parameters: { pairs: 1 },
      populations: [{ name: 'publishers', count: 1, does: 'publishes 80 bytes to pair/{client} at QoS 1' }],
      payloadsChecked: true,
      packing: 'one',
    },
    stages: [{ name: 'steady', role: 'steady', startMs: 500, endMs: 1500, targetRate: 10, sent, received: sent }],
    metrics: {
      trends: { message_latency: latency },
      counters,
      rates: { delivered: { passed: sent, total: sent }, connected: { passed: 2, total: 2 } },
    },
    whole: counters,
    delivery: [
      { qos: 0, sent: 0, acknowledged: 0, expected: 0, delivered: 0, ...none },
      { qos: 1, sent, acknowledged: sent, expected: sent, delivered: sent, ...none },
      { qos: 2, sent: 0, acknowledged: 0, expected: 0, delivered: 0, ...none },
    ],
    series: {
      intervalMs: 1000,
      points: [
        {
          atMs: 0,
          connections: 2,
          wanted: 2,
          sent,
          received: sent,
          late: 0,
          blocked: 0,
          errors: 0,
          latency,
          busy: 0.1,
          lagMs: 1,
          rss: 1000,
        },
      ],
    },
    errors: [],
    invariants: [{ name: 'order', requirements: ['5.0/MQTT-4.6.0-6'], checked: sent, broken: 0 }],
    health: {
      verdict: 'good',
      reasons: [],
      sends: { onTime: sent, late: 0, blocked: 0 },
      workers: [{ busy: 0.1, starved: 0, gcMs: 1, lagMs: 1 }],
      cpuSeconds: 0.5,
      rssBytes: 1000,
      messagesPerWrite: 1,
    },
    thresholds: [{ metric: 'message_latency', expression: 'p(99)<50', limit: 50, observed: 10, passed: true }],
    conclusion: { exitCode: 0, verdict: 'held', sentence: 'Broker 1.0 held the threshold' },
    ...change,
  };
}
