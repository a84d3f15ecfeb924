/** A profile and what the user set, made a plan. */
import type { MqttVersion } from '#spec';
import type { Transport } from '#target';
import type { Qos } from '#wire';
import { parameterValues, type ParameterValues } from './parameters.ts';
import { checkedThreshold } from './parse-profile.ts';
import type { Plan, PlannedPopulation } from './plan.ts';
import { planStages } from './plan-stages.ts';
import { ProfileError } from './profile-error.ts';
import { HEADER_BYTES, PACKINGS, type Packing, type Population, type Profile, type ThresholdMap } from './profile.ts';
import { valuesOf, type Values } from './resolve.ts';
import { withValues } from './with-values.ts';

export interface PlanSettings {
  /** As typed: `{ publishers: '50' }`. */
  readonly set?: Readonly<Record<string, string>>;
  /** Default 5.0, or what the profile has. */
  readonly version?: MqttVersion;
  readonly transport: Transport;
  /** Eight hexadecimal digits. */
  readonly runId: string;
  /** Ends in a slash, or is empty. Default `mqttspec/`. */
  readonly topicPrefix?: string;
  /** Default `ms`. */
  readonly clientIdPrefix?: string;
  /** Further thresholds; those of the profile for the same metric and aggregation are replaced. */
  readonly thresholds?: ThresholdMap;
}

/** Seconds that a run may last beyond what its stages ask for. */
const SPARE_SECONDS = 60;

/** Throws `ProfileError` on a parameter, a threshold or a version that cannot be meant. */
export function planOf(profile: Profile, settings: PlanSettings): Plan {
  const { transport, runId, topicPrefix = 'mqttspec/', clientIdPrefix = 'ms' } = settings;
  const parameters = parameterValues(profile, settings.set ?? {});
  const values = valuesOf(profile.name, parameters);
  const version = versionOf(profile, settings.version);
  if (profile.needs?.includes('tls') === true && transport !== 'wss' && transport !== 'mqtts') {
    throw new ProfileError(
      'PROFILE_INVALID',
      `the profile ${profile.name} is about TLS`,
      'give a wss:// or mqtts:// URL',
    );
  }
  const { populations, clients, lanes } = planPopulations(profile, values, version);
  const stages = planStages(profile, populations, values);
  const seconds = stages.reduce((sum, stage) => sum + (stage.seconds ?? stage.withinSeconds), 0);
  return {
    profile: profile.name,
    title: profile.title,
    version,
    transport,
    runId,
    topicPrefix: `${topicPrefix}${runId}/`,
    clientIdPrefix: `${clientIdPrefix}${runId}`,
    parameters,
    populations: populations.map((one, index) => ({ ...one, accounting: accountingOf(profile, index, populations) })),
    clients,
    lanes,
    stages,
    thresholds: mergedThresholds(profile.thresholds, settings.thresholds ?? {}, parameters),
    invariants: profile.invariants ?? [],
    packing: values.word(profile.packing ?? 'one', PACKINGS) as Packing,
    payloadsChecked: populations.every(({ publish }) => publish === undefined || publish.payloadBytes >= HEADER_BYTES),
    limitSeconds: Math.ceil(seconds + SPARE_SECONDS),
  };
}

function versionOf(profile: Profile, wanted: MqttVersion | undefined): MqttVersion {
  const known = profile.versions ?? ['5.0', '3.1.1'];
  if (wanted === undefined) return known.includes('5.0') ? '5.0' : '3.1.1';
  if (known.includes(wanted)) return wanted;
  throw new ProfileError(
    'PROFILE_VERSION',
    `the profile ${profile.name} needs MQTT ${known.join(' or ')}`,
    `leave out --mqtt ${wanted}`,
  );
}

type Unaccounted = Omit<PlannedPopulation, 'accounting'>;

function planPopulations(profile: Profile, values: Values, version: MqttVersion) {
  let first = 0;
  let lane = 0;
  const populations = profile.populations.map((one): Unaccounted => {
    const count = values.whole(one.count);
    const made = planPopulation(one, { values, first, count, lane, version });
    first += count;
    lane += (made.publish?.lanes ?? 0) + (made.will === undefined ? 0 : count);
    return made;
  });
  return { populations, clients: first, lanes: lane };
}

