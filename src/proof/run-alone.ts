/** Instances on brokers of their own. */
import type { Instance } from '#kit';
import type { InstanceResult } from '#results';
import { configurationFor } from './lab-offers.ts';
import { memoryLab, type LabOptions } from './lab.ts';

/** Each instance on a broker and a clock of its own, configured as its case needs it. */
export async function runAlone(instances: readonly Instance[], options: LabOptions): Promise<InstanceResult[]> {
  return Promise.all(instances.map((instance) => one(instance, options)));
}

async function one(instance: Instance, options: LabOptions): Promise<InstanceResult> {
  const { variants, users } = configurationFor(instance.case);
  const lab = memoryLab({ ...options, users, variants: [...variants, ...(options.variants ?? [])] });
  const [result] = await lab.run([instance]);
  lab.close();
  return result as InstanceResult;
}
