/** The clients of a thread with their inboxes and publishers. */
import { filtersOf, LaneFinder } from '../profiles/topology.ts';
import type { PlannedPopulation } from '../profiles/plan.ts';
import { Client } from './client.ts';
import { Inbox, laneList, type LaneList } from './inbox.ts';
import { threadOf } from './population-share.ts';
import { Publisher } from './publisher.ts';
import type { Shop } from './shop.ts';

/** By number in the plan. */
export function makeCrew(shop: Shop): Map<number, Client> {
  const { plan, setup } = shop;
  const clients = new Map<number, Client>();
  const inboxes = new InboxMaker(shop);
  for (const population of plan.populations) {
    for (let local = 0; local < population.count; local += 1) {
      if (threadOf(plan, population, local, setup.workers) !== setup.worker) continue;
      const client = new Client(shop, population.first + local, population);
      if (population.subscribe.length > 0) client.inbox = inboxes.inboxOf(population, local);
      if (population.publish !== undefined) client.publisher = new Publisher(client, population.publish);
      clients.set(client.index, client);
    }
  }
  return clients;
}

class InboxMaker {
  readonly #shop: Shop;
  readonly #finder: LaneFinder;
  /** Filters to lanes, as most clients of a population have the same or one of their own. */
  readonly #lists = new Map<string, LaneList>();
  readonly #groups = new Map<string, Inbox>();

  constructor(shop: Shop) {
    this.#shop = shop;
    this.#finder = new LaneFinder(shop.plan);
  }

  inboxOf(population: PlannedPopulation, local: number): Inbox {
    const filters = filtersOf(this.#shop.plan, population, local).map(({ filter }) => filter);
    const shared = filters.some((filter) => filter.startsWith('$share/'));
    const key = filters.join('\n');
    const group = shared ? this.#groups.get(key) : undefined;
    if (group !== undefined) return group;
    const list = this.#listOf(key, filters);
    const counts =
      population.accounting === 'retained' || this.#shop.plan.populations.some(({ will }) => will !== undefined);
    const inbox = new Inbox(list, population.accounting, !shared, counts);
    this.#shop.ledger.inboxes.push(inbox);
    if (shared) this.#groups.set(key, inbox);
    return inbox;
  }

  #listOf(key: string, filters: readonly string[]): LaneList {
    let list = this.#lists.get(key);
    if (list === undefined) {
      const lanes = [...new Set(filters.flatMap((filter) => this.#finder.lanesOf(filter)))].sort((a, b) => a - b);
      this.#lists.set(key, (list = laneList(lanes)));
    }
    return list;
  }
}
