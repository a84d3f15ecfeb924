/** Makes the result of what the threads told. */
import {
  concludeLoad,
  judgeThresholds,
  LOAD_RESULT_FORMAT,
  type LoadInvariant,
  type LoadProfile,
  type LoadResult,
} from '#results';
import type { Plan, PlannedPopulation } from '../profiles/plan.ts';
import type { Conducted } from './conductor.ts';
import type { WorkerFinal } from './contract.ts';
import { healthOf } from './health.ts';
import { requirementsOf } from './invariants.ts';
import { metricsOf } from './metrics-of.ts';
import type { LoadOptions } from './run-load.ts';
import { joinedErrors, summedCounters, summedDelivery, type Tally } from './tally.ts';

export interface Ingredients {
  readonly options: LoadOptions;
  readonly conducted: Conducted;
  readonly tally: Tally;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly workers: number;
  readonly cpuSeconds: number;
}

export function assemble(from: Ingredients): LoadResult {
  const { options, conducted, tally } = from;
  const { plan, label } = options;
  const { finals, ended, measuredMs, knee } = conducted;
  const delivery = summedDelivery(finals);
  const answered = delivery.slice(1);
  const broken = brokenInvariants(finals, plan);
  const counters = summedCounters(finals.map((one) => one.counters));
  const whole = summedCounters(finals.map((one) => one.whole));
  const metrics = metricsOf({
    whole,
    trends: tally.trends,
    counters: { ...counters, invariants_broken: broken.reduce((sum, one) => sum + one.broken, 0) },
    onTime: finals.reduce((sum, one) => sum + one.sendsOnTime, 0),
    answered: {
      sent: answered.reduce((sum, one) => sum + one.sent, 0),
      acknowledged: answered.reduce((sum, one) => sum + one.acknowledged, 0),
    },
  });
  const { points, intervalMs } = tally;
  const rssBytes = Math.max(0, ...points.map((one) => one.rss ?? 0));
  const health = healthOf({ finals, measuredMs, cpuSeconds: from.cpuSeconds, rssBytes, beyond: conducted.beyond });
  const thresholds = judgeThresholds(plan.thresholds, metrics, measuredMs, points);
  const signalled = options.signalled?.();
  const closing = { label, thresholds, invariants: broken, health, metrics };
  return {
    format: LOAD_RESULT_FORMAT,
    tool: { name: 'mqttspec', version: options.toolVersion, node: process.versions.node },
    run: {
      id: plan.runId,
      startedAt: from.startedAt.toISOString(),
      durationMs: from.durationMs,
      measuredMs,
      command: options.command,
      ...(ended === undefined ? {} : { ended }),
    },
    engine: engineOf(from),
    target: targetOf(options, finals),
    profile: profileOf(plan),
    stages: conducted.stages,
    metrics,
    whole,
    delivery,
    series: { intervalMs, points },
    errors: joinedErrors(finals.map((one) => one.errors)),
    invariants: broken,
    health,
    thresholds,
    ...(knee === undefined ? {} : { knee }),
    conclusion: concludeLoad({
      ...closing,
      ...(ended === undefined ? {} : { ended }),
      ...(signalled === undefined ? {} : { signalled }),
    }),
  };
}

function engineOf({ options, workers, conducted }: Ingredients): LoadResult['engine'] {
  const { plan } = options;
  const closed = plan.populations.some(({ publish }) => publish?.inFlight !== undefined);
  const notes = [
    deflateNote(options.deflate === true, conducted.finals),
    ...(plan.payloadsChecked ? [] : ['payloads are too short to be told apart: deliveries were counted only']),
    ...(plan.transport === 'wss' || plan.transport === 'mqtts'
      ? ['an abrupt end over TLS is a FIN, as Node can not reset it']
      : []),
  ];
  return {
    name: 'embedded',
    version: options.toolVersion,
    workers: Math.max(1, workers),
    model: closed ? 'closed' : 'open',
    latencyFrom: 'intended send',
    clock: 'monotonic, one for all threads',
    clockErrorMs: 0.01,
    notes,
  };
}

function targetOf({ target, label, plan }: LoadOptions, finals: readonly WorkerFinal[]): LoadResult['target'] {
  const [{ url, transport }] = target.endpoints;
  const tls = finals.find((one) => one.tls !== undefined)?.tls;
  return {
    label,
    url,
    transport,
    version: plan.version,
    ...(tls === undefined ? {} : { tls }),
    compression: agreed(finals) > 0,
  };
}

const agreed = (finals: readonly WorkerFinal[]): number => finals.reduce((sum, { deflate }) => sum + deflate.agreed, 0);

function deflateNote(offered: boolean, finals: readonly WorkerFinal[]): string {
  if (!offered) return 'permessage-deflate was not offered';
  const taken = agreed(finals);
  const all = finals.reduce((sum, { deflate }) => sum + deflate.agreed + deflate.declined, 0);
  if (taken === 0) return 'permessage-deflate was offered, and the broker did not agree to it: nothing was compressed';
  return `permessage-deflate was offered, and agreed on ${taken} of ${all} connections`;
}

export function profileOf(plan: Plan): LoadProfile {
  const { profile, title, parameters, payloadsChecked, packing } = plan;
  const populations = plan.populations.map((one) => ({ name: one.name, count: one.count, does: doing(one) }));
  return { name: profile, title, parameters, populations, payloadsChecked, packing };
}

function doing({ subscribe, publish, will, cleanStart }: PlannedPopulation): string {
  const parts = [
    ...subscribe.map(
      ({ filter, qos, share }) =>
        `subscribes to ${share === undefined ? '' : `$share/${share}/`}${filter} at QoS ${qos}`,
    ),
    ...(publish === undefined
      ? []
      : [`publishes ${publish.payloadBytes} bytes to ${publish.topic} at QoS ${publish.qos}`]),
    ...(will === undefined ? [] : [`leaves a will on ${will.topic}`]),
    ...(cleanStart ? [] : ['keeps its session']),
  ];
  return parts.length === 0 ? 'connects and stays' : parts.join(', ');
}

function brokenInvariants(finals: readonly WorkerFinal[], plan: Plan): readonly LoadInvariant[] {
  return plan.invariants.map((name) => {
    const all = finals.flatMap((one) => one.invariants.filter((each) => each.name === name));
    const first = all.flatMap((one) => (one.first === undefined ? [] : [one.first])).sort((a, b) => a.atMs - b.atMs)[0];
    return {
      name,
      requirements: requirementsOf(name, plan.version),
      checked: all.reduce((sum, one) => sum + one.checked, 0),
      broken: all.reduce((sum, one) => sum + one.broken, 0),
      ...(first === undefined ? {} : { first }),
    };
  });
}
