/** Leads all threads through the stages of a plan, and gathers what they tell. */
import { realClock, sleep } from '#io';
import { compare, observe, type LoadKnee, type LoadRun, type LoadStage, type Threshold } from '#results';
import type { Plan, PlannedStage } from '../profiles/plan.ts';
import type { FromWorker, WorkerFinal } from './contract.ts';
import { ENGINE_LIMITS } from './limits.ts';
import { metricsOf } from './metrics-of.ts';
import type { EngineThread } from './threads.ts';
import type { Tally } from './tally.ts';
import { now } from './time.ts';

/** Milliseconds from the order to its execution, so that all threads have heard of it. */
const LEAD = 30;
const LOOK = 50;
/** While the end of a stage is further away than this: an idle thread only costs wake-ups. */
const LONG_LOOK = 250;
/** Milliseconds between looks at what has been told: samples come once a second. */
const TELL = 500;
/** Milliseconds without any connection, though there should be some, after which the broker is taken for dead. */
const DEAD = 2_000;
/** Milliseconds by which brokers look later after a keep alive than it is over: they sweep, and are asked nothing more exact. */
const KEEP_ALIVE_GRACE = 10_000;
/** Milliseconds after a step until all that it sent should have come, and all samples are there. */
const SETTLE = 1_200;

export interface ConductorOptions {
  readonly plan: Plan;
  readonly threads: readonly EngineThread[];
  readonly tally: Tally;
  readonly originMs: number;
  readonly stopOn: readonly Threshold[];
  readonly signal: AbortSignal | undefined;
  /** When the last will is due; wills of half-open connections are due long after their end. */
  readonly lastWillDue: () => number;
  /** Called when a stage begins, and about twice a second. */
  readonly onLook: (stage: string, atMs: number) => void;
}

interface Waiting {
  readonly missing: number;
  readonly lastArrivalMs: number;
  readonly silent: number;
  readonly open: number;
}

export interface Conducted {
  readonly stages: readonly LoadStage[];
  readonly ended: LoadRun['ended'];
  readonly finals: readonly WorkerFinal[];
  readonly knee: LoadKnee | undefined;
  readonly measuredMs: number;
  readonly beyond: { readonly late: number; readonly blocked: number; readonly onTime: number };
  /** An error of ours in a thread. */
  readonly failure: { readonly message: string; readonly stack: string } | undefined;
}

export class Conductor {
  readonly #options: ConductorOptions;
  readonly #clock = realClock();
  readonly #done: { index: number; sent: number; received: number }[] = [];
  readonly #waiting: (Waiting | undefined)[] = [];
  readonly #finals: (WorkerFinal | undefined)[] = [];
  readonly #stages: LoadStage[] = [];
  #ended: LoadRun['ended'];
  #failure: Conducted['failure'];
  #quiet = true;
  #knee: LoadKnee | undefined;
  #emptySince: number | undefined;
  #lastTold = 0;
  /** Sends of the step that broke: they say nothing about the generator at the rates that held. */
  #beyond = { late: 0, blocked: 0, onTime: 0 };

  constructor(options: ConductorOptions) {
    this.#options = options;
  }

  hear(worker: number, message: FromWorker): void {
    switch (message.type) {
      case 'sample':
        return this.#options.tally.sample(worker, message.sample);
      case 'stage-done':
        this.#done[worker] = message;
        return;
      case 'waiting':
        this.#waiting[worker] = message;
        return;
      case 'final':
        this.#finals[worker] = message.final;
        return;
      case 'failed':
        this.#failure ??= message;
        return;
      case 'ready':
        return;
    }
  }

  async conduct(): Promise<Conducted> {
    const { plan } = this.#options;
    for (let index = 0; index < plan.stages.length; index += 1) {
      if (this.#over) break;
      const stage = plan.stages[index] as PlannedStage;
      const brokeBefore = stage.step !== undefined && this.#knee?.broke !== undefined;
      if (!brokeBefore) await this.#stage(index, stage);
    }
    if (this.#ended === 'interrupted' || this.#ended === 'stopped') await this.#drainBriefly();
    await this.#finish();
    return {
      stages: this.#stages,
      ended: this.#ended,
      finals: this.#finals.filter((one) => one !== undefined),
      knee: this.#knee,
      measuredMs: this.#measuredMs,
      beyond: this.#beyond,
      failure: this.#failure,
    };
  }

  get #over(): boolean {
    return this.#ended !== undefined || this.#failure !== undefined;
  }

  get #measuredMs(): number {
    const steady = this.#stages.filter(({ role }) => role === 'steady');
    return steady.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  }

