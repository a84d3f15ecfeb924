// Runs the unit tests and the proof on the other supported versions of Node. End-to-end tests are about the world outside
// and run once, in `npm test`. Each version is a package of the registry, kept in a folder of its own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { ROOT, binary, runNode } from './command.mjs';
import { addTotals, readTotals, totalsLine } from './totals.mjs';

const VERSIONS = ['22', '24'];
/** Tests of the world outside: browsers, brokers, processes. */
const OUTSIDE = ['test/**', '**/*.e2e.test.ts', 'src/catalogue/**', '**/chromium*.test.ts'];
/** What is allowed and how far away a broker is, in virtual time: no version of Node makes a difference. */
const VIRTUAL = ['src/proof/foresee.test.ts', 'src/proof/round-trips.test.ts'];
const FOLDER = path.join(ROOT, '.cache', 'nodes');

const nodeOf = (version) => path.join(FOLDER, 'node_modules', `node${version}`, 'bin', 'node');

function install() {
  if (VERSIONS.every((version) => existsSync(nodeOf(version)))) return true;
  mkdirSync(FOLDER, { recursive: true });
  const packages = VERSIONS.map((version) => `node${version}@npm:node-${process.platform}-${process.arch}@${version}`);
  const args = [
    'install',
    '--prefix',
    FOLDER,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  return (
    spawnSync('npm', [...args, ...packages], { cwd: FOLDER, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
  );
}

async function testsOn(version) {
  const excluded = [...OUTSIDE, ...VIRTUAL, '**/node_modules/**'].flatMap((glob) => ['--exclude', glob]);
  // `npm test` may go on beside it.
  const args = ['run', ...excluded, '--maxWorkers', String(availableParallelism()), '--reporter', 'dot'];
  const reporter = ['--reporter', path.join(ROOT, 'scripts', 'totals-reporter.mjs')];
  const { code, output } = await runNode(binary('vitest'), [...args, ...reporter], {
    node: nodeOf(version),
    show: 'none',
    // The worlds of the proof that decide what a case sees; variants and impostors are proved by `npm test`.
    env: { MQTTSPEC_PROOF: 'faults' },
  });
  const totals = readTotals(output) ?? { passed: 0, failed: 1 };
  const all = code !== 0 && totals.failed === 0 ? addTotals(totals, { failed: 1 }) : totals;
  if (all.failed > 0) process.stdout.write(output);
  process.stdout.write(`Node ${version}: passed ${all.passed}, failed ${all.failed}\n`);
  return all;
}

const results = [];
if (install()) for (const version of VERSIONS) results.push(await testsOn(version));
else results.push({ failed: VERSIONS.length });
const totals = addTotals(...results);
process.stdout.write(`${totalsLine(totals)}\n`);
process.exitCode = totals.failed === 0 ? 0 : 1;
