import exec from 'k6/execution';
import { RECORD_FORMAT, type UserRecord } from '../shared/record.ts';
import type { ScriptConfig } from '../shared/config.ts';
import type { Tally } from '../shared/tally.ts';
import type { StageTimes } from '../shared/timeline.ts';
import { segment } from './environment.ts';

interface Ending {
  readonly startedAt: number;
  readonly durationMs: number;
  readonly complete: boolean;
  readonly quiet: boolean;
  readonly unready: number;
  readonly timeline: readonly StageTimes[];
}

export function recordOf(config: ScriptConfig, tally: Tally, ending: Ending): UserRecord {
  const { plan, users } = config;
  const { timeline, ...rest } = ending;
  const measuredMs = timeline.reduce((sum, { startMs, endMs }, index) => {
    const lasted = Math.max(0, Math.min(endMs, ending.durationMs) - startMs);
    return plan.stages[index]?.role === 'steady' ? sum + lasted : sum;
  }, 0);
  return {
    format: RECORD_FORMAT,
    runId: plan.runId,
    user: exec.vu.idInTest,
    users,
    segment: segment(),
    config: { ...config, url: config.url.split('?')[0] ?? '' },
    ...rest,
    measuredMs,
    trends: tally.trends(),
    counters: tally.counters,
    whole: tally.whole,
    delivery: tally.delivery,
    sends: tally.sends,
    stages: tally.stages,
    points: tally.points,
    errors: tally.errors(),
    invariants: tally.invariants,
    lagMs: tally.lagMs,
  };
}