  #tell(message: Parameters<EngineThread['send']>[0]): void {
    for (const thread of this.#options.threads) thread.send(message);
  }

  async #stage(index: number, stage: PlannedStage): Promise<void> {
    const { originMs, tally } = this.#options;
    const startAt = now() + LEAD;
    if (stage.step !== undefined) tally.beginPart();
    const before = this.#totals;
    this.#waiting.length = 0;
    this.#tell({ type: 'stage', index, startAt });
    this.#report(stage.name, now());
    const outcome = await this.#until(index, stage, startAt);
    if (outcome !== 'done') this.#tell({ type: 'end-stage', index });
    const endAt = stage.seconds === undefined ? now() : Math.min(now(), startAt + stage.seconds * 1000);
    if (stage.do.some((one) => one.do === 'drain') && stage.role === 'steady') this.#recordDrain(startAt);
    const targetRate = stage.do.reduce((sum, one) => sum + (one.do === 'publish' ? one.perSecond : 0), 0);
    const totals = this.#totals;
    const held = stage.step === undefined ? undefined : await this.#step(stage);
    this.#stages.push({
      name: stage.name,
      role: stage.role,
      startMs: startAt - originMs,
      endMs: Math.max(startAt, endAt) - originMs,
      ...(targetRate === 0 ? {} : { targetRate }),
      sent: totals.sent - before.sent,
      received: totals.received - before.received,
      ...(held === undefined ? {} : { held }),
      ...(outcome === 'deadline' ? { overdue: true } : {}),
    });
  }

  get #totals(): { readonly sent: number; readonly received: number } {
    return {
      sent: this.#done.reduce((sum, one) => sum + one.sent, 0),
      received: this.#done.reduce((sum, one) => sum + one.received, 0),
    };
  }

  /** Until the stage is over in all threads, or its time is, or the run has to end. */
  async #until(index: number, stage: PlannedStage, startAt: number): Promise<'done' | 'deadline' | 'broken-off'> {
    const { threads, signal } = this.#options;
    const patience = stage.seconds === undefined ? 0 : ENGINE_LIMITS.overdueMs + 1000;
    const deadline = startAt + stage.withinSeconds * 1000 + patience;
    const waits = stage.do.some((one) => one.do === 'drain' || one.do === 'await-wills');
    let pingedAt: number | undefined;
    for (;;) {
      const left = stage.seconds === undefined ? 0 : startAt + stage.seconds * 1000 - now();
      await sleep(this.#clock, left > 2 * LONG_LOOK ? LONG_LOOK : LOOK);
      this.#look(stage);
      if (signal?.aborted === true) this.#ended ??= 'interrupted';
      if (this.#over) return 'broken-off';
      const all = this.#done.filter((one) => one.index === index).length === threads.length;
      if (all && !waits) return 'done';
      if (all && this.#missing === 0) return 'done';
      if (all && waits) {
        const arrivals = this.#waiting.map((one) => one?.lastArrivalMs ?? 0);
        const willDue = this.#options.lastWillDue();
        const since = Math.max(startAt, willDue > startAt ? willDue + KEEP_ALIVE_GRACE : 0, ...arrivals);
        const quietFor = now() - Math.max(since, pingedAt ?? 0);
        if (pingedAt === undefined && quietFor > ENGINE_LIMITS.quietMs) {
          this.#tell({ type: 'ping-missing' });
          pingedAt = now();
        } else if (pingedAt !== undefined && quietFor > ENGINE_LIMITS.quietMs / 2 && this.#silent === 0)
          return 'deadline';
        else if (pingedAt !== undefined && since > pingedAt) pingedAt = undefined;
      }
      if (now() > deadline) {
        // Something came until now: what is missing may be on its way.
        if (waits) this.#quiet = pingedAt !== undefined && this.#silent === 0;
        return 'deadline';
      }
    }
  }

  get #missing(): number {
    if (this.#waiting.filter((one) => one !== undefined).length < this.#options.threads.length) return Infinity;
    return this.#waiting.reduce((sum, one) => sum + (one?.missing ?? 0), 0);
  }

  /** Connections that have not answered a ping. */
  get #silent(): number {
    return this.#waiting.reduce((sum, one) => sum + (one?.silent ?? 0), 0);
  }

  #recordDrain(startAt: number): void {
    const last = Math.max(0, ...this.#waiting.map((one) => one?.lastArrivalMs ?? 0));
    if (last > startAt) this.#options.tally.trends.drain_time.record(last - startAt);
  }

  #report(stage: string, at: number): void {
    this.#lastTold = at;
    this.#options.onLook(stage, at - this.#options.originMs);
  }

  /** Notices a dead broker, a stop criterion, the end of the time. */
  #look(stage: PlannedStage): void {
    const { tally, originMs, plan, stopOn } = this.#options;
    const at = now();
    if (at - originMs > plan.limitSeconds * 1000) this.#ended ??= 'time-limit';
    if (at - this.#lastTold < TELL) return;
    this.#report(stage.name, at);
    const { last, everConnected } = tally;
    // Something was open, nothing is any more though it should be, and nothing is being opened. A sample a second may miss what was.
    const empty = everConnected && last !== undefined && last.wanted > 0 && last.connections === 0;
    if (!empty) this.#emptySince = undefined;
    else if (!stage.do.some((one) => one.do === 'connect' || one.do === 'reconnect')) {
      this.#emptySince ??= at;
      if (at - this.#emptySince > DEAD) this.#ended ??= 'broker-down';
    }
    if (stage.role === 'steady' && stopOn.some((one) => this.#crossed(one))) this.#ended ??= 'stopped';
  }

  /** Without data nothing is crossed yet. */
  #crossed(threshold: Threshold): boolean {
    const { tally } = this.#options;
    const observed = observe(threshold, metricsOf({ ...tally.totals, trends: tally.trends }), this.#measuredMs);
    return observed !== undefined && !compare(observed, threshold.comparison, threshold.limit);
  }

  /** Whether the service level of a step held. What has not arrived counts with the time that it has waited. */
  async #step({ step }: PlannedStage): Promise<boolean> {
    if (step === undefined) return true;
    const { tally } = this.#options;
    const since = now();
    // Samples come once a second: the last of the step must be among them.
    while (now() - since < SETTLE && !this.#over) await sleep(this.#clock, LOOK);
    const part = tally.part;
    const missing = this.#missing === Infinity ? 0 : this.#missing;
    for (let n = 0; n < missing; n += 1) part.trends.message_latency.record(now() - since);
    const metrics = metricsOf(part);
    const broken = step.holds.find((one) => {
      const observed = observe(one, metrics, 1);
      return observed === undefined || !compare(observed, one.comparison, one.limit);
    });
    if (broken === undefined) {
      this.#knee = { held: step.rate, why: 'every step held: the knee is higher' };
      return true;
    }
    const late = part.counters.sends_late > ENGINE_LIMITS.lateInvalid * (part.onTime + part.counters.sends_late);
    const held = this.#knee?.held;
    const observed = observe(broken, metrics, 1);
    this.#knee = {
      ...(held === undefined ? {} : { held }),
      broke: step.rate,
      why: late
        ? 'the generator could not send faster: the knee may be higher'
        : `${broken.metric} ${broken.expression} did not hold${observed === undefined ? ': no data' : `, it was ${Number(observed.toPrecision(4))}`}`,
    };
    this.#beyond = { late: part.counters.sends_late, blocked: part.counters.sends_blocked, onTime: part.onTime };
    return false;
  }

  async #drainBriefly(): Promise<void> {
    await sleep(this.#clock, ENGINE_LIMITS.quietMs / 4);
    this.#quiet = false;
  }

  async #finish(): Promise<void> {
    const { threads } = this.#options;
    this.#tell({ type: 'finish', quiet: this.#quiet });
    const until = now() + 10_000;
    while (this.#finals.filter((one) => one !== undefined).length < threads.length && now() < until) {
      if (this.#failure !== undefined) return;
      await sleep(this.#clock, LOOK);
    }
  }
}
