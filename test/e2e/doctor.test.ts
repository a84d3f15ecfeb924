import { expect, test } from 'vitest';
import { cli } from './cli.ts';

interface Part {
  readonly id: string;
  readonly found: boolean;
  readonly install?: string;
}

test('doctor: what is missing says how it is had, and is no failure', async () => {
  const nowhere = { MQTTSPEC_CHROMIUM: '/nowhere/chromium', DOCKER_HOST: 'tcp://127.0.0.1:1' };
  const { code, stdout, stderr } = await cli(['doctor'], nowhere);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/✓ Node\.js +\d+\./);
  expect(stdout).toMatch(/– Chromium +missing\n.*\n +get it +Debian: apt-get install chromium/);
  expect(stdout).toMatch(/– container engine +missing: .+\n +for +run --broker NAME\n +get it +Docker/);
  expect(stdout).toMatch(/mqttspec runs here/);
});

test('doctor --json: parts with ids of their own', async () => {
  const { code, stdout, stderr } = await cli(['doctor', '--json']);
  expect([code, stderr]).toEqual([0, '']);
  const parts = JSON.parse(stdout) as readonly Part[];
  expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
  expect(parts.find(({ id }) => id === 'node')?.found).toBe(true);
  for (const { found, install } of parts) expect(install === undefined).toBe(found);
});

// In a process of its own: testcontainers remembers the first engine that it was told of.
test('run --broker without a container engine: one sentence that says what to do, exit 3', async () => {
  const { code, stdout, stderr } = await cli(['run', '--broker', 'mosquitto'], { DOCKER_HOST: 'tcp://127.0.0.1:1' });
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/no container engine answers .*: start Docker, set DOCKER_HOST, or use --local/);
  expect(stderr).not.toMatch(/^\s+at /m);
});
