/** Which alterations can make a difference to an instance: told from one run on the clean broker. */
import { Shadows, type Alteration } from '#broker';
import type { Capabilities, Instance } from '#kit';
import type { InstanceResult } from '#results';
import { missingNeed } from '#runner';
import { learnedIn, type LabOptions } from './lab.ts';
import { configured, runOneAlone } from './run-alone.ts';

export interface Foreseen {
  readonly instance: Instance;
  /** On the clean broker. */
  readonly clean: InstanceResult;
  /** Whether the run with an alteration, by its name and as options of the lab, can differ from the clean one. */
  differs(name: string, options: LabOptions): Promise<boolean>;
  /** What came of it with the alteration: only where it can differ is it run. */
  resultWith(name: string, options: LabOptions): Promise<InstanceResult>;
}

/**
 * Runs the instance once, with all the alterations looking on. In the lab a run depends on nothing but the broker's
 * choices and on what was learned before it. So where an alteration would have chosen nothing else at any turn, and
 * where the instance learns the same of the altered broker, as far as it asks, its run is the clean one.
 */
export async function foresee(
  instance: Instance,
  alterations: Readonly<Record<string, Alteration>>,
): Promise<Foreseen> {
  const shadows = new Shadows(alterations);
  const asked = new Set<keyof Capabilities>();
  const clean = await runOneAlone(instance, { shadows, onCapability: (name) => void asked.add(name) });
  const differs = async (name: string, options: LabOptions): Promise<boolean> =>
    shadows.struck.has(name) || !(await learnsTheSame(instance, asked, options));
  return {
    instance,
    clean,
    differs,
    resultWith: async (name, options) =>
      (await differs(name, options)) ? runOneAlone(instance, options) : clean,
  };
}

async function learnsTheSame(
  instance: Instance,
  asked: ReadonlySet<keyof Capabilities>,
  options: LabOptions,
): Promise<boolean> {
  const clean = await learnedIn(configured(instance, {}));
  const altered = await learnedIn(configured(instance, options));
  return (
    missingNeed(instance, clean.circumstances) === missingNeed(instance, altered.circumstances) &&
    [...asked].every((name) => clean.capabilities[name] === altered.capabilities[name])
  );
}
