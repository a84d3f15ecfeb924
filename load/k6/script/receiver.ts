/** Accounts for what the clients of this virtual user receive. */
import type { Plan, PlannedPopulation } from '../../profiles/plan.ts';
import { filtersOf, laneFacts, type LaneFacts, type LaneFinder } from '../../profiles/topology.ts';
import { plannedMessages } from '../shared/deliveries.ts';
import { LaneTracker } from '../shared/lane-tracker.ts';
import { readHead, type Head } from '../shared/payload.ts';
import type { Tally } from '../shared/tally.ts';

/** What a subscriber is to a lane: its own account of it. */
export interface Subscriber {
  readonly population: PlannedPopulation;
  /** From 0, in its population. */
  readonly client: number;
  /** Account of each lane that has sent something. A group of a shared subscription has one account together. */
  readonly trackers: Map<number, LaneTracker>;
  readonly lanes: ReadonlySet<number>;
  readonly shared: boolean;
  /** `retained`: when it subscribed, and which lanes it has got since. */
  subscribedAt: number;
  readonly retained: Set<number>;
  /** Was it granted what it asked for, ever. */
  served: boolean;
}

export interface ReceiverSetup {
  readonly plan: Plan;
  readonly runId: number;
  readonly finder: LaneFinder;
  readonly tally: Tally;
  /** Whether a time of the epoch lies in a measured stage, and which stage that is. */
  readonly stageAt: (at: number) => { readonly index: number; readonly measured: boolean };
  /** Epoch milliseconds at which the will of a client was due, where it was. */
  readonly willDue: (client: number) => number | undefined;
}

export class Receiver {
  readonly #setup: ReceiverSetup;
  readonly #head: Head = { lane: 0, sequence: 0, intended: 0, actual: 0 };
  readonly #facts = new Map<number, LaneFacts>();
  readonly #lanesOf = new Map<string, ReadonlySet<number>>();
  readonly #groups = new Map<string, Map<number, LaneTracker>>();
  readonly subscribers: Subscriber[] = [];
  /** When the last message came. */
  lastAt = 0;

  constructor(setup: ReceiverSetup) {
    this.#setup = setup;
  }

