import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Histogram, type LoadResult } from '#results';
import type { Plan } from '../profiles/plan.ts';
import { exportManifest, DEFAULT_IMAGE } from './export-manifest.ts';
import { exportScript } from './export-script.ts';
import { resultOf } from './result-of.ts';
import { readRecords } from './shared/record-lines.ts';
import { bundleOf, k6ForTests, shortPlan, withBroker } from './testing/real-k6.ts';

const k6 = await k6ForTests();
const title = k6 === undefined ? 'there is no k6 here (npm start -- doctor says how to get it)' : `k6 ${k6.version}`;
const folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function script(plan: Plan, url: string, users: number): Promise<string> {
  const text = exportScript({
    plan,
    engine: 'k6',
    bundle: await bundleOf('k6'),
    url,
    insecure: false,
    users,
    toolVersion: '0.0.0',
  });
  const file = path.join(folder, `${plan.runId}.js`);
  writeFileSync(file, text);
  return file;
}

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly log: string;
}

function run(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const all = { ...process.env, K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false', ...env };
  return new Promise((resolve) => {
    execFile(
      program,
      ['run', '--quiet', '--address', '', ...args],
      { env: all, timeout: 60_000, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, log: stderr });
      },
    );
  });
}

const context = (url: string) => ({
  tool: { name: 'mqttspec', version: '0.0.0', node: process.version } as const,
  k6Version: 'unknown',
  command: 'test',
  label: 'the broker',
  url,
});

const accounts = ({ delivery }: LoadResult) => delivery.filter(({ sent, expected }) => sent + expected > 0);

describe.skipIf(k6 === undefined)(title, () => {
  const program = k6?.path ?? '';

  test('an exported script needs nothing else: it runs, says its numbers, and k6 judges the thresholds', async () => {
    const plan = shortPlan('smoke', { seconds: '2', rate: '50', p99: '60000' });
    const ran = await withBroker(async ({ wsUrl }) => run(program, [await script(plan, wsUrl, 2)]));
    expect(ran.stdout).toMatch(/message_latency +100 /);
    expect(ran.stdout).toMatch(/ok +message_latency: p\(99\)<60000/);
    expect(ran.stdout).toMatch(/ok +message_latency_samples: count>0/);
    expect(ran.log).not.toContain('mqttspec-record');
    expect(ran.code).toBe(0);
  });

  test('a threshold without data fails: k6 alone would pass it', async () => {
    const plan = shortPlan('smoke', { seconds: '1', rate: '10' });
    const ran = await run(program, [await script(plan, 'ws://127.0.0.1:1/mqtt', 2)]);
    expect(ran.stdout).toMatch(/CROSSED +message_latency_samples: count>0/);
    expect(ran.code).toBe(99);
  });

  test('four processes with execution segments, merged: nothing lost, nothing counted twice', async () => {
    const plan = shortPlan('fan-in', {
      publishers: '8',
      subscribers: '3',
      rate: '40',
      seconds: '2',
      warmup: '0',
      qos: '1',
    });
    const bounds = ['0', '1/4', '2/4', '3/4', '1'];
    const { logs, url } = await withBroker(async ({ wsUrl }) => {
      const file = await script(plan, wsUrl, 8);
      const segments = bounds.slice(1).map((bound, index) => `${bounds[index]}:${bound}`);
      const ran = await Promise.all(
        segments.map((segment) =>
          run(
            program,
            ['--execution-segment', segment, '--execution-segment-sequence', bounds.join(','), '--no-thresholds', file],
            { MQTTSPEC_RECORDS: '1' },
          ),
        ),
      );
      expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
      return { logs: ran.map(({ log }) => log), url: wsUrl };
    });
    const records = logs.flatMap(readRecords);
    const merged = resultOf(records, context(url));
    expect(records.map(({ user }) => user).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(merged.parts?.map(({ workers }) => workers)).toEqual([2, 2, 2, 2]);
    const sent = accounts(merged).reduce((sum, one) => sum + one.sent, 0);
    expect(sent).toBe(80);
    for (const { expected, delivered, lost, duplicated } of accounts(merged)) {
      expect({ delivered, lost, duplicated }).toEqual({ delivered: expected, lost: 0, duplicated: 0 });
    }
    // The merged histogram is that of all records, value by value.
    const parts = records.flatMap(({ trends }) => trends.message_latency ?? []);
    const all = Histogram.merged(parts.map((data) => Histogram.from(data)));
    expect(merged.metrics.trends.message_latency).toEqual(all.toJSON());
    // A runner whose log is missing is noticed.
    const lacking = resultOf(logs.slice(1).flatMap(readRecords), context(url));
    expect(lacking.conclusion).toMatchObject({ verdict: 'invalid', exitCode: 6 });
    expect(lacking.health.reasons[0]).toMatch(/2 of 8 virtual users left no record/);
  });
});

describe('the manifest for the operator', async () => {
  const plan = shortPlan('fan-out', {});
  const text = exportScript({
    plan,
    engine: 'k6',
    bundle: await bundleOf('k6'),
    url: 'wss://broker.example/mqtt',
    insecure: false,
    users: 8,
    toolVersion: '0.0.0',
  });
  const manifest = exportManifest({
    profile: plan.profile,
    script: text,
    runId: plan.runId,
    url: 'wss://broker.example/mqtt',
    parallelism: 4,
    image: DEFAULT_IMAGE,
  });
  const [configMap = '', testRun = ''] = manifest.split('\n---\n');

  test('holds the script, letter by letter, and fits a ConfigMap', () => {
    const block = configMap.slice(configMap.indexOf('  script.js: |\n') + '  script.js: |\n'.length);
    const script = block
      .split('\n')
      .map((line) => line.replace(/^ {4}/, ''))
      .join('\n');
    expect(script.trimEnd()).toBe(text.trimEnd());
    expect(Buffer.byteLength(manifest)).toBeLessThan(1 << 20);
  });

  test('names four runners, the script and where the records go', () => {
    expect(testRun).toMatch(/^apiVersion: k6\.io\/v1alpha1\nkind: TestRun$/m);
    expect(testRun).toContain('parallelism: 4');
    expect(testRun).toContain('- name: MQTTSPEC_RECORDS\n        value: "1"');
    expect(manifest).toContain('mqttspec load merge runners.log');
    expect(manifest).toMatch(/"message_latency","expression":"p\(99\)</);
  });

  test('a script that no ConfigMap takes is refused', () => {
    expect(() =>
      exportManifest({
        profile: 'x',
        script: 'x'.repeat(1 << 20),
        runId: plan.runId,
        url: '',
        parallelism: 1,
        image: DEFAULT_IMAGE,
      }),
    ).toThrow(/ConfigMap takes less/);
  });
});
