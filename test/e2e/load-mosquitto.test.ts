/** Short profiles on a real Mosquitto, over both of its doors. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localAvailability, startCatalogued, type StartedBroker } from '#catalogue';
import { realClock } from '#io';
import { readLoadResult, type LoadResult } from '#results';
import { outcome, start, Workspace } from './cli.ts';

const mosquitto = localAvailability().find(({ name }) => name === 'mosquitto');
const missing = mosquitto?.installed === false && process.env['CI'] !== 'true' ? mosquitto.install : undefined;

let workspace: Workspace;
let broker: StartedBroker | undefined;
beforeAll(async () => {
  workspace = new Workspace();
  if (missing === undefined) broker = await startCatalogued('mosquitto', realClock(), { local: true });
});
afterAll(async () => {
  await broker?.stop();
  workspace.dispose();
});

async function load(url: string, profile: string, ...set: readonly string[]): Promise<LoadResult> {
  const settings = set.flatMap((one) => ['--set', one]);
  const { stdout, code } = await outcome(start(['load', 'run', profile, url, ...settings, '--json'], workspace.folder));
  const result = readLoadResult(stdout);
  // A machine that has too much to do is late and slow; what was counted holds all the same.
  expect([0, 1, 6]).toContain(code);
  const crossed = result.thresholds.filter(({ passed, metric }) => !passed && !/latency$|_time$/.test(metric));
  expect(crossed).toEqual([]);
  return result;
}

const SHORT = ['seconds=1', 'warmup=0'];

const CASES: readonly (readonly [door: 'ws' | 'tcp', profile: string, set: readonly string[], expected: number])[] = [
  ['ws', 'smoke', ['seconds=1', 'p99=5000'], 400],
  ['tcp', 'smoke', ['seconds=1', 'qos=2', 'p99=5000'], 400],
  ['ws', 'steady-pubsub', [...SHORT, 'pairs=10', 'rate=500', 'p99=5000', 'packing=many'], 500],
  ['ws', 'fan-in', [...SHORT, 'publishers=20', 'rate=500', 'p99=5000'], 500],
  ['tcp', 'fan-out', [...SHORT, 'subscribers=50', 'rate=10', 'p99=5000'], 500],
  ['ws', 'shared-subscription', [...SHORT, 'publishers=10', 'rate=500', 'p99=5000'], 500],
  ['ws', 'session-backlog', ['sessions=10', 'backlog=500'], 500],
  ['tcp', 'retained-storm', ['topics=100', 'subscribers=5', 'rate=50'], 500],
  ['ws', 'will-storm', ['clients=20', 'watchers=5', 'p99=5000'], 100],
  ['tcp', 'subscribe-churn', ['seconds=1', 'churners=20', 'p99=5000'], 2500],
  ['ws', 'slow-consumer', ['before=1', 'seconds=1', 'rate=100', 'p99=5000'], 1000],
];

test.for(CASES)('over %s: %s %j', async ([door, profile, set, expected], context) => {
  if (broker === undefined) return context.skip(`Mosquitto is not installed here. ${missing ?? ''}`);
  const { metrics, delivery, errors } = await load(door === 'ws' ? broker.wsUrl : broker.tcpUrl, profile, ...set);
  expect(metrics.counters.messages_expected).toBe(expected);
  expect(metrics.counters.messages_received).toBe(expected);
  expect(delivery.map((one) => one.lost + one.corrupted + one.unexpected)).toEqual([0, 0, 0]);
  expect(errors).toEqual([]);
});