  add(population: PlannedPopulation, client: number): Subscriber {
    const filters = filtersOf(this.#setup.plan, population, client).map(({ filter }) => filter);
    const key = filters.join('\n');
    let lanes = this.#lanesOf.get(key);
    if (lanes === undefined) {
      lanes = new Set(filters.flatMap((filter) => [...this.#setup.finder.lanesOf(filter)]));
      this.#lanesOf.set(key, lanes);
    }
    const shared = filters.some((filter) => filter.startsWith('$share/'));
    let trackers = shared ? this.#groups.get(key) : undefined;
    if (trackers === undefined) {
      trackers = new Map();
      if (shared) this.#groups.set(key, trackers);
    }
    const made = {
      population,
      client,
      trackers,
      lanes,
      shared,
      subscribedAt: 0,
      retained: new Set<number>(),
      served: false,
    };
    this.subscribers.push(made);
    return made;
  }

  take(subscriber: Subscriber, payload: Uint8Array, at: number): void {
    const { plan, runId, tally } = this.#setup;
    this.lastAt = at;
    tally.point('received');
    if (!plan.payloadsChecked) return this.#takeBlind(at);
    const read = readHead(payload, runId, this.#head);
    if (read === 'foreign' || (read === 'ours' && !subscriber.lanes.has(this.#head.lane))) {
      tally.count('messages_unexpected', this.#setup.stageAt(at).measured);
      return this.#delivery(subscriber, 'unexpected');
    }
    if (read === 'corrupted') {
      tally.count('messages_corrupted', this.#setup.stageAt(at).measured);
      return this.#delivery(subscriber, 'corrupted');
    }
    return this.#takeOurs(subscriber, at);
  }

  /** Too short to be told apart: counted as one of the first lane's QoS. */
  #takeBlind(at: number): void {
    const { tally, stageAt } = this.#setup;
    const stage = stageAt(at);
    tally.count('messages_received', stage.measured);
    this.#stage(stage.index);
    const { qos } = this.#factsOf(0);
    const delivery = tally.delivery[qos];
    if (delivery !== undefined) delivery.delivered += 1;
  }

  #takeOurs(subscriber: Subscriber, at: number): void {
    const { tally, stageAt } = this.#setup;
    const { lane, sequence, intended, actual } = this.#head;
    const facts = this.#factsOf(lane);
    const stage = stageAt(intended);
    const delivery = tally.delivery[facts.qos];
    if (delivery === undefined) return;
    if (facts.kind === 'will') return this.#takeWill(subscriber, facts, at);
    if (subscriber.population.accounting === 'retained') return this.#takeRetained(subscriber, lane, at);
    const ordered = !subscriber.shared;
    for (const each of tally.invariants) if (each.name === 'order' || each.name === 'exactly-once') each.checked += 1;
    const noted = this.#trackerOf(subscriber, lane).note(sequence);
    if (noted === 'duplicated') {
      tally.count('messages_duplicated', stage.measured);
      delivery.duplicated += 1;
      if (facts.qos === 2) tally.broken('exactly-once', `${facts.topic}: message ${sequence} came again`, at);
      return;
    }
    if (noted === 'reordered' && ordered) {
      tally.count('messages_reordered', stage.measured);
      delivery.reordered += 1;
      tally.broken('order', `${facts.topic}: message ${sequence} came after a later one`, at);
    }
    tally.count('messages_received', stage.measured);
    this.#stage(stage.index);
    delivery.delivered += 1;
    // Nobody knows what such a one had to get: what it got.
    if (subscriber.population.accounting === 'loose') {
      tally.count('messages_expected', stage.measured);
      delivery.expected += 1;
    }
    tally.trend('message_latency', at - intended, stage.measured);
    tally.trend('message_latency_sent', at - actual, stage.measured);
  }

  #takeWill(subscriber: Subscriber, facts: LaneFacts, at: number): void {
    const { tally, willDue, stageAt } = this.#setup;
    const due = willDue(facts.population.first + facts.client);
    const measured = stageAt(due ?? at).measured;
    const delivery = tally.delivery[facts.qos];
    const lane = (facts.population.will?.firstLane ?? 0) + facts.client;
    if (delivery === undefined) return;
    if (this.#trackerOf(subscriber, lane).note(this.#head.sequence) === 'duplicated') {
      tally.count('messages_duplicated', measured);
      delivery.duplicated += 1;
      return;
    }
    tally.count('messages_received', measured);
    tally.count('wills_received', measured);
    delivery.delivered += 1;
    if (due !== undefined) tally.trend('will_latency', at - due, measured);
  }

  #takeRetained(subscriber: Subscriber, lane: number, at: number): void {
    const { tally, stageAt } = this.#setup;
    const { measured, index } = stageAt(at);
    const delivery = tally.delivery[this.#factsOf(lane).qos];
    if (delivery === undefined) return;
    if (subscriber.retained.has(lane)) {
      tally.count('messages_duplicated', measured);
      delivery.duplicated += 1;
      return;
    }
    subscriber.retained.add(lane);
    tally.count('messages_received', measured);
    this.#stage(index);
    delivery.delivered += 1;
    tally.trend('retained_latency', at - subscriber.subscribedAt, measured);
  }

  /** At the end: gaps are lost for sure; what was planned for one that was never served was not expected of the broker. */
  close(): void {
    const { tally, plan } = this.#setup;
    const groups = new Set<Map<number, LaneTracker>>();
    for (const subscriber of this.subscribers) {
      if (!subscriber.served && subscriber.population.accounting === 'strict' && !subscriber.shared)
        this.#excuse(subscriber);
      if (subscriber.population.accounting !== 'strict' || groups.has(subscriber.trackers)) continue;
      groups.add(subscriber.trackers);
      for (const [lane, tracker] of subscriber.trackers) {
        const delivery = tally.delivery[laneFacts(plan, lane).qos];
        if (delivery !== undefined) delivery.gaps += tracker.gaps;
      }
    }
  }

  /** How many messages of the plan have not come to the subscribers here. */
  missing(): number {
    let missing = 0;
    for (const subscriber of this.subscribers) {
      if (subscriber.population.accounting === 'retained') {
        if (subscriber.subscribedAt > 0) missing += subscriber.lanes.size - subscriber.retained.size;
      } else if (subscriber.population.accounting === 'strict' && !subscriber.shared && subscriber.served) {
        for (const lane of subscriber.lanes) missing += this.#missingOf(subscriber, lane);
      }
    }
    return missing;
  }

  #missingOf(subscriber: Subscriber, lane: number): number {
    const got = subscriber.trackers.get(lane)?.received ?? 0;
    return Math.max(0, this.#planned(lane).all - got);
  }

  readonly #plans = new Map<number, { readonly all: number; readonly measured: number }>();
  #planned(lane: number): { readonly all: number; readonly measured: number } {
    let found = this.#plans.get(lane);
    if (found === undefined) {
      found = plannedMessages(this.#setup.plan, lane);
      this.#plans.set(lane, found);
    }
    return found;
  }

  #excuse(subscriber: Subscriber): void {
    const { tally } = this.#setup;
    for (const lane of subscriber.lanes) {
      const planned = this.#planned(lane);
      const delivery = tally.delivery[this.#factsOf(lane).qos];
      if (delivery !== undefined) delivery.expected -= planned.all;
      tally.count('messages_expected', false, -(planned.all - planned.measured));
      tally.count('messages_expected', true, -planned.measured);
    }
  }

  #trackerOf(subscriber: Subscriber, lane: number): LaneTracker {
    let found = subscriber.trackers.get(lane);
    if (found === undefined) {
      found = new LaneTracker();
      subscriber.trackers.set(lane, found);
    }
    return found;
  }

  #factsOf(lane: number): LaneFacts {
    let found = this.#facts.get(lane);
    if (found === undefined) {
      found = laneFacts(this.#setup.plan, lane);
      this.#facts.set(lane, found);
    }
    return found;
  }

  #delivery(subscriber: Subscriber, what: 'corrupted' | 'unexpected'): void {
    const qos = subscriber.population.subscribe[0]?.qos ?? 0;
    const delivery = this.#setup.tally.delivery[qos];
    if (delivery !== undefined) delivery[what] += 1;
  }

  #stage(index: number): void {
    const stage = this.#setup.tally.stages[index];
    if (stage !== undefined) stage.received += 1;
  }
}
