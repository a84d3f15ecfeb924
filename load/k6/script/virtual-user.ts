/** One virtual user: the clients that live here, driven through the stages of the plan by one timer. */
import exec from 'k6/execution';
import { setTimeout } from 'k6/timers';
import type { PlannedActivity, PlannedPopulation, PlannedStage } from '../../profiles/plan.ts';
import { dueMs, LaneFinder, partToClient, populationOf, takingPart } from '../../profiles/topology.ts';
import { lateLimitMs, type ScriptConfig } from '../shared/config.ts';
import { copiesByLane } from '../shared/deliveries.ts';
import { ownClients, ownParts } from '../shared/owner.ts';
import { isWait, thingsOf, timelineOf, type StageTimes } from '../shared/timeline.ts';
import { Tally } from '../shared/tally.ts';
import { Turns } from '../shared/turns.ts';
import type { UserRecord } from '../shared/record.ts';
import type { MakeClient } from './client.ts';
import { startClock } from './clock.ts';
import { Member, type Surroundings } from './member.ts';
import type { NativeMetrics } from './native.ts';
import { Receiver } from './receiver.ts';
import { runLine, type RunLine } from './run-line.ts';
import { recordOf } from './record-of.ts';

/** From the start of the scenario to the start of the schedule: all virtual users are awake then. */
const LEAD_MS = 1000;
/** After the last stage, for answers to the last packets. */
const LINGER_MS = 200;

interface Running {
  readonly activity: PlannedActivity;
  readonly turns: Turns;
}

export interface UserSetup {
  readonly config: ScriptConfig;
  readonly makeClient: MakeClient;
  readonly native: NativeMetrics | undefined;
}

export class VirtualUser {
  readonly #native: NativeMetrics | undefined;
  readonly #config: ScriptConfig;
  readonly #timeline: readonly StageTimes[];
  readonly #now = startClock();
  readonly #origin: number;
  readonly #tally: Tally;
  readonly #receiver: Receiver;
  readonly #members = new Map<number, Member>();
  readonly #around: Surroundings;
  readonly #done: (record: UserRecord) => void;
  #stage = -1;
  #running: Running[] = [];
  #lastTick = 0;
  #unready = 0;
  /** The stage that was asked for last: most ask for the same. */
  #found = { index: -1, measured: false, from: 0, to: 0 };
  #ended = false;
  #line: RunLine | undefined;
  /** Seconds that have been told. */
  #told = 0;
  #asked = false;

