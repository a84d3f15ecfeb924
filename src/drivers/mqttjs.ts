/** MQTT.js over a traced relay. */
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { ForeignClient, ForeignDoor, ForeignMessage, ForeignOptions } from '#kit';
import type { Qos } from '#wire';
import { startTracedRelay } from './relay-trace.ts';

export async function openMqttJs(door: ForeignDoor, options: ForeignOptions): Promise<ForeignClient> {
  const { relay, trace } = await startTracedRelay(door, `MQTT.js ${options.clientId}`);
  const { transport, path } = door.endpoint;
  const client = mqtt.connect(`${transport}://127.0.0.1:${relay.port}${transport.startsWith('ws') ? path : ''}`, {
    ...settings(door, options),
    reconnectPeriod: 0,
    connectTimeout: door.replyMs,
  });
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

/** Some brokers take 4 KiB a turn of 100 ms and more where little else happens. */
const SLOWEST_BYTES_A_MS = 32;

const patient = (door: ForeignDoor, bytes: number): ForeignDoor => ({
  ...door,
  replyMs: door.replyMs + bytes / SLOWEST_BYTES_A_MS,
});

function settings(door: ForeignDoor, options: ForeignOptions): IClientOptions {
  const { clientId, username, password, clean, keepAlive, will, sessionExpiryInterval } = options;
  const five = door.version === '5.0';
  const { ca, cert, key, verify } = door.target.tls;
  return {
    clientId,
    clean,
    keepalive: keepAlive,
    protocolVersion: five ? 5 : 4,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password: Buffer.from(password) }),
    ...(will === undefined ? {} : { will: { ...will, payload: Buffer.from(will.payload), properties: {} } }),
    ...(five && sessionExpiryInterval !== undefined ? { properties: { sessionExpiryInterval } } : {}),
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    rejectUnauthorized: verify,
    // The trace reads frames as they pass.
    wsOptions: { perMessageDeflate: false },
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
