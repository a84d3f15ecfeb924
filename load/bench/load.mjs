// The same work through our engine, a bare `ws` script, MQTT.js, and k6 where K6_BIN names it: `npm run bench:load`.
// Options: --seconds N (10), --only cpu,highest,idle, --url ws://… (default: a Mosquitto of this machine), --clients N (2000).
import { spawn } from 'node:child_process';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    only: { type: 'string', default: 'cpu,highest,idle' },
    url: { type: 'string' },
    clients: { type: 'string', default: '2000' },
  },
});
const seconds = Number(values.seconds);
const parts = values.only.split(',');
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { startCatalogued } = await import('../../dist/src/catalogue/index.js');
const { realClock } = await import('../../dist/src/io/index.js');

const mosquitto =
  values.url === undefined ? await startCatalogued('mosquitto', realClock(), { local: true }) : undefined;
const url = values.url ?? mosquitto.wsUrl;
const own = await ownBroker();

const GENERATORS = {
  engine: { title: 'embedded engine', run: (work) => script('generator-engine.mjs', work) },
  ws: { title: 'bare ws script', run: (work) => script('generator-ws.mjs', work) },
  mqttjs: { title: 'MQTT.js', run: (work) => script('generator-mqttjs.mjs', work) },
  ...(process.env.K6_BIN === undefined ? {} : { k6: { title: 'k6', run: k6 } }),
};

say(
  `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`,
);
say(`broker ${mosquitto?.label ?? url}; own broker: the bundled one, in another process; QoS 0, 80 bytes, WebSocket\n`);
try {
  if (parts.includes('cpu')) await cpuPerMessage();
  if (parts.includes('highest')) await highest();
  if (parts.includes('idle')) await idle();
} finally {
  await mosquitto?.stop();
  own.child.kill('SIGTERM');
}

async function cpuPerMessage() {
  say(
    `CPU seconds of the generator per million messages (one is one send and one receive), ${seconds} s each, and times the engine's\n`,
  );
  const works = [2000, 20_000].flatMap((rate) => [1, 100].map((pairs) => ({ rate, pairs })));
  row(['', ...works.map(({ rate, pairs }) => `${rate}/s ${pairs} pair${pairs === 1 ? '' : 's'}`)]);
  const engine = [];
  for (const [name, generator] of Object.entries(GENERATORS)) {
    const cells = [];
    for (const [index, work] of works.entries()) {
      const told = await generator.run({ url, ...work, seconds });
      const each = (told.cpuSeconds / told.received) * 1e6;
      if (name === 'engine') engine[index] = each;
      const held = told.received / (work.rate * seconds);
      const flaw =
        held < 0.99
          ? `, ${(held * 100).toFixed(0)} % arrived`
          : told.notOnTime > 0.01
            ? `, ${(told.notOnTime * 100).toFixed(0)} % not on time`
            : '';
      cells.push(`${each.toFixed(1)} (${(each / engine[index]).toFixed(2)}×${flaw})`);
    }
    row([generator.title, ...cells]);
  }
  say('');
}

async function highest() {
  say('highest held rate of one pair, messages/s (≥ 99 % arrived, ≤ 1 % more than 5 ms late), 3 s each\n');
  const rates = [5, 10, 15, 20, 30, 40, 60, 80, 100, 150, 200, 300, 400, 500, 600, 800].map((k) => k * 1000);
  for (const [where, broker] of [
    ['Mosquitto', url],
    ['own broker', own.url],
  ]) {
    for (const [name, generator] of Object.entries(GENERATORS)) {
      for (const packing of name === 'engine' ? ['one', 'many'] : ['one']) {
        let held = 0;
        let missed = 0;
        for (const rate of rates) {
          const told = await generator.run({ url: broker, pairs: 1, rate, seconds: 3, packing });
          const holds = told.received >= 0.99 * rate * 3 && told.notOnTime <= 0.01;
          if (holds) held = rate;
          missed = holds ? 0 : missed + 1;
          if (missed === 2) break;
        }
        row([`${generator.title}${packing === 'many' ? ', packed' : ''}`, where, String(held)]);
      }
    }
  }
  say('');
}

/** What a connection takes is the difference between many and few: the engine itself is in both. */
async function idle() {
  const clients = Number(values.clients);
  const sources = clients > 5000 ? ['127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'] : [];
  for (const [where, broker] of [
    ['Mosquitto', url],
    ['own broker', own.url],
  ]) {
    const few = Math.floor(clients / 5);
    const small = await script('generator-engine.mjs', { url: broker, clients: few, hold: 3, sources }, [
      '--expose-gc',
    ]);
    const told = await script('generator-engine.mjs', { url: broker, clients, hold: 3, sources }, ['--expose-gc']);
    const each = (told.held - small.held) / (told.opened - small.opened) / 1024;
    say(
      `idle connections, ${where}: ${told.opened} of ${clients} opened in ${told.seconds.toFixed(1)} s, ${told.dropped} dropped, ${each.toFixed(1)} KiB of memory each`,
    );
  }
}

function script(name, work, flags = []) {
  return jsonOf(
    spawn(process.execPath, [...flags, here(name), JSON.stringify(work)], { stdio: ['ignore', 'pipe', 'inherit'] }),
  );
}

/** All of k6, start and set-up too: it can't be told apart from outside. */
async function k6({ url: broker, pairs, rate, seconds: time }) {
  const set = [`pairs=${pairs}`, `rate=${rate}`, `seconds=${time}`, 'payload=80', 'warmup=0', 'qos=0'].flatMap(
    (one) => ['--set', one],
  );
  const args = [
    'load',
    'run',
    'steady-pubsub',
    broker,
    '--engine',
    'k6',
    ...set,
    '--json',
    '--out',
    '/tmp/mqttspec-bench',
  ];
  const child = spawn(process.execPath, [here('../../dist/src/cli/main.js'), ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { health, delivery } = await jsonOf(child);
  const { onTime, late, blocked } = health.sends;
  return {
    cpuSeconds: health.cpuSeconds,
    received: delivery[0].delivered,
    sent: delivery[0].sent,
    notOnTime: 1 - onTime / (onTime + late + blocked),
  };
}

function jsonOf(child) {
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more) => (text += more));
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      try {
        resolve(JSON.parse(text));
      } catch {
        reject(new Error(`a generator ended with ${code} and said: ${text.slice(0, 200)}`));
      }
    });
  });
}

async function ownBroker() {
  const child = spawn(
    process.execPath,
    [here('../../dist/src/cli/main.js'), 'broker', '--port', '0', '--ws-port', '0'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ready = await new Promise((resolve) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more) => {
      text += more;
      const match = /^ready (\S+)/m.exec(text);
      if (match !== null) resolve(match[1]);
    });
  });
  return { child, url: ready };
}

function row(cells) {
  say(cells.map((cell, index) => cell.padEnd(index === 0 ? 24 : 26)).join(''));
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
