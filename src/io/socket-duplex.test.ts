import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import type { Duplex, EndKind } from './duplex.ts';
import { socketDuplex } from './socket-duplex.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Two connected sockets on loopback. */
async function sockets(): Promise<[Socket, Socket]> {
  const server = createServer({ pauseOnConnect: true });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve));
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await new Promise((resolve) => client.once('connect', resolve));
  return [client, await accepted];
}

/** Two ends of TLS by a shared key: no certificate is needed. */
async function tlsSockets(): Promise<[Socket, Socket]> {
  const psk = Buffer.alloc(32, 7);
  const ciphers = 'PSK-AES128-GCM-SHA256';
  const versions = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers } as const;
  const server = createTlsServer({ ...versions, pskCallback: () => psk, pskIdentityHint: '' });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const accepted = new Promise<TLSSocket>((resolve) => server.once('secureConnection', resolve));
  const { port } = server.address() as AddressInfo;
  const client = connectTls({
    ...versions,
    socket: connect(port, '127.0.0.1'),
    pskCallback: () => ({ psk, identity: 'test' }),
    checkServerIdentity: () => undefined,
  });
  await new Promise((resolve) => client.once('secureConnect', resolve));
  return [client, await accepted];
}

interface Ear {
  readonly log: string[];
  readonly bytes: Uint8Array[];
  readonly ended: Promise<void>;
  readonly closed: Promise<{ kind: EndKind; detail?: string }>;
}

function hear(duplex: Duplex): Ear {
  const log: string[] = [];
  const bytes: Uint8Array[] = [];
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => void (end = resolve));
  const closed = new Promise<{ kind: EndKind; detail?: string }>((resolve) => {
    duplex.listen({
      data: (chunk) => void bytes.push(chunk),
      ended: () => {
        log.push('ended');
        end();
      },
      closed: (kind, detail) => {
        log.push(`closed ${kind}`);
        resolve(detail === undefined ? { kind } : { kind, detail });
      },
      drained: () => log.push('drained'),
    });
  });
  return { log, bytes, ended, closed };
}

const received = (ear: Ear): string => Buffer.concat(ear.bytes).toString();
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

describe('socketDuplex', () => {
  it.each([
    ['TCP', sockets],
    ['TLS', tlsSockets],
  ])('sends over %s after the peer has ended, and closes by FIN on both sides', async (_, connected) => {
    const [a, b] = (await connected()).map(socketDuplex) as [Duplex, Duplex];
    const [ofA, ofB] = [hear(a), hear(b)];
    a.write(bytes('one'));
    a.end();
    a.write(bytes('lost'));
    await ofB.ended;
    expect(b.closed).toBe(false);
    b.write(bytes('two'));
    b.end();
    expect([await ofA.closed, await ofB.closed]).toEqual([{ kind: 'fin' }, { kind: 'fin' }]);
    expect([received(ofA), received(ofB)]).toEqual(['two', 'one']);
    expect(ofA.log.filter((entry) => entry !== 'drained')).toEqual(['ended', 'closed fin']);
    expect(ofA.bytes.every((chunk) => Object.getPrototypeOf(chunk) === Uint8Array.prototype)).toBe(true);
  });

  it.each([
    ['TCP', sockets],
    ['TLS', tlsSockets],
  ])('resets %s, which both sides call a reset', async (_, connected) => {
    const [a, b] = (await connected()).map(socketDuplex) as [Duplex, Duplex];
    const [ofA, ofB] = [hear(a), hear(b)];
    b.reset();
    expect(b.closed).toBe(true);
    expect((await ofB.closed).kind).toBe('reset');
    expect(await ofA.closed).toMatchObject({ kind: 'reset', detail: expect.stringContaining('ECONNRESET') as string });
    a.write(bytes('x'));
    a.end();
    a.reset();
    expect(ofB.log).toEqual(['closed reset']);
  });

  it.each([
    ['TCP', sockets],
    ['TLS', tlsSockets],
  ])('resets %s while its own FIN is on the way, and inside a delivery', async (_, connected) => {
    const [a, b] = (await connected()).map(socketDuplex) as [Duplex, Duplex];
    const ofB = hear(b);
    const closed = new Promise((resolve) => {
      a.listen({
        data: () => {
          a.end();
          a.reset();
        },
        ended: () => undefined,
        closed: resolve,
      });
    });
    b.write(bytes('x'));
    await closed;
    b.end();
    await ofB.closed;
  });

  it('tells of a close that came before anybody listened', async () => {
    const [client, server] = await sockets();
    const a = socketDuplex(client);
    const b = socketDuplex(server);
    const closed = new Promise((resolve) => client.once('close', resolve));
    client.resume();
    b.reset();
    await closed;
    expect((await hear(a).closed).kind).toBe('reset');
  });

  it('keeps what came before anybody listened', async () => {
    const [client, server] = await sockets();
    const b = socketDuplex(server);
    client.write('early');
    client.end();
    const ear = hear(b);
    await ear.ended;
    expect(received(ear)).toBe('early');
    b.end();
    client.resume();
    await ear.closed;
  });

  it('buffers while the peer is paused, and tells when it has drained', async () => {
    const [a, b] = (await sockets()).map(socketDuplex) as [Duplex, Duplex];
    const [ofA, ofB] = [hear(a), hear(b)];
    b.pause();
    const size = 16_000_000;
    a.write(new Uint8Array(size));
    await new Promise((resolve) => setImmediate(resolve));
    expect(a.buffered).toBeGreaterThan(0);
    b.resume();
    a.end();
    await ofB.ended;
    b.end();
    await ofA.closed;
    expect(ofA.log).toContain('drained');
    expect(ofB.bytes.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(size);
  });
});
