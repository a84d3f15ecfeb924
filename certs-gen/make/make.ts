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
import { AUTHORITIES, namedClient, SCENARIOS, type CertificatePlan, type ScenarioPlan } from '../table/index.ts';
import type { Pki, PkiIndex, PkiOptions, Scenario } from '../types.ts';
import { authorityOf, knownAuthorities, makeAuthorities, type Authorities } from './authority.ts';
import { keyRing, type KeyRing } from './keys.ts';
import { makeLeaf, type Leaf, type LeafSettings } from './leaf.ts';
import { type CheckedOptions, checkedOptions } from './options.ts';
import { authorityFiles, authorityPaths, described, leafFiles, leafScenario } from './outputs.ts';
import { validFor } from './period.ts';
import { belowRoot, revocationLists } from './revocation.ts';

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
  const { index, files } = await fresh(asked);
  await writeFiles(directory, [...files, ...descriptions(index)], replaced);
  return index;
}

interface Made {
  readonly index: PkiIndex;
  readonly files: readonly NewFile[];
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
  const { scenarios, files } = await made(plans, [], settings, { ring, key });
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
      expired: 'crl/expired.pem',
      wrongSigner: 'crl/wrong-signer.pem',
      rootOnly: 'crl/root-only.pem',
    },
    truststore: TRUSTSTORE,
    scenarios,
    password: PASSWORD,
  };
  return {
    index,
    files: [
      ...[...authorities.values()].flatMap((one) =>
        authorityFiles(one, lists.each.get(one.plan.name) ?? Buffer.alloc(0)),
      ),
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
  if (plans.length === 0) return index;
  const settings = { authorities, hosts: index.hosts, now: asked.now, period, end };
  const { scenarios, files } = await made(plans, index.scenarios, settings, { ring: keyRing(), key: index.key });
  const grown = { ...index, scenarios: [...index.scenarios, ...scenarios] };
  await writeFiles(directory, [...files, ...descriptions(grown)]);
  return grown;
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

/** What is to be made: chosen, and not there. */
function selection(
  { commonNames }: CheckedOptions,
  only: ReadonlySet<string> | undefined,
  there: readonly Scenario[],
): readonly ScenarioPlan[] {
  const ids = new Set(there.map(({ id }) => id));
  const taken = new Set(ids);
  const names = new Set(there.flatMap(({ id, commonName }) => (id.startsWith('client-named-') ? [commonName] : [])));
  const named = commonNames
    .filter((name) => !names.has(name))
    .map((name) => {
      const id = freeId(name, taken);
      taken.add(`client-${id}`);
      return namedClient(id, name);
    });
  return [...SCENARIOS.filter(({ id }) => (only?.has(id) ?? true) && !ids.has(id)), ...named];
}

/** `named-` and what of the name can stand in a file's name; a number where that is taken. */
function freeId(name: string, taken: ReadonlySet<string>): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const base = slug === '' ? 'named-client' : `named-${slug}`;
  let id = base;
  for (let n = 2; taken.has(`client-${id}`); n += 1) id = `${base}-${n}`;
  return id;
}

async function made(
  plans: readonly ScenarioPlan[],
  there: readonly Scenario[],
  settings: LeafSettings,
  { ring, key }: { readonly ring: KeyRing; readonly key: PkiIndex['key'] },
): Promise<{ readonly scenarios: readonly Scenario[]; readonly files: readonly NewFile[] }> {
  const certificates = plans.flatMap((plan) => (plan.kind === 'certificate' ? [plan] : []));
  const leaves = await makeLeaves(certificates, settings, { ring, key });
  const ofLeaf = new Map(leaves.map((leaf) => [leaf.plan.id, leafScenario(leaf, PASSWORD)]));
  const byId = new Map([...there.map((one) => [one.id, one] as const), ...ofLeaf]);
  const scenarios = plans.map((plan) => ofLeaf.get(plan.id) ?? situated(plan, byId));
  const pkcs12 = pkcs12Writer(PASSWORD);
  return { scenarios, files: leaves.flatMap((leaf) => leafFiles(leaf, pkcs12)) };
}

/** All at the same time: a key of RSA-4096 takes a second or more, and everything else is made meanwhile. */
async function makeLeaves(
  plans: readonly CertificatePlan[],
  settings: LeafSettings,
  { ring, key }: { readonly ring: KeyRing; readonly key: PkiIndex['key'] },
): Promise<readonly Leaf[]> {
  const other = await ring.own('ec-p256');
  return Promise.all(
    plans.map(async (plan) => {
      const keys = await (plan.issuer === 'self' ? ring.own : ring.any)(plan.key ?? key);
      return makeLeaf(plan, keys, other.privateKey, settings);
    }),
  );
}

function situated(plan: ScenarioPlan, byId: ReadonlyMap<string, Scenario>): Scenario {
  const none = { files: {}, subject: '', serial: '', notBefore: '', notAfter: '', fingerprint: '' };
  if (plan.kind !== 'situation') return { ...none, ...described(plan) };
  const { needs: _needs, ...like } = (plan.like === undefined ? undefined : byId.get(plan.like)) ?? (none as Scenario);
  return { ...like, ...described(plan), ...(plan.crl === undefined ? {} : { crl: `crl/${plan.crl}` }) };
}

const descriptions = (index: PkiIndex): readonly NewFile[] => [
  { path: README, content: readmeText(index), replaces: true },
  // Last: a folder without it is not ours.
  { path: INDEX, content: indexText(index), replaces: true },
];
