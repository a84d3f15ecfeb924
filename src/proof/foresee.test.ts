/** The short cut of the proof must be none: what is foreseen to make no difference makes none, to the octet. */
import { expect, test } from 'vitest';
import { FAULT_ALTERATIONS, VARIANT_ALTERATIONS } from '#broker';
import { instancesOf, type Instance } from '#kit';
import { FAULTS, VARIANTS, type FaultName, type VariantName } from '#spec';
import { CASES } from '#suites';
import { foresee } from './foresee.ts';
import { LAB_DOORS } from './lab-target.ts';
import { provableCases } from './prove.ts';
import { runOneAlone } from './run-alone.ts';

/** Instances from all suites, and for each of them a share of the alterations. */
const EVERY = 97;
const instances: readonly Instance[] = instancesOf(provableCases(CASES), LAB_DOORS).filter(
  (_, index) => index % EVERY === 0,
);
const share = <Name>(names: readonly Name[], index: number): readonly Name[] =>
  names.filter((_, at) => at % 5 === index % 5);

test('a variant that is foreseen to change nothing leaves verdict, steps and octets as they are', async () => {
  let skipped = 0;
  for (const [index, instance] of instances.entries()) {
    const foreseen = await foresee(instance, VARIANT_ALTERATIONS);
    for (const name of share(Object.keys(VARIANTS) as VariantName[], index)) {
      if (await foreseen.differs(name, { variants: [name] })) continue;
      skipped += 1;
      expect(await runOneAlone(instance, { variants: [name] }), `${name} on ${instance.id}`).toEqual(foreseen.clean);
    }
  }
  expect(skipped).toBeGreaterThan(100);
});

test('so does a fault', async () => {
  let skipped = 0;
  for (const [index, instance] of instances.entries()) {
    const foreseen = await foresee(instance, FAULT_ALTERATIONS);
    for (const name of share(Object.keys(FAULTS) as FaultName[], index)) {
      if (await foreseen.differs(name, { faults: [name] })) continue;
      skipped += 1;
      expect(await runOneAlone(instance, { faults: [name] }), `${name} on ${instance.id}`).toEqual(foreseen.clean);
    }
  }
  expect(skipped).toBeGreaterThan(1_000);
});

test('what a fault does to a case that catches it is foreseen', async () => {
  const unseen: string[] = [];
  for (const definition of provableCases(CASES)) {
    for (const fault of definition.caughtBy ?? []) {
      const alteration = { [fault]: FAULT_ALTERATIONS[fault] };
      const foreseen = await Promise.all(
        instancesOf([definition], LAB_DOORS).map((instance) => foresee(instance, alteration)),
      );
      const differ = await Promise.all(foreseen.map((one) => one.differs(fault, { faults: [fault] })));
      if (!differ.includes(true)) unseen.push(`${fault} on ${definition.id}`);
    }
  }
  expect(unseen).toEqual([]);
});
