/** Which clients belong to which thread. */
import type { Plan, PlannedActivity, PlannedPopulation } from '../profiles/plan.ts';
import { partToClient, takingPart } from '../profiles/topology.ts';
import type { Client } from './client.ts';
import type { Local } from './pacer.ts';

/** A group that shares a subscription stays together, because it is accounted together; others are dealt out one by one. */
export function threadOf(plan: Plan, population: PlannedPopulation, local: number, threads: number): number {
  const together = population.subscribe.some(({ share }) => share !== undefined);
  return together ? plan.populations.indexOf(population) % threads : local % threads;
}

/** Those of the given clients that take part in an activity, with their numbers in it. */
export function localsOf(plan: Plan, activity: PlannedActivity, clients: ReadonlyMap<number, Client>): Local[] {
  const locals: Local[] = [];
  const count = takingPart(plan, activity);
  for (let part = 0; part < count; part += 1) {
    const client = clients.get(partToClient(plan, activity, part));
    if (client !== undefined) locals.push({ part, client });
  }
  return locals;
}
