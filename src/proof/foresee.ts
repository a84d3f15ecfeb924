/** Which alterations can make a difference to an instance: told from one run on the clean broker. */
import { Shadows, type Alteration } from '#broker';
import type { Capabilities, Instance } from '#kit';
import type { InstanceResult } from '#results';
import { missingNeed } from '#runner';
import { learnedIn, type LabOptions } from './lab.ts';
import { configured, runOneAlone } from './run-alone.ts';

/** What can come of an instance with alterations, each by its name and as options of the lab. */
export interface Prospect {
  readonly instance: Instance;
  /** Whether the run with an alteration can differ from the clean one. */
  differs(name: string, options: LabOptions): Promise<boolean>;
}

export interface Foreseen extends Prospect {
  /** On the clean broker. */
  readonly clean: InstanceResult;
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
  const differs = difference(instance, shadows.struck, asked);
  return {
    instance,
    clean,
    differs,
    resultWith: async (name, options) => ((await differs(name, options)) ? runOneAlone(instance, options) : clean),
  };
}

/** For many at once: the clean results, with all their octets, are not kept. */
export async function prospects(
  instances: readonly Instance[],
  alterations: Readonly<Record<string, Alteration>>,
): Promise<Prospect[]> {
  const foreseen = await Promise.all(instances.map((instance) => foresee(instance, alterations)));
  return foreseen.map(({ instance, differs }) => ({ instance, differs }));
}

/** Holds on to nothing but its arguments. */
function difference(
  instance: Instance,
  struck: ReadonlySet<string>,
  asked: ReadonlySet<keyof Capabilities>,
): Prospect['differs'] {
  return async (name, options) => {
    if (struck.has(name)) return true;
    const clean = await learnedIn(configured(instance, {}));
    const altered = await learnedIn(configured(instance, options));
    if (clean === altered) return false;
    return (
      missingNeed(instance, clean.circumstances) !== missingNeed(instance, altered.circumstances) ||
      Array.from(asked).some((one) => clean.capabilities[one] !== altered.capabilities[one])
    );
  };
}
