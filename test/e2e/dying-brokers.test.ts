import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunResult } from '#results';
import { outcome, start, until, Workspace } from './cli.ts';
import { flood, forward, serve, type TestServer } from './servers.ts';

let workspace: Workspace;
let broker: ReturnType<typeof start>;
let port = 0;
let server: TestServer | undefined;

beforeEach(async () => {
  workspace = new Workspace();
  broker = start(['broker', '--port', '0', '--ws-port', '0'], workspace.folder);
  port = Number(/^ready ws:\/\/127\.0\.0\.1:(\d+)/m.exec(await until(broker.stdout, 'ready '))?.[1]);
});

afterEach(() => {
  server?.close();
  broker.kill('SIGKILL');
  workspace.dispose();
});

async function check(...selection: string[]): Promise<{ code: number | null; result: RunResult }> {
  const child = start(['run', `ws://127.0.0.1:${server?.port}/mqtt`, '--json', ...selection], workspace.folder);
  const { code, stdout, stderr } = await outcome(child);
  expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
  expect(readdirSync(join(workspace.folder, 'mqttspec-out')).some((name) => name.endsWith('.html'))).toBe(true);
  return { code, result: JSON.parse(stdout) as RunResult };
}

// Whether a silent broker is dead is asked several times over: that alone takes up to a minute.
const BOUNDED = 180_000;

test('a broker that dies in the middle is one finding; the rest is not run', { timeout: BOUNDED }, async () => {
  server = await serve((socket, nth) => {
    if (nth === 12) server?.close();
    else forward(port)(socket);
  });
  const { code, result } = await check();
  expect(code).toBe(1);
  expect(result.run.ended).toBe('broker-down');
  expect(result.conclusion.counts.fail).toBe(1);
  expect(result.conclusion.counts['not-run']).toBeGreaterThan(0);
});

test('a broker that hangs from one moment on is down, too', { timeout: BOUNDED }, async () => {
  server = await serve((socket, nth) => {
    if (nth < 12) forward(port)(socket);
    else socket.resume();
  });
  const { code, result } = await check('suite:ping,connect,publish');
  expect(code).toBe(1);
  expect(result.run.ended).toBe('broker-down');
});

test('a broker that floods every connection with garbage fails', { timeout: BOUNDED }, async () => {
  const garbage = Buffer.concat([Buffer.from([0x82, 126, 0xff, 0xff]), Buffer.alloc(0xffff, 0xff)]);
  server = await serve((socket, nth) => {
    const onward = forward(port)(socket);
    if (nth > 8) onward.once('data', () => flood(garbage)(socket));
  });
  const { code, result } = await check('suite:ping,connect,publish');
  expect(code).toBe(1);
  expect(result.conclusion.counts.fail).toBeGreaterThan(0);
});
