// MQTT.js as its users use it.
import mqtt from 'mqtt';
import { arg, cpuFrom, pace, PAYLOAD, settle, tell } from './pair-schedule.mjs';

const { url, pairs, rate, seconds, warmup = 5 } = arg;
const topic = (n) => `bench/${process.pid}/${n}`;
const client = (id) => mqtt.connectAsync(url, { clientId: id, protocolVersion: 5, reconnectPeriod: 0 });

let received = 0;
const subscribers = await Promise.all(
  Array.from({ length: pairs }, async (_, n) => {
    const one = await client(`s${process.pid}x${n}`);
    one.on('message', () => (received += 1));
    await one.subscribeAsync(topic(n));
    return one;
  }),
);
const publishers = await Promise.all(Array.from({ length: pairs }, (_, n) => client(`p${process.pid}x${n}`)));
const payload = Buffer.alloc(PAYLOAD, 0x2e);
const send = (n, sequence) => {
  const bytes = Buffer.from(payload);
  bytes.writeUInt32LE(sequence, 0);
  bytes.writeDoubleLE(performance.now(), 8);
  publishers[n].publish(topic(n), bytes);
};
await pace({ pairs, rate, seconds: warmup, send, startAt: performance.now() + 10 });
await settle(() => received, Math.ceil(rate * warmup));
received = 0;
const cpu = cpuFrom();
const { sent, late } = await pace({ pairs, rate, seconds, send, startAt: performance.now() + 10 });
const cpuSeconds = cpu();
await settle(() => received, sent);
for (const one of [...subscribers, ...publishers]) one.end(true);
tell({ sent, received, late, notOnTime: late / sent, cpuSeconds });
