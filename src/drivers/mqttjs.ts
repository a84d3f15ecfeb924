/** MQTT.js over a traced relay. */
import type { TLSSocket } from 'node:tls';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { ForeignClient, ForeignDoor, ForeignMessage, ForeignOptions } from '#kit';
import type { Qos } from '#wire';
import { isWebSocket } from '#target';
import { heardTls } from './heard-tls.ts';
import { startTracedRelay, type TracedRelay } from './relay-trace.ts';

export async function openMqttJs(door: ForeignDoor, options: ForeignOptions): Promise<ForeignClient> {
  const traced = await startTracedRelay(door, `MQTT.js ${options.clientId}`);
  const { relay, trace } = traced;
  const client = start(door, traced, { ...settings(door, options), reconnectPeriod: 0, connectTimeout: door.replyMs });
  // What comes may be what was sent: the largest of it.
  let largest = 0;
  const messages: ForeignMessage[] = [];
  const waiting: ((message: ForeignMessage) => void)[] = [];
  client.on('message', (topic, payload, { qos, retain }) => {
    const message = { topic, payload: Uint8Array.from(payload), qos, retain };
    const first = waiting.shift();
    if (first === undefined) messages.push(message);
    else first(message);
  });
  // Errors of a connection that a case cuts are expected; those that matter end a promise below.
  client.on('error', () => undefined);
  const dispose = async (): Promise<void> => {
    client.end(true);
    await relay.close();
  };
  try {
    const sessionPresent = await connected(client, door);
    return {
      trace,
      sessionPresent,
      subscribe: async (filter, qos) => {
        const [granted] = await inTime(door, 'SUBACK', client.subscribeAsync(filter, { qos }));
        return (granted?.qos ?? qos) as Qos;
      },
      publish: async (topic, payload, { qos = 0, retain = false } = {}) => {
        const body = typeof payload === 'string' ? payload : Buffer.from(payload);
        largest = Math.max(largest, body.length);
        await inTime(patient(door, largest), 'acknowledgement', client.publishAsync(topic, body, { qos, retain }));
      },
      message: () => inTime(patient(door, largest), 'a message', nextMessage(messages, waiting)),
      cut: () => relay.reset(),
      end: async () => {
        await inTime(door, 'the end', client.endAsync());
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** To the relay; where TLS is spoken, it is spoken with the target. */
function start({ endpoint, target }: ForeignDoor, traced: TracedRelay, options: IClientOptions): MqttClient {
  const { transport, path } = endpoint;
  const url = `${transport}://127.0.0.1:${traced.relay.port}${isWebSocket(transport) ? path : ''}`;
  if (transport === 'mqtts')
    return new mqtt.MqttClient((client) => secured(client, { endpoint, target }, traced), options);
  return mqtt.connect(url, {
    ...options,
    wsOptions: {
      // The trace reads frames as they pass.
      perMessageDeflate: false,
      headers: Object.fromEntries(target.headers),
      ...(transport === 'wss' ? { createConnection: () => heardTls({ endpoint, target }, traced) } : {}),
    },
  });
}

/** As MQTT.js does it: what goes wrong with TLS is an error of the client. */
function secured(client: MqttClient, door: Pick<ForeignDoor, 'endpoint' | 'target'>, traced: TracedRelay): TLSSocket {
  const socket = heardTls(door, traced);
  socket.on('error', (error) => {
    client.emit('error', error);
    socket.end();
  });
  return socket;
}

/** Some brokers take 4 KiB a turn of 100 ms and more where little else happens. */
const SLOWEST_BYTES_A_MS = 32;

const patient = (door: ForeignDoor, bytes: number): ForeignDoor => ({
  ...door,
  replyMs: door.replyMs + bytes / SLOWEST_BYTES_A_MS,
});

function settings(door: ForeignDoor, options: ForeignOptions): IClientOptions {
  const { clientId, username, password, clean, keepAlive, will, sessionExpiryInterval } = options;
  const five = door.version === '5.0';
  return {
    clientId,
    clean,
    keepalive: keepAlive,
    protocolVersion: five ? 5 : 4,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password: Buffer.from(password) }),
    ...(will === undefined ? {} : { will: { ...will, payload: Buffer.from(will.payload), properties: {} } }),
    ...(five && sessionExpiryInterval !== undefined ? { properties: { sessionExpiryInterval } } : {}),
  };
}

function connected(client: MqttClient, door: ForeignDoor): Promise<boolean> {
  const connack = new Promise<boolean>((resolve, reject) => {
    client.once('connect', ({ sessionPresent }) => resolve(sessionPresent));
    client.once('error', reject);
    client.once('close', () => reject(new Error('the connection was closed before CONNACK')));
  });
  return inTime(door, 'CONNACK', connack);
}

function nextMessage(
  messages: ForeignMessage[],
  waiting: ((message: ForeignMessage) => void)[],
): Promise<ForeignMessage> {
  const there = messages.shift();
  return there === undefined ? new Promise((resolve) => void waiting.push(resolve)) : Promise.resolve(there);
}

/** MQTT.js has no deadline of its own for answers. */
function inTime<T>(door: ForeignDoor, what: string, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = door.clock.after(door.replyMs, () =>
      reject(new Error(`MQTT.js got no ${what} within ${door.replyMs} ms`)),
    );
    promise.then(resolve, reject).finally(() => late.cancel());
  });
}
