import { afterEach, expect, test } from 'vitest';
import { CATALOGUE } from '#catalogue';
import { doctor, nodeJs } from './doctor.ts';

const before = { ...process.env };
afterEach(() => {
  for (const name of ['MQTTSPEC_CHROMIUM', 'MOSQUITTO_BIN', 'K6_BIN']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

test.each([
  ['20.19.0', '20.19', true],
  ['20.19', '20.19', true],
  ['24.1.0', '20.19', true],
  ['20.9.0', '20.19', false],
  ['18.20.4', '20.19', false],
])('Node.js %s where %s is wanted: %s', (version, wanted, found) => {
  const part = nodeJs(version, wanted);
  expect(part.found).toBe(found);
  expect(part.install === undefined).toBe(found);
});

test('each broker that can be started here is a part; whatever is missing says how it is had', async () => {
  process.env['MQTTSPEC_CHROMIUM'] = '/nowhere/chromium';
  const parts = await doctor();
  const local = CATALOGUE.filter((entry) => entry.local !== undefined).map(({ name }) => `broker:${name}`);
  expect(parts.map(({ id }) => id)).toEqual([
    'node',
    'mqttjs',
    'chromium',
    'container-engine',
    'k6',
    'xk6-mqtt',
    ...local,
  ]);
  for (const { found, install } of parts) expect(install === undefined).toBe(found);
  const missing = new Map(parts.filter(({ found }) => !found).map((part) => [part.id, part]));
  expect(missing.get('chromium')?.install).toContain('apt-get install chromium');
});

test('a program that an environment variable names is found', async () => {
  process.env['MQTTSPEC_CHROMIUM'] = process.execPath;
  process.env['MOSQUITTO_BIN'] = process.execPath;
  const parts = new Map((await doctor()).map((part) => [part.id, part]));
  expect(parts.get('chromium')).toMatchObject({ found: true, detail: process.execPath });
  expect(parts.get('broker:mosquitto')).toMatchObject({ found: true });
});

test('a k6 that is named and not there is missing, and says so', async () => {
  process.env['K6_BIN'] = '/nowhere/k6';
  const parts = new Map((await doctor()).map((part) => [part.id, part]));
  expect(parts.get('k6')).toMatchObject({ found: false, detail: expect.stringContaining('/nowhere/k6') });
  expect(parts.get('k6')?.install).toContain('npm run k6:build');
});
