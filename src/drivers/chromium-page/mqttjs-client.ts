/** MQTT.js in the page, as its documentation shows it. */
import type mqtt from 'mqtt';
import type { MqttClient } from 'mqtt';
import { decodeBase64, encodeBase64, type Qos } from '#wire';
import type { PageEnd, PageMessage, PageOptions, PageSide } from './contract.ts';
import { Inbox } from './inbox.ts';
import { show } from './window.ts';

export class MqttJsClient implements PageSide {
  sessionPresent = false;
  readonly #client: MqttClient;
  readonly #messages = new Inbox<PageMessage>();
  readonly #connects = new Inbox<boolean>();
  readonly #ends = new Inbox<PageEnd>();

  constructor({ connect }: Pick<typeof mqtt, 'connect'>, options: PageOptions) {
    const { url, version, clientId, clean, keepAlive, username, password, will, sessionExpiryInterval } = options;
    const five = version === '5.0';
    this.#client = connect(url, {
      clientId,
      clean,
      keepalive: keepAlive,
      protocolVersion: five ? 5 : 4,
      reconnectPeriod: options.reconnectMs,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password: octets(password) }),
      ...(will === undefined ? {} : { will: { ...will, payload: octets(will.payload), properties: {} } }),
      ...(five && sessionExpiryInterval !== undefined ? { properties: { sessionExpiryInterval } } : {}),
    });
    this.#client.on('connect', ({ sessionPresent }) => this.#connects.push(sessionPresent));
    this.#client.on('message', (topic, payload, { qos, retain }) => {
      this.#messages.push({ topic, payload: encodeBase64(payload), qos, retain });
    });
    this.#client.on('error', (error) => {
      show(`error ${error.message}`);
      if (options.reconnectMs === 0) this.#connects.fail(error);
    });
    this.#client.on('close', () => {
      show('close');
      // It tells nothing of the CloseEvent.
      this.#ends.push({ code: 0, reason: '', wasClean: true });
      if (options.reconnectMs === 0) this.#connects.fail(new Error('the connection was closed before CONNACK'));
    });
  }

  async connect(): Promise<void> {
    try {
      this.sessionPresent = await this.#connects.next();
    } catch (error) {
      this.#client.end(true);
      throw error;
    }
  }

  async subscribe(filter: string, qos: Qos): Promise<number> {
    const [granted] = await this.#client.subscribeAsync(filter, { qos });
    return granted?.qos ?? qos;
  }

  async publish(topic: string, payload: Uint8Array, qos: Qos, retain: boolean): Promise<void> {
    await this.#client.publishAsync(topic, payload as Buffer, { qos, retain });
  }

  message(): Promise<PageMessage> {
    return this.#messages.next();
  }

  again(): Promise<boolean> {
    return this.#connects.next();
  }

  async end(): Promise<PageEnd> {
    await this.#client.endAsync();
    return this.#ends.next();
  }

  close(): Promise<PageEnd> {
    this.#client.end(true);
    return this.#ends.next();
  }

  ended(): Promise<PageEnd> {
    return this.#ends.next();
  }
}

/** MQTT.js brings its own Buffer, which takes plain octets too. */
const octets = (base64: string): Buffer => (decodeBase64(base64) ?? new Uint8Array(0)) as Buffer;
