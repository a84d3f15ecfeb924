/** One MQTT client over `k6/x/mqtt`: MQTT 3.1.1, over TCP too; a new object of the extension for each connection. */
import { Client as Connection } from 'k6/x/mqtt';
import type { Qos } from '#wire';
import { decodeUtf8 } from '#wire';
import { kindOfFailure } from '../shared/failure-kind.ts';
import type { LaneTemplate } from '../shared/lane-template.ts';
import type { Head } from '../shared/payload.ts';
import type { Client, ClientListener, ClientSetup, Filter } from './client.ts';

const CONNECT_TIMEOUT_MS = 10_000;

export class ExtensionClient implements Client {
  connected = false;
  readonly #setup: ClientSetup;
  readonly #listener: ClientListener;
  #connection: Connection | undefined;
  /** A message of QoS 1 or 2 is on its way: the extension would let a second one overtake it. */
  #sending = false;

  constructor(setup: ClientSetup, listener: ClientListener) {
    this.#setup = setup;
    this.#listener = listener;
  }

  connect(): void {
    const { url, connect, now } = this.#setup;
    const { clientId, username, password, keepAlive } = connect;
    const connection: Connection = new Connection({
      client_id: clientId,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password: decodeUtf8(password) }),
    });
    this.#connection = connection;
    this.#sending = false;
    connection.on('message', (_topic, payload) => {
      if (this.#connection === connection) this.#listener.message(new Uint8Array(payload), now());
    });
    // The extension would connect anew by itself, without its subscriptions: the connection is lost, and is counted so.
    connection.on('reconnect', () => this.#fail(connection, 'dropped', 'the connection was lost'));
    connection.connectAsync(url, { keepalive: keepAlive, connect_timeout: CONNECT_TIMEOUT_MS }).then(
      () => this.#opened(connection),
      (error: unknown) => this.#fail(connection, kindOfFailure(String(error), false), String(error)),
    );
  }

  subscribe(filters: readonly Filter[]): void {
    const connection = this.#connection;
    const { now } = this.#setup;
    const asked = now();
    if (connection?.connected !== true) return;
    Promise.all(filters.map(({ filter, qos }) => connection.subscribeAsync(filter, { qos }))).then(
      () => this.#listener.subscribed(filters.length, 0, now() - asked, now()),
      () => this.#listener.subscribed(0, filters.length, now() - asked, now()),
    );
  }

  unsubscribe(filters: readonly string[]): void {
    const connection = this.#connection;
    const { now } = this.#setup;
    const asked = now();
    if (connection?.connected !== true) return;
    Promise.all(filters.map((filter) => connection.unsubscribeAsync(filter))).then(
      () => this.#listener.unsubscribed(now() - asked, now()),
      (error: unknown) => this.#fail(connection, 'dropped', String(error)),
    );
  }

  canPublish(qos: Qos): boolean {
    return this.connected && (qos === 0 || !this.#sending);
  }

  publish(template: LaneTemplate, head: Head, qos: Qos): void {
    const connection = this.#connection;
    if (connection?.connected !== true) return;
    const { topic, retain } = template.facts;
    const payload = template.payload(head);
    // In order: each `…Async` call has a thread of its own in Go.
    if (qos === 0) return connection.publish(topic, payload, { qos, retain });
    this.#sending = true;
    connection.publishAsync(topic, payload, { qos, retain }).then(
      () => this.#answered(connection, head, qos),
      (error: unknown) => this.#fail(connection, 'dropped', String(error)),
    );
  }

  flush(): void {
    // Nothing is gathered.
  }

  end(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.connected = false;
    if (connection !== undefined) release(connection);
  }

  tick(): void {
    // The extension keeps the connection alive by itself.
  }

  #opened(connection: Connection): void {
    if (this.#connection !== connection) return;
    this.connected = true;
    this.#listener.connected(false, this.#setup.now());
  }

  #answered(connection: Connection, head: Head, qos: Qos): void {
    if (this.#connection !== connection) return;
    this.#sending = false;
    const tookMs = this.#setup.now() - head.actual;
    this.#listener.acknowledged(qos === 1 ? 'puback' : 'pubcomp', qos, tookMs, head.intended);
  }

  #fail(connection: Connection, kind: string, message: string): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    this.connected = false;
    this.#listener.ended(kind, message, this.#setup.now());
    release(connection);
  }
}

/** Without this an object whose connection failed holds its virtual user for ever. */
function release(connection: Connection): void {
  try {
    if (connection.connected) connection.end();
    // It can't be ended; being told to connect to no URL at all is what stops it, before it complains.
    else (connection.connect as (url: unknown) => void)(0);
  } catch {
    // The complaint.
  }
}
