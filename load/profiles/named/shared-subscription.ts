import type { Profile } from '../profile.ts';

export const SHARED_SUBSCRIPTION: Profile = {
  format: 'mqttspec/profile/1',
  name: 'shared-subscription',
  title: 'a group shares one subscription (MQTT 5.0)',
  description:
    'Many publishers, a group of consumers that get each message once together. Answers: does the group get everything exactly once, and how is the work spread?',
  versions: ['5.0'],
  parameters: {
    publishers: { title: 'publishers', default: 50, min: 1, max: 500_000 },
    members: { title: 'members of the group', default: 5, min: 1, max: 10_000 },
    rate: { title: 'messages per second, all publishers together', default: 2000, min: 1, unit: 'messages/s' },
    warmup: { title: 'seconds that are not measured, before', default: 3, unit: 's' },
    seconds: { title: 'length of the measured part', default: 30, min: 1, unit: 's' },
    payload: { title: 'size of a payload', default: 80, max: 268_000_000, unit: 'bytes' },
    qos: { title: 'QoS of publications and subscriptions', default: 1, max: 2 },
    connectRate: { title: 'connections per second', default: 500, min: 1, unit: '/s' },
    p99: { title: 'most milliseconds for 99 % of the messages', default: 250, min: 1, unit: 'ms' },
  },
  populations: [
    { name: 'members', count: '$members', subscribe: [{ filter: 'shared/+', qos: '$qos', share: 'group' }] },
    {
      name: 'publishers',
      count: '$publishers',
      publish: { topic: 'shared/{client}', qos: '$qos', payloadBytes: '$payload' },
    },
  ],
  stages: [
    {
      name: 'connect',
      role: 'setup',
      within: 120,
      do: [{ do: 'connect', who: ['members', 'publishers'], perSecond: '$connectRate' }],
    },
    {
      name: 'warm-up',
      role: 'warm-up',
      seconds: '$warmup',
      do: [{ do: 'publish', who: ['publishers'], perSecond: '$rate' }],
    },
    {
      name: 'steady',
      role: 'steady',
      seconds: '$seconds',
      do: [{ do: 'publish', who: ['publishers'], perSecond: '$rate' }],
    },
    { name: 'drain', role: 'cool-down', within: 10, do: [{ do: 'drain', who: ['members'] }] },
  ],
  thresholds: { message_latency: ['p(99)<$p99'], delivered: ['rate==1'], connections_dropped: ['count==0'] },
  invariants: ['receive-maximum', 'dup'],
};
