/** How many deliveries a plan asks for, computed by whoever asks: no one needs to be told. */
import type { Plan, PlannedActivity, PlannedPopulation } from '../../profiles/plan.ts';
import { filtersOf, laneFacts, type LaneFinder, takingPart } from '../../profiles/topology.ts';
import { thingsOf } from './timeline.ts';

/** How often a message of each lane must arrive altogether, at subscribers whose deliveries are known exactly. */
export function copiesByLane(plan: Plan, finder: LaneFinder): Float64Array {
  const copies = new Float64Array(plan.lanes);
  for (const [filter, times] of filterCounts(plan)) {
    for (const lane of finder.lanesOf(filter)) copies[lane] = (copies[lane] as number) + times;
  }
  return copies;
}

/** Each filter with the number of clients that get its messages; a group of a shared subscription counts once. */
function filterCounts(plan: Plan): Map<string, number> {
  const counts = new Map<string, number>();
  for (const population of plan.populations) {
    if (population.accounting !== 'strict') continue;
    for (let client = 0; client < population.count; client += 1) {
      for (const { filter } of filtersOf(plan, population, client)) {
        const shared = filter.startsWith('$share/');
        counts.set(filter, shared ? 1 : (counts.get(filter) ?? 0) + 1);
      }
      // Without a placeholder all clients have the same filters.
      if (population.subscribe.every(({ filter }) => !filter.includes('{client}'))) {
        for (const { filter } of filtersOf(plan, population, 0)) {
          if (!filter.startsWith('$share/')) counts.set(filter, (counts.get(filter) ?? 0) + population.count - 1);
        }
        break;
      }
    }
  }
  return counts;
}

/** How many messages a lane gets by the plan, in all and in measured stages: publications, or the wills of a client's abrupt ends. */
export function plannedMessages(plan: Plan, lane: number): { readonly all: number; readonly measured: number } {
  const { kind, population, client } = laneFacts(plan, lane);
  const { publish } = population;
  const topics = kind === 'publish' ? (publish?.topics ?? 1) : 1;
  const topic = kind === 'publish' ? (lane - (publish?.firstLane ?? 0)) % topics : 0;
  let all = 0;
  let measured = 0;
  for (const stage of plan.stages) {
    for (const activity of stage.do) {
      if (kind === 'publish' ? activity.do !== 'publish' : !endsAbruptly(activity)) continue;
      const part = partOf(plan, activity.who, population, client);
      if (part === undefined) continue;
      const every = takingPart(plan, activity) * topics;
      const first = part + topic * takingPart(plan, activity);
      const count = Math.max(0, Math.ceil((thingsOf(plan, stage, activity) - first) / every));
      all += count;
      if (stage.role === 'steady') measured += count;
    }
  }
  return { all, measured };
}

function endsAbruptly(activity: PlannedActivity): boolean {
  return 'how' in activity && activity.how !== 'disconnect';
}

function partOf(plan: Plan, who: readonly number[], population: PlannedPopulation, client: number): number | undefined {
  let before = 0;
  for (const index of who) {
    const one = plan.populations[index] as PlannedPopulation;
    if (one.first === population.first) return before + client;
    before += one.count;
  }
  return undefined;
}
