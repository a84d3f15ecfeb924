import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { realClock } from '#io';
import { startRelay, type Relay, type RelayOptions } from './relay.ts';
import { tinyServer, type TinyServer } from './testing/tiny-server.ts';

const clock = realClock();
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});

const echo = (socket: Socket): void =>
  void socket.on('data', (bytes) => socket.write(bytes)).on('end', () => socket.end());

async function through(
  serve: (socket: Socket) => void,
  options: Partial<RelayOptions> = {},
): Promise<{ server: TinyServer; relay: Relay; client: Client }> {
  const server = await tinyServer(serve);
  open.push(server);
  const relay = await startRelay({ target: { host: '127.0.0.1', port: server.port }, clock, ...options });
  open.push(relay);
  const client = new Client(relay.port);
  open.push({ close: () => client.socket.destroy() });
  return { server, relay, client };
}

class Client {
  readonly socket: Socket;
  text = '';
  chunks = 0;
  end = '';
  #wake: () => void = () => undefined;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    this.socket.on('data', (bytes: Buffer) => {
      this.text += bytes.toString('latin1');
      this.chunks += 1;
      this.#wake();
    });
    this.socket.on('end', () => {
      this.end = 'fin';
      this.#wake();
    });
    this.socket.on('error', (error: NodeJS.ErrnoException) => {
      this.end = error.code ?? 'error';
      this.#wake();
    });
  }

  until(done: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        if (done()) resolve();
      };
      this.#wake();
    });
  }
}

describe('relay', () => {
  it('forwards both ways with their ends, and records each direction', async () => {
    const { relay, client } = await through(echo);
    client.socket.write('hello');
    await client.until(() => client.text === 'hello');
    client.socket.end();
    await client.until(() => client.end === 'fin');
    const told = relay.recorded.map(({ connection, direction, bytes }) => [
      connection,
      direction,
      Buffer.from(bytes).toString(),
    ]);
    expect(told).toEqual([
      [1, 'to-target', 'hello'],
      [1, 'to-client', 'hello'],
    ]);
  });

  it('splits, and keeps the order under jitter', async () => {
    const { relay, client } = await through(echo, {
      behaviour: { splitBytes: 1, delayMs: 1, jitterMs: 5 },
      seed: 'a',
    });
    const text = 'abcdefghijklmnopqrstuvwxyz';
    client.socket.write(text);
    await client.until(() => client.text.length === text.length);
    expect(client.text).toBe(text);
    expect(client.chunks).toBeGreaterThan(5);
    relay.change({ splitBytes: 0 });
    expect(relay.behaviour).toMatchObject({ splitBytes: 0, delayMs: 1 });
  });

  it('holds back by its delay', async () => {
    const { client } = await through(echo, { behaviour: { delayMs: 40 } });
    const sent = clock.now();
    client.socket.write('x');
    await client.until(() => client.text === 'x');
    expect(clock.now() - sent).toBeGreaterThanOrEqual(80);
  });

  it('cuts by FIN', async () => {
    const { server, relay, client } = await through(echo);
    client.socket.write('x');
    await client.until(() => client.text === 'x');
    relay.cut();
    await client.until(() => client.end !== '');
    expect(client.end).toBe('fin');
    expect(relay.open).toEqual([]);
    client.socket.destroy();
    await gone(server);
  });

  it('resets one connection and leaves the other', async () => {
    const { relay, client } = await through(echo);
    const other = new Client(relay.port);
    open.push({ close: () => other.socket.destroy() });
    client.socket.write('x');
    await client.until(() => client.text === 'x');
    other.socket.write('y');
    await other.until(() => other.text === 'y');
    relay.reset(1);
    await client.until(() => client.end !== '');
    expect(client.end).toBe('ECONNRESET');
    other.socket.write('z');
    await other.until(() => other.text === 'yz');
    expect(relay.open).toEqual([2]);
  });

  it('passes the reset of the target on', async () => {
    const { client } = await through((socket) => socket.once('data', () => socket.resetAndDestroy()));
    client.socket.write('x');
    await client.until(() => client.end !== '');
    expect(client.end).toBe('ECONNRESET');
  });

  it('leaves half open: nothing comes, nothing ends', async () => {
    const { server, relay, client } = await through(echo);
    client.socket.write('x');
    await client.until(() => client.text === 'x');
    relay.change({ halfOpen: true });
    client.socket.write('y');
    for (const socket of server.sockets) socket.end('bye');
    const other = new Client(relay.port);
    open.push({ close: () => other.socket.destroy() });
    await new Promise((resolve) => clock.after(60, () => resolve(undefined)));
    expect({ text: client.text, end: client.end, other: other.end }).toEqual({ text: 'x', end: '', other: '' });
    expect(relay.open).toEqual([1, 2]);
  });

  it('swallows new connections as a black hole', async () => {
    const { server, client } = await through(echo, { behaviour: { blackHole: true } });
    client.socket.write('x');
    await new Promise((resolve) => clock.after(30, () => resolve(undefined)));
    expect({ text: client.text, end: client.end, reached: server.sockets.size }).toEqual({
      text: '',
      end: '',
      reached: 0,
    });
  });

  it('carries a megabyte whole', async () => {
    const { client } = await through(echo);
    const text = 'x'.repeat(3_000_000);
    client.socket.write(text);
    await client.until(() => client.text.length === text.length);
    expect(client.text === text).toBe(true);
  });

  it('leaves nothing open after close', async () => {
    const { server, relay, client } = await through(echo, { behaviour: { delayMs: 10_000 } });
    client.socket.write('held');
    await relay.close();
    await client.until(() => client.end !== '');
    await gone(server);
    expect(relay.open).toEqual([]);
  });
});

async function gone(server: TinyServer): Promise<void> {
  while (server.sockets.size > 0) await new Promise((resolve) => clock.after(5, () => resolve(undefined)));
}
