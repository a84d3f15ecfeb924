/** The accounts of a thread: every delivery is entered here, and at the end what is missing is counted. */
import { encodeUtf8, type Qos } from '#wire';
import type { Plan } from '../profiles/plan.ts';
import { laneFacts } from '../profiles/topology.ts';
import type { SharedTables } from './contract.ts';
import { Gaps } from './gaps.ts';
import { slotOf, type Inbox } from './inbox.ts';
import type { Meters } from './meters.ts';

const WILL = 4;

/** What a delivery was. */
export type Entered = 'new' | 'again' | 'out-of-order' | 'unexpected' | 'will' | 'retained';

export class Ledger {
  readonly #tables: SharedTables;
  readonly #meters: Meters;
  readonly #run: Plan;
  /** By lane: its QoS, and `WILL` for wills. */
  readonly #kind: Uint8Array;
  /** By lane of a will, less the lowest one: its client. */
  readonly #willClient = new Map<number, number>();
  readonly #topics: (Uint8Array | undefined)[];
  readonly inboxes: Inbox[] = [];
  lastArrival = 0;

  constructor(plan: Plan, tables: SharedTables, meters: Meters) {
    this.#run = plan;
    this.#tables = tables;
    this.#meters = meters;
    this.#kind = new Uint8Array(plan.lanes);
    this.#topics = Array.from({ length: plan.lanes });
    for (const { publish, will, first, count } of plan.populations) {
      if (publish !== undefined) this.#kind.fill(publish.qos, publish.firstLane, publish.firstLane + publish.lanes);
      if (will === undefined) continue;
      for (let client = 0; client < count; client += 1) {
        this.#kind[will.firstLane + client] = will.qos | WILL;
        this.#willClient.set(will.firstLane + client, first + client);
      }
    }
  }

