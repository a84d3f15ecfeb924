import type { TlsOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { realClock, type Clock, type Duplex } from '#io';
import type { Endpoint, TlsMaterial } from '#target';
import { socketDial, type DialResult } from './dial.ts';
import { SELF_SIGNED } from './testing/self-signed.ts';
import { tinyServer, type TinyServer } from './testing/tiny-server.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const started = async (serve: Parameters<typeof tinyServer>[0], tls?: TlsOptions): Promise<TinyServer> => {
  const server = await tinyServer(serve, tls);
  open.push(server);
  return server;
};

const never = new AbortController().signal;
const endpoint = (port: number, transport: Endpoint['transport'] = 'mqtt', host = '127.0.0.1'): Endpoint => ({
  url: `${transport}://${host}:${port}`,
  transport,
  host,
  port,
  path: '',
});

interface Options {
  readonly tls?: Partial<TlsMaterial>;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}
const dial = async (where: Endpoint, options: Options = {}): Promise<DialResult> => {
  const tls = { verify: true, ...options.tls };
  const result = await socketDial({ tls }, options.clock ?? realClock())(where, options.signal ?? never);
  if (result.ok) open.push({ close: () => result.duplex.reset() });
  return result;
};

/** Everything that comes until the end. */
const readAll = (duplex: Duplex): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    duplex.listen({
      data: (bytes) => (text += Buffer.from(bytes).toString('latin1')),
      ended: () => duplex.end(),
      closed: (kind, detail) => resolve(`${text}|${kind}|${detail ?? ''}`),
    });
  });

/** A clock on which every deadline is over at once. */
const impatient: Clock = { now: () => 0, after: (_ms, call) => realClock().after(0, call) };

describe('socketDial over TCP', () => {
  it('opens a connection that carries bytes both ways', async () => {
    const server = await started((socket) => socket.pipe(socket));
    const result = await dial(endpoint(server.port));
    expect(result).toMatchObject({ ok: true, remoteAddress: '127.0.0.1' });
    if (!result.ok) return;
    result.duplex.write(Buffer.from('hello'));
    result.duplex.end();
    expect(await readAll(result.duplex)).toBe('hello|fin|');
  });

  it('falls back to the other address of a name', async () => {
    // localhost is ::1 and 127.0.0.1; only the second listens.
    const server = await started(() => undefined);
    expect(await dial(endpoint(server.port, 'mqtt', 'localhost'))).toMatchObject({
      ok: true,
      remoteAddress: '127.0.0.1',
    });
  });

  it('tells a refused connection', async () => {
    const server = await tinyServer(() => undefined);
    await server.close();
    const message = `127.0.0.1:${server.port} refused the connection: nothing listens there`;
    expect(await dial(endpoint(server.port))).toEqual({
      ok: false,
      failure: { kind: 'refused', code: 'ECONNREFUSED', message },
    });
  });

  it('tells a name that nobody knows', async () => {
    const result = await dial(endpoint(1883, 'mqtt', 'nowhere.invalid'));
    expect(result).toMatchObject({ ok: false, failure: { kind: 'dns' } });
  });

  it('ends when its time is over', async () => {
    // TEST-NET-1 (RFC 5737) is nobody's; where it can't be routed that is said instead.
    const result = await dial(endpoint(9, 'mqtt', '192.0.2.1'), { clock: impatient });
    expect(result.ok ? 'open' : result.failure.kind).toMatch(/timeout|unreachable/);
  });

  it('ends when the signal aborts, before and during', async () => {
    const server = await started(() => undefined);
    expect(await dial(endpoint(server.port), { signal: AbortSignal.abort() })).toMatchObject({
      failure: { kind: 'aborted' },
    });
    const controller = new AbortController();
    const pending = dial(endpoint(server.port, 'mqtts'), { signal: controller.signal });
    setImmediate(() => controller.abort());
    expect(await pending).toMatchObject({ failure: { kind: 'aborted' } });
  });
});

describe('socketDial over TLS', () => {
  const trusting = { ca: [SELF_SIGNED.cert] };

  it('tells protocol and cipher of an accepted session', async () => {
    const server = await started((socket) => socket.end('hi'), SELF_SIGNED);
    const result = await dial(endpoint(server.port, 'mqtts'), { tls: trusting });
    expect(result).toMatchObject({ ok: true, tls: { protocol: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384' } });
    if (result.ok) expect(await readAll(result.duplex)).toBe('hi|fin|');
  });

  it('refuses a certificate that nobody vouches for, unless told not to look', async () => {
    const server = await started(() => undefined, SELF_SIGNED);
    const failure = { kind: 'tls', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' };
    expect(await dial(endpoint(server.port, 'wss'))).toMatchObject({ ok: false, failure });
    expect(await dial(endpoint(server.port, 'wss'), { tls: { verify: false } })).toMatchObject({ ok: true });
  });

  it('refuses a certificate of another name', async () => {
    const server = await started(() => undefined, SELF_SIGNED);
    const result = await dial(endpoint(server.port, 'wss'), { tls: { ...trusting, servername: 'broker.example' } });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'tls', code: 'ERR_TLS_CERT_ALTNAME_INVALID' } });
  });

  it('reads the number of an alert', async () => {
    const server = await started(() => undefined, { ...SELF_SIGNED, requestCert: true, maxVersion: 'TLSv1.2' });
    const result = await dial(endpoint(server.port, 'wss'), { tls: trusting });
    // Under TLS 1.2 the server judges before the handshake ends.
    expect(result).toMatchObject({ ok: false, failure: { kind: 'tls', tlsAlert: 40 } });
  });

  it('shows the alert of TLS 1.3 at the first read', async () => {
    const server = await started(() => undefined, { ...SELF_SIGNED, requestCert: true });
    const result = await dial(endpoint(server.port, 'wss'), { tls: trusting });
    expect(result.ok).toBe(true);
    if (result.ok) expect(await readAll(result.duplex)).toMatch(/\|error\|.*alert number 116/s);
  });

  it('tells a port that speaks no TLS', async () => {
    const server = await started((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const result = await dial(endpoint(server.port, 'wss'));
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: 'tls', message: expect.stringContaining('does not speak TLS') },
    });
  });

  it('tells a close during the handshake', async () => {
    const server = await started((socket) => socket.once('data', () => socket.destroy()));
    expect(await dial(endpoint(server.port, 'wss'))).toMatchObject({ ok: false, failure: { kind: 'reset' } });
  });

  it('ends at once when it is reset', async () => {
    let gone: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (gone = resolve));
    const server = await started((socket) => void socket.on('close', gone).resume().write('x'), SELF_SIGNED);
    const result = await dial(endpoint(server.port, 'wss'), { tls: trusting });
    if (!result.ok) throw new Error(result.failure.message);
    const { duplex } = result;
    duplex.listen({ data: () => duplex.reset(), ended: () => undefined, closed: () => undefined });
    await ended;
  });

  it('ends a handshake that never goes on', async () => {
    const server = await started(() => undefined);
    let calls = 0;
    const clock: Clock = { now: () => 0, after: (ms, call) => realClock().after((calls += 1) === 1 ? ms : 20, call) };
    const result = await dial(endpoint(server.port, 'wss'), { clock });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'timeout' } });
    expect(server.sockets.size).toBeLessThanOrEqual(1);
  });
});
