/** What the instances of a case come to on each variant, with as few runs as tell it. */
import { VARIANT_ALTERATIONS } from '#broker';
import type { Instance } from '#kit';
import type { InstanceResult } from '#results';
import type { VariantName } from '#spec';
import { foresee, type Foreseen } from './foresee.ts';
import { runOneAlone } from './run-alone.ts';
import { sampleOf } from './sample.ts';

/**
 * Variants that grant less, or say more, in CONNACK, each in a property of its own. Where an instance comes out on a broker
 * that does all of it as on the clean one, it does on each of them: it uses nothing of what is missing.
 */
const GRANTS: readonly VariantName[] = [
  'no-shared-subscriptions',
  'no-wildcard-subscriptions',
  'no-subscription-identifiers',
  'no-topic-aliases',
  'no-retained-messages',
  'receive-maximum-10',
  'more-in-connack',
];

/** Gives the results with a variant; of rows that it meets all, a sample. */
export async function variantRuns(
  instances: readonly Instance[],
): Promise<(name: VariantName) => Promise<readonly InstanceResult[]>> {
  const foreseen = await Promise.all(instances.map(foreseenWithGrants));
  const sample = new Set(sampleOf(instances));
  return async (name) => {
    const differs = await Promise.all(foreseen.map((one) => one.differs(name, { variants: [name] })));
    const meetsAll = !differs.includes(false);
    const run = foreseen.filter(({ instance }) => !meetsAll || sample.has(instance));
    return Promise.all(run.map((one) => one.resultWith(name, { variants: [name] })));
  };
}

async function foreseenWithGrants(instance: Instance): Promise<Foreseen> {
  const foreseen = await foresee(instance, VARIANT_ALTERATIONS);
  const differ = await Promise.all(GRANTS.map((name) => foreseen.differs(name, { variants: [name] })));
  const grants = GRANTS.filter((_, index) => differ[index]);
  if (grants.length < 2) return foreseen;
  const together = await runOneAlone(instance, { variants: grants });
  const { clean } = foreseen;
  if (together.verdict !== clean.verdict || together.reason !== clean.reason) return foreseen;
  return {
    ...foreseen,
    resultWith: async (name, options) =>
      grants.some((one) => one === name) ? together : foreseen.resultWith(name, options),
  };
}
