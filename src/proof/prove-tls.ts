/** The demands on cases of TLS: clean, each of their faults, the two brokers that they tell apart, every variant of TLS. */
import type { Case, Instance } from '#kit';
import type { InstanceResult } from '#results';
import type { FaultName, VariantName } from '#spec';
import { grouped } from './grouped.ts';
import { faultOfClean, faultOfVariant, isCaught, told } from './judge.ts';
import type { Material, TlsLabOptions } from './tls-lab.ts';
import { runOverTls, tlsInstances } from './tls-lab.ts';

/** What is wrong; empty: nothing. */
type Wrong = readonly string[];

const wrongOf = (results: readonly InstanceResult[], fault: (result: InstanceResult) => string | undefined): Wrong =>
  results.flatMap((result) => {
    const what = fault(result);
    return what === undefined ? [] : [`${result.instance}: ${what}`];
  });

/** One after the other, without a broker where there is nothing to try. */
const alone = async (
  instances: readonly Instance[],
  material: Material,
  options: TlsLabOptions,
): Promise<readonly InstanceResult[]> =>
  instances.length === 0 ? [] : runOverTls(instances, material, { ...options, abreast: 1 });

/** What is reported in company, on a machine with other work, is tried again alone, as a run confirms what it finds. */
async function confirmed(
  instances: readonly Instance[],
  material: Material,
  options: TlsLabOptions,
  fault: (result: InstanceResult) => string | undefined,
): Promise<readonly InstanceResult[]> {
  const first = await runOverTls(instances, material, options);
  const suspicious = new Set(first.filter((one) => fault(one) !== undefined).map(({ instance }) => instance));
  const again = instances.filter(({ id }) => suspicious.has(id));
  const decided = new Map((await alone(again, material, options)).map((one) => [one.instance, one]));
  return first.map((one) => decided.get(one.instance) ?? one);
}

/** An instance may have nothing to ask (no session is given where one is refused), as long as another one has. */
export async function proveClean(cases: readonly Case[], material: Material): Promise<Wrong> {
  const results = await confirmed(cases.flatMap(tlsInstances), material, {}, (result) =>
    result.verdict === 'skip' ? undefined : faultOfClean(result),
  );
  const asked = new Set(results.filter(({ verdict }) => verdict !== 'skip').map(({ id }) => id));
  return wrongOf(results, (result) =>
    result.verdict === 'skip' && asked.has(result.id) ? undefined : faultOfClean(result),
  );
}

/** Every case that names the fault must catch it, in every version that it claims; what is missed in company is tried alone. */
export async function proveFaultOfTls(name: FaultName, cases: readonly Case[], material: Material): Promise<Wrong> {
  const named = cases.filter(({ caughtBy = [] }) => caughtBy.includes(name)).flatMap(tlsInstances);
  const first = await runOverTls(named, material, { faults: [name] });
  const missed = missedIn(first);
  const again = named.filter((instance) => missed.has(groupOf(asTold(instance))));
  const second = await alone(again, material, { faults: [name] });
  const broken = [...first, ...second].filter(({ verdict }) => verdict === 'error');
  return [
    ...[...missedIn(second)].map(([which, group]) => `${which}: not caught: ${group.map(told).join('; ')}`),
    ...broken.map((result) => `${result.instance}: ${told(result)}`),
  ];
}

const groupOf = ({ id, version = '' }: { readonly id: string; readonly version?: string }): string =>
  `${id} ${version}`;

/** An instance as its result names it: the version only where it has one of its own. */
const asTold = ({ case: { id }, version, versioned }: Instance): { readonly id: string; readonly version?: string } =>
  versioned ? { id, version } : { id };

function missedIn(results: readonly InstanceResult[]): ReadonlyMap<string, readonly InstanceResult[]> {
  return new Map([...grouped(results, groupOf)].filter(([, group]) => !group.some(isCaught)));
}

export async function proveObservation(definition: Case, material: Material): Promise<Wrong> {
  const [one, other] = definition.observes ?? ['clean', 'clean'];
  const [first, second] = await Promise.all([one, other].map((name) => observed(definition, name, material)));
  const seen = [...(first ?? []), ...(second ?? [])];
  const none = seen
    .filter(({ verdict }) => verdict !== 'observed')
    .map((result) => `${result.instance}: ${told(result)}`);
  const reasons = (results: readonly InstanceResult[] = []): string =>
    results
      .map(({ instance, reason }) => `${instance} ${reason}`)
      .toSorted()
      .join('\n');
  return [...none, ...(reasons(first) === reasons(second) ? [`${one} and ${other} are observed alike`] : [])];
}

const observed = (definition: Case, name: VariantName | 'clean', material: Material): Promise<InstanceResult[]> =>
  runOverTls(tlsInstances(definition), material, name === 'clean' ? {} : { variants: [name] });

/** One row of each case, over WSS and over MQTT with TLS by turns: a variant is about the listener, not about a row. */
export async function proveVariantOfTls(name: VariantName, cases: readonly Case[], material: Material): Promise<Wrong> {
  const instances = cases.flatMap((definition, index) => {
    const [first, ...others] = firstRows(tlsInstances(definition));
    return first === undefined ? [] : [index % 2 === 0 ? first : (others.at(-1) ?? first)];
  });
  return wrongOf(await confirmed(instances, material, { variants: [name] }, faultOfVariant), faultOfVariant);
}

const firstRows = (instances: readonly Instance[]): Instance[] =>
  instances.filter(({ row }) => row === instances[0]?.row);
