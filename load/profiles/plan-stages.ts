/** The stages of a plan; a climb is one stage for each step. */
import { checkedThreshold } from './parse-profile.ts';
import type { PlannedActivity, PlannedPopulation, PlannedStage } from './plan.ts';
import { ProfileError } from './profile-error.ts';
import type { Activity, EndKind, Profile, Stage } from './profile.ts';
import type { Values } from './resolve.ts';
import { withValues } from './with-values.ts';

const END_KINDS = ['disconnect', 'close', 'reset', 'half-open'];
const WITHIN_SECONDS = 60;

export function planStages(
  profile: Profile,
  populations: readonly Pick<PlannedPopulation, 'name' | 'count'>[],
  values: Values,
): PlannedStage[] {
  const indexOf = (name: string): number => populations.findIndex((one) => one.name === name);
  return profile.stages.flatMap((stage) => {
    if (stage.steps === undefined) return [planStage(stage, 1, values, indexOf)];
    const { factor, times, holds } = stage.steps;
    const thresholds = Object.entries(holds).flatMap(([metric, all]) =>
      all.map((one) => checkedThreshold(metric, withValues(one, values.parameters))),
    );
    return Array.from({ length: values.whole(times) }, (_, index) => {
      const planned = planStage(stage, values.number(factor) ** index, values, indexOf);
      const rate = planned.do.reduce((sum, one) => sum + (one.do === 'publish' ? one.perSecond : 0), 0);
      return { ...planned, name: `${stage.name}-${index + 1}`, step: { index, rate, holds: thresholds } };
    });
  });
}

function planStage(stage: Stage, times: number, values: Values, indexOf: (name: string) => number): PlannedStage {
  const seconds = stage.seconds === undefined ? undefined : values.number(stage.seconds);
  return {
    name: stage.name,
    role: stage.role,
    ...(seconds === undefined ? {} : { seconds }),
    withinSeconds: seconds ?? values.number(stage.within ?? WITHIN_SECONDS),
    do: stage.do.map((one) => planActivity(one, times, values, indexOf)),
  };
}

function planActivity(
  one: Activity,
  times: number,
  values: Values,
  indexOf: (name: string) => number,
): PlannedActivity {
  const who = one.who.map(indexOf);
  if (one.do === 'stall' || one.do === 'drain' || one.do === 'await-wills') return { do: one.do, who };
  const perSecond = values.number(one.perSecond) * (one.do === 'publish' ? times : 1);
  if (!(perSecond > 0))
    throw new ProfileError('PROFILE_PARAMETER', `a rate of ${perSecond} per second: it takes more than 0`);
  switch (one.do) {
    case 'publish':
      return {
        do: one.do,
        who,
        perSecond,
        ...(one.messages === undefined ? {} : { messages: values.whole(one.messages) }),
      };
    case 'disconnect':
    case 'reconnect':
      return { do: one.do, who, perSecond, how: values.word(one.how, END_KINDS) as EndKind };
    default:
      return { do: one.do, who, perSecond };
  }
}
