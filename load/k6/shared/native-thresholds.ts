/**
 * The thresholds of a plan as k6 judges them itself, for runs that nothing of ours watches. In k6 a Trend or a Rate without samples
 * passes, so each threshold has a companion: a counter of its samples that must not be 0.
 */
import type { Plan } from '../../profiles/plan.ts';
import { metricKind, type Threshold } from '#results';
import { timelineOf } from './timeline.ts';

/** Name of the k6 counter that says how many samples a metric had. */
export function samplesOf(metric: string): string {
  return `${metric}_samples`;
}

const LOSSES = /^messages_(?:lost|undelivered|duplicated|reordered|corrupted)$/;

export function nativeThresholds(plan: Plan, settleSeconds: number): Record<string, string[]> {
  const measuredMs = timelineOf(plan, settleSeconds).reduce(
    (sum, { startMs, endMs }, index) => (plan.stages[index]?.role === 'steady' ? sum + endMs - startMs : sum),
    0,
  );
  const all: Record<string, string[]> = {};
  const add = (metric: string, expression: string): void => {
    const list = (all[metric] ??= []);
    if (!list.includes(expression)) list.push(expression);
  };
  for (const threshold of plan.thresholds) {
    const [metric, expression] = native(threshold, measuredMs / 1000);
    add(metric, expression);
    const guard = guardOf(threshold);
    if (guard !== undefined) add(guard, 'count>0');
  }
  return all;
}

/** k6 has no count of a Trend, and its rate of a Counter is of the whole run, not of the measured time. */
function native(threshold: Threshold, measuredSeconds: number): [metric: string, expression: string] {
  const { metric, aggregation, comparison, limit, expression } = threshold;
  const kind = metricKind(metric);
  if (kind === 'trend' && aggregation === 'count') return [samplesOf(metric), expression];
  if (kind === 'counter' && aggregation === 'rate') return [metric, `count${comparison}${limit * measuredSeconds}`];
  return [metric, expression];
}

function guardOf({ metric }: Threshold): string | undefined {
  if (metricKind(metric) !== 'counter') return samplesOf(metric);
  return LOSSES.test(metric) ? 'messages_expected' : undefined;
}
