/** A `LoadResult` of the records of virtual users: of one run of k6 here, or of all runners of a run elsewhere. */
import {
  concludeLoad,
  judgeThresholds,
  LOAD_RESULT_FORMAT,
  type LoadHealth,
  type LoadPart,
  type LoadPoint,
  type LoadResult,
  type LoadRun,
  type LoadStage,
} from '#results';
import { profileOf } from '../engine/assemble.ts';
import { ENGINE_LIMITS } from '../engine/limits.ts';
import { joinedDelivery, joinedMetrics, uniqueRecords } from './join-records.ts';
import { joinedErrors, joinedInvariants, joinedSeries } from './join-series.ts';
import { notesOf } from './notes.ts';
import { lateLimitMs } from './shared/config.ts';
import type { UserRecord } from './shared/record.ts';
import { timelineOf } from './shared/timeline.ts';

export interface K6Context {
  readonly tool: LoadResult['tool'];
  /** `2.2.0`; 'unknown' where only logs are at hand. */
  readonly k6Version: string;
  readonly command: string;
  readonly label: string;
  /** As it may be shown. */
  readonly url: string;
  /** Beside those that the script itself gives reason to. */
  readonly notes?: readonly string[];
  readonly cpuSeconds?: number;
  readonly rssBytes?: number;
  readonly ended?: NonNullable<LoadRun['ended']>;
  /** 130 or 143. */
  readonly signalled?: number;
}

/** Throws `RecordsError` where there are none, or where they are of several runs. */
export function resultOf(given: readonly UserRecord[], context: K6Context): LoadResult {
  const records = uniqueRecords(given);
  const [head] = records as [UserRecord];
  const { plan } = head.config;
  const { metrics, whole } = joinedMetrics(records);
  const series = joinedSeries(records);
  const measuredMs = Math.max(...records.map((one) => one.measuredMs));
  const health = healthOf(records, context);
  const invariants = joinedInvariants(records);
  const thresholds = judgeThresholds(plan.thresholds, metrics, measuredMs, series.points);
  const { tool, label, url, signalled } = context;
  const ended = context.ended ?? (isDown(series.points.at(-1), whole) ? 'broker-down' : undefined);
  const parts = partsOf(records);
  return {
    format: LOAD_RESULT_FORMAT,
    tool,
    run: {
      id: plan.runId,
      startedAt: new Date(Math.min(...records.map((one) => one.startedAt))).toISOString(),
      durationMs: Math.max(...records.map((one) => one.durationMs)),
      measuredMs,
      command: context.command,
      ...(ended === undefined ? {} : { ended }),
    },
    engine: engineOf(head, context),
    target: { label, url, transport: plan.transport, version: plan.version, compression: false },
    profile: profileOf(plan),
    stages: stagesOf(records),
    metrics,
    whole,
    delivery: joinedDelivery(records),
    series,
    errors: joinedErrors(records),
    invariants,
    health,
    thresholds,
    ...(parts.length > 1 ? { parts } : {}),
    conclusion: concludeLoad({
      label,
      thresholds,
      invariants,
      health,
      metrics,
      ...(ended === undefined ? {} : { ended }),
      ...(signalled === undefined ? {} : { signalled }),
    }),
  };
}

/** At the end nothing was connected that should have been, though it had been. */
function isDown(last: LoadPoint | undefined, whole: LoadResult['whole']): boolean {
  return last !== undefined && last.wanted > 0 && last.connections === 0 && whole.connections_dropped > 0;
}

function engineOf({ config }: UserRecord, { k6Version, notes = [] }: K6Context): LoadResult['engine'] {
  const { engine } = config;
  const closed = config.plan.populations.some(({ publish }) => publish?.inFlight === 1) || engine === 'xk6-mqtt';
  return {
    name: engine,
    version: k6Version,
    workers: config.users,
    model: closed && config.plan.populations.some(({ publish }) => (publish?.qos ?? 0) > 0) ? 'closed' : 'open',
    latencyFrom: 'intended send',
    clock: 'duration of the run of k6 (nanoseconds), arrivals as k6 read the frame',
    clockErrorMs: config.tickMs + 1,
    notes: [...notesOf(config), ...notes],
  };
}

