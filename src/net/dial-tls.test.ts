/** TLS as one connection wants it, on Node's own server. */
import type { TLSSocket, TlsOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { realClock } from '#io';
import type { Endpoint } from '#target';
import { socketDial, type DialResult } from './dial.ts';
import { SELF_SIGNED } from './testing/self-signed.ts';
import { tinyServer } from './testing/tiny-server.ts';
import type { TlsDialOptions } from './tls-dial-options.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const never = new AbortController().signal;
const CLIENT = SELF_SIGNED;

async function dial(
  server: TlsOptions,
  options: TlsDialOptions,
  serve: (socket: TLSSocket) => void = () => {},
): Promise<DialResult> {
  const running = await tinyServer((socket) => serve(socket as TLSSocket), { ...SELF_SIGNED, ...server });
  open.push(running);
  const { port } = running;
  const endpoint: Endpoint = { url: '', transport: 'mqtts', host: '127.0.0.1', port, path: '' };
  const result = await socketDial({ tls: { verify: true, ca: [SELF_SIGNED.cert] } }, realClock())(
    endpoint,
    never,
    options,
  );
  if (result.ok) open.push({ close: () => result.duplex.reset() });
  return result;
}

const ASKS: TlsOptions = { requestCert: true, rejectUnauthorized: false };

describe('openTls', () => {
  const versions = ['TLSv1.2', 'TLSv1.3'] as const;
  it.each(versions.flatMap((version) => [1, 100, undefined].map((segment) => ({ version, segment }))))(
    'tells whether a certificate was asked for and shown: $version, segments of $segment octets',
    async ({ version, segment }) => {
      const how = { maxVersion: version, verdictMs: 20, ...(segment === undefined ? {} : { segment }) };
      expect(await dial(ASKS, { ...how, client: CLIENT })).toMatchObject({ ok: true, tls: { shown: 'shown' } });
      expect(await dial(ASKS, { ...how, client: 'none' })).toMatchObject({ ok: true, tls: { shown: 'none' } });
      expect(await dial({}, { ...how, client: CLIENT })).toMatchObject({ ok: true, tls: { shown: 'not-asked' } });
    },
  );

  it.each(versions)('resumes with a ticket of before, and says so: %s', async (version) => {
    const keys = { ticketKeys: Buffer.alloc(48, 7) };
    const first = await dial(keys, { maxVersion: version, verdictMs: 1000 });
    const ticket = first.ok ? first.tls?.tickets.at(-1) : undefined;
    expect(first).toMatchObject({ tls: { reused: false, protocol: version } });
    expect(await dial(keys, { maxVersion: version, ...(ticket && { ticket }) })).toMatchObject({
      ok: true,
      tls: { reused: true },
    });
    expect(await dial({}, { maxVersion: version, ...(ticket && { ticket }) })).toMatchObject({
      ok: true,
      tls: { reused: false },
    });
  });

  it('reads the alert of a version that is not spoken', async () => {
    const result = await dial({ minVersion: 'TLSv1.3' }, { maxVersion: 'TLSv1.2' });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'tls', tlsAlert: 70 } });
  });

  it('tells of an end behind the handshake, and what the handshake was', async () => {
    const result = await dial(ASKS, { client: 'none', verdictMs: 2000 }, (socket) => socket.destroy());
    // The ticket may have been faster than the end.
    if (!result.ok) expect(result).toMatchObject({ failure: { kind: 'reset', tls: { protocol: 'TLSv1.3' } } });
    else expect(result.tls?.tickets.length).toBeGreaterThan(0);
  });

  it('blames itself where it can not use what it was given', async () => {
    const key = SELF_SIGNED.key.replace('MIGHAgEA', 'AAAAAAAA');
    const result = await dial(ASKS, { client: { cert: SELF_SIGNED.cert, key } });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'material' } });
    expect(JSON.stringify(result)).not.toContain(key.slice(40, 80));
  });

  it('offers ALPN and SNI as told', async () => {
    const seen: unknown[] = [];
    const serve = (socket: TLSSocket): void => {
      const { servername } = socket as TLSSocket & { servername?: unknown };
      seen.push(servername);
    };
    const server = { ALPNProtocols: ['http/1.1'] };
    expect(await dial(server, { alpn: ['h2', 'http/1.1'], servername: 'localhost' }, serve)).toMatchObject({
      ok: true,
      tls: { alpn: 'http/1.1' },
    });
    expect(await dial(server, { alpn: ['x'] })).toMatchObject({ ok: false, failure: { tlsAlert: 120 } });
    expect(await dial({}, { servername: '', verdictMs: 500 }, serve)).toMatchObject({ ok: true });
    expect(seen).toEqual(['localhost', false]);
  });

  it('takes a certificate that it does not trust where it was told to, and says why not', async () => {
    const { cert } = SELF_SIGNED;
    expect(await dial({}, { ca: [], verify: false })).toMatchObject({
      ok: true,
      tls: { untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    const fine = await dial({}, { ca: [cert] });
    expect(fine.ok && fine.tls?.untrusted).toBeUndefined();
    expect(fine.ok && fine.tls?.chain.length).toBe(1);
  });
});
