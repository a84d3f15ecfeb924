// `npm run bench:start [-- TIMES]`: how long a user waits: for `--version`, for the first case, for the whole run on the
// bundled broker over real sockets. Medians of several runs of the built command, the machine's own load beside them.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { ROOT } from './command.mjs';
import { prepareOrExit } from './prepare.mjs';

const MAIN = path.join(ROOT, 'dist', 'src', 'cli', 'main.js');
const times = Number(process.argv[2] ?? 7);
if (!Number.isInteger(times) || times < 1) {
  process.stderr.write('Usage: npm run bench:start [-- TIMES]\n');
  process.exit(2);
}

await prepareOrExit();
const folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-bench-'));
try {
  const version = await several(() => launch(['--version']));
  const runs = await several(() => launch(['run', '--json']));
  const first = runs.map(({ stderr }) => Number(/^first case after (\d+) ms$/m.exec(stderr)?.[1]));
  const { conclusion, cases } = JSON.parse(runs[0].stdout);
  print(
    '--version',
    version.map(({ ms }) => ms),
    'goal 150 ms',
  );
  print('launch to the first case', first, 'goal 500 ms');
  print(
    'the whole run, from launch to exit',
    runs.map(({ ms }) => ms),
    'goal 10 s',
  );
  const exits = [...new Set(runs.map(({ code }) => code))].join(', ');
  process.stdout.write(`\n${cases.length} instances, exit code ${exits}: ${conclusion.sentence}\n`);
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  const load = loadavg()[0].toFixed(1);
  process.stdout.write(
    `Node ${process.versions.node}, ${availableParallelism()} cores, ${memory}, load at the end ${load}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function several(measure) {
  const all = [];
  for (let n = 0; n < times; n += 1) all.push(await measure());
  return all;
}

/** The command as a process: what it printed, its exit code, and milliseconds from launch to exit. */
async function launch(args) {
  const started = performance.now();
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { ...process.env, MQTTSPEC_TIMES: '1', CI: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'])
    child[stream].setEncoding('utf8').on('data', (text) => (output[stream] += text));
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { ...output, code, ms: performance.now() - started };
}

function print(what, values, goal) {
  const sorted = values.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const range = `${Math.round(sorted[0])} to ${Math.round(sorted.at(-1))} ms`;
  process.stdout.write(`${what.padEnd(38)} ${`${Math.round(median)} ms`.padStart(9)}   ${range.padEnd(20)} ${goal}\n`);
}
