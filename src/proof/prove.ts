/** The meta-test: what a case must do on a clean broker, on its faults, on every variant, on every impostor. */
import { FAULTS, VARIANTS, type FaultName, type VariantName } from '#spec';
import { instancesOf, type Case, type Instance } from '#kit';
import type { InstanceResult } from '#results';
import { IMPOSTORS, SAMPLED, type Impostor, type ImpostorName } from './impostors/index.ts';
import { faultOfClean, faultOfVariant, isCaught, isOpenOnly, told } from './judge.ts';
import { configurationFor, labLacks } from './lab-offers.ts';
import { memoryLab } from './lab.ts';
import { runAlone } from './run-alone.ts';
import { meets, sampleOf } from './sample.ts';
import { variantRuns } from './variant-runs.ts';
import { LAB_DOORS } from './lab-target.ts';

export type World = 'clean' | 'warm' | 'fault' | 'variant' | 'impostor' | 'observes' | 'header';

/** One demand on one case, and whether it was met. */
export interface Check {
  readonly case: string;
  readonly world: World;
  /** The fault, variant or impostor; '' on a clean broker. */
  readonly name: string;
  readonly ok: boolean;
  /** Where it was not met: one line for each instance that did wrong. */
  readonly details: readonly string[];
}

const VARIANT_NAMES = Object.keys(VARIANTS) as VariantName[];
const IMPOSTOR_NAMES = Object.keys(IMPOSTORS) as ImpostorName[];

export const WORLDS = [
  'header',
  'clean',
  'warm',
  'fault',
  'observes',
  'variant',
  'impostor',
] as const satisfies World[];

export interface ProofOptions {
  /** Default: all. */
  readonly worlds?: readonly World[];
  /** Default: all that the case names, or all there are. */
  readonly names?: readonly string[];
}

/** Cases that the lab can't serve are left out; `labLacks` says why. */
export function provableCases(cases: readonly Case[]): Case[] {
  return cases.filter((each) => labLacks(each) === undefined);
}

/** All demands on one case, in the order of `WORLDS`. */
export async function prove(definition: Case, options: ProofOptions = {}): Promise<Check[]> {
  const instances = instancesOf([definition], LAB_DOORS);
  const wanted = (name: string): boolean => options.names === undefined || options.names.includes(name);
  const checks: Check[] = [];
  for (const world of options.worlds ?? WORLDS) checks.push(...(await PROOFS[world](definition, instances, wanted)));
  return checks;
}

type Proof = (definition: Case, instances: readonly Instance[], wanted: (name: string) => boolean) => Promise<Check[]>;

const PROOFS: Readonly<Record<World, Proof>> = {
  header: (definition) => Promise.resolve([proveHeader(definition)]),
  clean: async (definition, instances) => [
    check(definition, 'clean', '', judged(await runAlone(instances, {}), faultOfClean)),
  ],
  warm: async (definition, instances) => [check(definition, 'warm', '', await proveWarm(instances))],
  fault: (definition, instances, wanted) =>
    each(definition.caughtBy ?? [], wanted, (name) => proveFault(definition, instances, name)),
  observes: async (definition, instances) =>
    definition.observes === undefined ? [] : [await proveObserves(definition, instances, definition.observes)],
  variant: proveVariants,
  impostor: (definition, instances, wanted) =>
    each(
      IMPOSTOR_NAMES.filter((name) => !SAMPLED.has(name) || meets(definition.id, name)),
      wanted,
      (name) => proveImpostor(definition, instances, name),
    ),
};

async function each<Name extends string>(
  names: readonly Name[],
  wanted: (name: string) => boolean,
  prove: (name: Name) => Promise<Check>,
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const name of names) if (wanted(name)) checks.push(await prove(name));
  return checks;
}

function check(definition: Case, world: World, name: string, details: readonly string[]): Check {
  return { case: definition.id, world, name, ok: details.length === 0, details };
}

