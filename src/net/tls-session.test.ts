/** How a TLS connection ends, and begins anew, on Node's own server. */
import { constants } from 'node:crypto';
import type { Socket } from 'node:net';
import type { TLSSocket, TlsOptions } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { realClock, sleep } from '#io';
import { socketDial, type DialResult } from './dial.ts';
import { SELF_SIGNED } from './testing/self-signed.ts';
import { tinyServer } from './testing/tiny-server.ts';
import type { TlsDialOptions } from './tls-dial-options.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type Dialled = Extract<DialResult, { ok: true }>;

async function dial(
  server: TlsOptions,
  options: TlsDialOptions,
  serve: (socket: TLSSocket) => void = () => undefined,
): Promise<Dialled> {
  const running = await tinyServer((socket) => serve(socket as TLSSocket), { ...SELF_SIGNED, ...server });
  open.push(running);
  const endpoint = { url: '', transport: 'mqtts', host: '127.0.0.1', port: running.port, path: '' } as const;
  const material = { verify: true, ca: [SELF_SIGNED.cert] };
  const result = await socketDial({ tls: material }, realClock())(endpoint, new AbortController().signal, options);
  if (!result.ok) throw new Error(result.failure.message);
  open.push({ close: () => result.duplex.reset() });
  return result;
}

/** Says something, so that whoever ends the connection does it while it is read. */
function untilEnded({ duplex }: Dialled): Promise<void> {
  return new Promise((resolve) => {
    duplex.listen({ data: () => undefined, ended: resolve, closed: () => resolve() });
    duplex.write(Uint8Array.of(1));
  });
}

const versions = ['TLSv1.2', 'TLSv1.3'] as const;

describe.each(versions)('%s', (version) => {
  const options = { minVersion: version, maxVersion: version, tellsEnding: true } as const;

  it('ends by close_notify', async () => {
    const dialled = await dial({}, options, (socket) => void socket.once('data', () => socket.end('goodbye')));
    expect(dialled.tls?.ending()).toBeUndefined();
    await untilEnded(dialled);
    expect(dialled.tls?.ending()).toBe('close-notify');
  });

  it('ends by FIN alone', async () => {
    const dialled = await dial({}, options, (socket) => {
      const { _parent: beneath } = socket as TLSSocket & { readonly _parent?: Socket };
      // What was written has to leave first.
      const end = (): void => void sleep(realClock(), 20).then(() => beneath?.end());
      socket.once('data', () => socket.write('goodbye', end));
    });
    await untilEnded(dialled);
    expect(dialled.tls?.ending()).toBe('fin');
  });

  it('is not known to have ended where nobody asked for it', async () => {
    const dialled = await dial({}, { maxVersion: version }, (socket) => void socket.once('data', () => socket.end()));
    await untilEnded(dialled);
    expect(dialled.tls?.ending()).toBeUndefined();
  });

  it('ends TCP beneath itself without a word', async () => {
    let bytes = 0;
    const ended = new Promise<string>((resolve) => {
      void dial({}, options, (socket) => {
        socket.on('data', ({ length }) => (bytes += length));
        socket.on('error', () => resolve('error')).on('end', () => resolve('end'));
      }).then(({ tls }) => tls?.finBeneath());
    });
    expect(['end', 'error']).toContain(await ended);
    expect(bytes).toBe(0);
  });
});

describe('renegotiation', () => {
  const options = { maxVersion: 'TLSv1.2' } as const;

  it('is had where the server does it', async () => {
    const { tls, duplex } = await dial({}, options);
    duplex.listen({ data: () => undefined, ended: () => undefined, closed: () => undefined });
    expect(await tls?.renegotiate(2_000)).toBe(true);
  });

  it('is refused where the server refuses it', async () => {
    const { tls, duplex } = await dial({ secureOptions: constants.SSL_OP_NO_RENEGOTIATION }, options);
    duplex.listen({ data: () => undefined, ended: () => undefined, closed: () => undefined });
    expect(await tls?.renegotiate(2_000)).toBe(false);
  });
});
