/** `mqttspec load` as a process, on the reference broker in another one: honesty, and what scripts rely on. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Histogram, readLoadResult, type LoadResult } from '#results';
import { cli, outcome, start, until, Workspace } from './cli.ts';
import { forward, serve, type TestServer } from './servers.ts';

/** A machine that has too much to do makes any load run invalid: what is asked here is asked of such a run, too. */
const HELD = [0, 6];
const CROSSED = [1, 6];

let workspace: Workspace;
let broker: ReturnType<typeof start>;
let server: TestServer | undefined;
let url = '';
let port = 0;

beforeEach(async () => {
  workspace = new Workspace();
  broker = start(['broker', '--port', '0', '--ws-port', '0'], workspace.folder);
  port = Number(/^ready ws:\/\/127\.0\.0\.1:(\d+)/m.exec(await until(broker.stdout, 'ready '))?.[1]);
  url = `ws://127.0.0.1:${port}/mqtt`;
});

afterEach(() => {
  server?.close();
  server = undefined;
  broker.kill('SIGKILL');
  workspace.dispose();
});

const load = (...args: string[]) => start(['load', 'run', ...args, '--json'], workspace.folder);

/** What was saved, however the run ended. */
function saved(): LoadResult {
  const out = join(workspace.folder, 'mqttspec-out');
  const [file = ''] = readdirSync(out).filter((name) => name.endsWith('.json'));
  return readLoadResult(readFileSync(join(out, file), 'utf8'));
}

/** As soon as the measured part has begun. */
const steady = (child: ReturnType<typeof start>) => until(child.stderr, '  steady');

const p99 = (result: LoadResult, name: 'message_latency' | 'message_latency_sent'): number =>
  Histogram.from(result.metrics.trends[name] as never).percentile(99) as number;

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('for scripts', () => {
  test('load run smoke --json: one document on stdout and nothing else', async () => {
    const { code, stdout } = await outcome(load('smoke', '--set', 'seconds=1', '--set', 'p99=20000'));
    const result = readLoadResult(stdout);
    expect(HELD).toContain(code);
    expect(result.conclusion.exitCode).toBe(code);
    expect(result.target.label).toBe('the bundled reference broker');
    expect(result.delivery[1]).toMatchObject({ sent: 400, acknowledged: 400, expected: 400, delivered: 400, lost: 0 });
    expect(result.thresholds.map((one) => [one.metric, one.passed])).toEqual([
      ['message_latency', true],
      ['delivered', true],
      ['messages_duplicated', true],
      ['connected', true],
    ]);
    expect(saved()).toEqual(result);
  });

  test('load list --json: names, parameters and thresholds', async () => {
    const { code, stdout } = await cli(['load', 'list', '--json']);
    expect(code).toBe(0);
    const profiles = JSON.parse(stdout) as { id: string; parameters: { name: string; default: unknown }[] }[];
    expect(profiles.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['smoke', 'connect-storm', 'steady-pubsub', 'fan-in', 'fan-out', 'soak', 'step-to-knee']),
    );
    expect(profiles.find(({ id }) => id === 'smoke')).toMatchObject({
      versions: ['3.1.1', '5.0'],
      needs: [],
      parameters: expect.arrayContaining([
        { name: 'rate', title: expect.any(String), default: 400, min: 1, unit: 'messages/s' },
      ]),
      thresholds: { message_latency: ['p(99)<250'], delivered: ['rate==1'] },
    });
  });

  test('several doors and repetitions: a list, and a comparison for people', async () => {
    const tcp = /mqtt:\/\/\S+/.exec(await readyLine())?.[0] ?? '';
    const child = start(
      ['load', 'run', 'smoke', url, '--also', tcp, '--repeat', '2', '--set', 'seconds=1'],
      workspace.folder,
    );
    const { stdout } = await outcome(child);
    expect(stdout.match(/400 of 400 delivered/g)).toHaveLength(4);
    expect(stdout).toContain(tcp);
    expect(stdout).toMatch(/message_latency p\(99\)|nothing to compare/);
  });

  test('runs merge to one, with the thresholds judged on the whole', async () => {
    const save = (name: string) =>
      outcome(load('smoke', url, '--set', 'seconds=1', '--set', 'p99=20000', '--save', name));
    await Promise.all([save('a.json'), save('b.json')]);
    const { code, stdout } = await outcome(start(['load', 'merge', 'a.json', 'b.json', '--json'], workspace.folder));
    const merged = readLoadResult(stdout);
    expect(HELD).toContain(code);
    expect(merged.delivery[1]).toMatchObject({ sent: 800, delivered: 800 });
    expect(merged.parts).toHaveLength(2);
    expect(merged.metrics.trends.message_latency?.count).toBe(800);
  });
});

async function readyLine(): Promise<string> {
  broker.kill('SIGKILL');
  broker = start(['broker', '--port', '0', '--ws-port', '0'], workspace.folder);
  const line = await until(broker.stdout, 'ready ');
  url = /ws:\/\/\S+/.exec(line)?.[0] ?? '';
  return /^ready .*/m.exec(line)?.[0] ?? '';
}

