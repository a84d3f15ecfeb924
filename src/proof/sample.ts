/** Of a long table not each row needs each world. */
import type { Instance } from '#kit';
import { hashOf } from './hash.ts';

/**
 * The first, the middle and the last row at each version and transport. All rows have one body: what answers none of
 * them rightly (an impostor), or meets all of them alike (most variants), is shown by three. Clean brokers, faults, and
 * variants that meet only some rows are given all of them.
 */
export function sampleOf(instances: readonly Instance[]): readonly Instance[] {
  return Array.from(grouped(instances).values()).flatMap((rows) =>
    rows.filter((_, index) => index === 0 || index === rows.length - 1 || index === rows.length >> 1),
  );
}

function grouped(instances: readonly Instance[]): ReadonlyMap<string, readonly Instance[]> {
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) {
    const key = `${instance.version}/${instance.transport}`;
    groups.set(key, [...(groups.get(key) ?? []), instance]);
  }
  return groups;
}

/** One pair of case and hostile broker in so many is run. */
const EACH = 40;

/** Whether this case is run on that hostile broker: the same pairs in every run, another share of the cases for each broker. */
export const meets = (id: string, name: string): boolean => hashOf(`${name} ${id}`) % EACH === 0;
