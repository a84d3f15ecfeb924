/** One thread of the engine: its clients, its loop, its samples. Hears of stages, tells what came of them. */
import type { PlannedStage } from '../profiles/plan.ts';
import type { Client } from './client.ts';
import type { FromWorker, ToWorker, WorkerSetup } from './contract.ts';
import { makeCrew } from './crew.ts';
import { LoopTimer } from './loop-timer.ts';
import { Shop } from './shop.ts';
import { StageWork } from './stage-work.ts';
import { ThreadTime } from './thread-time.ts';
import { now } from './time.ts';

/** Milliseconds: between ticks where something is due all the time, where something is waited for, and where nothing is. */
const TICK = { busy: 0.5, waiting: 20, idle: 100 } as const;
/** Milliseconds between looks after deadlines and keep alives. */
const SWEEP = 250;
const SAMPLE = 1000;
/** Milliseconds between reports of what is missing. */
const TELL = 50;

export class WorkerCore {
  readonly #shop: Shop;
  readonly #post: (message: FromWorker) => void;
  readonly #clients: Map<number, Client>;
  readonly #time = new ThreadTime();
  #stage: { readonly index: number; readonly work: StageWork; told: boolean } | undefined;
  #nextSweep = 0;
  #nextSample = SAMPLE;
  #nextWaiting = 0;
  #due = 0;
  readonly #timer = new LoopTimer(() => this.#tick());
  #lag = 0;
  #worstLag = 0;
  #before = { sent: 0, received: 0, late: 0, blocked: 0, errors: 0 };
  #over = false;

  constructor(setup: WorkerSetup, post: (message: FromWorker) => void) {
    this.#post = post;
    this.#shop = new Shop(setup);
    this.#clients = makeCrew(this.#shop);
    post({ type: 'ready' });
    this.#due = now();
    this.#tick();
  }

  receive(message: ToWorker): void {
    switch (message.type) {
      case 'stage':
        return this.#begin(message.index, message.startAt);
      case 'end-stage':
        if (this.#stage?.index === message.index) this.#stage.work.stop(now());
        return;
      case 'ping-missing':
        return this.#pingMissing();
      case 'finish':
        return this.#finish(message.quiet);
    }
  }

  #begin(index: number, startAt: number): void {
    const { plan } = this.#shop;
    this.#stage?.work.stop(now());
    const stage = plan.stages[index] as PlannedStage;
    this.#measure(stage, startAt);
    this.#stage = { index, work: new StageWork(this.#shop, stage, startAt, this.#clients), told: false };
    // The loop may have lain down for longer than it is to the start.
    this.#timer.cancel();
    this.#due = now();
    this.#tick();
  }

