/** What a subscriber, or a group that shares a subscription, must get, and what it got. */
import type { Gaps } from './gaps.ts';

export type InboxMode = 'strict' | 'loose' | 'retained';

/** Lanes that many clients subscribe to are listed once. */
export interface LaneList {
  readonly lanes: readonly number[];
  /** Of the lane with the lowest number, where they follow on each other; else -1, and `slots` knows. */
  readonly first: number;
  readonly slots: ReadonlyMap<number, number> | undefined;
}

export function laneList(lanes: readonly number[]): LaneList {
  const first = lanes[0] ?? 0;
  const dense = lanes.length === 0 || (lanes[lanes.length - 1] as number) - first === lanes.length - 1;
  if (dense) return { lanes, first, slots: undefined };
  return { lanes, first: -1, slots: new Map(lanes.map((lane, slot) => [lane, slot])) };
}

/** Where in its list a lane stands; -1 where it isn't in it. */
export function slotOf(list: LaneList, lane: number): number {
  if (list.slots !== undefined) return list.slots.get(lane) ?? -1;
  const slot = lane - list.first;
  return slot >= 0 && slot < list.lanes.length ? slot : -1;
}

export class Inbox {
  readonly list: LaneList;
  readonly mode: InboxMode;
  /** False for a group: its members get messages of a lane in any order. */
  readonly ordered: boolean;
  /** By slot: the next sequence number that is expected; -1: it is not known where the lane begins for this inbox. */
  readonly next: Float64Array;
  /** By slot; wills and retained messages that came. */
  readonly arrived: Float64Array;
  /** Slots whose beginning is not known: what is missing there can't be told from what was not meant. */
  readonly loose = new Set<number>();
  readonly gaps = new Map<number, Gaps>();
  /** Messages that were counted only, their payload being too short. */
  counted = 0;
  countedMeasured = 0;
  /** A subscription is there; without one nothing is expected. */
  active = false;
  /** `retained`: SUBSCRIBEs that were granted, and when the last was sent. */
  rounds = 0;
  measuredRounds = 0;
  subscribedAt = 0;
  /** When UNSUBACK came, while it stays unsubscribed; Infinity else. */
  unsubscribedAt = Infinity;

  constructor(list: LaneList, mode: InboxMode, ordered: boolean, hasCounts: boolean) {
    this.list = list;
    this.mode = mode;
    this.ordered = ordered;
    this.next = new Float64Array(list.lanes.length);
    this.arrived = hasCounts ? new Float64Array(list.lanes.length) : NONE;
  }

  /** A subscription begins: what was sent before, of which something may still come or not, is not asked for. */
  begin(sent: Float64Array): void {
    if (this.active) return;
    this.active = true;
    if (this.mode === 'retained') return;
    for (const [slot, lane] of this.list.lanes.entries()) {
      if ((this.next[slot] as number) !== 0 || (this.mode === 'strict' && (sent[lane] as number) === 0)) continue;
      this.next[slot] = -1;
      this.loose.add(slot);
    }
  }
}

const NONE = new Float64Array(0);
