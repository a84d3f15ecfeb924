/** What a thread does in one stage. */
import type { PlannedActivity, PlannedStage } from '../profiles/plan.ts';
import { dueCount, takingPart } from '../profiles/topology.ts';
import type { Client } from './client.ts';
import { Pacer, type Local } from './pacer.ts';
import { localsOf } from './population-share.ts';
import { Publishing } from './publishing.ts';
import type { Shop } from './shop.ts';

export class StageWork {
  readonly #shop: Shop;
  /** Infinity: it ends when its activities are done. */
  readonly #endAt: number;
  readonly #pacers: Pacer[] = [];
  readonly #publishing: Publishing[] = [];
  readonly #stalled: Client[] = [];
  /** Something is waited for that only the conductor knows to have come. */
  readonly waits: boolean;
  #stopped = false;

  constructor(shop: Shop, stage: PlannedStage, startAt: number, clients: ReadonlyMap<number, Client>) {
    this.#shop = shop;
    this.#endAt = stage.seconds === undefined ? Infinity : startAt + stage.seconds * 1000;
    this.waits = stage.step !== undefined || stage.do.some((one) => one.do === 'drain' || one.do === 'await-wills');
    for (const one of stage.do) this.#begin(one, stage, startAt, localsOf(shop.plan, one, clients));
  }

  #begin(one: PlannedActivity, stage: PlannedStage, startAt: number, locals: readonly Local[]): void {
    const parts = takingPart(this.#shop.plan, one);
    switch (one.do) {
      case 'publish': {
        const timed = stage.seconds === undefined ? Infinity : dueCount(one.perSecond, stage.seconds);
        const messages = Math.min(one.messages ?? Infinity, timed);
        this.#publishing.push(new Publishing({ startAt, perSecond: one.perSecond, parts, messages }, locals));
        return;
      }
      case 'stall':
        for (const { client } of locals) {
          client.connection?.pause();
          this.#stalled.push(client);
        }
        return;
      case 'drain':
      case 'await-wills':
        return;
      default: {
        const endless = one.do === 'reconnect' || one.do === 'resubscribe';
        const { perSecond } = one;
        this.#pacers.push(new Pacer({ startAt, perSecond, parts, locals, endless, act: this.#act(one) }));
      }
    }
  }

  #act(
    one: Extract<PlannedActivity, { perSecond: number }>,
  ): (client: Client, due: number, settled: () => void) => void {
    switch (one.do) {
      case 'connect':
        return (client, due, settled) => client.open(due, settled);
      case 'subscribe':
        return (client, due, settled) => client.subscribe(due, settled);
      case 'unsubscribe':
        return (client, due, settled) => client.unsubscribe(due, settled);
      case 'resubscribe':
        return (client, due, settled) =>
          this.#free(client, due, settled, () => client.unsubscribe(due, () => client.subscribeAgain(settled)));
      case 'disconnect':
        return (client, due, settled) => {
          client.end(one.how, due);
          settled();
        };
      case 'reconnect':
        return (client, due, settled) =>
          this.#free(client, due, settled, () => {
            client.end(one.how, due);
            client.open(due, settled);
          });
      case 'publish':
        return (_client, _due, settled) => settled();
    }
  }

  /** A client that is not through with its last turn lets this one pass: the broker is behind. */
  #free(client: Client, due: number, settled: () => void, act: () => void): void {
    if (!client.busy) return act();
    this.#shop.meters.count('sends_blocked', this.#shop.meters.measures(due));
    settled();
  }

  /** Does what is due; gives when the next is due. */
  tick(at: number): number {
    if (this.#stopped) return Infinity;
    let next = Infinity;
    for (const one of this.#publishing) next = Math.min(next, one.tick(at));
    if (at >= this.#endAt) for (const one of this.#pacers) one.stop();
    for (const one of this.#pacers) next = Math.min(next, one.tick(Math.min(at, this.#endAt)));
    return Math.min(next, this.#endAt > at ? this.#endAt : Infinity);
  }

  done(at: number): boolean {
    if (this.#stopped) return true;
    const until = Math.min(at, this.#endAt);
    const timed = this.#endAt !== Infinity;
    if (timed && at < this.#endAt) return false;
    if (timed && at > this.#endAt + this.#shop.limits.overdueMs) return true;
    const sent = this.#publishing.every((one) => (timed ? one.sentUntil(until) : one.finished(at)));
    return sent && this.#pacers.every((one) => one.done);
  }

  stop(at: number): void {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const one of this.#pacers) one.stop();
    for (const one of this.#publishing) one.stop(Math.min(at, this.#endAt));
    for (const client of this.#stalled) client.connection?.resume();
  }
}