  /** Opens or closes the measured time, which all steady stages lie in. */
  #measure(stage: PlannedStage, startAt: number): void {
    const { meters, setup } = this.#shop;
    const { sent, measuredFrom, measuredTo } = setup.tables;
    const steady = stage.role === 'steady';
    if (steady && meters.measuredFrom === Infinity) {
      meters.measuredFrom = startAt;
      this.#ownLanes((lane) => (measuredFrom[lane] = sent[lane] as number));
      this.#time.begin();
    } else if (!steady && meters.measuredFrom !== Infinity && meters.measuredTo === Infinity) {
      meters.measuredTo = startAt;
      this.#ownLanes((lane) => (measuredTo[lane] = sent[lane] as number));
    }
  }

  #ownLanes(each: (lane: number) => void): void {
    for (const { publisher, population, local } of this.#clients.values()) {
      const { publish } = population;
      if (publisher === undefined || publish === undefined) continue;
      const first = publish.firstLane + local * publish.topics;
      for (let lane = first; lane < first + publish.topics; lane += 1) each(lane);
    }
  }

  #tick(): void {
    if (this.#over) return;
    const at = now();
    this.#lag = Math.max(this.#lag, at - this.#due);
    const next = this.#stage?.work.tick(at) ?? Infinity;
    if (at >= this.#nextSweep) this.#sweep(at);
    if (at - this.#shop.setup.originMs >= this.#nextSample) this.#sample(at);
    const waiting = this.#tellStage(at);
    const least = waiting ? TICK.waiting : TICK.idle;
    // Behind already at this tick: a burst was cut off, and goes on as soon as sockets were looked after.
    const done = now();
    const delay = next <= at ? 0 : Math.max(TICK.busy, Math.min(next - done, least));
    this.#due = done + delay;
    this.#timer.arm(delay);
  }

  /** Deadlines of those that open, keep alives of those that are open. */
  #sweep(at: number): void {
    const { opening, limits } = this.#shop;
    this.#nextSweep = at + SWEEP;
    for (const client of opening) {
      if (at - client.phaseSince < limits.phaseMs) break;
      client.overdue();
    }
    for (const client of this.#clients.values()) client.keepAlive(at);
  }

  /** True while the stage is under way here. */
  #tellStage(at: number): boolean {
    const stage = this.#stage;
    if (stage === undefined) return false;
    if (!stage.told && stage.work.done(at)) {
      stage.told = true;
      const { meters, received } = this.#shop;
      this.#post({ type: 'stage-done', index: stage.index, sent: meters.whole.messages_sent, received });
    }
    if (!stage.work.waits) return !stage.told;
    if (at < this.#nextWaiting) return true;
    this.#nextWaiting = at + TELL;
    const { ledger, connections } = this.#shop;
    this.#post({
      type: 'waiting',
      missing: ledger.missing(),
      lastArrivalMs: ledger.lastArrival,
      silent: this.#missing().filter(({ pinged }) => pinged).length,
      open: connections,
    });
    return true;
  }

  /** Subscribers that lack something, and are connected. */
  #missing(): Client[] {
    const { ledger } = this.#shop;
    return [...this.#clients.values()].filter(
      ({ inbox, state }) => state === 'open' && inbox !== undefined && ledger.missingOf(inbox) > 0,
    );
  }

  #pingMissing(): void {
    for (const client of this.#missing()) client.ping();
  }

  #sample(at: number): void {
    const { meters, received, connections, wanted, setup, invariants } = this.#shop;
    const { whole, errors } = meters;
    const total = {
      sent: whole.messages_sent,
      received,
      late: whole.sends_late,
      blocked: whole.sends_blocked,
      errors,
    };
    const before = this.#before;
    this.#before = total;
    this.#worstLag = Math.max(this.#worstLag, this.#lag);
    this.#post({
      type: 'sample',
      sample: {
        atMs: this.#nextSample - SAMPLE,
        connections,
        wanted,
        sent: total.sent - before.sent,
        received: total.received - before.received,
        late: total.late - before.late,
        blocked: total.blocked - before.blocked,
        errors: total.errors - before.errors,
        ...meters.takeSeries(),
        trends: meters.takeTrends(),
        measured: { ...meters.measured },
        whole: { ...meters.whole, invariants_broken: invariants.broke },
        sendsOnTime: this.#shop.sendsOnTime,
        busy: this.#time.busyLately(),
        lagMs: this.#lag,
      },
    });
    this.#lag = 0;
    this.#nextSample = Math.max(
      this.#nextSample + SAMPLE,
      Math.floor((at - setup.originMs) / SAMPLE) * SAMPLE + SAMPLE,
    );
  }

  #finish(quiet: boolean): void {
    const { meters, ledger, invariants, setup, tls, deflate } = this.#shop;
    const { sent, measuredTo } = setup.tables;
    this.#stage?.work.stop(now());
    this.#ownLanes((lane) => {
      if (Number.isNaN(measuredTo[lane])) measuredTo[lane] = sent[lane] as number;
    });
    const share = this.#time.share;
    this.#sample(now());
    ledger.close(quiet);
    this.#over = true;
    this.#time.close();
    this.#post({
      type: 'final',
      final: {
        counters: meters.measured,
        whole: meters.whole,
        delivery: meters.delivery,
        errors: meters.allErrors,
        invariants: invariants.results,
        ...share,
        lagMs: this.#worstLag,
        writes: meters.writes,
        writtenMessages: meters.writtenMessages,
        sendsOnTime: this.#shop.sendsOnTime,
        deflate,
        ...(tls === undefined ? {} : { tls }),
      },
    });
    for (const client of this.#clients.values()) client.leave();
  }
}
