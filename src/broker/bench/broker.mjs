// `npm run bench:broker [-- ROUNDS]`: the reference broker beside Mosquitto over WebSocket, in turns, in one run. Rates depend
// on the machine and on this client, which shares it: read the ratios. CPU time is the broker's alone.
import { bench, frame, publishPacket } from './client.mjs';
import { startMosquitto, startOurs } from './brokers.mjs';

const ROUNDS = Number(process.argv[2] ?? 3);
/** Deliveries that may be on their way: both brokers must be kept busy and neither may have to drop. */
const WINDOW = 2_000;
/** Messages a write; the number of ready frames is a multiple. */
const CHUNK = 32;
const PAYLOAD = Buffer.alloc(80, 0x61);
const SCENARIOS = [
  { name: 'one to one, QoS 0', pairs: 1, deliveries: 300_000 },
  { name: 'one to one, QoS 1', pairs: 1, qos: 1, deliveries: 100_000 },
  { name: '100 pairs, QoS 0', pairs: 100, deliveries: 200_000 },
  { name: 'fan-out 1:100, QoS 0', subscribers: 100, deliveries: 600_000 },
  { name: 'fan-in 100:1, QoS 0', publishers: 100, deliveries: 200_000 },
];

async function measure(broker, { pairs, publishers = pairs ?? 1, subscribers = pairs ?? 1, qos = 0, deliveries }) {
  const run = Math.random().toString(36).slice(2, 8);
  const fanOut = pairs === undefined ? subscribers : 1;
  let received = 0;
  let sent = 0;
  let done;
  const wanted = Math.floor(deliveries / fanOut);
  const onPublish = () => {
    received += 1;
    if (received >= wanted * fanOut) done();
  };
  const topicOf = (n) => (pairs === undefined ? `${run}/t` : `${run}/t${n}`);
  const sockets = await Promise.all(
    Array.from({ length: subscribers }, (_, n) =>
      bench({ url: broker.url, id: `${run}s${n}`, filter: topicOf(n), qos, onPublish }),
    ),
  );
  const sources = await Promise.all(
    Array.from({ length: publishers }, async (_, n) => ({
      socket: await bench({ url: broker.url, id: `${run}p${n}` }),
      // Ready frames in turns, masked by different keys; no packet identifier comes again while it may be open.
      frames: Array.from({ length: qos === 0 ? 64 : 4_096 }, (_unused, i) =>
        frame(publishPacket(topicOf(n), PAYLOAD, qos, 1 + i)),
      ),
    })),
  );
  const begun = { cpu: broker.cpuSeconds(), at: performance.now() };
  await new Promise((resolve) => {
    done = resolve;
    let next = 0;
    const pump = () => {
      while (sent < wanted && (sent + CHUNK) * fanOut - received <= Math.max(WINDOW, CHUNK * fanOut)) {
        const { socket, frames } = sources[next++ % sources.length];
        const count = Math.min(CHUNK, wanted - sent);
        const from = sent % frames.length;
        socket.write(Buffer.concat(frames.slice(from, from + count)));
        sent += count;
      }
      if (sent < wanted) setImmediate(pump);
    };
    pump();
  });
  const seconds = (performance.now() - begun.at) / 1000;
  const cpu = broker.cpuSeconds() - begun.cpu;
  for (const socket of [...sockets, ...sources.map((source) => source.socket)]) {
    socket.removeAllListeners('close').destroy();
  }
  return { rate: received / seconds, cpu: (cpu / received) * 1e6 };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const brokers = [await startOurs(), await startMosquitto()];
try {
  process.stdout.write(`deliveries a second (and CPU seconds of the broker per million), median of ${ROUNDS}\n\n`);
  for (const scenario of SCENARIOS) {
    const all = brokers.map(() => []);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [n, broker] of brokers.entries()) all[n].push(await measure(broker, scenario));
    }
    const [ours, theirs] = all.map((runs) => ({
      rate: median(runs.map((r) => r.rate)),
      cpu: median(runs.map((r) => r.cpu)),
    }));
    const show = ({ rate, cpu }) => `${Math.round(rate).toLocaleString('en')}/s (${cpu.toFixed(1)} s)`;
    process.stdout.write(
      `${scenario.name.padEnd(22)} ${brokers[0].name} ${show(ours).padEnd(22)} ${brokers[1].name} ${show(theirs).padEnd(22)} ` +
        `${(ours.rate / theirs.rate).toFixed(2)} × the rate, ${(ours.cpu / theirs.cpu).toFixed(2)} × the CPU time\n`,
    );
  }
} finally {
  await Promise.all(brokers.map((broker) => broker.stop()));
}
