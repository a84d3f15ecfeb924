import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunResult } from '#results';
import { outcome, start, until, Workspace } from './cli.ts';
import { forward, serve, type TestServer } from './servers.ts';

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

async function check(): Promise<{ code: number | null; result: RunResult }> {
  const child = start(['run', `ws://127.0.0.1:${server?.port}/mqtt`, '--json'], workspace.folder);
  const { code, stdout, stderr } = await outcome(child);
  expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
  expect(readdirSync(join(workspace.folder, 'mqttspec-out')).some((name) => name.endsWith('.html'))).toBe(true);
  return { code, result: JSON.parse(stdout) as RunResult };
}

test('a broker that dies in the middle is one finding; the rest is not run', async () => {
  server = await serve((socket, nth) => {
    if (nth === 12) server?.close();
    else forward(port)(socket);
  });
  const { code, result } = await check();
  expect(code).not.toBe(0);
  expect(result.run.ended).toBe('broker-down');
  expect(result.conclusion.counts['not-run']).toBeGreaterThan(0);
});

test('a broker that hangs from one moment on: the run ends, and does not call it conforming', async () => {
  server = await serve((socket, nth) => {
    if (nth < 12) forward(port)(socket);
    else socket.resume();
  });
  const { code } = await check();
  expect(code).not.toBe(0);
});

test('a broker that floods every connection with what is no MQTT fails', async () => {
  server = await serve((socket, nth) => {
    const onward = forward(port)(socket);
    if (nth > 8) onward.once('data', () => socket.write(Buffer.alloc(1 << 20, 0x82)));
  });
  const { code, result } = await check();
  expect(code).toBe(1);
  expect(result.conclusion.counts.fail).toBeGreaterThan(0);
});
