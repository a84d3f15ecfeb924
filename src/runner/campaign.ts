/** The execution of a plan: concurrent, then confirmations, then what must be alone; it ends when the broker or the time does. */
import { anySignal, type Clock } from '#io';
import type { Instance, Timing } from '#kit';
import type { InstanceResult, RunListener } from '#results';
import { blankResult } from './blank-result.ts';
import { doubtful, flickers, needsConfirmation, reconciled, tooLate, undecided } from './confirm.ts';
import { deathResult, mostSuspect, type Suspect } from './death.ts';
import type { Executor } from './executor.ts';
import { RUN_LIMITS } from './limits.ts';
import { lanes } from './lanes.ts';
import { Lateness } from './lateness.ts';
import type { Liveness } from './liveness.ts';
import { patient } from './timing.ts';

export interface CampaignOptions {
  readonly executor: Executor;
  readonly liveness: Liveness;
  readonly clock: Clock;
  readonly timing: Timing;
  readonly concurrency: number;
  readonly runStart: number;
  readonly tell: RunListener;
  /** Ends everything. */
  readonly signal: AbortSignal;
  readonly restart?: () => Promise<void>;
}

/** Verdicts that may come of a broker that is not there any more. */
const SUSPICIOUS: ReadonlySet<string> = new Set(['fail', 'warn', 'inconclusive', 'error']);

/** So many confirmations take a while. */
const WORTH_TELLING = 5;

export class Campaign {
  readonly results = new Map<string, InstanceResult>();
  /** How the broker was found dead, and nobody could start it again. */
  down: string | undefined;
  readonly #options: CampaignOptions;
  readonly #lateness: Lateness;
  readonly #unconfirmed: Suspect[] = [];
  #ended: Suspect[] = [];
  #last: Suspect | undefined;
  #gate: Promise<void> = Promise.resolve();
  #dead: string | undefined;
  #wave = new AbortController();

  constructor(options: CampaignOptions) {
    this.#options = options;
    this.#lateness = new Lateness(options.clock);
  }

  async run(instances: readonly Instance[]): Promise<void> {
    this.#lateness.start();
    try {
      await this.all(instances);
    } finally {
      this.#lateness.stop();
    }
  }

  private async all(instances: readonly Instance[]): Promise<void> {
    const together = instances.filter((instance) => instance.case.exclusive === undefined);
    // Who sees all must not drown in what others send and leave: brokers drop what a slow client doesn't take.
    const seeing = together.filter((instance) => instance.case.sees === 'all');
    await this.together(seeing);
    await this.together(together.filter((instance) => !seeing.includes(instance)));
    await this.confirmations();
    for (const instance of instances) {
      if (instance.case.exclusive === undefined || this.stopped) continue;
      await this.one(instance);
      await this.confirmations();
      await this.surviving([instance]);
    }
    await this.surviving([]);
    const reason = this.down === undefined ? 'the run ended before' : `the broker was down: ${this.down}`;
    for (const instance of instances) {
      if (!this.results.has(instance.id)) this.settle(blankResult(instance, 'not-run', reason));
    }
  }

  private get stopped(): boolean {
    return this.#options.signal.aborted || this.down !== undefined;
  }