describe('honesty', () => {
  test('a generator that was stopped for a while makes the run invalid, not the broker slow', async () => {
    const child = load('smoke', url, '--set', 'seconds=3');
    const ended = outcome(child);
    await steady(child);
    child.kill('SIGSTOP');
    await after(800);
    child.kill('SIGCONT');
    const { code } = await ended;
    const { health, conclusion, delivery } = saved();
    expect(code).toBe(6);
    expect(conclusion.verdict).toBe('invalid');
    expect(conclusion.sentence).toContain('the generator did not keep its schedule');
    expect(conclusion.sentence).toContain('nothing is said about');
    // 400 a second were due in that time, and none of them can have been on time but the last few.
    expect(health.sends.late).toBeGreaterThan(250);
    expect(delivery[1]).toMatchObject({ sent: 1200, delivered: 1200, lost: 0 });
  });

  test('a broker that pauses shows in the latency from the intended send, and hides in that from the actual one', async () => {
    // One message at a time: a closed loop, in which whoever times from the actual send sees one slow message.
    const set = ['pairs=1', 'qos=1', 'inFlight=1', 'rate=400', 'warmup=0', 'seconds=3'];
    const child = load('steady-pubsub', url, ...set.flatMap((one) => ['--set', one]));
    const ended = outcome(child);
    await steady(child);
    await after(500);
    broker.kill('SIGSTOP');
    await after(500);
    broker.kill('SIGCONT');
    await ended;
    const result = saved();
    expect(p99(result, 'message_latency')).toBeGreaterThan(350);
    expect(p99(result, 'message_latency_sent')).toBeLessThan(p99(result, 'message_latency') / 2);
    expect(result.health.sends.blocked).toBeGreaterThan(100);
    expect(result.delivery[1]).toMatchObject({ sent: 1200, delivered: 1200, lost: 0 });
  });

  test('Ctrl-C drains, and what was measured until then is written', async () => {
    const child = load('smoke', url, '--set', 'seconds=60');
    const ended = outcome(child);
    await steady(child);
    await after(700);
    child.kill('SIGINT');
    const { code } = await ended;
    const { conclusion, run, delivery, stages } = saved();
    expect(code).toBe(130);
    expect(conclusion).toMatchObject({ exitCode: 130, verdict: 'interrupted' });
    expect(run.ended).toBe('interrupted');
    expect(delivery[1]?.delivered).toBeGreaterThan(0);
    expect(delivery[1]?.lost).toBe(0);
    expect(stages.map(({ name }) => name)).toEqual(['connect', 'steady']);
  });

  test('a broker that dies in the middle: said so, exit code 1, the partial result written', async () => {
    const child = load('smoke', url, '--set', 'seconds=60');
    const ended = outcome(child);
    await steady(child);
    await after(500);
    broker.kill('SIGKILL');
    const { code } = await ended;
    const { conclusion, run, errors } = saved();
    expect(CROSSED).toContain(code);
    expect(run.ended).toBe('broker-down');
    expect(conclusion.sentence).toContain('the broker went down before the end');
    const dropped = errors.filter(({ kind }) => kind === 'dropped');
    expect(dropped.reduce((sum, one) => sum + one.count, 0)).toBe(8);
    expect(dropped[0]?.sample.length).toBeGreaterThan(0);
  });

  test('a broker that refuses every second connection', async () => {
    server = await serve((socket, nth) => {
      if (nth % 2 === 0) socket.destroy();
      else forward(port)(socket);
    });
    const child = load('connect-storm', `ws://127.0.0.1:${server.port}/mqtt`, '--set', 'clients=20', '--set', 'hold=1');
    const { code } = await outcome(child);
    const { metrics, thresholds, errors } = saved();
    expect(CROSSED).toContain(code);
    // The first connection is the look before the run.
    expect(metrics.rates.connected).toEqual({ passed: 10, total: 20 });
    expect(thresholds.find(({ metric }) => metric === 'connected')).toMatchObject({ observed: 0.5, passed: false });
    expect(errors.map(({ count }) => count).reduce((a, b) => a + b)).toBe(10);
  });

  test('a threshold without data fails', async () => {
    const child = load('smoke', url, '--set', 'seconds=1', '--threshold', 'will_latency: p(99)<1000');
    const { code } = await outcome(child);
    expect(CROSSED).toContain(code);
    const [threshold] = saved().thresholds.filter(({ metric }) => metric === 'will_latency');
    expect(threshold).toEqual({ metric: 'will_latency', expression: 'p(99)<1000', limit: 1000, passed: false });
  });

  test('a stop criterion ends the run', async () => {
    const child = load('smoke', url, '--set', 'seconds=60', '--stop-on', 'messages_sent: count<200');
    await outcome(child);
    expect(saved().run.ended).toBe('stopped');
  });
});
