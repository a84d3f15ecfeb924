// The embedded engine, with all of its accounting. The warm-up is long enough for V8 to be done with compiling.
import { arg, cpuFrom, tell } from './pair-schedule.mjs';

const { planOf, profileNamed, runLoad } = await import('../../dist/load/index.js');
const { parseTarget } = await import('../../dist/src/target/index.js');
const { Histogram } = await import('../../dist/src/results/index.js');

const { url, pairs, rate, seconds, warmup = 5, packing = 'one', clients, hold, sources = [] } = arg;
const target = parseTarget({ url });
const settings = { transport: target.endpoints[0].transport, runId: process.pid.toString(16).padStart(8, '0') };
const common = { target, label: 'bench', toolVersion: '0', command: 'bench' };

if (clients === undefined) {
  const set = { pairs, rate, seconds, packing, payload: 80, warmup, qos: 0, connectRate: 500 };
  const texts = Object.fromEntries(Object.entries(set).map(([name, value]) => [name, String(value)]));
  const plan = planOf(profileNamed('steady-pubsub'), { ...settings, set: texts });
  let cpu;
  let used = 0;
  // Told at the begin of each stage: what is measured is what the others measure, from the first send to the last.
  const onProgress = ({ stage }) => {
    if (stage === 'steady') cpu ??= cpuFrom();
    else if (cpu !== undefined) used ||= cpu();
  };
  const { delivery, health, metrics } = await runLoad({
    ...common,
    plan,
    onProgress,
    ...(arg.workers === undefined ? {} : { workers: arg.workers }),
  });
  const all = health.sends.onTime + health.sends.late + health.sends.blocked;
  const latency = metrics.trends.message_latency;
  tell({
    sent: metrics.counters.messages_sent,
    received: metrics.counters.messages_received,
    late: health.sends.late,
    notOnTime: all === 0 ? 1 : 1 - health.sends.onTime / all,
    lost: delivery[0].lost,
    cpuSeconds: used || cpu?.() || health.cpuSeconds,
    perWrite: health.messagesPerWrite,
    p99: latency === undefined ? undefined : Histogram.from(latency).percentile(99),
    starved: Math.max(...health.workers.map((one) => one.starved)),
  });
} else {
  // Idle connections: what each takes here, and how long they take to open. In this thread, so that garbage can be collected before memory is read.
  const set = { clients: String(clients), rate: String(Math.ceil(clients / 4)), hold: String(hold) };
  const plan = planOf(profileNamed('connect-storm'), { ...settings, set });
  let held = 0;
  const onProgress = ({ stage }) => {
    if (stage !== 'hold') return;
    globalThis.gc?.();
    held = process.memoryUsage.rss();
  };
  const workers = arg.workers ?? 0;
  const result = await runLoad({ ...common, plan, sources, workers, onProgress });
  const [storm] = result.stages;
  tell({
    opened: result.metrics.counters.connections_opened,
    failed: result.metrics.counters.connections_failed,
    dropped: result.metrics.counters.connections_dropped,
    seconds: (storm.endMs - storm.startMs) / 1000,
    held,
    errors: result.errors.map(({ kind, count }) => `${kind} ${count}`),
    cpuSeconds: result.health.cpuSeconds,
  });
}
