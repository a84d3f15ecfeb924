// `npm run bench:certs [-- TIMES]`: how long `mqttspec certs make` takes, with and without the key of RSA-4096. Medians,
// the machine's own load beside them; nothing is asserted.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from './command.mjs';
import { prepareOrExit } from './prepare.mjs';

const times = Number(process.argv[2] ?? 5);
if (!Number.isInteger(times) || times < 1) {
  process.stderr.write('Usage: npm run bench:certs [-- TIMES]\n');
  process.exit(2);
}

await prepareOrExit();
const { makePki, readPki } = await import(path.join(ROOT, 'dist', 'certs-gen', 'index.js'));
const folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-bench-'));
let made = 0;
try {
  const without = { only: ['!client-valid-rsa-4096'] };
  await measure('all but RSA-4096', 'goal 2 s', (place) => makePki(place, without));
  await measure('all', '', (place) => makePki(place));
  const place = path.join(folder, `${made}`);
  await measure('read and check all', '', () => readPki(place));
  const { scenarios } = readPki(place).index;
  const files = readdirSync(place, { recursive: true }).length;
  process.stdout.write(`\n${scenarios.length} scenarios, ${files} files and folders; `);
  process.stdout.write(
    `Node ${process.versions.node}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Wall clock, and the time of this process on its cores: on a busy machine only the second tells. */
async function measure(what, goal, act) {
  const walls = [];
  const cores = [];
  for (let n = 0; n < times; n += 1) {
    made += 1;
    const before = process.cpuUsage();
    const began = performance.now();
    await act(path.join(folder, `${made}`));
    walls.push(performance.now() - began);
    const { user, system } = process.cpuUsage(before);
    cores.push((user + system) / 1000);
  }
  const shown = `${median(walls)} ms`.padStart(9);
  process.stdout.write(`${what.padEnd(20)} ${shown}   ${`${median(cores)} ms of CPU`.padEnd(18)} ${goal}\n`);
}

function median(values) {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]);
}
