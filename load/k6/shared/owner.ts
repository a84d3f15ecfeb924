/** Which virtual user a client lives in. The same index of every population goes to the same one, so both ends of a pair share a clock. */
import type { Plan, PlannedActivity, PlannedPopulation } from '../../profiles/plan.ts';

/** Numbers of a population's clients (from 0) that live here. `user`: `exec.vu.idInTest`, from 1. */
export function ownClients(population: PlannedPopulation, user: number, users: number): number[] {
  const own: number[] = [];
  for (let client = user - 1; client < population.count; client += users) own.push(client);
  return own;
}

/** Parts of an activity whose clients live here, ascending. */
export function ownParts(plan: Plan, activity: PlannedActivity, user: number, users: number): number[] {
  let before = 0;
  return activity.who.flatMap((index) => {
    const population = plan.populations[index] as PlannedPopulation;
    const parts = ownClients(population, user, users).map((client) => before + client);
    before += population.count;
    return parts;
  });
}

/** More virtual users than this many clients of the largest population would stay idle. */
export function usefulUsers(plan: Plan, wanted: number): number {
  return Math.max(1, Math.min(wanted, Math.max(...plan.populations.map(({ count }) => count))));
}
