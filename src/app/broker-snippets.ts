/** What each broker is told to use a PKI, as files that go with it. */
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import type { PkiIndex } from '#certs-gen';
import { SNIPPETS, type TlsPlaces, type TlsPorts, type TlsSnippet } from '#catalogue';

const FOLDER = 'brokers';
const PORTS: TlsPorts = { wss: 8884, mqtts: 8883, ws: 9001, tcp: 1883 };
/** What the broker shows: with an intermediate, so that its chain counts. */
const SERVERS = ['server-chain', 'server-valid'];

/** By path in the folder of the PKI; nothing where it has no certificate for a server. */
export function brokerFiles(directory: string, index: PkiIndex): Readonly<Record<string, string>> {
  const all = SNIPPETS.flatMap((snippet) => {
    const places = tlsPlaces(directory, index, snippet.name);
    return places === undefined ? [] : [{ snippet, places }];
  });
  if (all.length === 0) return {};
  const files = all.flatMap(({ snippet, places }) =>
    snippet.files(places).map(({ path, content }) => [`${FOLDER}/${snippet.name}/${path}`, content] as const),
  );
  return { ...Object.fromEntries(files), [`${FOLDER}/README.md`]: guide(directory, all) };
}

/** Where everything is that the snippet of this name needs; undefined where the PKI has no certificate for a server. */
export function tlsPlaces(
  directory: string,
  { scenarios, authorities, crls, truststore, password }: PkiIndex,
  name: string,
  ports: TlsPorts = PORTS,
): TlsPlaces | undefined {
  const server = SERVERS.flatMap((id) => scenarios.find((one) => one.id === id) ?? [])[0];
  const { fullchain, key, bundle, p12 } = server?.files ?? {};
  if (fullchain === undefined || key === undefined || bundle === undefined || p12 === undefined) return undefined;
  const at = (path: string): string => join(resolve(directory), path);
  return {
    folder: at(`${FOLDER}/${name}`),
    ca: at(authorities.root.cert),
    cert: at(fullchain),
    key: at(key),
    bundle: at(bundle),
    keystore: at(p12),
    truststore: at(truststore),
    password,
    crl: at(crls.all),
    hashedCrls: at('crl/hashed'),
    owner: userInfo().username,
    ports,
  };
}

function declared({ crl, holdsIntermediate }: TlsSnippet): string {
  const trust = holdsIntermediate === true ? 'intermediate-held' : 'root-only';
  return [...(crl === 'both' ? ['crl'] : []), trust].join(',');
}

const LISTS: Readonly<Record<TlsSnippet['crl'], string>> = {
  both: 'both listeners: `--declare crl`',
  mqtts: 'the TCP listener only',
  none: 'none',
};

function guide(
  directory: string,
  all: readonly { readonly snippet: TlsSnippet; readonly places: TlsPlaces }[],
): string {
  const sections = all.map(({ snippet, places }) => {
    const { wss, mqtts } = places.ports;
    const check = `mqttspec run wss://localhost:${wss}${snippet.path} --also mqtts://localhost:${mqtts} --pki ${resolve(directory)} --require-client-cert`;
    return [
      `## ${snippet.title}`,
      '',
      ['```sh', ...snippet.start(places), `${check} --declare ${declared(snippet)}`, '```'].join('\n'),
      '',
      `Revocation lists: ${LISTS[snippet.crl]}.`,
      ...snippet.notes,
      snippet.proved === undefined ? 'Written from its documentation, not tried.' : `Tried with ${snippet.proved}.`,
      '',
    ].join('\n');
  });
  return `# These certificates in a broker

Each snippet makes two listeners, MQTT over WebSocket with TLS on ${PORTS.wss} and MQTT over TCP with TLS on ${PORTS.mqtts}, that require client
certificates of \`ca/root.pem\`. Everything listens on 127.0.0.1 where the broker can. Paths are absolute: in a container, mount
this folder at the same place (\`-v DIR:DIR:ro\`), and let it listen on 0.0.0.0.

${sections.join('\n')}`;
}