  qosOf(lane: number): Qos {
    return ((this.#kind[lane] as number) & 3) as Qos;
  }

  /** Whether the lane is there at all: a damaged header may name any. */
  has(lane: number): boolean {
    return lane < this.#kind.length;
  }

  /** Found out when the first message of the lane comes. */
  topicBytes(lane: number): Uint8Array {
    return (this.#topics[lane] ??= encodeUtf8(laneFacts(this.#run, lane).topic));
  }

  /** The client whose will the lane carries; -1 where it is a publisher's lane. */
  willClient(lane: number): number {
    return ((this.#kind[lane] as number) & WILL) === 0 ? -1 : (this.#willClient.get(lane) ?? -1);
  }

  /** Enters message `sequence` of a lane. `intended`: whether it belongs to the measured ones. */
  enter(inbox: Inbox, lane: number, sequence: number, measured: boolean): Entered {
    const slot = slotOf(inbox.list, lane);
    if (slot < 0) return 'unexpected';
    if (inbox.mode === 'retained' && sequence + 1 === this.#tables.sent[lane]) return this.#enterRetained(inbox, slot);
    const next = inbox.next[slot] as number;
    if (sequence === next || next < 0) {
      inbox.next[slot] = sequence + 1;
      return 'new';
    }
    if (sequence > next) {
      this.#gapsOf(inbox, slot).add(next, sequence);
      inbox.next[slot] = sequence + 1;
      return 'new';
    }
    const late = inbox.gaps.get(slot)?.take(sequence) === true;
    const counts = inbox.mode === 'strict';
    const account = this.#meters.delivery[this.qosOf(lane)];
    if (late) {
      if (!inbox.ordered) return 'new';
      if (counts) {
        account.reordered += 1;
        this.#meters.count('messages_reordered', measured);
      }
      return 'out-of-order';
    }
    if (counts) {
      account.duplicated += 1;
      this.#meters.count('messages_duplicated', measured);
    }
    return 'again';
  }

  #enterRetained(inbox: Inbox, slot: number): Entered {
    const arrived = (inbox.arrived[slot] as number) + 1;
    inbox.arrived[slot] = arrived;
    if (arrived <= Math.max(1, inbox.rounds)) return 'retained';
    this.#meters.delivery[this.qosOf(inbox.list.lanes[slot] as number)].duplicated += 1;
    this.#meters.count('messages_duplicated', true);
    return 'again';
  }

  /** A will came. Gives 'again' where it came more often than its client ended. */
  enterWill(inbox: Inbox, lane: number): Entered {
    const slot = slotOf(inbox.list, lane);
    if (slot < 0) return 'unexpected';
    const arrived = (inbox.arrived[slot] as number) + 1;
    inbox.arrived[slot] = arrived;
    return arrived > (this.#tables.kills[this.willClient(lane)] as number) ? 'again' : 'will';
  }

  #gapsOf(inbox: Inbox, slot: number): Gaps {
    let gaps = inbox.gaps.get(slot);
    if (gaps === undefined) inbox.gaps.set(slot, (gaps = new Gaps()));
    return gaps;
  }

  /** Deliveries that are missing now. */
  missing(): number {
    let sum = 0;
    for (const inbox of this.inboxes) sum += this.missingOf(inbox);
    return sum;
  }

  missingOf(inbox: Inbox): number {
    if (!inbox.active || inbox.mode === 'loose') return 0;
    let sum = 0;
    let counted = 0;
    for (const [slot, lane] of inbox.list.lanes.entries()) {
      const client = this.willClient(lane);
      if (client >= 0) sum += Math.max(0, (this.#tables.kills[client] as number) - (inbox.arrived[slot] as number));
      else if (inbox.mode === 'retained') sum += this.#missingRetained(inbox, slot);
      else if (!this.#run.payloadsChecked) counted += this.#tables.sent[lane] as number;
      else if (!inbox.loose.has(slot)) sum += this.#missingIn(inbox, slot, 0, this.#tables.sent[lane] as number);
    }
    return sum + Math.max(0, counted - inbox.counted);
  }

  #missingRetained(inbox: Inbox, slot: number): number {
    const lane = inbox.list.lanes[slot] as number;
    return (this.#tables.sent[lane] as number) === 0 ? 0 : Math.max(0, inbox.rounds - (inbox.arrived[slot] as number));
  }

  #missingIn(inbox: Inbox, slot: number, from: number, to: number): number {
    const next = inbox.next[slot] as number;
    return (inbox.gaps.get(slot)?.count(from, to) ?? 0) + Math.max(0, to - Math.max(from, next));
  }

  /** Counts what was expected, delivered, lost. `quiet`: nothing is on its way any more. */
  close(quiet: boolean): void {
    for (const inbox of this.inboxes) {
      if (!inbox.active) continue;
      if (this.#run.payloadsChecked || inbox.mode === 'retained') {
        for (const slot of inbox.list.lanes.keys()) this.#closeSlot(inbox, slot, quiet);
      } else if (inbox.mode === 'strict') this.#closeCounted(inbox, quiet);
    }
  }

  #closeSlot(inbox: Inbox, slot: number, quiet: boolean): void {
    const lane = inbox.list.lanes[slot] as number;
    const { sent, kills, measuredKills } = this.#tables;
    const client = this.willClient(lane);
    if (client >= 0) {
      const expected = kills[client] as number;
      const missing = Math.max(0, expected - (inbox.arrived[slot] as number));
      this.#meters.count('wills_expected', false, expected);
      this.#meters.measured.wills_expected += measuredKills[client] as number;
      this.#book(lane, expected, missing, measuredKills[client] as number, missing, quiet ? 0 : missing);
    } else if (inbox.mode === 'retained') {
      const lanes = (sent[lane] as number) === 0 ? 0 : 1;
      const missing = this.#missingRetained(inbox, slot);
      this.#book(lane, inbox.rounds * lanes, missing, inbox.measuredRounds * lanes, missing, quiet ? 0 : missing);
    } else if (inbox.mode === 'strict' && !inbox.loose.has(slot)) this.#closeLane(inbox, slot, lane, quiet);
  }

  #closeLane(inbox: Inbox, slot: number, lane: number, quiet: boolean): void {
    const sent = this.#tables.sent[lane] as number;
    const from = this.#tables.measuredFrom[lane] as number;
    const to = this.#tables.measuredTo[lane] as number;
    const missing = this.#missingIn(inbox, slot, 0, sent);
    const measured = this.#missingIn(inbox, slot, from, to);
    // Only what lies behind the last that came can be on its way.
    const tail = quiet ? 0 : Math.max(0, sent - (inbox.next[slot] as number));
    this.#book(lane, sent, missing, to - from, measured, tail);
  }

  #closeCounted(inbox: Inbox, quiet: boolean): void {
    let expected = 0;
    let measured = 0;
    for (const lane of inbox.list.lanes) {
      expected += this.#tables.sent[lane] as number;
      measured += (this.#tables.measuredTo[lane] as number) - (this.#tables.measuredFrom[lane] as number);
    }
    const [lane] = inbox.list.lanes;
    if (lane === undefined) return;
    const missing = Math.max(0, expected - inbox.counted);
    this.#book(lane, expected, missing, measured, Math.max(0, measured - inbox.countedMeasured), quiet ? 0 : missing);
  }

  #book(
    lane: number,
    expected: number,
    missing: number,
    measured: number,
    missingMeasured: number,
    onTheWay: number,
  ): void {
    const account = this.#meters.delivery[this.qosOf(lane)];
    const { whole, measured: counters } = this.#meters;
    const lost = missing - onTheWay;
    account.expected += expected;
    account.delivered += expected - missing;
    account.lost += lost;
    account.undelivered += onTheWay;
    whole.messages_expected += expected;
    whole.messages_received += expected - missing;
    whole.messages_lost += lost;
    whole.messages_undelivered += onTheWay;
    const measuredMissing = Math.min(missingMeasured, measured);
    const measuredOnTheWay = Math.min(measuredMissing, onTheWay);
    counters.messages_expected += measured;
    counters.messages_received += measured - measuredMissing;
    counters.messages_lost += measuredMissing - measuredOnTheWay;
    counters.messages_undelivered += measuredOnTheWay;
  }
}
