// `npm run bench:churn [-- MINUTES]`: clients of all kinds come and go on the reference broker, well and badly behaved, while two
// witnesses talk. Prints the broker's memory as it goes on. Exit code 1: a witness lost a message, or the memory went on growing.
import { randomBytes } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import mqtt from 'mqtt';
import { startOurs } from './brokers.mjs';
import { bench } from './client.mjs';

const MINUTES = Number(process.argv[2] ?? 10);
const CLIENTS = 24;
const BADLY_BEHAVED = 8;
/** Milliseconds between two messages of the witness. */
const BEAT = 50;
/** Milliseconds in which a message of the witness has to come. */
const PATIENCE = 10_000;
/** MiB that memory may grow after a fifth of the time: what the garbage collector leaves lying differs by so much. */
const ALLOWED_GROWTH = 48;

if (!(MINUTES > 0 && MINUTES <= 120)) throw new RangeError('MINUTES is a number above 0, up to 120');
const broker = await startOurs();
const url = new URL(broker.url);
const end = performance.now() + MINUTES * 60_000;
const counts = { cycles: 0, 'badly behaved': 0 };
const samples = [];
let failure;

const random = (n) => Math.floor(Math.random() * n);
const over = () => performance.now() >= end || failure !== undefined;
const options = (more) => ({ reconnectPeriod: 0, connectTimeout: 20_000, protocolVersion: 5, ...more });

/** Comes, subscribes, publishes, leaves in one of five ways; its session, will and retained message go with it. */
async function comeAndGo(n) {
  while (!over()) {
    const [kept, version] = [random(2) === 1, random(2) === 1 ? 5 : 4];
    const topic = `churn/${n}/${random(1_000)}`;
    const client = await mqtt.connectAsync(
      broker.url,
      options({
        protocolVersion: version,
        clientId: `churn${n}-${random(200)}`,
        clean: !kept,
        ...(version === 5 ? { properties: { sessionExpiryInterval: kept ? 1 : 0 } } : {}),
        will: { topic: `${topic}/will`, payload: Buffer.from('w'), qos: random(3), retain: false },
      }),
    );
    client.on('error', () => undefined);
    try {
      await client.subscribeAsync([`${topic}/#`, `churn/${random(CLIENTS)}/+/+`], { qos: random(3) });
      await client.publishAsync(`${topic}/a`, randomBytes(random(2_000)), { qos: random(3), retain: true });
      await client.publishAsync(`${topic}/a`, '', { qos: 1, retain: true });
      if (version === 4 && kept) await mqttForgets(client.options.clientId);
      if (random(2) === 1) await client.endAsync();
      else client.stream.destroy();
    } catch {
      // Taken over by one with the same identifier, which is part of it.
    }
    client.end(true);
    counts.cycles += 1;
  }
}

/** A session of 3.1.1 lasts until somebody ends it. */
async function mqttForgets(clientId) {
  const again = await mqtt.connectAsync(broker.url, options({ protocolVersion: 4, clientId, clean: true }));
  again.on('error', () => undefined);
  again.end(true);
}

/** Never reads, sends garbage, or stops in the middle of something. */
async function behaveBadly(n) {
  while (!over()) {
    const kind = random(4);
    counts['badly behaved'] += 1;
    if (kind === 0) {
      const socket = await bench({ url: broker.url, id: `slow${n}`, filter: 'witness/#' }).catch(() => undefined);
      socket?.pause();
      await sleep(2_000);
      socket?.removeAllListeners('close').destroy();
      continue;
    }
    const socket = connectTcp({ host: url.hostname, port: Number(url.port) });
    socket.on('error', () => undefined);
    const upgrade = `GET ${url.pathname} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n`;
    socket.write(kind === 1 ? upgrade.slice(0, random(upgrade.length)) : upgrade);
    if (kind === 2) socket.write(randomBytes(random(5_000)));
    // A frame of 1 GiB is announced, and then nothing comes.
    if (kind === 3) socket.write(Buffer.from('82ff0000000040000000000000001000', 'hex'));
    await sleep(random(500));
    if (random(2) === 1) socket.resetAndDestroy();
    else socket.destroy();
  }
}

/** One who publishes and one who hears: every message has to come, whatever the others do. */
async function witness() {
  const [speaks, hears] = [
    await mqtt.connectAsync(broker.url, options()),
    await mqtt.connectAsync(broker.url, options()),
  ];
  const seen = { sent: 0, heard: 0, slowest: 0 };
  hears.on('message', () => (seen.heard += 1));
  await hears.subscribeAsync('witness/t', { qos: 1 });
  while (!over()) {
    const begun = performance.now();
    seen.sent += 1;
    speaks.publish('witness/t', randomBytes(1_000), { qos: 1 });
    while (seen.heard < seen.sent && performance.now() - begun < PATIENCE) await sleep(1);
    if (seen.heard < seen.sent) failure = `a message of the witness did not come within ${PATIENCE / 1_000} s`;
    seen.slowest = Math.max(seen.slowest, performance.now() - begun);
    await sleep(BEAT);
  }
  speaks.end(true);
  hears.end(true);
  return seen;
}

async function watch() {
  while (!over()) {
    await sleep(Math.min(15_000, (MINUTES * 60_000) / 10));
    samples.push(broker.residentMiB());
    const said = `${counts.cycles} came and went, ${counts['badly behaved']} badly behaved`;
    process.stdout.write(`${samples.at(-1).toFixed(0).padStart(5)} MiB  ${said}\n`);
  }
}

try {
  const guests = Array.from({ length: CLIENTS }, (_, n) => comeAndGo(n));
  const others = Array.from({ length: BADLY_BEHAVED }, (_, n) => behaveBadly(n));
  const [seen] = await Promise.all([witness(), watch(), ...guests, ...others]);
  const settled = samples[Math.floor(samples.length / 5)] ?? 0;
  const growth = (samples.at(-1) ?? 0) - settled;
  if (growth > ALLOWED_GROWTH) failure ??= `the memory grew by ${growth.toFixed(0)} MiB after a fifth of the time`;
  process.stdout.write(
    `\n${MINUTES} min: ${counts.cycles} clients came and went, ${counts['badly behaved']} behaved badly; ` +
      `witness ${seen.heard} of ${seen.sent}, the slowest ${seen.slowest.toFixed(0)} ms; ` +
      `memory ${settled.toFixed(0)} MiB after a fifth of the time, ${(samples.at(-1) ?? 0).toFixed(0)} MiB at the end\n`,
  );
} finally {
  await broker.stop();
}
if (failure !== undefined) {
  process.stdout.write(`${failure}\n`);
  process.exitCode = 1;
}