  private async together(instances: readonly Instance[]): Promise<void> {
    let pending = [...instances];
    while (pending.length > 0 && !this.stopped) {
      this.#wave = new AbortController();
      await Promise.all(lanes(pending, this.#options.concurrency).map((queues) => this.worker(queues)));
      await this.#gate;
      if (this.#dead !== undefined) await this.afterDeath(this.#dead, pending);
      pending = pending.filter(
        ({ id }) => !this.results.has(id) && !this.#unconfirmed.some(({ instance }) => instance.id === id),
      );
    }
  }

  private async worker(queues: readonly Instance[][]): Promise<void> {
    for (;;) {
      await this.#gate;
      const queue = queues.find(({ length }) => length > 0);
      const next = this.stopped || this.#dead !== undefined ? undefined : queue?.shift();
      if (next === undefined) return;
      await this.one(next);
    }
  }

  /** Runs, and settles the result or keeps it for its confirmation. */
  private async one(instance: Instance): Promise<void> {
    const { executor, timing, signal, clock, tell, runStart } = this.#options;
    const begin = clock.now();
    tell({ type: 'case-start', instance: instance.id, at: begin - runStart });
    const result = await executor.run(instance, timing, anySignal(signal, this.#wave.signal));
    const doubted = doubtful(result, this.#lateness.since(begin, timing.roundTripMs));
    const suspect = { instance, result, endedAt: clock.now(), doubted };
    this.#last = suspect;
    this.#ended.push(suspect);
    // What was broken off by a death waits for its second chance, or becomes `not-run` at the end.
    if (result.verdict === 'not-run') return;
    if (doubted || needsConfirmation(result)) this.#unconfirmed.push(suspect);
    else if (!SUSPICIOUS.has(result.verdict)) this.settle(result);
    if (SUSPICIOUS.has(result.verdict)) this.askLife(suspect);
  }

  /** Nothing new starts until it is known whether the broker lives. */
  private askLife(suspect: Suspect): void {
    this.#gate = Promise.all([this.#gate, this.afterLife(suspect)]).then(() => undefined);
  }

  private async afterLife(suspect: Suspect): Promise<void> {
    const { clock, liveness } = this.#options;
    const asked = clock.now();
    const dead = await liveness.ask();
    if (dead !== undefined) {
      this.#dead ??= dead;
      this.#wave.abort();
      return;
    }
    this.#ended = this.#ended.filter(({ endedAt }) => endedAt > asked);
    // A broker that is busy with everybody missed a deadline for no reason of the case.
    if (clock.now() - asked > RUN_LIMITS.slowShare * this.#options.timing.replyMs && this.doubt(suspect)) return;
    if (!this.#unconfirmed.includes(suspect) && !this.results.has(suspect.instance.id)) this.settle(suspect.result);
  }

  /** Only what is seen again counts; true where the result waits for its confirmation. */
  private doubt(suspect: Suspect): boolean {
    const index = this.#unconfirmed.indexOf(suspect);
    if (index >= 0) this.#unconfirmed[index] = { ...suspect, doubted: true };
    return index >= 0;
  }

  /** Asks now; a death is dealt with. */
  private async surviving(instances: readonly Instance[]): Promise<void> {
    await this.#gate;
    if (this.stopped && this.#dead === undefined) return;
    this.#dead ??= await this.#options.liveness.ask();
    if (this.#dead !== undefined && this.down === undefined) await this.afterDeath(this.#dead, instances);
  }

  /**
   * Nothing else runs by now. What is confirmed mostly waits, so some wait together; where that disagrees with the
   * first run, or came too late as well, a third one decides, alone.
   */
  private async confirmations(): Promise<void> {
    const end = this.#options.clock.now() + RUN_LIMITS.confirmationsMs;
    const queue = this.#unconfirmed.splice(0);
    if (queue.length >= WORTH_TELLING) {
      const minutes = RUN_LIMITS.confirmationsMs / 60_000;
      const message = `${queue.length} findings rest on a deadline: each runs again with a longer one (${minutes} minutes at most)`;
      this.#options.tell({ type: 'note', message });
    }
    const confirmed: Suspect[] = [];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        confirmed.push(await this.confirm(next, end));
      }
    };
    await Promise.all(Array.from({ length: RUN_LIMITS.confirmationsTogether }, worker));
    const settled: Suspect[] = [];
    for (const suspect of confirmed) {
      settled.push(flickers(suspect) || tooLate(suspect) ? await this.confirm(suspect, end) : suspect);
    }
    this.#ended.push(...settled);
    this.#last = settled.at(-1) ?? this.#last;
    const suspicious = settled.filter(({ result }) => SUSPICIOUS.has(result.verdict));
    const dead = suspicious.length === 0 || this.stopped ? undefined : await this.#options.liveness.ask();
    for (const suspect of settled) {
      if (dead === undefined || !suspicious.includes(suspect)) this.settle(suspect.result);
    }
    if (dead !== undefined) {
      await this.afterDeath(
        dead,
        suspicious.map(({ instance }) => instance),
      );
    }
  }

  private async confirm({ instance, result, doubted = false }: Suspect, end: number): Promise<Suspect> {
    const { clock, executor, timing, signal } = this.#options;
    const late = clock.now() > end;
    if (this.stopped || late) {
      const why = late ? 'the time for confirmations was over' : 'the run ended before';
      const reason = `not confirmed (${why}): ${result.reason ?? ''}`;
      return { instance, result: { ...result, verdict: 'inconclusive', reason }, endedAt: clock.now() };
    }
    const begin = clock.now();
    const longer = patient(timing);
    const outcome = await executor.run(instance, longer, signal);
    const lateMs = this.#lateness.since(begin, longer.roundTripMs);
    const attempts = result.attempts + outcome.attempts;
    // Five times a deadline leaves room for what this process missed.
    const roomy = needsConfirmation(outcome) && lateMs < timing.replyMs;
    const stillDoubted = doubtful(outcome, lateMs) && !roomy;
    if (stillDoubted && attempts < RUN_LIMITS.doubtedAttempts) {
      const next = { ...outcome, startedMs: result.startedMs, attempts };
      return this.confirm({ instance, result: next, endedAt: clock.now(), doubted: true }, end);
    }
    const again = stillDoubted ? undecided(outcome, lateMs) : outcome;
    return { instance, result: reconciled(result, again, doubted), endedAt: clock.now() };
  }

  /** Finds who did it, tells it once, and starts the broker again where that is possible. */
  private async afterDeath(how: string, concerned: readonly Instance[]): Promise<void> {
    const candidates = this.#ended.filter(
      ({ instance, result }) =>
        SUSPICIOUS.has(result.verdict) || (concerned.includes(instance) && result.verdict === 'not-run'),
    );
    const suspects = candidates.length > 0 ? candidates : this.#last === undefined ? [] : [this.#last];
    this.#ended = [];
    this.drop(suspects);
    if (this.#options.restart === undefined || this.#options.signal.aborted || !(await this.restarted())) {
      this.down = how;
      this.#dead = undefined;
      const culprit = mostSuspect(suspects);
      if (culprit === undefined) return;
      const others = suspects.filter((one) => one !== culprit).map(({ instance }) => instance.id);
      this.settle(deathResult(culprit, how, others));
      return;
    }
    this.#dead = undefined;
    this.#wave = new AbortController();
    await this.tryEach(suspects);
  }

  /** One by one: which of them brings the broker down? */
  private async tryEach(suspects: readonly Suspect[]): Promise<void> {
    const { executor, timing, signal, liveness, clock } = this.#options;
    for (const { instance } of suspects) {
      if (this.stopped) return;
      const result = await executor.run(instance, timing, signal);
      const suspect = { instance, result, endedAt: clock.now() };
      const dead = await liveness.ask();
      if (dead !== undefined) {
        this.settle(deathResult(suspect, dead, []));
        if (!(await this.restarted())) this.down = dead;
      } else if (result.verdict !== 'not-run') {
        if (needsConfirmation(result)) this.#unconfirmed.push(suspect);
        else this.settle(result);
      }
    }
  }

  private async restarted(): Promise<boolean> {
    try {
      await this.#options.restart?.();
      return (await this.#options.liveness.ask()) === undefined;
    } catch {
      return false;
    }
  }

  /** What was found while the broker was dying is not held against it. */
  private drop(suspects: readonly Suspect[]): void {
    const ids = new Set(suspects.map(({ instance }) => instance.id));
    for (const id of ids) this.results.delete(id);
    const kept = this.#unconfirmed.filter(({ instance }) => !ids.has(instance.id));
    this.#unconfirmed.splice(0, this.#unconfirmed.length, ...kept);
  }

  /** Tells a result that counts. */
  settle(result: InstanceResult): void {
    this.results.set(result.instance, result);
    this.#options.tell({ type: 'case-end', result });
  }
}