  constructor({ config, makeClient, native }: UserSetup, done: (record: UserRecord) => void) {
    const { plan } = config;
    this.#config = config;
    this.#native = native;
    this.#done = done;
    this.#timeline = timelineOf(plan, config.settleSeconds);
    this.#origin = exec.scenario.startTime + LEAD_MS;
    this.#tally = new Tally(plan.stages.length, plan.invariants);
    this.#tally.observer = native;
    const finder = new LaneFinder(plan);
    const runId = Number.parseInt(plan.runId, 16);
    const stageAt = (at: number) => this.#stageAt(at);
    this.#receiver = new Receiver({
      plan,
      runId,
      finder,
      tally: this.#tally,
      stageAt,
      willDue: (client) => this.#willDue(client),
    });
    this.#around = {
      config,
      makeClient,
      runId,
      copies: copiesByLane(plan, finder),
      tally: this.#tally,
      receiver: this.#receiver,
      native,
      now: this.#now,
      origin: this.#origin,
      lateLimitMs: lateLimitMs(config.tickMs),
      stageAt,
    };
    const user = exec.vu.idInTest;
    for (const population of plan.populations) {
      for (const client of ownClients(population, user, config.users)) {
        this.#members.set(population.first + client, new Member(this.#around, population, client));
      }
    }
  }

  start(): void {
    this.#line = runLine(() => this.#finish(false));
    this.#lastTick = this.#now();
    setTimeout(() => this.#tick(), this.#config.tickMs);
  }

  #tick(): void {
    if (this.#ended) return;
    const now = this.#now();
    const elapsed = now - this.#origin;
    // Before the schedule begins all are still waking up; a timer that fires early (k6 does that under load) is no lag.
    if (elapsed > 0) this.#tally.lag(Math.max(0, now - this.#lastTick - this.#config.tickMs));
    this.#lastTick = now;
    this.#enter(elapsed);
    for (const { activity, turns } of this.#running) this.#perform(activity, turns, elapsed);
    for (const member of this.#members.values()) member.tick(now);
    this.#tally.advance(Math.floor(elapsed / 1000));
    this.#tell();
    if (this.#isOver(elapsed)) return this.#finish(true);
    setTimeout(() => this.#tick(), this.#config.tickMs);
  }

  /** Each second that is over. */
  #tell(): void {
    const { points, whole } = this.#tally;
    if (points.length === this.#told) return;
    const more = points.slice(this.#told);
    this.#told = points.length;
    this.#line?.tell({ user: exec.vu.idInTest, stage: this.#stage, second: points.length, points: more, whole });
  }

  /** The stage that the time is in; what an earlier one has left undone stays undone. */
  #enter(elapsed: number): void {
    while (elapsed >= (this.#timeline[this.#stage + 1]?.startMs ?? Infinity)) {
      // Its last turns are due although no tick came in time.
      for (const { activity, turns } of this.#running)
        this.#perform(activity, turns, this.#timeline[this.#stage]?.endMs ?? 0);
      this.#stage += 1;
      const stage = this.#config.plan.stages[this.#stage] as PlannedStage;
      this.#running = stage.do.filter((activity) => !isWait(activity)).map((activity) => this.#run(stage, activity));
      if (stage.do.some((activity) => activity.do === 'publish')) this.#checkReadiness();
    }
  }

  #run(stage: PlannedStage, activity: PlannedActivity): Running {
    const { plan, users } = this.#config;
    const own = ownParts(plan, activity, exec.vu.idInTest, users);
    const perSecond = 'perSecond' in activity ? activity.perSecond : 1;
    return { activity, turns: new Turns(own, takingPart(plan, activity), perSecond, thingsOf(plan, stage, activity)) };
  }

  /** Once: a subscriber that comes too late because we gave it no time must not make the broker look lossy. */
  #checkReadiness(): void {
    if (this.#asked) return;
    this.#asked = true;
    for (const member of this.#members.values()) if (!member.ready) this.#unready += 1;
  }

  #perform(activity: PlannedActivity, turns: Turns, elapsed: number): void {
    const { plan } = this.#config;
    const start = this.#timeline[this.#stage]?.startMs ?? 0;
    for (let turn = turns.take(elapsed - start); turn !== undefined; turn = turns.take(elapsed - start)) {
      const member = this.#members.get(partToClient(plan, activity, turn.part)) as Member;
      const due = this.#origin + start + turn.due;
      switch (activity.do) {
        case 'connect':
          member.connect(due);
          break;
        case 'publish':
          member.publish(due, Math.floor(turn.k / takingPart(plan, activity)));
          break;
        case 'subscribe':
          member.subscribe();
          break;
        case 'unsubscribe':
          member.unsubscribe();
          break;
        case 'resubscribe':
          member.resubscribe();
          break;
        case 'disconnect':
          member.end(activity.how === 'disconnect' ? 'disconnect' : 'close');
          break;
        case 'reconnect':
          member.end(activity.how === 'disconnect' ? 'disconnect' : 'close');
          member.connect(due);
          break;
        default:
          break;
      }
    }
  }

  #stageAt(at: number): { readonly index: number; readonly measured: boolean } {
    const elapsed = at - this.#origin;
    const known = this.#found;
    if (elapsed >= known.from && elapsed < known.to) return known;
    let index = this.#stage < 0 ? 0 : this.#stage;
    while (index > 0 && elapsed < (this.#timeline[index]?.startMs ?? 0)) index -= 1;
    while (elapsed >= (this.#timeline[index]?.endMs ?? Infinity) && index < this.#timeline.length - 1) index += 1;
    const { startMs = 0, endMs = Infinity } = this.#timeline[index] ?? {};
    this.#found = {
      index,
      measured: this.#config.plan.stages[index]?.role === 'steady',
      from: index === 0 ? -Infinity : startMs,
      to: index === this.#timeline.length - 1 ? Infinity : endMs,
    };
    return this.#found;
  }

  /** By the schedule: whoever ended it may live in another virtual user. */
  #willDue(client: number): number | undefined {
    const { plan } = this.#config;
    const population = populationOf(plan, client);
    for (let index = this.#stage; index >= 0; index -= 1) {
      for (const activity of plan.stages[index]?.do ?? []) {
        if (activity.do !== 'disconnect' || activity.how === 'disconnect') continue;
        let before = 0;
        for (const who of activity.who) {
          const one = plan.populations[who] as PlannedPopulation;
          if (one.first === population.first) {
            const part = before + client - population.first;
            return this.#origin + (this.#timeline[index]?.startMs ?? 0) + dueMs(part, activity.perSecond);
          }
          before += one.count;
        }
      }
    }
    return undefined;
  }

  /** The last stage, if it only waits, is over as soon as nothing is missing here. */
  #isOver(elapsed: number): boolean {
    const last = this.#timeline.length - 1;
    if (elapsed >= (this.#timeline[last]?.endMs ?? 0) + LINGER_MS) return true;
    if (
      this.#stage < last ||
      !this.#config.plan.stages[last]?.do.some((one) => one.do === 'drain' || one.do === 'await-wills')
    )
      return false;
    if (!this.#running.every(({ turns }) => turns.done)) return false;
    return this.#receiver.missing() === 0 && [...this.#members.values()].every((member) => member.idle);
  }

  #finish(complete: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#line?.hangUp();
    const elapsed = this.#now() - this.#origin;
    const start = this.#timeline[this.#stage]?.startMs ?? 0;
    const waits = this.#config.plan.stages[this.#stage]?.do.some((activity) => activity.do === 'drain') === true;
    if (waits && this.#receiver.lastAt > 0) {
      const last = this.#receiver.lastAt - this.#origin - start;
      if (last > 0) this.#tally.trend('drain_time', last, this.#config.plan.stages[this.#stage]?.role === 'steady');
    }
    this.#tally.advance(Math.ceil(elapsed / 1000));
    this.#native?.end({
      received: this.#tally.counters.messages_received ?? 0,
      missing: this.#receiver.missing(),
      waited: complete,
      unacknowledged: [...this.#members.values()].reduce((sum, member) => sum + member.unacknowledged, 0),
    });
    for (const member of this.#members.values()) member.close();
    this.#receiver.close();
    this.#done(
      recordOf(this.#config, this.#tally, {
        startedAt: this.#origin,
        durationMs: elapsed,
        complete,
        quiet: complete,
        unready: this.#unready,
        timeline: this.#timeline,
      }),
    );
  }
}
