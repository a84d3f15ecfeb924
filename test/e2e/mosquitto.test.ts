/** The built command against a real Mosquitto, as a process and in a container: all the way to the exit code and the report. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localAvailability } from '#catalogue';
import type { RunResult } from '#results';
import { outcome, start, Workspace } from './cli.ts';

const inCi = process.env['CI'] === 'true';
const image = process.env['MQTTSPEC_TEST_IMAGE'];

/** Real in Mosquitto of every version that Debian has: its WebSocket library takes what a server must refuse. */
const KNOWN = ['frames/unmasked', 'frames/text-connect', 'frames/text-later', 'frames/text-fragmented'];

let workspace: Workspace;
beforeAll(() => void (workspace = new Workspace()));
afterAll(() => workspace.dispose());

async function check(out: string, ...args: readonly string[]): Promise<RunResult> {
  const { DOCKER_HOST, TESTCONTAINERS_RYUK_DISABLED } = process.env;
  const engine = Object.entries({ DOCKER_HOST, TESTCONTAINERS_RYUK_DISABLED }).filter(
    ([, value]) => value !== undefined,
  );
  const child = start(
    ['run', '--broker', 'mosquitto', '--json', '--html', '--out', out, ...args],
    workspace.folder,
    Object.fromEntries(engine) as Record<string, string>,
  );
  const { code, stdout, stderr } = await outcome(child);
  expect(code).toBe(1);
  expect(stderr).not.toContain('could not be taken away');
  return JSON.parse(stdout) as RunResult;
}

const having = ({ cases }: RunResult, ...verdicts: readonly string[]) =>
  cases.filter(({ verdict }) => verdicts.includes(verdict));

/** What other tests on the same cores left undecided is asked again, and must be decided then. */
async function judge(result: RunResult, out: string, ...args: readonly string[]): Promise<void> {
  expect(result.run.ended).toBeUndefined();
  expect(having(result, 'fail').map(({ id }) => id)).toEqual(expect.arrayContaining(KNOWN));
  const told = ({ instance, reason }: RunResult['cases'][number]): string => `${instance}: ${reason ?? ''}`;
  expect(having(result, 'error', 'not-run').map(told)).toEqual([]);
  const undecided = new Set(having(result, 'inconclusive').map(({ id }) => id));
  if (undecided.size > 0) {
    const again = await check(`${out}-again`, ...args, '--only', `id:${[...undecided, ...KNOWN].join(',')}`);
    expect(having(again, 'error', 'not-run', 'inconclusive').map(told)).toEqual([]);
  }
  const [html = ''] = readdirSync(join(workspace.folder, out)).filter((name) => name.endsWith('.html'));
  expect(readFileSync(join(workspace.folder, out, html), 'utf8')).toContain('does not conform');
}

test('a real Mosquitto, all cases', { timeout: 400_000 }, async (context) => {
  const mosquitto = localAvailability().find(({ name }) => name === 'mosquitto');
  if (mosquitto?.installed === false && !inCi) context.skip(`Mosquitto is not installed here. ${mosquitto.install}`);
  await judge(await check('local', '--local'), 'local', '--local');
});

test('a real Mosquitto in a container, some suites', { timeout: 400_000 }, async (context) => {
  // Only root can start an engine, in CI too.
  if (image === undefined && !(inCi && process.getuid?.() === 0)) {
    context.skip('MQTTSPEC_TEST_IMAGE names no image: .ci/container-engine makes one');
  }
  const result = await check('container', '--image', image ?? '', '--only', 'suite:frames');
  await judge(result, 'container', '--image', image ?? '');
});
