/** What k6 can't do is refused before the start, in one sentence: a run that quietly did something else would lie. */
import type { EndKind } from '../profiles/profile.ts';
import type { Plan, PlannedActivity } from '../profiles/plan.ts';
import { K6Error } from './k6-error.ts';

export type K6Engine = 'k6' | 'xk6-mqtt';

/** What else a run asks for beside its plan. */
export interface Asked {
  readonly headers: boolean;
  readonly servername: boolean;
  readonly pfx: boolean;
}

/** Throws `K6Error` with the first thing that this engine can't carry. */
export function refuseWhatK6Cannot(plan: Plan, engine: K6Engine, asked: Partial<Asked> = {}): void {
  const sentence = cannot(plan, engine, asked);
  if (sentence === undefined) return;
  throw new K6Error('K6_CANNOT_CARRY', `${plan.profile} can't run on ${engine}: ${sentence}`, HINT);
}

const HINT = 'the embedded engine can: --engine embedded';

/** Undefined where it can. */
export function cannot(plan: Plan, engine: K6Engine, asked: Partial<Asked>): string | undefined {
  const { stages, populations } = plan;
  const activities = stages.flatMap((stage) => stage.do);
  const ends = activities.flatMap((one) => ('how' in one ? one.how : []));
  if (stages.some(({ step }) => step !== undefined)) {
    return 'virtual users share nothing, so a climb has nobody who could end it at the knee';
  }
  if (activities.some((one) => one.do === 'stall')) return 'it has no way to leave a socket unread';
  if (populations.some(({ tlsResume }) => tlsResume > 0)) return 'it has no way to say when a TLS session is resumed';
  const bad = ends.find((how) => !canEnd(how, engine));
  if (bad !== undefined) return `it can't end a connection by '${bad}'${engine === 'k6' ? " (try 'close')" : ''}`;
  if (asked.servername === true) return 'it has no way to set the server name (SNI)';
  if (asked.pfx === true) return 'it takes a client certificate as PEM only';
  return engine === 'k6' ? cannotOverWebSocket(plan) : cannotByExtension(plan, activities, asked);
}

function canEnd(how: EndKind, engine: K6Engine): boolean {
  return how === 'disconnect' || (how === 'close' && engine === 'k6');
}

function cannotOverWebSocket({ transport }: Plan): string | undefined {
  if (transport === 'ws' || transport === 'wss') return undefined;
  return `stock k6 has no ${transport}: (k6 with grafana/xk6-mqtt has: --engine xk6-mqtt)`;
}

function cannotByExtension(
  { version, populations, packing, transport }: Plan,
  activities: readonly PlannedActivity[],
  asked: Partial<Asked>,
): string | undefined {
  if (version !== '3.1.1') return 'k6/x/mqtt speaks MQTT 3.1.1 only (--mqtt 3.1.1)';
  if (asked.headers === true) return 'k6/x/mqtt sends no headers of ours';
  if (packing !== 'one' && transport.startsWith('ws')) return `k6/x/mqtt can't pack frames as '${packing}'`;
  if (populations.some(({ will }) => will !== undefined)) {
    return 'k6/x/mqtt takes a will as text only, which can hold no account of the message';
  }
  if (populations.some(({ cleanStart, sessionSeconds }) => !cleanStart || sessionSeconds > 0)) {
    return 'k6/x/mqtt starts each session clean, whatever it is told';
  }
  if (activities.some((one) => one.do === 'await-wills')) return 'k6/x/mqtt has no wills that could be awaited';
  return undefined;
}
