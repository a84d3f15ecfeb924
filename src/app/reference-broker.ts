/** The bundled reference broker, well-behaved or not, behind real listeners. */
import type { RunningBroker } from '#broker';
import type { Duplex } from '#io';
import { FAULTS, type FaultName, VARIANTS, type VariantName } from '#spec';
import { parseLimits } from './broker-limits.ts';
import { parseUsers } from './broker-users.ts';
import { UsageError } from './errors.ts';
import { pkiForBroker } from './pki-folder.ts';
import { nearest } from './nearest.ts';
import { tapped } from './traffic-log.ts';

export interface ReferenceBrokerOptions {
  /** Names of `FAULTS`. */
  readonly faults?: readonly string[];
  /** Names of `VARIANTS`. */
  readonly variants?: readonly string[];
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0, the default: any free one. */
  readonly tcpPort?: number;
  /** 0, the default: any free one. */
  readonly wsPort?: number;
  /** The only path that is served; absent: any. */
  readonly path?: string;
  /** Listeners with TLS too, with the material of this folder of `certs make`. */
  readonly pki?: string;
  /** With `pki`: who has no certificate is refused; the folder's revocation lists count; the common name is the user. */
  readonly requireClientCert?: boolean;
  readonly crl?: boolean;
  readonly identity?: boolean;
  /** 0, the default: any free one. */
  readonly wssPort?: number;
  readonly mqttsPort?: number;
  /** `receiveMaximum=5`: bounds of `Limits`. */
  readonly limits?: readonly string[];
  /** Who may connect, and to which topics; absent: everybody, to all. JSON, and what the file is called. */
  readonly users?: { readonly text: string; readonly name: string };
  /** Hears of all that is sent and received, a line a packet; payloads are cut, passwords masked. */
  readonly log?: (line: string) => void;
}

/** Resolves when it listens. Throws `UsageError` on an unknown name or an address that cannot be listened on. */
export async function startReferenceBroker(options: ReferenceBrokerOptions = {}): Promise<RunningBroker> {
  const { faults = [], variants = [], limits = [], users, path, log, ...others } = options;
  const { pki, requireClientCert = false, crl = false, identity = false, ...listeners } = others;
  const altered = {
    faults: faults.map((name) => known('fault', name, FAULTS)) as FaultName[],
    variants: variants.map((name) => known('variant', name, VARIANTS)) as VariantName[],
  };
  if (path !== undefined && !path.startsWith('/')) {
    throw new UsageError(`the path '${path}' does not begin with a slash`, 'for example: --path /mqtt');
  }
  if (pki === undefined && (requireClientCert || crl || identity)) {
    throw new UsageError('client certificates need TLS', 'add --pki DIR (mqttspec certs make DIR)');
  }
  const { DEFAULT_LIMITS, startBroker } = await import('#broker');
  const tls = pki === undefined ? undefined : await pkiForBroker(pki, { crl });
  const admission = {
    limits: parseLimits(limits, DEFAULT_LIMITS),
    ...(users === undefined ? {} : { users: parseUsers(users.text, users.name) }),
  };
  try {
    return await startBroker({
      ...altered,
      ...admission,
      ...listeners,
      ...(path === undefined ? {} : { path }),
      ...(tls && { tls: { ...tls, requireCert: requireClientCert, ...(identity && { identity: 'cn' as const }) } }),
      ...(log === undefined ? {} : { tap: overheard(log) }),
    });
  } catch (error) {
    throw listenFailure(error as NodeJS.ErrnoException);
  }
}

/** Connections are numbered as they come. */
function overheard(log: (line: string) => void): (duplex: Duplex, transport: 'ws' | 'tcp') => Duplex {
  let n = 0;
  return (duplex, transport) => tapped(duplex, transport, `#${++n} ${transport}`, log);
}

function known(kind: string, name: string, table: Readonly<Record<string, unknown>>): string {
  if (Object.hasOwn(table, name)) return name;
  const near = nearest(name, Object.keys(table));
  throw new UsageError(`there is no ${kind} '${name}'`, `did you mean ${near}? All of them: mqttspec list ${kind}s`);
}

const LISTEN_FAILURES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something listens there already',
  EACCES: 'this user may not listen there',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'no address has that name',
};

function listenFailure(error: NodeJS.ErrnoException & { readonly address?: string; readonly port?: number }): Error {
  const why = LISTEN_FAILURES[error.code ?? ''];
  if (why === undefined) return error;
  const where = error.address === undefined ? '' : ` on ${error.address}:${error.port}`;
  return new UsageError(
    `the broker cannot listen${where}: ${why}`,
    'other ports: --port 0 --ws-port 0 (and --wss-port 0 --mqtts-port 0) takes free ones',
  );
}
