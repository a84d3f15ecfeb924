import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '#drivers';
import type { RunEvent, RunResult } from '#results';
import { cli, outcome, start, until, Workspace } from './cli.ts';

let workspace: Workspace;
beforeAll(() => void (workspace = new Workspace()));
afterAll(() => workspace.dispose());

const run = (args: readonly string[], env?: Record<string, string>) =>
  outcome(start(['run', ...args], workspace.folder, env));

test('without a URL: the bundled broker is checked, conforms, and a report lies on disk', async () => {
  const { code, stdout, stderr } = await run([]);
  expect(code).toBe(0);
  expect(stderr).toContain('bundled reference broker');
  expect(stderr).not.toContain('could not be taken away');
  expect(stdout).toMatch(/conforms/);
  const [path] = /mqttspec-out\/\S+\.html/.exec(stdout) ?? [''];
  expect(readFileSync(join(workspace.folder, path), 'utf8')).toMatch(/^<!doctype html>/i);
  // All cases, a browser among them, beside whatever else the machine does.
}, 400_000);

test('--json: one document on stdout and nothing else, the same as on disk', async () => {
  const { code, stdout, stderr } = await run(['--json', '--out', 'json', '--seed', 'fixed', 'suite:ping']);
  const result = JSON.parse(stdout) as RunResult;
  expect(code).toBe(0);
  expect(result.format).toBe('mqttspec/run-result/1');
  expect(result.run).toMatchObject({ seed: 'fixed', selection: 'suite:ping' });
  expect(result.cases.length).toBeGreaterThan(0);
  expect(new Set(result.cases.map(({ suite }) => suite))).toEqual(new Set(['ping']));
  expect(stderr).toContain('seed fixed');
  const [file = ''] = readdirSync(join(workspace.folder, 'json')).filter((name) => name.endsWith('.json'));
  expect(JSON.parse(readFileSync(join(workspace.folder, 'json', file), 'utf8'))).toEqual(result);
});

test('--events: a line an event, from run-start to run-end', async () => {
  const { code, stdout } = await run(['--events', 'suite:ping']);
  expect(code).toBe(0);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
  expect(events.find(({ type }) => type !== 'note')?.type).toBe('run-start');
  expect(events.at(-1)?.type).toBe('run-end');
  const of = (type: RunEvent['type']) => events.filter((event) => event.type === type).length;
  expect(of('case-start')).toBeGreaterThan(0);
  expect(of('case-end')).toBeGreaterThanOrEqual(of('case-start'));
});

test('-q: one line', async () => {
  const { stdout, stderr } = await run(['-q', 'suite:ping']);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toBe('');
});

test('-v shows the transcript of what passed, -vv its octets', async () => {
  const [usual, verbose, octets] = [
    await run(['suite:ping']),
    await run(['suite:ping', '-v']),
    await run(['suite:ping', '-vv']),
  ];
  expect(usual.stdout).not.toContain('PINGRESP');
  expect(verbose.stdout).toMatch(/← PINGRESP/);
  expect(verbose.stdout).not.toMatch(/0000 {2}d0 00/);
  expect(octets.stdout).toMatch(/0000 {2}d0 00/);
});

test('--junit writes what was asked for, and the results for later', async () => {
  const { code } = await run(['--junit', '--out', 'junit', 'suite:ping']);
  expect(code).toBe(0);
  const files = readdirSync(join(workspace.folder, 'junit'));
  expect(files.some((name) => name.endsWith('.html'))).toBe(false);
  const xml = files.find((name) => name.endsWith('.xml')) ?? '';
  expect(readFileSync(join(workspace.folder, 'junit', xml), 'utf8')).toContain('<testsuite');
});

test('colours, where they are wanted', async () => {
  expect((await run(['-q', 'suite:ping'])).stdout).not.toContain('\u001b[');
  expect((await run(['-q', 'suite:ping', '--color', 'always'])).stdout).toContain('\u001b[');
  expect((await run(['-q', 'suite:ping'], { FORCE_COLOR: '1' })).stdout).toContain('\u001b[');
});

