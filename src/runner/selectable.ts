import type { Instance } from '#kit';
import type { InstanceResult } from '#results';
import { REQUIREMENTS, type RequirementKey } from '#spec';
import type { Selectable } from './selection.ts';

/** An instance as selections see it before it has run. */
export function selectableInstance(instance: Instance): Selectable {
  const { case: definition } = instance;
  return {
    id: definition.id,
    instance: instance.id,
    suite: definition.suite,
    title: definition.title,
    requirements: instance.verifies,
    levels: levelsOf(instance.verifies),
    transport: instance.transport,
    needs: definition.needs ?? [],
    ...((definition.takes ?? 0) < 1 ? {} : { is: ['slow'] }),
    ...(instance.versioned ? { version: instance.version } : {}),
    ...(definition.aliases === undefined ? {} : { aliases: definition.aliases }),
  };
}

/** The same of a result. */
export function selectableResult(result: InstanceResult): Selectable {
  const found = result.findings.map((finding) => finding.requirement);
  const requirements = [...new Set([...result.verifies, ...found])];
  return {
    id: result.id,
    instance: result.instance,
    suite: result.suite,
    title: result.title,
    requirements,
    levels: levelsOf(requirements),
    transport: result.transport,
    needs: [...new Set(requirements.flatMap((key) => REQUIREMENTS.get(key)?.needs ?? []))],
    verdict: result.verdict,
    ...(result.version === undefined ? {} : { version: result.version }),
  };
}

const levelsOf = (keys: readonly RequirementKey[]): string[] => [
  ...new Set(keys.flatMap((key) => REQUIREMENTS.get(key)?.level ?? [])),
];
