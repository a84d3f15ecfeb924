/** TLS to the relay in the name of the target, overheard in the clear. */
import { connect as connectTcp, isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { ForeignDoor } from '#kit';
import type { TracedRelay } from './relay-trace.ts';

export function heardTls(
  { endpoint, target }: Pick<ForeignDoor, 'endpoint' | 'target'>,
  { relay, hear }: TracedRelay,
): TLSSocket {
  const { ca, cert, key, passphrase, pfx, verify } = target.tls;
  const servername = target.tls.servername ?? (isIP(endpoint.host) === 0 ? endpoint.host : undefined);
  const socket = connect({
    socket: connectTcp({ host: relay.host, port: relay.port, noDelay: true }),
    // Without a servername the certificate is checked against the host.
    host: endpoint.host,
    rejectUnauthorized: verify,
    ...(servername === undefined ? {} : { servername }),
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined ? {} : { passphrase }),
    ...(pfx === undefined ? {} : { pfx: Buffer.from(pfx) }),
  });
  socket.on('data', (bytes: Uint8Array) => hear('server', Uint8Array.from(bytes)));
  const write = socket.write.bind(socket) as (...input: unknown[]) => boolean;
  socket.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const [encoding] = rest;
    // The request of an upgrade is written as a string.
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding as BufferEncoding) : chunk;
    hear('client', Uint8Array.from(bytes));
    return write(chunk, ...rest);
  };
  return socket;
}
