/** `mqttspec load` with k6, as processes: run, export, merge, and what is said where k6 is missing or can't. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localAvailability, startCatalogued } from '#catalogue';
import { realClock } from '#io';
import { readLoadResult } from '#results';
import { cli, outcome, start, until, Workspace } from './cli.ts';

/** In CI the recipe has built one. */
const k6 = process.env['K6_BIN'];
if (k6 === undefined && process.env['CI'] === 'true') throw new Error('K6_BIN must name a k6 in CI');

describe('without k6', () => {
  const nowhere = { PATH: '/nowhere', K6_BIN: '' };

  test('load run --engine k6: wrong use, and how to get it', async () => {
    const { code, stderr } = await cli(['load', 'run', 'smoke', '--engine', 'k6'], nowhere);
    expect(stderr).toMatch(/there is no k6 on this machine\n {2}https:\/\/grafana\.com.*K6_BIN/);
    expect(code).toBe(2);
  });

  test('--k6 that names nothing', async () => {
    const { code, stderr } = await cli(['load', 'run', 'smoke', '--engine', 'k6', '--k6', '/nowhere/k6']);
    expect(stderr).toContain('--k6 names /nowhere/k6, and there is no such program');
    expect(code).toBe(2);
  });

  test.each([
    [['export'], 'load export takes k6 or k6-operator'],
    [['export', 'jmeter', 'smoke'], "not 'jmeter'"],
    [['export', 'k6', 'slow-consumer'], "slow-consumer can't run on k6: it has no way to leave a socket unread"],
    [['export', 'k6', 'smoke', 'mqtt://x'], 'stock k6 has no mqtt:'],
    [['export', 'k6', 'smoke', '--engine', 'xk6-mqtt'], 'MQTT 3.1.1 only (--mqtt 3.1.1)'],
  ])('load %j is wrong use', async (args, message) => {
    const { code, stderr } = await cli(['load', ...args], nowhere);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('load export k6-operator: a manifest on stdout', async () => {
    const { code, stdout, stderr } = await cli(
      [
        'load',
        'export',
        'k6-operator',
        'fan-out',
        'wss://u:hunter2@broker.example/mqtt?token=hunter2',
        '--parallelism',
        '3',
      ],
      nowhere,
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^kind: TestRun$/m);
    expect(stdout).toContain('parallelism: 3');
    expect(stdout).not.toContain('hunter2');
  });
});

describe.skipIf(k6 === undefined)('with k6', () => {
  let workspace: Workspace;
  let broker: ReturnType<typeof start>;
  let url = '';

  beforeEach(async () => {
    workspace = new Workspace();
    broker = start(['broker', '--port', '0', '--ws-port', '0'], workspace.folder);
    url = /^ready (ws:\S+)/m.exec(await until(broker.stdout, 'ready '))?.[1] ?? '';
  });
  afterEach(() => {
    broker.kill('SIGKILL');
    workspace.dispose();
  });

  const env = { K6_BIN: k6 ?? '' };
  const short = ['--set', 'seconds=1', '--set', 'rate=50'];

  test('load run --engine k6 --json: one document, as of the embedded engine', async () => {
    const child = start(['load', 'run', 'smoke', url, '--engine', 'k6', ...short, '--json'], workspace.folder, env);
    const { code, stdout } = await outcome(child);
    const result = readLoadResult(stdout);
    expect(result.engine.name).toBe('k6');
    expect(result.conclusion.exitCode).toBe(code);
    expect(result.delivery[1]).toMatchObject({ sent: 50, expected: 50, delivered: 50, lost: 0 });
  });

  test('on a real Mosquitto, both versions', async (context) => {
    const mosquitto = localAvailability().find(({ name }) => name === 'mosquitto');
    if (mosquitto?.installed === false && process.env['CI'] !== 'true') {
      return context.skip(`Mosquitto is not installed here. ${mosquitto.install}`);
    }
    const real = await startCatalogued('mosquitto', realClock(), { local: true });
    try {
      for (const version of ['3.1.1', '5.0']) {
        const args = [
          'load',
          'run',
          'smoke',
          real.wsUrl,
          '--engine',
          'k6',
          '--mqtt',
          version,
          ...short,
          '--set',
          'qos=2',
        ];
        const { stdout } = await outcome(start([...args, '--json'], workspace.folder, env));
        const result = readLoadResult(stdout);
        expect(result.target.version).toBe(version);
        expect(result.delivery[2]).toMatchObject({ sent: 50, acknowledged: 50, delivered: 50, lost: 0, duplicated: 0 });
        expect(result.invariants.filter(({ broken }) => broken > 0)).toEqual([]);
      }
    } finally {
      await real.stop();
    }
  });

  test('load export k6, run by k6 alone, its log merged: the whole account', async () => {
    const script = join(workspace.folder, 'smoke.js');
    const exported = await outcome(
      start(['load', 'export', 'k6', 'smoke', url, ...short, '--save', script], workspace.folder),
    );
    expect([exported.code, exported.stdout]).toEqual([0, '']);
    const log = join(workspace.folder, 'k6.log');
    const quiet = { K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false', MQTTSPEC_RECORDS: '1' };
    await new Promise((resolve) => {
      const args = ['run', '--quiet', '--address', '', '--console-output', log, script];
      execFile(k6 ?? '', args, { env: { ...process.env, ...quiet } }, resolve);
    });
    const { stdout } = await outcome(start(['load', 'merge', log, '--json'], workspace.folder));
    expect(readLoadResult(stdout).delivery[1]).toMatchObject({ sent: 50, expected: 50, delivered: 50, lost: 0 });

    // A log that lacks a line is refused.
    const lines = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes('mqttspec-record'));
    writeFileSync(log, lines.slice(1).join('\n'));
    const refused = await outcome(start(['load', 'merge', log], workspace.folder));
    expect(refused.code === 2 || /left no record/.test(refused.stdout)).toBe(true);
  });
});
