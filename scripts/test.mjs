// `npm test`: prepares, checks types, lint, format, dead code and the package, runs all tests; the last line sums all.
import { ROOT, binary, runNode } from './command.mjs';
import { prepare } from './prepare.mjs';
import { addTotals, readTotals, totalsLine } from './totals.mjs';

const CACHE = 'node_modules/.cache/prettier';
const CHECKS = [
  ['types', () => runNode(binary('typescript', 'tsc'), ['-p', 'tsconfig.json', '--noEmit'], { show: 'none' })],
  ['types of k6', () => runNode(binary('typescript', 'tsc'), ['-p', 'load/k6/script/tsconfig.json'], { show: 'none' })],
  ['lint', () => runNode(binary('oxlint'), ['--type-aware', '--deny-warnings'], { show: 'none' })],
  [
    'format',
    () => runNode(binary('prettier'), ['--check', '.', '--cache', '--cache-location', CACHE], { show: 'none' }),
  ],
  ['dead code', () => runNode(binary('knip'), [], { show: 'none' })],
  ['package', () => runNode(binary('publint'), ['--strict', ROOT], { show: 'none' })],
];

async function check(name, run) {
  const started = performance.now();
  const { code, output } = await run();
  const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name.padEnd(11)} ${time}\n`);
  if (code !== 0) process.stdout.write(`${output}\n`);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** A run without a closing line has died: that is a failure of its own. */
async function tests() {
  const { code, output } = await runNode(binary('vitest'), ['run', ...process.argv.slice(2)]);
  const totals = readTotals(output) ?? { passed: 0, failed: 1 };
  return code !== 0 && totals.failed === 0 ? addTotals(totals, { failed: 1 }) : totals;
}

const results = [await check('build', () => prepare().then(succeeded, failedWith))];
for (const [name, run] of CHECKS) results.push(await check(name, run));
results.push(await tests());
const totals = addTotals(...results);
process.stdout.write(`\n${totalsLine(totals)}\n`);
process.exitCode = totals.failed === 0 ? 0 : 1;

function succeeded() {
  return { code: 0, output: '' };
}

function failedWith(error) {
  return { code: 1, output: String(error) };
}
