import type { Profile } from '../profile.ts';

export const FAN_IN: Profile = {
  format: 'mqttspec/profile/1',
  name: 'fan-in',
  title: 'many publishers, one subscriber with a wildcard',
  description:
    'What sensors do to a collector. Answers: how much can one subscription take, and does the broker keep the order of each publisher?',
  parameters: {
    publishers: { title: 'publishers', default: 100, min: 1, max: 500_000 },
    subscribers: { title: 'subscribers, each gets everything', default: 1, min: 1, max: 1000 },
    rate: { title: 'messages per second, all publishers together', default: 2000, min: 1, unit: 'messages/s' },
    warmup: { title: 'seconds that are not measured, before', default: 3, unit: 's' },
    seconds: { title: 'length of the measured part', default: 30, min: 1, unit: 's' },
    payload: { title: 'size of a payload', default: 80, max: 268_000_000, unit: 'bytes' },
    qos: { title: 'QoS of publications and subscriptions', default: 1, max: 2 },
    connectRate: { title: 'connections per second', default: 500, min: 1, unit: '/s' },
    p99: { title: 'most milliseconds for 99 % of the messages', default: 250, min: 1, unit: 'ms' },
  },
  populations: [
    { name: 'subscribers', count: '$subscribers', subscribe: [{ filter: 'in/+', qos: '$qos' }] },
    {
      name: 'publishers',
      count: '$publishers',
      publish: { topic: 'in/{client}', qos: '$qos', payloadBytes: '$payload' },
    },
  ],
  stages: [
    {
      name: 'connect',
      role: 'setup',
      within: 120,
      do: [{ do: 'connect', who: ['subscribers', 'publishers'], perSecond: '$connectRate' }],
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
    { name: 'drain', role: 'cool-down', within: 10, do: [{ do: 'drain', who: ['subscribers'] }] },
  ],
  thresholds: { message_latency: ['p(99)<$p99'], delivered: ['rate==1'], connections_dropped: ['count==0'] },
  invariants: ['order', 'exactly-once', 'receive-maximum', 'dup'],
};