interface Placed {
  readonly values: Values;
  readonly first: number;
  readonly count: number;
  readonly lane: number;
  readonly version: MqttVersion;
}

function planPopulation(one: Population, { values, first, count, lane, version }: Placed): Unaccounted {
  const qos = (value: Parameters<Values['whole']>[0]): Qos => Math.min(2, values.whole(value)) as Qos;
  const topics = values.whole(one.publish?.topics ?? 1);
  const lanes = count * topics;
  if (version === '3.1.1' && one.subscribe?.some(({ share }) => share !== undefined) === true) {
    throw new ProfileError('PROFILE_VERSION', 'shared subscriptions are a part of MQTT 5.0', 'leave out --mqtt 3.1.1');
  }
  const { publish, will } = one;
  return {
    name: one.name,
    first,
    count,
    keepAliveSeconds: values.whole(one.keepAliveSeconds ?? 60),
    cleanStart: one.cleanStart ?? true,
    sessionSeconds: values.whole(one.sessionSeconds ?? 0),
    tlsResume: values.number(one.tlsResume ?? 0),
    ...(one.receiveMaximum === undefined ? {} : { receiveMaximum: values.whole(one.receiveMaximum) }),
    subscribe: (one.subscribe ?? []).map((each) => ({
      filter: each.filter,
      qos: qos(each.qos),
      topics: values.whole(each.topics ?? 1),
      ...(each.share === undefined ? {} : { share: each.share }),
    })),
    subscribeWhen: one.subscribeWhen ?? 'connected',
    ...(publish === undefined
      ? {}
      : {
          publish: {
            topic: publish.topic,
            qos: qos(publish.qos),
            topics,
            retain: publish.retain ?? false,
            payloadBytes: values.whole(publish.payloadBytes),
            ...inFlightOf(values.whole(publish.inFlight ?? 0)),
            firstLane: lane,
            lanes,
          },
        }),
    ...(will === undefined
      ? {}
      : {
          will: {
            topic: will.topic,
            qos: qos(will.qos),
            retain: will.retain ?? false,
            payloadBytes: Math.max(HEADER_BYTES, values.whole(will.payloadBytes)),
            delaySeconds: values.whole(will.delaySeconds ?? 0),
            firstLane: lane + (publish === undefined ? 0 : lanes),
          },
        }),
  };
}

/** 0: as much as the broker allows. */
const inFlightOf = (inFlight: number) => (inFlight === 0 ? {} : { inFlight });

/** Whoever leaves or changes its subscriptions without a session that keeps them can't be told a loss from its absence. */
function accountingOf(
  profile: Profile,
  index: number,
  populations: readonly Unaccounted[],
): PlannedPopulation['accounting'] {
  const { name, subscribe, subscribeWhen, cleanStart, sessionSeconds } = populations[index] as Unaccounted;
  const activities = profile.stages.flatMap((stage) => stage.do);
  const concerns = (kinds: readonly string[]): boolean =>
    activities.some((one) => kinds.includes(one.do) && one.who.includes(name));
  const retained = populations.some(({ publish }) => publish?.retain === true);
  if (subscribeWhen === 'asked' && retained) return 'retained';
  if (subscribe.length === 0) return 'strict';
  if (concerns(['unsubscribe', 'resubscribe', 'stall'])) return 'loose';
  const keeps = !cleanStart && sessionSeconds > 0 && subscribe.every(({ qos }) => qos > 0);
  return concerns(['disconnect', 'reconnect']) && !keeps ? 'loose' : 'strict';
}

/** What the user asks of a metric stands instead of what the profile asks of the same (`p(99)` of `message_latency`). */
function mergedThresholds(own: ThresholdMap, further: ThresholdMap, parameters: ParameterValues): Plan['thresholds'] {
  const parse = (map: ThresholdMap) =>
    Object.entries(map).flatMap(([metric, all]) =>
      all.map((one) => checkedThreshold(metric, withValues(one, parameters))),
    );
  const added = parse(further);
  const same = (a: (typeof added)[number], b: (typeof added)[number]): boolean =>
    a.metric === b.metric && a.aggregation === b.aggregation && a.percentile === b.percentile;
  return [...parse(own).filter((one) => !added.some((other) => same(one, other))), ...added];
}
