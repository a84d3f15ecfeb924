/** A load result with ten messages of 1 to 10 ms, or of the given latencies. */
import { Histogram, LOAD_RESULT_FORMAT, COUNTER_NAMES, type CounterName, type LoadResult } from '#results';

const TEN = Array.from({ length: 10 }, (_, n) => n + 1);

export function loadSample(latencies: readonly number[] = TEN): LoadResult {
  const latency = new Histogram();
  for (const ms of latencies) latency.record(ms);
  const sent = latencies.length;
  const known: { readonly [Name in CounterName]?: number } = {
    messages_sent: sent,
    messages_expected: sent,
    messages_received: sent,
  };
  const counters = Object.fromEntries(COUNTER_NAMES.map((name) => [name, known[name] ?? 0])) as LoadResult['whole'];
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
      clock: 'monotonic',
      clockErrorMs: 0,
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
      parameters: {},
      populations: [],
      payloadsChecked: true,
      packing: 'one',
    },
    stages: [],
    metrics: { trends: { message_latency: latency.toJSON() }, counters, rates: {} },
    whole: counters,
    delivery: [{ qos: 1, sent, acknowledged: sent, expected: sent, delivered: sent, ...none }],
    series: { intervalMs: 1000, points: [] },
    errors: [],
    invariants: [],
    health: {
      verdict: 'good',
      reasons: [],
      sends: { onTime: sent, late: 0, blocked: 0 },
      workers: [],
      cpuSeconds: 0.5,
      rssBytes: 2 ** 20,
      messagesPerWrite: 1,
    },
    thresholds: [{ metric: 'message_latency', expression: 'p(99)<50', limit: 50, observed: 10, passed: true }],
    conclusion: { exitCode: 0, verdict: 'held', sentence: 'Broker 1.0 held the threshold' },
  };
}
