/** When each stage begins and ends. Virtual users share nothing, so all follow one schedule that the plan alone gives. */
import type { Plan, PlannedActivity, PlannedStage } from '../../profiles/plan.ts';
import { dueCount, takingPart } from '../../profiles/topology.ts';

/** Milliseconds since the start of the schedule. */
export interface StageTimes {
  readonly startMs: number;
  readonly endMs: number;
}

/** A wait in the middle of a run is not awaited by anybody: this many seconds are enough for what is on its way. */
const WAIT_SECONDS = 5;

export function timelineOf(plan: Plan, settleSeconds: number): readonly StageTimes[] {
  let startMs = 0;
  return plan.stages.map((stage, index) => {
    const seconds = stageSeconds(plan, stage, { settleSeconds, last: index === plan.stages.length - 1 });
    const times = { startMs, endMs: startMs + seconds * 1000 };
    startMs = times.endMs;
    return times;
  });
}

function stageSeconds(plan: Plan, stage: PlannedStage, how: { settleSeconds: number; last: boolean }): number {
  if (stage.seconds !== undefined) return stage.seconds;
  const busy = Math.max(0, ...stage.do.map((activity) => thingsOf(plan, stage, activity) / rateOf(activity)));
  if (!stage.do.some(isWait)) return busy + how.settleSeconds;
  return how.last ? stage.withinSeconds : Math.min(stage.withinSeconds, busy + WAIT_SECONDS + how.settleSeconds);
}

export function isWait(activity: PlannedActivity): boolean {
  return activity.do === 'drain' || activity.do === 'await-wills' || activity.do === 'stall';
}

function rateOf(activity: PlannedActivity): number {
  return 'perSecond' in activity ? activity.perSecond : 1;
}

/** How many things an activity does altogether: each is due at `dueMs(k, perSecond)` after the start of its stage. */
export function thingsOf(plan: Plan, stage: PlannedStage, activity: PlannedActivity): number {
  if (isWait(activity) || !('perSecond' in activity)) return 0;
  const parts = takingPart(plan, activity);
  switch (activity.do) {
    case 'publish':
      return activity.messages ?? dueCount(activity.perSecond, stage.seconds ?? stage.withinSeconds);
    case 'reconnect':
    case 'resubscribe':
      return stage.seconds === undefined ? parts : dueCount(activity.perSecond, stage.seconds);
    default:
      return parts;
  }
}
