/** Makes a PKI, or adds to one. */
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { pkcs12Writer } from '../der/pkcs12.ts';
import type { KeyPair } from '../der/signing.ts';
import { PkiError } from '../errors.ts';
import { folderState, writeFiles, type NewFile } from '../folder/files.ts';
import { filesOf, FORMAT, INDEX, indexText } from '../folder/index-file.ts';
import { readIndex, readPki } from '../folder/read.ts';
import { readmeText } from '../folder/readme.ts';
import { AUTHORITIES } from '../table/index.ts';
import type { Pki, PkiIndex, PkiOptions } from '../types.ts';
import { authorityOf, knownAuthorities, makeAuthorities, type Authorities } from './authority.ts';
import { keyRing } from './keys.ts';
import { type CheckedOptions, checkedOptions } from './options.ts';
import { authorityFiles, authorityPaths } from './outputs.ts';
import { validFor } from './period.ts';
import { belowRoot, revocationLists } from './revocation.ts';
import { made, selection } from './scenarios.ts';

const PASSWORD = 'mqttspec-TEST';
const TRUSTSTORE = 'ca/truststore.p12';
const README = 'README.md';
/** What a root may certify that somebody trusts in a browser. */
const LOCAL_NAMES = ['localhost', 'local', 'test', '127.0.0.0/8', '::1/128'];

/**
 * Writes certificates, keys, revocation lists and `index.json` into a folder that is absent, empty, or a PKI of ours:
 * then what is missing is added, and nothing is changed.
 * @throws PkiError, one sentence, with nothing written.
 */
export async function makePki(directory: string, options: PkiOptions = {}): Promise<PkiIndex> {
  const asked = checkedOptions(options);
  const state = await folderState(directory, INDEX);
  if (state === 'other') {
    throw new PkiError(
      'NOT_OURS',
      `${directory} holds files that mqttspec did not make`,
      'name a new or an empty folder',
    );
  }
  if (state === 'ours' && !asked.force) return addTo(readPki(directory, asked.now), options, asked);
  const replaced = state === 'ours' ? filesOf(readIndex(directory)) : [];
  const { index, files } = accompanied(await fresh(asked), options);
  await writeFiles(directory, [...files, ...descriptions(index)], replaced);
  return index;
}

interface Made {
  readonly index: PkiIndex;
  readonly files: readonly NewFile[];
}

/** With the companions that are not there yet. */
function accompanied({ index, files }: Made, { companions }: PkiOptions): Made {
  const fresh = Object.entries(companions?.(index) ?? {}).filter(([path]) => !index.companions.includes(path));
  return {
    index: { ...index, companions: [...index.companions, ...fresh.map(([path]) => path)] },
    files: [...files, ...fresh.map(([path, content]) => ({ path, content }))],
  };
}

async function fresh(asked: CheckedOptions): Promise<Made> {
  const { now, days, key, hosts, trustable } = asked;
  const ring = keyRing();
  const period = validFor(now, days);
  const permitted = trustable ? [...LOCAL_NAMES, ...hosts.map(subtree)] : [];
  const authorities = await makeAuthorities({ key, period, permitted }, ring);
  const lists = revocationLists(authorities, period, now);
  const plans = selection(asked, asked.only, []);
  const settings = { authorities, hosts, now, period, end: period.notAfter };
  const { scenarios, files } = await made(plans, [], settings, { ring, key, password: PASSWORD });
  const root = authorityOf(authorities, 'root').der;
  const names = AUTHORITIES.map(({ name }) => name);
  const index: PkiIndex = {
    format: FORMAT,
    created: now.toISOString(),
    validUntil: period.notAfter.toISOString(),
    key,
    hosts,
    trustable,
    authorities: Object.fromEntries(names.map((name) => [name, authorityPaths(name)])) as PkiIndex['authorities'],
    crls: {
      all: 'crl/all.pem',
      each: ['root', ...belowRoot()].map((name) => authorityPaths(name).crl),
      hashed: [...lists.hashed.keys()],
      expired: 'crl/expired.pem',
      wrongSigner: 'crl/wrong-signer.pem',
      rootOnly: 'crl/root-only.pem',
    },
    truststore: TRUSTSTORE,
    scenarios,
    password: PASSWORD,
    companions: [],
  };
  return {
    index,
    files: [
      ...[...authorities.values()].flatMap((one) =>
        authorityFiles(one, lists.each.get(one.plan.name) ?? Buffer.alloc(0)),
      ),
      ...[...lists.hashed].map(([path, content]) => ({ path, content })),
      ...Object.entries(lists.bundles).map(([name, content]) => ({ path: `crl/${name}`, content })),
      { path: TRUSTSTORE, content: pkcs12Writer(PASSWORD).trustStore({ 'mqttspec TEST root': root }) },
      ...files,
    ],
  };
}

const subtree = (host: string): string =>
  isIP(host) === 0 ? host.replace(/^\*\./, '') : `${host}/${isIP(host) === 4 ? 32 : 128}`;

async function addTo(pki: Pki, options: PkiOptions, asked: CheckedOptions): Promise<PkiIndex> {
  const { directory, index } = pki;
  refuseChange(index, options, directory);
  const end = new Date(index.validUntil);
  const wished = validFor(asked.now, asked.days);
  const period = { ...wished, notAfter: new Date(Math.min(wished.notAfter.getTime(), end.getTime())) };
  const authorities = authoritiesOf(pki);
  // One more client is one more client, and not all that is missing.
  const only = asked.only ?? (asked.commonNames.length > 0 ? new Set<string>() : undefined);
  const plans = selection(asked, only, index.scenarios);
  const settings = { authorities, hosts: index.hosts, now: asked.now, period, end };
  const { scenarios, files } = await made(plans, index.scenarios, settings, {
    ring: keyRing(),
    key: index.key,
    password: index.password,
  });
  const all = { ...index, scenarios: [...index.scenarios, ...scenarios] };
  const grown = accompanied({ index: all, files }, options);
  if (grown.files.length === 0) return index;
  await writeFiles(directory, [...grown.files, ...descriptions(grown.index)]);
  return grown.index;
}

function refuseChange(index: PkiIndex, { key, hosts, trustable }: PkiOptions, directory: string): void {
  const differs = (what: string, is: string): PkiError =>
    new PkiError(
      'EXISTS',
      `${directory} has certificates ${what} ${is}`,
      'another folder, or --force to replace them all',
    );
  if (key !== undefined && key !== index.key) throw differs('with keys of type', index.key);
  if (hosts !== undefined && [...new Set(hosts)].sort().join() !== [...index.hosts].sort().join()) {
    throw differs('for', index.hosts.join(', '));
  }
  if (trustable === true && !index.trustable) throw differs('with a root', 'that may certify any name');
}

function authoritiesOf(pki: Pki): Authorities {
  return knownAuthorities((name) => {
    const files = pki.index.authorities[name];
    if (files === undefined) throw new PkiError('NOT_OURS', `${pki.directory} has no authority ${name}`);
    const privateKey = createPrivateKey(pki.pem(files.key));
    const keys: KeyPair = { privateKey, publicKey: createPublicKey(privateKey) };
    return { keys, der: new X509Certificate(pki.pem(files.cert)).raw };
  });
}

const descriptions = (index: PkiIndex): readonly NewFile[] => [
  { path: README, content: readmeText(index), replaces: true },
  // Last: a folder without it is not ours.
  { path: INDEX, content: indexText(index), replaces: true },
];
