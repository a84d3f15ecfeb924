// `ws` and a packet written by hand: the least that a script can do. It counts, and checks nothing.
import { WebSocket } from 'ws';
import { arg, cpuFrom, pace, PAYLOAD, settle, tell } from './pair-schedule.mjs';

const { url, pairs, rate, seconds, warmup = 5 } = arg;

const text = (value) => [0, value.length, ...Buffer.from(value)];
const packet = (first, ...parts) => {
  const body = parts.flat();
  return Buffer.from([
    first,
    ...(body.length < 128 ? [body.length] : [(body.length & 127) | 128, body.length >> 7]),
    ...body,
  ]);
};
const connect = (id) => packet(0x10, text('MQTT'), 5, 2, 0, 60, 0, text(id));
const subscribe = (topic) => packet(0x82, 0, 1, 0, text(topic), 0);
const publish = (topic) => packet(0x30, text(topic), 0, ...Buffer.alloc(PAYLOAD, 0x2e));

let received = 0;
async function client(id, onPacket) {
  const socket = new WebSocket(url, 'mqtt', { perMessageDeflate: false });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const answered = new Promise((resolve) => socket.once('message', resolve));
  socket.send(connect(id));
  await answered;
  if (onPacket !== undefined) socket.on('message', onPacket);
  return socket;
}

const topic = (n) => `bench/${process.pid}/${n}`;
/** A message may hold several packets. */
const count = (data) => {
  for (let at = 0; at < data.length;) {
    let length = 0;
    let shift = 0;
    let body = at + 1;
    for (; data[body] >= 128; body += 1, shift += 7) length |= (data[body] & 127) << shift;
    length |= data[body] << shift;
    if (data[at] >> 4 === 3) received += 1;
    at = body + 1 + length;
  }
};
const subscribers = await Promise.all(
  Array.from({ length: pairs }, async (_, n) => {
    const socket = await client(`s${process.pid}x${n}`, count);
    socket.send(subscribe(topic(n)));
    return socket;
  }),
);
const publishers = await Promise.all(Array.from({ length: pairs }, (_, n) => client(`p${process.pid}x${n}`)));
await new Promise((resolve) => setTimeout(resolve, 500));

const templates = publishers.map((_, n) => publish(topic(n)));
const send = (n, sequence) => {
  const template = templates[n];
  const bytes = Buffer.from(template);
  bytes.writeUInt32LE(sequence, template.length - PAYLOAD);
  bytes.writeDoubleLE(performance.now(), template.length - PAYLOAD + 8);
  publishers[n].send(bytes);
};
await pace({ pairs, rate, seconds: warmup, send, startAt: performance.now() + 10 });
await settle(() => received, Math.ceil(rate * warmup));
received = 0;
const cpu = cpuFrom();
const { sent, late } = await pace({ pairs, rate, seconds, send, startAt: performance.now() + 10 });
const cpuSeconds = cpu();
await settle(() => received, sent);
for (const socket of [...subscribers, ...publishers]) socket.terminate();
tell({ sent, received, late, notOnTime: late / sent, cpuSeconds });
