/** Instances on brokers of their own. */
import type { Instance } from '#kit';
import type { InstanceResult } from '#results';
import { configurationFor } from './lab-offers.ts';
import { memoryLab, type LabOptions } from './lab.ts';

/** Calls that no case needs on a broker that is not made to send single octets. */
export const ENDLESS = 50_000;

/** Each instance on a broker and a clock of its own, configured as its case needs it. */
export async function runAlone(instances: readonly Instance[], options: LabOptions): Promise<InstanceResult[]> {
  return Promise.all(instances.map((instance) => runOneAlone(instance, options)));
}

export async function runOneAlone(instance: Instance, options: LabOptions): Promise<InstanceResult> {
  const lab = memoryLab(configured(instance, options));
  const [result] = await lab.run([instance]);
  lab.close();
  return result as InstanceResult;
}

/** What is asked for, on top of what the case needs. */
export function configured(instance: Instance, options: LabOptions): LabOptions {
  const { variants, users } = configurationFor(instance.case);
  return { ...options, users, variants: [...variants, ...(options.variants ?? [])] };
}
