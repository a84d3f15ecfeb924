/** What an id means: a requirement, a case, a fault, a variant, or a defect that real brokers have shown. */
import type { Requirement, RequirementKey } from '#spec';
import { FAULTS, REQUIREMENTS, resolveId, STATEMENTS, VARIANTS } from '#spec';
import { UsageError } from './errors.ts';
import type { ListedAlteration, ListedCase } from './list.ts';
import { list } from './list.ts';
import { nearest } from './nearest.ts';

export type Explanation =
  | {
      readonly kind: 'requirement';
      readonly requirement: Requirement;
      readonly cases: readonly Pick<ListedCase, 'id' | 'title'>[];
    }
  | { readonly kind: 'case'; readonly case: ListedCase; readonly requirements: readonly Requirement[] }
  | ({ readonly kind: 'fault' | 'variant' } & ListedAlteration);

/**
 * Everything that has this id. A bare MQTT id is answered for both versions, an instance (`connect/x@5.0/ws`) by its case,
 * a defect (`D-H01`) or habit (`V-B11`) by what stands for it here. Throws `UsageError` where nothing has it.
 */
export async function explain(id: string): Promise<readonly Explanation[]> {
  const wanted = id.trim();
  const found = [
    ...(await requirementsOf(wanted)),
    ...(await caseOf(wanted)),
    ...(await alterationsOf(wanted, 'fault')),
    ...(await alterationsOf(wanted, 'variant')),
  ];
  if (found.length > 0) return found;
  const near = nearest(wanted, await knownIds(wanted));
  throw new UsageError(`nothing has the id '${id}'`, near === undefined ? undefined : `did you mean ${near}?`);
}

async function requirementsOf(id: string): Promise<Explanation[]> {
  const keys = resolveId(id);
  if (keys.length === 0) return [];
  const cases = await list('cases');
  return keys.flatMap((key) => {
    const requirement = REQUIREMENTS.get(key);
    if (requirement === undefined) return [];
    const verifying = cases.filter((one) => one.verifies.includes(key)).map(({ id, title }) => ({ id, title }));
    return [{ kind: 'requirement' as const, requirement, cases: verifying }];
  });
}

async function caseOf(id: string): Promise<Explanation[]> {
  const bare = id.replace(/[[@].*$/, '');
  if (!bare.includes('/')) return [];
  const found = (await list('cases')).find((one) => one.id === bare);
  if (found === undefined) return [];
  const requirements = found.verifies.flatMap((key) => REQUIREMENTS.get(key as RequirementKey) ?? []);
  return [{ kind: 'case', case: found, requirements }];
}

async function alterationsOf(id: string, kind: 'fault' | 'variant'): Promise<Explanation[]> {
  const all = await list(kind === 'fault' ? 'faults' : 'variants');
  return all.filter((one) => one.id === id || one.standsFor === id.toUpperCase()).map((one) => ({ kind, ...one }));
}

/** Ids of the sort that was asked for; a bare MQTT id is compared with bare ones. */
async function knownIds(id: string): Promise<readonly string[]> {
  const qualified = id.includes('/');
  const statements = [...STATEMENTS.values(), ...REQUIREMENTS.values()].map((one) => (qualified ? one.key : one.id));
  const cases = qualified ? (await list('cases')).map((one) => one.id) : [];
  const defects = [...(await list('faults')), ...(await list('variants'))].flatMap((one) => one.standsFor ?? []);
  return [...Object.keys(FAULTS), ...Object.keys(VARIANTS), ...cases, ...defects, ...new Set(statements)];
}
