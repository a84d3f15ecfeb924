// `npm run repeat -- --broker mosquitto --local --times 20 [--busy] [--jitter 50]`: do repeated runs come to the same verdicts?
import { setMaxListeners } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { keepBusy } from './repeat.busy.mjs';
import { flickering, namesOf, repetitionLine, summaryLines } from './repeat.compare.mjs';
import { startTarget } from './repeat.target.mjs';
import { prepareOrExit } from './prepare.mjs';

const USAGE = `Usage: npm run repeat -- (URL [--also URL] | --broker NAME [--local] [--image REF]) [options] [selection...]

Runs all cases several times and tells which instances don't come to the same verdict each time. A broker of the catalogue
is started anew for each run. Exit codes: 0 no flicker, 1 flicker, 2 wrong use.

  --times N       how often (default 20)
  --jitter MS     through a relay that holds each segment 0 to MS milliseconds, in both directions
  --delay MS      through a relay that makes each round trip so many milliseconds longer; several (0,200,2000): in turn
  --busy          a process for each core does nothing but compute meanwhile
  --out DIR       folder of the results, one file a run (default mqttspec-out/repeat)
`;

const OPTIONS = {
  broker: { type: 'string' },
  local: { type: 'boolean' },
  image: { type: 'string' },
  also: { type: 'string', multiple: true },
  times: { type: 'string', default: '20' },
  jitter: { type: 'string', default: '0' },
  delay: { type: 'string', default: '0' },
  busy: { type: 'boolean', default: false },
  out: { type: 'string', default: path.join('mqttspec-out', 'repeat') },
  help: { type: 'boolean', short: 'h' },
};

const print = (text) => process.stdout.write(`${text}\n`);
const given = readOptions();
if (given === undefined) process.exitCode = 2;
else if (given.help) print(USAGE);
else {
  await prepareOrExit();
  const code = await repeat(given);
  // Not left to Node: where a relay's socket has a request open still, it tidies up for ever (seen with Node 20).
  process.stdout.write('', () => process.exit(code));
}

/** Undefined where they can't be meant; why is told. */
function readOptions() {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    if (values.help) return values;
    const url = /^(wss?|mqtts?):\/\//.test(positionals[0] ?? '') ? positionals.shift() : undefined;
    const [times, jitterMs] = [Number(values.times), Number(values.jitter)];
    if (!Number.isInteger(times) || times < 1)
      throw new Error(`--times ${String(values.times)} is no positive whole number`);
    if (!(jitterMs >= 0 && jitterMs <= 10_000))
      throw new Error(`--jitter ${String(values.jitter)} is no number from 0 to 10000`);
    const delays = values.delay.split(',').map(Number);
    if (!delays.every((ms) => ms >= 0 && ms <= 10_000))
      throw new Error(`--delay ${String(values.delay)}: numbers from 0 to 10000, with commas between`);
    if ((url === undefined) === (values.broker === undefined)) throw new Error('name a URL or --broker NAME');
    return { ...values, url, times, jitterMs, delays, selection: positionals.join(' ') };
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return undefined;
  }
}

async function repeat(options) {
  const { check } = await import('../dist/src/app/check.js');
  const { writeRunResult } = await import('../dist/src/results/index.js');
  const { times, out, selection, busy, delays } = options;
  const stopped = new AbortController();
  // Every instance under way listens.
  setMaxListeners(0, stopped.signal);
  process.once('SIGINT', () => stopped.abort());
  const rest = busy ? keepBusy() : undefined;
  const runs = [];
  await mkdir(out, { recursive: true });
  try {
    while (runs.length < times && !stopped.signal.aborted) {
      const delayMs = delays[runs.length % delays.length];
      const target = await startTarget({ ...options, delayMs }, runs.length);
      try {
        const chosen = selection === '' ? {} : { selection };
        const result = await check({ ...target.input, ...chosen, signal: stopped.signal }, target.care);
        if (stopped.signal.aborted) break;
        await writeFile(path.join(out, `${String(runs.length + 1).padStart(2, '0')}.json`), writeRunResult(result));
        runs.push(namesOf(result));
        print(repetitionLine(result, runs.length, times) + (delayMs > 0 ? `  round trip +${delayMs} ms` : ''));
      } finally {
        await target.stop();
      }
    }
  } finally {
    rest?.();
  }
  for (const line of summaryLines(runs)) print(line);
  return runs.length < times ? 130 : flickering(runs).length === 0 ? 0 : 1;
}
