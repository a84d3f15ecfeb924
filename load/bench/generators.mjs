// What makes the load, each in a process of its own; all give { sent, received, notOnTime, cpuSeconds }.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Milliseconds beyond the time that a work asks for, after which a generator is taken for hanging. */
const PATIENCE = 60_000;

export async function generatorsHere() {
  const { K6_BIN } = process.env;
  if (K6_BIN !== undefined && !existsSync(here('../../dist/load/k6/script/websockets.js')))
    throw new Error('the script of k6 is not bundled: npm run build');
  return {
    engine: { title: 'embedded engine', run: (work) => script('generator-engine.mjs', work) },
    ws: { title: 'bare ws script', run: (work) => script('generator-ws.mjs', work) },
    mqttjs: { title: 'MQTT.js', run: (work) => script('generator-mqttjs.mjs', work) },
    ...(K6_BIN === undefined ? {} : { k6: { title: 'k6, k6/websockets', run: k6, cpu: k6Cpu } }),
  };
}

export function script(name, work, flags = []) {
  return jsonOf([...flags, here(name), JSON.stringify(work)], work);
}

/** A run of k6 has a start and a set-up that can't be told apart from outside: it is what two runs of different length have in common. */
async function k6Cpu(work) {
  const short = await k6({ ...work, seconds: 2 });
  const long = await k6({ ...work, seconds: work.seconds + 2 });
  return {
    ...long,
    cpuSeconds: long.cpuSeconds - short.cpuSeconds,
    received: long.received - short.received,
  };
}

async function k6(work) {
  const { url, pairs, rate, seconds } = work;
  const out = await mkdtemp(path.join(tmpdir(), 'mqttspec-bench-'));
  const set = [`pairs=${pairs}`, `rate=${rate}`, `seconds=${seconds}`, 'payload=80', 'warmup=0', 'qos=0'];
  const args = ['load', 'run', 'steady-pubsub', url, '--engine', 'k6', '--json', '--quiet', '--out', out];
  try {
    const result = await jsonOf(
      [here('../../dist/src/cli/main.js'), ...args, ...set.flatMap((one) => ['--set', one])],
      work,
    );
    const { onTime, late, blocked } = result.health.sends;
    return {
      cpuSeconds: result.health.cpuSeconds,
      received: result.delivery[0].delivered,
      sent: result.delivery[0].sent,
      notOnTime: 1 - onTime / (onTime + late + blocked),
    };
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

/** What a Node process prints; rejects where that is no JSON. */
function jsonOf(args, { seconds = 0, hold = 0 }) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const limit = setTimeout(() => child.kill('SIGKILL'), (seconds + hold) * 1000 + PATIENCE);
  let text = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (more) => (text += more));
  child.stderr.setEncoding('utf8').on('data', (more) => (complaint = (complaint + more).slice(-2000)));
  return new Promise((resolve, reject) => {
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      try {
        resolve(JSON.parse(text));
      } catch {
        reject(
          new Error(`a generator ended with ${code ?? signal}: ${complaint.trim().split('\n').slice(0, 3).join(' ')}`),
        );
      }
    });
  });
}