/** What the header of a case must say before anything is run. */
function proveHeader(definition: Case): Check {
  const { caughtBy = [], observes } = definition;
  const [first] = instancesOf([definition], LAB_DOORS);
  const details: string[] = [];
  if (first === undefined) details.push('it has no instance over any transport');
  else if (isOpenOnly(first.verifies) && caughtBy.length === 0 && observes === undefined) {
    details.push('it verifies what is left open: `observes` must name two brokers that it tells apart');
  } else if (!isOpenOnly(first.verifies) && caughtBy.length === 0) details.push('`caughtBy` names no fault');
  const known = (name: FaultName): boolean => name in FAULTS;
  details.push(...caughtBy.filter((name) => !known(name)).map((name) => `there is no fault ${name}`));
  return check(definition, 'header', '', details);
}

async function proveFault(definition: Case, instances: readonly Instance[], name: FaultName): Promise<Check> {
  const results = await runAlone(instances, { faults: [name] });
  const details: string[] = [];
  for (const version of new Set(results.map((result) => result.version ?? ''))) {
    const group = results.filter((result) => (result.version ?? '') === version);
    if (group.some(isCaught)) continue;
    details.push(
      ...group.map((result) => `${result.instance}: not caught${version && ` at ${version}`}: ${told(result)}`),
    );
  }
  details.push(...results.filter(isBroken).map((result) => `${result.instance}: ${told(result)}`));
  return check(definition, 'fault', name, details);
}

const isBroken = (result: InstanceResult): boolean => result.verdict === 'error';

async function proveImpostor(definition: Case, instances: readonly Instance[], name: ImpostorName): Promise<Check> {
  const results = await runAlone(sampleOf(instances), { impostor: name });
  const { satisfies = [], genuine }: Impostor = IMPOSTORS[name];
  const truly = (result: InstanceResult): boolean => genuine || result.verifies.every((key) => satisfies.includes(key));
  const passed = results.filter((result) => result.verdict === 'pass' && !truly(result));
  const wrong = results.filter(isBroken).map((result) => `${result.instance}: ${told(result)}`);
  const declared = definition.satisfiedBy?.[name] !== undefined;
  if (declared && passed.length === 0) wrong.push('it is declared to satisfy the case, and satisfies it nowhere');
  if (!declared) wrong.push(...passed.map((result) => `${result.instance}: passes on an impostor`));
  return check(definition, 'impostor', name, wrong);
}

async function proveObserves(
  definition: Case,
  instances: readonly Instance[],
  [one, other]: NonNullable<Case['observes']>,
): Promise<Check> {
  const [first, second] = await Promise.all([observed(instances, one), observed(instances, other)]);
  const details = [...first, ...second]
    .filter(({ verdict }) => verdict !== 'observed')
    .map((r) => `${r.instance}: ${told(r)}`);
  const same = first.every((result, index) => result.reason === second[index]?.reason);
  if (same) details.push(`${one} and ${other} are observed alike: ${first[0]?.reason ?? 'nothing'}`);
  return check(definition, 'observes', `${one} | ${other}`, details);
}

const observed = (instances: readonly Instance[], name: VariantName | 'clean'): Promise<InstanceResult[]> =>
  runAlone(instances, name === 'clean' ? {} : { variants: [name] });

/** All instances at once on one broker, three times over. */
async function proveWarm(instances: readonly Instance[]): Promise<string[]> {
  if (instances.some((instance) => instance.case.exclusive !== undefined)) return [];
  const [first] = instances;
  const lab = memoryLab(first === undefined ? {} : configurationFor(first.case));
  const details: string[] = [];
  for (let round = 1; round <= 3; round += 1) {
    const results = await lab.run(instances, { concurrently: true, seed: `round ${round}` });
    for (const result of results) {
      const fault = faultOfClean(result);
      if (fault !== undefined) details.push(`${result.instance}, round ${round}: ${fault}`);
    }
  }
  lab.close();
  return details;
}

async function proveVariants(
  definition: Case,
  instances: readonly Instance[],
  wanted: (name: string) => boolean,
): Promise<Check[]> {
  const runs = await variantRuns(instances);
  return each(VARIANT_NAMES, wanted, async (name) =>
    check(definition, 'variant', name, judged(await runs(name), faultOfVariant)),
  );
}

function judged(
  results: readonly InstanceResult[],
  fault: (result: InstanceResult) => string | undefined,
): readonly string[] {
  return results.flatMap((result) => {
    const what = fault(result);
    return what === undefined ? [] : [`${result.instance}: ${what}`];
  });
}
