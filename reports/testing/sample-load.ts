/** A load run with all that a report shows: a steady stage of ten seconds, in which the broker pauses once. */
import { Histogram, type LoadResult } from '#results';
import { countersOf, sampleLoad as plainLoad } from '../../src/results/testing/sample-load-result.ts';

export interface SampleLoad {
  readonly label?: string;
  /** Milliseconds; each latency is longer by them. */
  readonly slower?: number;
  readonly crossed?: boolean;
  readonly health?: LoadResult['health']['verdict'];
  /** What the broker said in an error. */
  readonly said?: string;
}

export function sampleLoad({
  label = 'Mosquitto 2.0.11',
  slower = 0,
  crossed = false,
  health = 'good',
  said = 'the broker ended the connection',
}: SampleLoad = {}): LoadResult {
  const latency = new Histogram();
  const sent = new Histogram();
  const points = Array.from({ length: 12 }, (_, second) => {
    const own = new Histogram();
    for (let n = 0; n < 400; n += 1) own.record((second === 6 ? 300 : 1) + slower + n / 100);
    latency.add(own);
    for (let n = 0; n < 400; n += 1) sent.record(1 + slower + n / 100);
    return {
      atMs: second * 1000,
      connections: Math.min(8, second * 8),
      wanted: 8,
      sent: 400,
      received: second === 6 ? 120 : 400,
      late: 0,
      blocked: second === 6 ? 280 : 0,
      errors: second === 7 ? 2 : 0,
      ...(second < 1 ? {} : { latency: own.toJSON() }),
      busy: 0.2,
      lagMs: 1.5,
      rss: 80 * 2 ** 20,
    };
  });
  const counters = countersOf({
    messages_sent: 4_000,
    messages_expected: 4_000,
    messages_received: 3_998,
    messages_lost: 2,
    connections_opened: 8,
  });
  const plain = plainLoad();
  const threshold = { metric: 'message_latency', expression: 'p(99)<250', limit: 250, passed: !crossed };
  return {
    ...plain,
    run: { ...plain.run, durationMs: 12_000, measuredMs: 10_000 },
    engine: { ...plain.engine, workers: 2 },
    target: { ...plain.target, label },
    stages: [
      { name: 'connect', role: 'setup', startMs: 0, endMs: 1_000, sent: 0, received: 0 },
      { name: 'steady', role: 'steady', startMs: 1_000, endMs: 11_000, targetRate: 400, sent: 4_000, received: 3_998 },
      { name: 'drain', role: 'cool-down', startMs: 11_000, endMs: 12_000, sent: 0, received: 0, overdue: true },
    ],
    metrics: {
      trends: { message_latency: latency.toJSON(), message_latency_sent: sent.toJSON() },
      counters,
      rates: { delivered: { passed: 3_998, total: 4_000 } },
    },
    whole: counters,
    delivery: [
      {
        qos: 1,
        sent: 4_000,
        acknowledged: 4_000,
        expected: 4_000,
        delivered: 3_998,
        lost: 2,
        undelivered: 0,
        duplicated: 0,
        reordered: 0,
        corrupted: 0,
        unexpected: 0,
      },
    ],
    series: { intervalMs: 1_000, points },
    errors: [
      { kind: 'dropped', message: said, count: 2, firstMs: 7_000, lastMs: 7_400, sample: ['→ PUBLISH', '← FIN'] },
    ],
    invariants: [{ name: 'order', requirements: ['5.0/MQTT-4.6.0-5'], checked: 3_998, broken: 0 }],
    health: {
      verdict: health,
      reasons: health === 'good' ? [] : ['3.1 % of the sends were more than 5 ms late'],
      sends: { onTime: 3_720, late: 0, blocked: 280 },
      workers: [{ busy: 0.2, starved: 0.01, gcMs: 12, lagMs: 1.5 }],
      cpuSeconds: 2.4,
      rssBytes: 80 * 2 ** 20,
      messagesPerWrite: 1.1,
    },
    thresholds: [
      { ...threshold, observed: crossed ? 304 : 200, ...(crossed ? { crossedMs: 6_000 } : {}) },
      { metric: 'will_latency', expression: 'p(99)<100', limit: 100, passed: false },
    ],
    conclusion: {
      exitCode: crossed ? 1 : 0,
      verdict: crossed ? 'crossed' : 'held',
      sentence: crossed ? `${label} crossed a threshold` : `${label} held all thresholds`,
    },
  };
}
