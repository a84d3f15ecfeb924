// `npm run bench:codec`: our codec beside `mqtt-packet`, both in this process, in turns. Rates depend on the machine: read the ratios.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import mqttPacket from 'mqtt-packet';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const ROUNDS = 7;
const ROUND_MS = 150;

const { decode, encode, encodeInto, PacketReader } = await codec();

/** The codec as one bundle, as k6 gets it; no build is needed first. */
async function codec() {
  const { outputFiles } = await build({
    stdin: { contents: "export * from './src/wire/index.ts'", resolveDir: ROOT },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['mqttspec-source'],
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** So many packets with a topic of their own take turns; 20,000 topics are more than the codec remembers. */
const CASES = [
  { name: '3.1.1 QoS 0, 80 bytes', version: '3.1.1', qos: 0, size: 80 },
  { name: '3.1.1 QoS 0, 20,000 topics', version: '3.1.1', qos: 0, size: 80, topics: 20_000 },
  { name: '3.1.1 QoS 1, 80 bytes', version: '3.1.1', qos: 1, size: 80 },
  { name: '5.0 QoS 0, 80 bytes', version: '5.0', qos: 0, size: 80 },
  { name: '5.0 QoS 1, 3 properties', version: '5.0', qos: 1, size: 80, properties: true },
  { name: '5.0 QoS 1, 4,096 bytes', version: '5.0', qos: 1, size: 4096 },
];

function packet({ version, qos, size, properties }, number) {
  const topic = `bench/publisher-${number}/temperature`;
  const payload = new Uint8Array(size).fill(0x61);
  const ours = { type: 'PUBLISH', topic, payload, qos, retain: false, dup: false };
  const theirs = { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain: false, dup: false };
  if (qos > 0) {
    ours.packetId = 4660;
    theirs.messageId = 4660;
  }
  if (properties) {
    ours.properties = { messageExpiryInterval: 60, contentType: 'text/plain', topicAlias: 3 };
    theirs.properties = { ...ours.properties };
  }
  return { ours, theirs, options: { protocolVersion: version === '5.0' ? 5 : 4 } };
}

/** Calls per second, the best of several rounds: what disturbs a round only makes it slower. */
function race(contestants) {
  const best = contestants.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    contestants.forEach((run, i) => {
      let calls = 0;
      const start = performance.now();
      let elapsed = 0;
      while (elapsed < ROUND_MS) {
        for (let n = 0; n < 500; n++) run();
        calls += 500;
        elapsed = performance.now() - start;
      }
      best[i] = Math.max(best[i], (calls / elapsed) * 1000);
    });
  }
  return best;
}

const rate = (value) => `${(value / 1000).toFixed(0)} k/s`.padStart(11);

function print(name, what, [ours, theirs]) {
  const columns = `${rate(ours)} ${rate(theirs)}  ${(ours / theirs).toFixed(1).padStart(5)} ×`;
  process.stdout.write(`${name.padEnd(26)} ${what.padEnd(12)} ${columns}\n`);
}

process.stdout.write(`${'PUBLISH'.padEnd(39)} ${'mqttspec'.padStart(11)} ${'mqtt-packet'.padStart(11)}\n`);
let sink = 0;
for (const each of CASES) {
  const { version } = each;
  const all = Array.from({ length: each.topics ?? 100 }, (_, number) => packet(each, number));
  const bytes = all.map(({ ours }) => encode(ours, version));
  const chunks = bytes.map((one) => Buffer.from(one));
  const inTurn = (use) => {
    let next = 0;
    return () => {
      sink += use(next);
      next = next + 1 === all.length ? 0 : next + 1;
    };
  };
  const decodeOptions = { version, from: 'client' };
  const reader = new PacketReader(decodeOptions);
  const { options } = all[0];
  const parser = mqttPacket.parser(options);
  parser.on('packet', (decoded) => (sink += decoded.qos));
  const buffer = new Uint8Array(8192);
  const theirDecode = inTurn((i) => parser.parse(chunks[i]));
  const theirEncode = inTurn((i) => mqttPacket.generate(all[i].theirs, options).length);
  print(each.name, 'decode', race([inTurn((i) => decode(bytes[i], decodeOptions).packet.qos), theirDecode]));
  print(each.name, 'stream', race([inTurn((i) => reader.push(bytes[i]).length), theirDecode]));
  print(each.name, 'encode', race([inTurn((i) => encode(all[i].ours, version).length), theirEncode]));
  print(each.name, 'encode into', race([inTurn((i) => encodeInto(all[i].ours, version, buffer, 0)), theirEncode]));
}
if (sink === 0) throw new Error('nothing was done');
