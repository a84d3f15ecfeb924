import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../imports.ts';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** `npm start -- …` as a user types it: what npm itself prints would be in the output. */
function npmStart(...args: readonly string[]) {
  return spawnSync('npm', ['start', '--', ...args], { cwd: ROOT, encoding: 'utf8' });
}

test('stdout belongs to the command alone, though the clone is prepared before it', () => {
  const { stdout, status } = npmStart('--version');
  expect(stdout).toContain(version);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(status).toBe(0);
});

test('JSON on stdout can be parsed as it is', () => {
  const { stdout } = npmStart('list', 'faults', '--json');
  const faults = JSON.parse(stdout) as readonly { readonly id: string }[];
  expect(faults.map(({ id }) => id)).toContain('wrong-accept-key');
});

test('arguments and exit codes pass through: wrong use is 2, with a sentence and no stack', () => {
  const { stdout, stderr, status } = npmStart('run', '--no-such-option');
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain('--no-such-option');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('what npm packs can be imported by its name', () => {
  const list = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' });
  const [{ files }] = JSON.parse(list.stdout) as [{ files: readonly { path: string }[] }];
  const packed = files.map(({ path: file }) => file);
  for (const file of [
    'dist/src/index.js',
    'dist/src/index.d.ts',
    'dist/src/cli/main.js',
    'src/results/run-result.schema.json',
    'src/results/load-result.schema.json',
  ]) {
    expect(packed).toContain(file);
  }
  expect(
    packed.filter((file) =>
      /\.test\.|\.tsbuildinfo$|^src\/(?!results\/(?:run|load)-result)|^dist\/src\/proof|\/(?:testing|scenarios|bench)\//.test(
        file,
      ),
    ),
  ).toEqual([]);
  expect(packed.some((file) => path.basename(file) === 'LICENSE')).toBe(true);
});
