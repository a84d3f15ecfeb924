/**
 * Who is who in a plan: names, topics, and which lanes a subscriber must get. Pure, so that every engine comes to the same: a lane is
 * one publisher on one topic, with a sequence of its own.
 */
import type { Plan, PlannedActivity, PlannedPopulation } from './plan.ts';

/** The population of a client. */
export function populationOf(plan: Plan, client: number): PlannedPopulation {
  for (const one of plan.populations) if (client < one.first + one.count) return one;
  throw new RangeError(`the plan has no client ${client}`);
}

export function clientIdOf(plan: Plan, client: number): string {
  return `${plan.clientIdPrefix}${client.toString(36)}`;
}

/** Fills in a template; the prefix is put in front. */
function filled(plan: Plan, template: string, client: number, topic: number): string {
  return plan.topicPrefix + template.replaceAll('{client}', String(client)).replaceAll('{topic}', String(topic));
}

/** The topic of a client of the population (from 0) and of one of its topics. */
export function publishTopic(plan: Plan, population: PlannedPopulation, client: number, topic: number): string {
  return filled(plan, population.publish?.topic ?? '', client, topic);
}

export function willTopic(plan: Plan, population: PlannedPopulation, client: number): string {
  return filled(plan, population.will?.topic ?? '', client, 0);
}

/** Topic filters of a client of the population (from 0), as they are sent, with the QoS of each. */
export function filtersOf(
  plan: Plan,
  population: PlannedPopulation,
  client: number,
): { filter: string; qos: 0 | 1 | 2 }[] {
  return population.subscribe.flatMap(({ filter, qos, topics, share }) =>
    Array.from({ length: topics }, (_, topic) => {
      const own = filled(plan, filter, client, topic);
      return { filter: share === undefined ? own : `$share/${share}-${plan.runId}/${own}`, qos };
    }),
  );
}

/** The lane of a client of a population (from 0) and of one of its topics. */
export function laneOf(population: PlannedPopulation, client: number, topic: number): number {
  const { publish } = population;
  return publish === undefined ? -1 : publish.firstLane + client * publish.topics + topic;
}

export interface LaneFacts {
  readonly kind: 'publish' | 'will';
  readonly population: PlannedPopulation;
  /** From 0, in its population. */
  readonly client: number;
  readonly topic: string;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

export function laneFacts(plan: Plan, lane: number): LaneFacts {
  for (const population of plan.populations) {
    const { publish, will, count } = population;
    if (publish !== undefined && lane >= publish.firstLane && lane < publish.firstLane + publish.lanes) {
      const client = Math.floor((lane - publish.firstLane) / publish.topics);
      const topic = publishTopic(plan, population, client, (lane - publish.firstLane) % publish.topics);
      return { kind: 'publish', population, client, topic, qos: publish.qos, retain: publish.retain };
    }
    if (will !== undefined && lane >= will.firstLane && lane < will.firstLane + count) {
      const client = lane - will.firstLane;
      const topic = willTopic(plan, population, client);
      return { kind: 'will', population, client, topic, qos: will.qos, retain: will.retain };
    }
  }
  throw new RangeError(`the plan has no lane ${lane}`);
}

/** Whether a topic name matches a filter without `$share/…/` (§4.7); both are valid. */
export function matches(filter: string, topic: string): boolean {
  const wanted = filter.split('/');
  const given = topic.split('/');
  for (let level = 0; level < wanted.length; level += 1) {
    if (wanted[level] === '#') return true;
    if (level >= given.length) return false;
    if (wanted[level] !== '+' && wanted[level] !== given[level]) return false;
  }
  return wanted.length === given.length;
}

/** Finds the lanes of filters; what was found once is kept, as many clients may have the same filter. */
export class LaneFinder {
  readonly #byTopic = new Map<string, number[]>();
  readonly #byFilter = new Map<string, readonly number[]>();

  constructor(plan: Plan) {
    for (let lane = 0; lane < plan.lanes; lane += 1) {
      const { topic } = laneFacts(plan, lane);
      const lanes = this.#byTopic.get(topic);
      if (lanes === undefined) this.#byTopic.set(topic, [lane]);
      else lanes.push(lane);
    }
  }

  /** In ascending order. */
  lanesOf(filter: string): readonly number[] {
    const plain = filter.startsWith('$share/') ? filter.slice(filter.indexOf('/', '$share/'.length) + 1) : filter;
    if (!plain.includes('+') && !plain.includes('#')) return this.#byTopic.get(plain) ?? [];
    let found = this.#byFilter.get(plain);
    if (found === undefined) {
      const all: number[] = [];
      for (const [topic, lanes] of this.#byTopic) if (matches(plain, topic)) all.push(...lanes);
      found = all.sort((a, b) => a - b);
      this.#byFilter.set(plain, found);
    }
    return found;
  }
}

/** How many clients take part in an activity. */
export function takingPart(plan: Plan, activity: PlannedActivity): number {
  return activity.who.reduce((sum, index) => sum + (plan.populations[index]?.count ?? 0), 0);
}

/** The one that takes part as number `part` (from 0): its number in the plan. */
export function partToClient(plan: Plan, activity: PlannedActivity, part: number): number {
  let left = part;
  for (const index of activity.who) {
    const { first, count } = plan.populations[index] as PlannedPopulation;
    if (left < count) return first + left;
    left -= count;
  }
  throw new RangeError(`nobody takes part as number ${part}`);
}

/**
 * The schedule of a rate: the thing number `k` (from 0) is due `dueMs(k, perSecond)` after the start, and concerns the client that
 * takes part as number `k % takingPart`. So clients take turns, their phases are spread, and no engine has a choice.
 */
export function dueMs(k: number, perSecond: number): number {
  return (k * 1000) / perSecond;
}

/** How many things a stage of `seconds` has at a rate: those that are due before its end. */
export function dueCount(perSecond: number, seconds: number): number {
  return Math.ceil(perSecond * seconds - 1e-9);
}
