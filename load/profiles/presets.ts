/** The published names of the open MQTT benchmark suite: `fanout-1-1K-1-1K` is publishers, subscribers, topics, deliveries per second. */
import { numberOf } from './parameters.ts';
import { CONNECT_STORM } from './named/connect-storm.ts';
import { FAN_OUT } from './named/fan-out.ts';
import { SHARED_SUBSCRIPTION } from './named/shared-subscription.ts';
import { STEADY_PUBSUB } from './named/steady-pubsub.ts';
import type { Parameter, Profile } from './profile.ts';

/** Some of the names, to show what they look like; every number can be another. */
export const PRESET_EXAMPLES = [
  'conn-tcp-1M-5K',
  'fanout-1-1K-1-1K',
  'fanout-5-1000-5-250K',
  'p2p-50K-50K-50K-50K',
  'sharedsub-50K-500-50K-50K',
] as const;

const SIZE = String.raw`\d+(?:\.\d+)?[KM]?`;
const CONNECTIONS = new RegExp(`^(?:singlenode-)?conn-(?:[a-z]+-)?(${SIZE})-(${SIZE})$`, 'i');
const MESSAGES = new RegExp(
  `^(?:singlenode-)?(fanout|p2p|share(?:d)?sub)-(${SIZE})-(${SIZE})-(${SIZE})-(${SIZE})$`,
  'i',
);

/** Bytes of a payload in the published suite. */
const PUBLISHED_BYTES = 16;

/** The suite keeps its load for 30 minutes, at QoS 1 with 16 bytes; a payload of 40 is the least that can be told apart. */
const COMMON = { seconds: 1800, payload: 40, qos: 1 } as const;

/** The profile of a published name; undefined where it is none, or its numbers do not fit together. */
export function presetOf(name: string): Profile | undefined {
  const connections = CONNECTIONS.exec(name);
  if (connections !== null) {
    const [, clients, rate] = connections.map((text) => numberOf(text) ?? 0);
    return named(CONNECT_STORM, name, { clients, rate, hold: 1800, keepAlive: 300 });
  }
  const messages = MESSAGES.exec(name);
  if (messages === null) return undefined;
  const kind = (messages[1] as string).toLowerCase();
  const [publishers = 0, subscribers = 0, topics = 0, deliveries = 0] = messages
    .slice(2)
    .map((text) => numberOf(text) ?? 0);
  if (topics !== publishers || publishers === 0 || subscribers === 0) return undefined;
  if (kind === 'fanout') {
    const rate = Math.max(1, Math.round(deliveries / subscribers));
    return named(FAN_OUT, name, { ...COMMON, publishers, subscribers, rate });
  }
  if (kind === 'p2p') {
    return publishers === subscribers
      ? named(STEADY_PUBSUB, name, { ...COMMON, pairs: publishers, rate: deliveries })
      : undefined;
  }
  return named(SHARED_SUBSCRIPTION, name, { ...COMMON, publishers, members: subscribers, rate: deliveries });
}

function named(profile: Profile, name: string, defaults: Readonly<Record<string, number | undefined>>): Profile {
  const { payload } = defaults;
  const larger =
    payload === undefined
      ? ''
      : `, with ${payload} bytes instead of ${PUBLISHED_BYTES} (--set payload=${PUBLISHED_BYTES}: counted only)`;
  const parameters = Object.entries(profile.parameters).map(([key, parameter]): [string, Parameter] => [
    key,
    { ...parameter, default: defaults[key] ?? parameter.default },
  ]);
  return {
    ...profile,
    name,
    title: `${profile.title}, as in the open MQTT benchmark suite${larger}`,
    parameters: Object.fromEntries(parameters),
  };
}
