import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './imports.ts';

/** Runs vitest on these files in a folder of their own; gives its exit code and the last line. */
function closingLine(files: Readonly<Record<string, string>>): [number | null, string | undefined] {
  const folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-totals-'));
  try {
    for (const [name, source] of Object.entries(files)) writeFileSync(path.join(folder, name), source);
    const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs');
    const reporter = path.join(ROOT, 'scripts/totals-reporter.mjs');
    const args = ['run', '--globals', '--root', folder, '--reporter', 'dot', '--reporter', reporter];
    const { status, stdout } = spawnSync(process.execPath, [vitest, ...args], { cwd: folder, encoding: 'utf8' });
    return [status, stdout.trimEnd().split('\n').at(-1)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('passed, failed and skipped tests are counted', () => {
  const source = "test('a', () => {}); test('b', () => { throw new Error('b'); }); test.skip('c', () => {});";
  expect(closingLine({ 'a.test.js': source })).toEqual([1, '1 passed, 1 failed, 1 skipped']);
});

test('a file that cannot be imported, and a rejection that nobody awaits, count as failed', () => {
  const files = {
    'broken.test.js': "import './nowhere.js'; test('a', () => {});",
    'lost.test.js': "test('a', () => { void Promise.reject(new Error('lost')); });",
  };
  expect(closingLine(files)).toEqual([1, '1 passed, 2 failed']);
});

test('all well: nothing failed, exit code 0', () => {
  expect(closingLine({ 'a.test.js': "test('a', () => {});" })).toEqual([0, '1 passed, 0 failed']);
});