function stagesOf(records: readonly UserRecord[]): LoadStage[] {
  const [{ config }] = records as [UserRecord];
  const durationMs = Math.max(...records.map((one) => one.durationMs));
  return timelineOf(config.plan, config.settleSeconds).flatMap(({ startMs, endMs }, index) => {
    const stage = config.plan.stages[index];
    if (stage === undefined || startMs > durationMs) return [];
    const targetRate = stage.do.reduce((sum, one) => sum + (one.do === 'publish' ? one.perSecond : 0), 0);
    const sum = (what: 'sent' | 'received'): number =>
      records.reduce((total, { stages }) => total + (stages[index]?.[what] ?? 0), 0);
    return {
      name: stage.name,
      role: stage.role,
      startMs,
      endMs: Math.min(endMs, Math.max(startMs, durationMs)),
      ...(targetRate === 0 ? {} : { targetRate }),
      sent: sum('sent'),
      received: sum('received'),
    };
  });
}

function healthOf(records: readonly UserRecord[], context: K6Context): LoadHealth {
  const sum = (of: (one: UserRecord) => number): number => records.reduce((total, one) => total + of(one), 0);
  const sends = {
    onTime: sum((one) => one.sends.onTime),
    late: sum((one) => one.sends.late),
    blocked: sum((one) => one.sends.blocked),
  };
  const all = sends.onTime + sends.late + sends.blocked;
  const share = all === 0 ? 0 : sends.late / all;
  const grave = graveReasons(records, share, sends.late);
  const warns = share > ENGINE_LIMITS.lateWarn ? [lateness(records, share, sends.late)] : [];
  return {
    verdict: grave.length > 0 ? 'invalid' : warns.length > 0 ? 'warn' : 'good',
    reasons: grave.length > 0 ? grave : warns,
    sends,
    // k6 tells nothing of a virtual user but what the script sees: its timer.
    workers: records.map(({ lagMs }) => ({ busy: 0, starved: 0, gcMs: 0, lagMs })),
    cpuSeconds: context.cpuSeconds ?? 0,
    rssBytes: context.rssBytes ?? 0,
    messagesPerWrite: 1,
  };
}

function graveReasons(records: readonly UserRecord[], share: number, late: number): string[] {
  const users = records[0]?.config.users ?? 0;
  const reasons: string[] = [];
  if (records.length < users) {
    reasons.push(`${users - records.length} of ${users} virtual users left no record, so nothing can be summed`);
  }
  const unready = records.reduce((sum, one) => sum + one.unready, 0);
  if (unready > 0) {
    reasons.push(
      `${unready} clients were not ready when publishing began: the broker took longer than the ${records[0]?.config.settleSeconds ?? 0} s that k6 gives it`,
    );
  }
  if (share > ENGINE_LIMITS.lateInvalid) reasons.push(lateness(records, share, late));
  return reasons;
}

function lateness(records: readonly UserRecord[], share: number, late: number): string {
  const limit = lateLimitMs(records[0]?.config.tickMs ?? 0);
  const lag = Math.max(...records.map((one) => one.lagMs));
  return `the generator did not keep its schedule: ${(share * 100).toFixed(1)} % of the sends (${late}) were more than ${limit} ms late; a virtual user stood still for up to ${Math.round(lag)} ms`;
}

function partsOf(records: readonly UserRecord[]): LoadPart[] {
  const segments = [...new Set(records.map(({ segment }) => segment))].sort();
  return segments.map((part) => {
    const all = records.filter(({ segment }) => segment === part);
    const startedAt = new Date(Math.min(...all.map((one) => one.startedAt))).toISOString();
    return { runId: all[0]?.runId ?? '', part, startedAt, workers: all.length };
  });
}
