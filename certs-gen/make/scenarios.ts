/** From the rows of the tables to leaves, their files, and what the index says of them. */
import { pkcs12Writer } from '../der/pkcs12.ts';
import type { NewFile } from '../folder/files.ts';
import { namedClient, SCENARIOS, type CertificatePlan, type ScenarioPlan } from '../table/index.ts';
import type { PkiIndex, Scenario } from '../types.ts';
import type { KeyRing } from './keys.ts';
import { makeLeaf, type Leaf, type LeafSettings } from './leaf.ts';
import type { CheckedOptions } from './options.ts';
import { described, leafFiles, leafScenario } from './outputs.ts';

interface Keys {
  readonly ring: KeyRing;
  readonly key: PkiIndex['key'];
}

/** What is to be made: chosen, and not there. */
export function selection(
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

export async function made(
  plans: readonly ScenarioPlan[],
  there: readonly Scenario[],
  settings: LeafSettings,
  { ring, key, password }: Keys & { readonly password: string },
): Promise<{ readonly scenarios: readonly Scenario[]; readonly files: readonly NewFile[] }> {
  const certificates = plans.flatMap((plan) => (plan.kind === 'certificate' ? [plan] : []));
  const leaves = await makeLeaves(certificates, settings, { ring, key });
  const ofLeaf = new Map(leaves.map((leaf) => [leaf.plan.id, leafScenario(leaf, password)]));
  const byId = new Map([...there.map((one) => [one.id, one] as const), ...ofLeaf]);
  const scenarios = plans.map((plan) => ofLeaf.get(plan.id) ?? situated(plan, byId));
  const pkcs12 = pkcs12Writer(password);
  return { scenarios, files: leaves.flatMap((leaf) => leafFiles(leaf, pkcs12)) };
}

/** All at the same time: a key of RSA-4096 takes a second or more, and everything else is made meanwhile. */
async function makeLeaves(
  plans: readonly CertificatePlan[],
  settings: LeafSettings,
  { ring, key }: Keys,
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
