/** Opens the socket of a connection; what is read comes in one buffer that all sockets of the thread share. */
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type ConnectionOptions, type SecureContext } from 'node:tls';
import { addressIdentity } from '#net';
import { isTls } from '#target';
import type { ClientCertificate, WorkerSetup } from './contract.ts';

const READ_BYTES = 64 * 1024;
const shared = Buffer.allocUnsafeSlow(READ_BYTES);

export type OnRead = (bytes: Uint8Array, length: number) => void;

export class SocketOpener {
  readonly #setup: WorkerSetup;
  /** One for each client certificate; making one is what costs most in a TLS handshake of a client. */
  readonly #contexts: readonly SecureContext[];
  #nextSource: number;

  constructor(setup: WorkerSetup) {
    this.#setup = setup;
    this.#nextSource = setup.worker;
    const own: readonly (ClientCertificate | undefined)[] =
      setup.certificates.length > 0 ? setup.certificates : [undefined];
    this.#contexts = isTls(setup.endpoint.transport) ? own.map((one) => secureContext(setup, one)) : [];
  }

  get secure(): boolean {
    return this.#contexts.length > 0;
  }

  /** 'connect' says that TCP is there, 'secureConnect' that TLS is. `session`: of an earlier connection, to be resumed. */
  open(client: number, read: OnRead, session: Buffer | undefined): Socket {
    const { address, endpoint, sources } = this.#setup;
    const source = sources.length === 0 ? undefined : sources[this.#nextSource++ % sources.length];
    const onread = {
      buffer: shared,
      callback: (length: number, bytes: Uint8Array): boolean => {
        read(bytes, length);
        return true;
      },
    };
    const where = {
      host: address,
      port: endpoint.port,
      noDelay: true,
      onread,
      ...(source === undefined ? {} : { localAddress: source }),
    };
    if (this.#contexts.length === 0) return connect(where);
    const context = this.#contexts[client % this.#contexts.length];
    const { tls } = this.#setup;
    const servername = tls.servername ?? (isIP(endpoint.host) === 0 ? endpoint.host : undefined);
    const options: ConnectionOptions & typeof where = {
      ...where,
      rejectUnauthorized: tls.verify,
      ...(context === undefined ? {} : { secureContext: context }),
      ...(servername === undefined ? addressIdentity(endpoint.host) : { servername }),
      ...(session === undefined ? {} : { session }),
    };
    return connectTls(options);
  }
}

function secureContext({ tls }: WorkerSetup, own: ClientCertificate | undefined): SecureContext {
  const { ca, passphrase, pfx } = tls;
  const cert = own?.cert ?? tls.cert;
  const key = own?.key ?? tls.key;
  return createSecureContext({
    ...(ca === undefined ? {} : { ca: [...ca] }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(passphrase === undefined || own !== undefined ? {} : { passphrase }),
    ...(pfx === undefined || own !== undefined ? {} : { pfx: Buffer.from(pfx) }),
  });
}
