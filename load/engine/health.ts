/** Whether the generator kept its own schedule, and if not, why. */
import type { LoadHealth } from '#results';
import type { WorkerFinal } from './contract.ts';
import { ENGINE_LIMITS } from './limits.ts';

/** Share of the time that a thread waited for a core, and that it ran, from which on that is the explanation. */
const STARVED = 0.08;
const SATURATED = 0.85;
const COLLECTING = 0.1;

export interface HealthInput {
  readonly finals: readonly WorkerFinal[];
  readonly measuredMs: number;
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  /** Sends that do not count: of the step that ended a climb. */
  readonly beyond: { readonly late: number; readonly blocked: number; readonly onTime: number };
}

/** Only *late* sends count against the generator; *blocked* ones waited for the broker. */
export function healthOf({ finals, measuredMs, cpuSeconds, rssBytes, beyond }: HealthInput): LoadHealth {
  const sum = (of: (one: WorkerFinal) => number): number => finals.reduce((total, one) => total + of(one), 0);
  const sends = {
    onTime: sum((one) => one.sendsOnTime) - beyond.onTime,
    late: Math.max(0, sum((one) => one.counters.sends_late) - beyond.late),
    blocked: Math.max(0, sum((one) => one.counters.sends_blocked) - beyond.blocked),
  };
  const all = sends.onTime + sends.late + sends.blocked;
  const share = all === 0 ? 0 : sends.late / all;
  const verdict = share > ENGINE_LIMITS.lateInvalid ? 'invalid' : share > ENGINE_LIMITS.lateWarn ? 'warn' : 'good';
  const writes = sum((one) => one.writes);
  return {
    verdict,
    reasons: verdict === 'good' ? [] : [lateness(share, sends.late), explanation(finals, measuredMs)],
    sends,
    workers: finals.map(({ busy, starved, gcMs, lagMs }) => ({ busy, starved, gcMs, lagMs })),
    cpuSeconds,
    rssBytes,
    messagesPerWrite: writes === 0 ? 0 : sum((one) => one.writtenMessages) / writes,
  };
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

function lateness(share: number, late: number): string {
  const { lateMs, lateInvalid } = ENGINE_LIMITS;
  const limit = share > lateInvalid ? `; ${percent(lateInvalid)} is the limit` : '';
  return `the generator did not keep its schedule: ${percent(share)} of the sends (${late}) were more than ${lateMs} ms late${limit}`;
}

function explanation(finals: readonly WorkerFinal[], measuredMs: number): string {
  const most = (of: (one: WorkerFinal) => number): number => Math.max(0, ...finals.map(of));
  const starved = most((one) => one.starved);
  if (starved > STARVED)
    return `its threads waited for a core ${percent(starved)} of the time: other programs use this machine`;
  const busy = most((one) => one.busy);
  if (busy > SATURATED)
    return `its busiest thread ran ${percent(busy)} of the time: this is more than it can send from here`;
  const collecting = measuredMs <= 0 ? 0 : most((one) => one.gcMs) / measuredMs;
  if (collecting > COLLECTING) return `it collected garbage ${percent(collecting)} of the time`;
  return `its loop stood still for up to ${Math.round(most((one) => one.lagMs))} ms: the machine, or this process, was stopped or busy`;
}
