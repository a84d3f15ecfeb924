// What is compared: each a process of its own, whose CPU time the kernel counts.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url));
const TICKS = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100;

export async function startOurs() {
  const args = [MAIN, 'broker', '--port', '0', '--ws-port', '0', '--limits', 'queuedMessages=1000000'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  for await (const chunk of child.stdout) {
    out += chunk;
    const url = /^ready (\S+)/m.exec(out)?.[1];
    if (url !== undefined) return running('mqttspec broker', child, url);
  }
  throw new Error('the reference broker did not start');
}

export async function startMosquitto() {
  const folder = mkdtempSync(path.join(tmpdir(), 'mqttspec-bench-'));
  const [ws, tcp] = [await freePort(), await freePort()];
  const config = path.join(folder, 'mosquitto.conf');
  const listeners = `listener ${tcp} 127.0.0.1\nlistener ${ws} 127.0.0.1\nprotocol websockets\n`;
  writeFileSync(config, `${listeners}allow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 0\n`);
  const child = spawn('mosquitto', ['-c', config], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
  });
  child.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  await sleep(500);
  return running('Mosquitto', child, `ws://127.0.0.1:${ws}/mqtt`);
}

function running(name, child, url) {
  return {
    name,
    url,
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    },
    residentMiB: () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'latin1'))?.[1]) / 1024,
    stop: () => new Promise((resolve) => child.once('exit', resolve).kill('SIGTERM')),
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
