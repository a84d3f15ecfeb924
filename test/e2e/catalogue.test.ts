import { expect, test } from 'vitest';
import { cli, start, Workspace } from './cli.ts';

type Listed = Record<string, unknown> & { readonly id: string };

async function listed(what: string): Promise<Listed[]> {
  const { code, stdout, stderr } = await cli(['list', what, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Listed[];
}

test.each([
  ['requirements', ['version', 'level', 'section', 'observable', 'cases']],
  ['cases', ['title', 'verifies', 'caughtBy', 'suite', 'versions', 'transports', 'needs']],
  ['faults', ['title', 'cases']],
  ['variants', ['title', 'cases']],
])('list %s --json: objects with an id of their own', async (what, fields) => {
  const items = await listed(what);
  expect(items.length).toBeGreaterThan(10);
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  for (const item of items) expect(Object.keys(item)).toEqual(expect.arrayContaining(fields));
});

test('cases and requirements name each other', async () => {
  const requirements = new Map((await listed('requirements')).map((one) => [one.id, one['cases'] as string[]]));
  for (const { id, verifies } of await listed('cases')) {
    for (const key of verifies as string[]) expect(requirements.get(key)).toContain(id);
  }
});

test('a bare id of MQTT is answered for both versions', async () => {
  const { code, stdout } = await cli(['explain', 'MQTT-3.1.0-2']);
  expect(code).toBe(0);
  expect(stdout).toContain('3.1.1/MQTT-3.1.0-2');
  expect(stdout).toContain('5.0/MQTT-3.1.0-2');
  expect(stdout).toContain('https://docs.oasis-open.org/');
});

test.each([
  ['ws/upgrade/accept-key', 'Sec-WebSocket-Accept'],
  ['connect/second-connect', '5.0/MQTT-3.1.0-2'],
  ['connect/second-connect@5.0/ws', '5.0/MQTT-3.1.0-2'],
  ['accepts-second-connect', 'connect/second-connect'],
  ['slow-suback', 'allowed'],
  ['D-H01', 'wrong-accept-key'],
])('explain %s', async (id, said) => {
  const { code, stdout } = await cli(['explain', id]);
  expect(code).toBe(0);
  expect(stdout).toContain(said);
});

test('a reader that goes away (| head) is no error', async () => {
  const workspace = new Workspace();
  const child = start(['list', 'requirements', '--json'], workspace.folder);
  child.stdout.once('data', () => child.stdout.destroy());
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  const code = await new Promise((resolve) => child.on('exit', resolve));
  workspace.dispose();
  expect([code, stderr]).toEqual([0, '']);
});
