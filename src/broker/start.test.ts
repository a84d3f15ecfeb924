/** The whole broker behind real listeners, with MQTT.js as a client that is not ours. */
import { connect as tcpConnect } from 'node:net';
import { connect as openClient, connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cryptoRandom } from '#io';
import type { RunningBroker } from './contract.ts';
import { startBroker } from './start.ts';

let running: RunningBroker;
const clients: MqttClient[] = [];

beforeAll(async () => {
  running = await startBroker({ path: '/mqtt' });
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.endAsync(true)));
  await running.close();
});

async function connect(url: string, options: IClientOptions): Promise<MqttClient> {
  const client = await connectAsync(url, { reconnectPeriod: 0, connectTimeout: 5000, ...options });
  clients.push(client);
  return client;
}

function next(client: MqttClient): Promise<{ topic: string; payload: string; qos: number; retain: boolean }> {
  return new Promise((resolve) => {
    client.once('message', (topic, payload, { qos, retain }) =>
      resolve({ topic, payload: payload.toString(), qos, retain }),
    );
  });
}

const unique = (): string => Buffer.from(cryptoRandom.bytes(6)).toString('hex');

const WAYS = (['ws', 'tcp'] as const).flatMap((transport) =>
  ([4, 5] as const).map((protocolVersion) => ({ transport, protocolVersion })),
);

describe.each(WAYS)('MQTT.js over $transport, protocol level $protocolVersion', ({ transport, protocolVersion }) => {
  const url = (): string => (transport === 'ws' ? running.wsUrl : running.tcpUrl);

  test.each([0, 1, 2] as const)('a message goes through at QoS %i', async (qos) => {
    const topic = `t/${unique()}`;
    const [subscriber, publisher] = await Promise.all([
      connect(url(), { protocolVersion }),
      connect(url(), { protocolVersion }),
    ]);
    await subscriber.subscribeAsync(topic, { qos });
    const message = next(subscriber);
    await publisher.publishAsync(topic, 'hello', { qos });
    expect(await message).toEqual({ topic, payload: 'hello', qos, retain: false });
  });

  test('a megabyte comes back as it was', async () => {
    const topic = `t/${unique()}`;
    const client = await connect(url(), { protocolVersion });
    await client.subscribeAsync(topic, { qos: 1 });
    const message = next(client);
    const payload = unique().repeat(90_000);
    await client.publishAsync(topic, payload, { qos: 1 });
    expect((await message).payload === payload).toBe(true);
  });

  test('a retained message is kept for who comes later', async () => {
    const topic = `t/${unique()}`;
    const publisher = await connect(url(), { protocolVersion });
    await publisher.publishAsync(topic, 'kept', { qos: 1, retain: true });
    const subscriber = await connect(url(), { protocolVersion });
    const message = next(subscriber);
    await subscriber.subscribeAsync(topic, { qos: 1 });
    expect(await message).toEqual({ topic, payload: 'kept', qos: 1, retain: true });
  });

  test('the will of a client that vanishes is published', async () => {
    const topic = `t/${unique()}`;
    const witness = await connect(url(), { protocolVersion });
    await witness.subscribeAsync(topic, { qos: 1 });
    const message = next(witness);
    const mortal = await connect(url(), {
      protocolVersion,
      will: { topic, payload: Buffer.from('gone'), qos: 1, retain: false },
    });
    mortal.stream.destroy();
    expect(await message).toEqual({ topic, payload: 'gone', qos: 1, retain: false });
  });

  test('a session is resumed with what came in between', async () => {
    const topic = `t/${unique()}`;
    const clientId = unique();
    const session: IClientOptions = {
      protocolVersion,
      clientId,
      clean: false,
      ...(protocolVersion === 5 && { properties: { sessionExpiryInterval: 60 } }),
    };
    const first = await connect(url(), session);
    await first.subscribeAsync(topic, { qos: 1 });
    await first.endAsync();
    const publisher = await connect(url(), { protocolVersion });
    await publisher.publishAsync(topic, 'meanwhile', { qos: 1 });
    const second = openClient(url(), { reconnectPeriod: 0, ...session });
    clients.push(second);
    const message = next(second);
    expect((await message).payload).toBe('meanwhile');
  });
});

test('hostile octets harm nobody else', async () => {
  const client = await connect(running.wsUrl, {});
  const topic = `t/${unique()}`;
  await client.subscribeAsync(topic);
  for (const url of [running.wsUrl, running.tcpUrl]) {
    const { hostname, port } = new URL(url);
    for (let round = 0; round < 20; round += 1) {
      const socket = tcpConnect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(cryptoRandom.bytes(512));
      socket.end();
    }
  }
  const message = next(client);
  await client.publishAsync(topic, 'alive', { qos: 1 });
  expect((await message).payload).toBe('alive');
});

test('a taken port is told, and nothing stays open', async () => {
  const port = Number(new URL(running.wsUrl).port);
  await expect(startBroker({ wsPort: port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