describe('against a broker of its own process', () => {
  test('a broken broker: exit 1, the case, its requirement, the wire, the next step', async () => {
    const broker = start(
      ['broker', '--fault', 'accepts-second-connect', '--port', '0', '--ws-port', '0'],
      workspace.folder,
    );
    const [, url = ''] = /^ready (\S+)/m.exec(await until(broker.stdout, 'ready ')) ?? [];
    const { code, stdout } = await run([url, 'suite:connect']);
    const ended = new Promise((resolve) => broker.once('exit', resolve));
    broker.kill('SIGTERM');
    expect(await ended).toBe(143);
    expect(code).toBe(1);
    expect(stdout).toContain('✗ connect/second-connect@5.0/ws');
    expect(stdout).toMatch(/MUST {2}\[5\.0\/MQTT-3\.1\.0-2\]/);
    expect(stdout).toMatch(/→ CONNECT/);
    expect(stdout).toMatch(/does not conform/);
    expect(stdout).toMatch(/mqttspec explain '(3\.1\.1|5\.0)\/MQTT-3\.1\.0-2'/);
  });

  test('secrets are used and never told: not on a stream, not in a report, not in the log of the broker', async () => {
    const broker = start(['broker', '--log', '--port', '0', '--ws-port', '0'], workspace.folder);
    let log = '';
    broker.stderr.on('data', (text: Buffer) => (log += text.toString()));
    const [, url = ''] = /^ready ws:(\S+)/m.exec(await until(broker.stdout, 'ready ')) ?? [];
    const args = [
      `ws://alice:hush-url@${url.slice(2)}?token=hush-query`,
      '--header',
      'Authorization: Bearer hush-header',
    ];
    const runs = [
      await run([...args, 'suite:ping', '-vv', '--junit', '--html', '--out', 'secret']),
      await run([...args, 'suite:ping', '--events', '--out', 'secret'], { MQTTSPEC_PASSWORD: 'hush-env' }),
    ];
    broker.kill('SIGTERM');
    await new Promise((resolve) => broker.once('close', resolve));
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect(log).toMatch(/CONNECT .*username="alice" password=\*\*\* \(8 bytes\)/);
    const folder = join(workspace.folder, 'secret');
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(files.length).toBeGreaterThanOrEqual(5);
    const hex = (text: string): string =>
      Buffer.from(text)
        .toString('hex')
        .replace(/..(?=.)/g, '$& ');
    const base64 = Buffer.from('hush-').toString('base64').slice(0, 6);
    for (const text of [log, ...runs.flatMap(({ stdout, stderr }) => [stdout, stderr]), ...files]) {
      expect(text).not.toContain('hush-');
      expect(text).not.toContain(hex('hush-'));
      expect(text).not.toContain(base64);
    }
  });

  test('--log tells the packets', async () => {
    const broker = start(['broker', '--log', '--port', '0', '--ws-port', '0'], workspace.folder);
    let log = '';
    broker.stderr.on('data', (text: Buffer) => (log += text.toString()));
    const [, url = ''] = /^ready (\S+)/m.exec(await until(broker.stdout, 'ready ')) ?? [];
    await run([url, 'suite:ping', '-q']);
    broker.kill('SIGTERM');
    await new Promise((resolve) => broker.once('close', resolve));
    expect(log).toMatch(/← CONNECT/);
    expect(log).toMatch(/→ CONNACK 0x00/);
    expect(log).toMatch(/← PINGREQ/);
  });

  test('a port that is taken: one sentence, exit 2', async () => {
    const broker = start(['broker', '--port', '0', '--ws-port', '0'], workspace.folder);
    const [, , port = ''] = /^ready (\S+) mqtt:\/\/127.0.0.1:(\d+)/m.exec(await until(broker.stdout, 'ready ')) ?? [];
    const second = await cli(['broker', '--port', port, '--ws-port', '0']);
    broker.kill('SIGTERM');
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('something listens there already');
  });
});

const noBrowser = chromiumPath() === undefined && process.env['CI'] !== 'true';
if (noBrowser) process.stderr.write('an interruption with Chromium: skipped, there is none here\n');

describe('interrupted', () => {
  // The library that drives the browser must leave the signal to us.
  const selections = ['!suite:browser', ...(noBrowser ? [] : ['suite:browser'])];
  test.each(selections)('the first Ctrl-C (%s): what was done is reported, exit 130', async (selection) => {
    rmSync(join(workspace.folder, 'interrupted'), { recursive: true, force: true });
    const child = start(['run', '--events', '--out', 'interrupted', selection], workspace.folder);
    const done = outcome(child);
    await until(child.stdout, '"case-end"');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await done;
    expect(code).toBe(130);
    expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as RunEvent;
    expect(last.type === 'run-end' && last.result.run.ended).toBe('interrupted');
    expect(last.type === 'run-end' && last.result.conclusion.counts['not-run']).toBeGreaterThan(0);
    expect(existsSync(join(workspace.folder, 'interrupted'))).toBe(true);
    expect(readdirSync(join(workspace.folder, 'interrupted')).some((name) => name.endsWith('.html'))).toBe(true);
  });
});

test('report makes files of earlier results, side by side', async () => {
  await run(['--out', 'earlier', 'suite:ping', '-q']);
  await run(['--out', 'earlier', 'suite:ping', '-q']);
  const files = readdirSync(join(workspace.folder, 'earlier')).filter((name) => name.endsWith('.json'));
  expect(files).toHaveLength(2);
  const paths = files.map((name) => join('earlier', name));
  const { code, stdout } = await outcome(start(['report', ...paths, '--html', '--out', 'later'], workspace.folder));
  expect(code).toBe(0);
  expect(stdout).toMatch(/later\/\S+\.html/);
  expect(readdirSync(join(workspace.folder, 'later')).some((name) => name.endsWith('.html'))).toBe(true);
});
