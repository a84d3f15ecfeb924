/** A folder of `certs make`, as material for a target or for the reference broker. */
import type { BrokerTls, CertificateWithKey } from '#broker';
import { PkiError, readPki, type Pki, type Scenario } from '#certs-gen';
import type { PkiClient, TargetPki } from '#target';
import { UsageError } from './errors.ts';

/** All that can be shown and trusted. Throws `UsageError` where the folder isn't ours, or isn't what its index says. */
export function targetPki(directory: string): TargetPki {
  const pki = opened(directory);
  const authority = (name: 'root' | 'intermediate' | 'foreign'): string => pki.pem(pki.index.authorities[name].cert);
  const clients = pki.index.scenarios.flatMap((scenario) => clientOf(pki, scenario) ?? []);
  return {
    root: authority('root'),
    intermediate: authority('intermediate'),
    foreign: authority('foreign'),
    clients: Object.fromEntries(clients.map((client) => [client.id, client])),
  };
}

function clientOf(pki: Pki, scenario: Scenario): PkiClient | undefined {
  const material = scenario.role === 'client' ? materialOf(pki, scenario) : undefined;
  if (material === undefined) return undefined;
  const { id, subject, commonName, why } = scenario;
  return { id, ...material, subject, ...(commonName === undefined ? {} : { commonName }), why };
}

function materialOf(pki: Pki, { files }: Scenario): CertificateWithKey | undefined {
  const { cert, fullchain = cert, key } = files;
  return fullchain === undefined || key === undefined ? undefined : { cert: pki.pem(fullchain), key: pki.pem(key) };
}

/** What the broker shows: a leaf of the intermediate, so that the chain counts. */
const SERVER = 'server-chain';

/** TLS of the reference broker with the server's certificate, the trusted root and, where asked for, the lists of the folder. */
export function brokerTls(directory: string, { crl = false }: { readonly crl?: boolean } = {}): BrokerTls {
  const pki = opened(directory);
  const servers = new Map(
    pki.index.scenarios
      .filter(({ role }) => role === 'server')
      .map((scenario) => [scenario.id, materialOf(pki, scenario)] as const),
  );
  const own = servers.get(SERVER);
  if (own === undefined) {
    throw new UsageError(`${directory} has no ${SERVER}`, `make them anew: mqttspec certs make ${directory} --force`);
  }
  const others = [...servers].flatMap(([id, material]) =>
    material === undefined ? [] : [[id.replace(/^server-/, ''), material] as const],
  );
  return {
    ...own,
    ca: [pki.pem(pki.index.authorities.root.cert)],
    ...(crl ? { crl: pki.index.crls.each.map((file) => pki.pem(file)) } : {}),
    others: Object.fromEntries(others),
  };
}

function opened(directory: string): Pki {
  try {
    return readPki(directory);
  } catch (error) {
    if (error instanceof PkiError) throw new UsageError(error.message, error.hint);
    throw error;
  }
}
