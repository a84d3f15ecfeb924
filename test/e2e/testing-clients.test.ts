/** docs/testing-clients.md as it is read: its first script does what it says there. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { outcome, start, Workspace } from './cli.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BLOCKS = [...readFileSync(`${ROOT}/docs/testing-clients.md`, 'utf8').matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(
  ([, language, text]) => ({ language, text: text ?? '' }),
);

test('the script of the page finds in MQTT.js what the page says', () => {
  const at = BLOCKS.findIndex(({ language }) => language === 'js');
  const script = BLOCKS[at]?.text ?? '';
  const printed = BLOCKS[at + 1]?.text;
  // From the root of the package, its own name is resolved as it is for those who install it.
  const args = ['--input-type=module', '--eval', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', timeout: 60_000 });
  expect({ stdout, stderr }).toEqual({ stdout: printed, stderr: '' });
});

test('limits and users are read, and refused where they are wrong', async () => {
  const workspace = new Workspace();
  const { folder } = workspace;
  try {
    const ports = ['broker', '--port', '0', '--ws-port', '0'];
    expect(await outcome(start([...ports, '--limits', 'receiveMaximun=1'], folder))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no limit 'receiveMaximun'") as string,
    });
    expect(await outcome(start([...ports, '--users', 'absent.json'], folder))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--users absent.json: there is no such file') as string,
    });
  } finally {
    workspace.dispose();
  }
});
