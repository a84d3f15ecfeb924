// The same work through our engine, a bare `ws` script, MQTT.js, and k6 where K6_BIN names it: `npm run bench:load`.
// Options: --seconds N (8), --only cpu,highest,idle, --url ws://… (default: a Mosquitto of this machine), --clients N (19900).
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { cpuPerMessage } from './cpu.mjs';
import { generatorsHere } from './generators.mjs';
import { highest } from './highest.mjs';
import { idle } from './idle.mjs';
import { ownBroker } from './own-broker.mjs';
import { say } from './say.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    only: { type: 'string', default: 'cpu,highest,idle' },
    url: { type: 'string' },
    clients: { type: 'string', default: '19900' },
  },
});
const parts = values.only.split(',');
const seconds = Number(values.seconds);
const { startCatalogued } = await import('../../dist/src/catalogue/index.js');
const { realClock } = await import('../../dist/src/io/index.js');

const began = performance.now();
const mosquitto =
  values.url === undefined ? await startCatalogued('mosquitto', realClock(), { local: true }) : undefined;
const url = values.url ?? mosquitto.wsUrl;
const own = await ownBroker();
const stop = async () => {
  await mosquitto?.stop();
  own.child.kill('SIGTERM');
};
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
])
  process.once(signal, () => void stop().finally(() => process.exit(code)));

const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
say(`${availableParallelism()} cores, ${memory}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`);
say(`broker ${mosquitto?.label ?? url}; own broker: the bundled one, in another process; QoS 0, 80 bytes, WebSocket\n`);
try {
  const generators = await generatorsHere();
  if (parts.includes('cpu')) await cpuPerMessage(generators, url, seconds);
  if (parts.includes('highest')) await highest(generators, { url, own: own.url });
  if (parts.includes('idle')) await idle({ url, own: own.url }, Number(values.clients));
} finally {
  await stop();
}
say(`load ${loadavg()[0].toFixed(1)} at the end, after ${((performance.now() - began) / 60_000).toFixed(1)} minutes`);
