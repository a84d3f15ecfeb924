/** The publishers of one thread in one activity: visits those that have something due, and no others. */
import { dueMs } from '../profiles/topology.ts';
import type { Local } from './pacer.ts';
import type { Publisher, PublishSchedule } from './publisher.ts';

export class Publishing {
  readonly #schedule: PublishSchedule;
  readonly #parts: readonly number[];
  readonly #publishers: readonly Publisher[];
  /** The turn that is next in this thread: its round, and its place in it. */
  #round = 0;
  #place = 0;

  constructor(schedule: PublishSchedule, locals: readonly Local[]) {
    this.#schedule = schedule;
    const able = locals.filter(({ client }) => client.publisher !== undefined);
    this.#parts = able.map(({ part }) => part);
    this.#publishers = able.map(({ client }) => client.publisher as Publisher);
    for (const [index, publisher] of this.#publishers.entries())
      publisher.begin(schedule, this.#parts[index] as number);
  }

  /** Sends what is due; gives when the next is due. */
  tick(at: number): number {
    const { startAt, perSecond, parts, messages } = this.#schedule;
    const count = this.#publishers.length;
    if (count === 0) return Infinity;
    const last = Math.min(messages - 1, Math.floor(((at - startAt) * perSecond) / 1000));
    let behind = false;
    for (let visited = 0; visited < count && this.#turn() <= last; visited += 1) {
      const publisher = this.#publishers[this.#place] as Publisher;
      if (publisher.flush(at)) behind = true;
      this.#advance();
    }
    if (behind) return at;
    this.#skipTo(last + 1, parts);
    const turn = this.#turn();
    return turn >= messages ? Infinity : startAt + dueMs(turn, perSecond);
  }

  #turn(): number {
    return this.#round * this.#schedule.parts + (this.#parts[this.#place] as number);
  }

  #advance(): void {
    this.#place += 1;
    if (this.#place < this.#parts.length) return;
    this.#place = 0;
    this.#round += 1;
  }

  /** To the first turn of this thread from `turn` on: one visit has sent all that a publisher had due. */
  #skipTo(turn: number, parts: number): void {
    if (this.#turn() >= turn) return;
    this.#round = Math.floor(turn / parts);
    this.#place = this.#parts.findIndex((part) => this.#round * parts + part >= turn);
    if (this.#place >= 0) return;
    this.#place = 0;
    this.#round += 1;
  }

  /** All that was due until then has been sent, or can't be. */
  sentUntil(at: number): boolean {
    return this.#publishers.every((one) => one.overdue(at) === 0 || one.client.state !== 'open');
  }

  /** All messages of the schedule have been sent, or can't be. */
  finished(at: number): boolean {
    const { startAt, perSecond, messages } = this.#schedule;
    return startAt + dueMs(messages - 1, perSecond) <= at && this.sentUntil(at);
  }

  stop(at: number): void {
    for (const one of this.#publishers) one.stop(at);
  }
}
