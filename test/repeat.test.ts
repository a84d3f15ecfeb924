import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { ROOT } from './imports.ts';

type Run = Map<string, { readonly verdict: string; readonly reason?: string }>;
interface Compare {
  flickering(runs: readonly Run[]): readonly { readonly instance: string }[];
  summaryLines(runs: readonly Run[]): readonly string[];
}

const script = (name: string): string => path.join(ROOT, 'scripts', name);
const { flickering, summaryLines } = (await import(pathToFileURL(script('repeat.compare.mjs')).href)) as Compare;

const run = (verdicts: Readonly<Record<string, string>>): Run =>
  new Map(
    Object.entries(verdicts).map(([instance, verdict]) => [instance, { verdict, reason: `${instance} ${verdict}` }]),
  );

test('the same verdicts in all runs are no flicker, whatever they are', () => {
  const runs = [run({ a: 'pass', b: 'fail' }), run({ a: 'pass', b: 'fail' })];
  expect(flickering(runs)).toEqual([]);
  expect(summaryLines(runs)).toEqual(['2 runs: 2 of 2 instances with the same verdict in all']);
});

test('another verdict, and one that is missing, are told with their runs', () => {
  const runs = [run({ a: 'pass', b: 'fail' }), run({ a: 'pass', b: 'pass' }), run({ b: 'fail' })];
  expect(summaryLines(runs)).toEqual([
    'flickers: a',
    '    pass in 1, 2: a pass',
    '    absent in 3: ',
    'flickers: b',
    '    fail in 1, 3: b fail',
    '    pass in 2: b pass',
    '3 runs: 0 of 2 instances with the same verdict in all',
  ]);
});

test.each([
  [[]],
  [['ws://127.0.0.1:1', '--broker', 'aedes']],
  [['--broker', 'aedes', '--times', '0']],
  [['--tims', '2']],
])('what cannot be meant is told with the usage: %j', (args) => {
  const { status, stderr } = spawnSync(process.execPath, [script('repeat.mjs'), ...args], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain('Usage: npm run repeat');
});
