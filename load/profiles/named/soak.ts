import type { Profile } from '../profile.ts';

export const SOAK: Profile = {
  format: 'mqttspec/profile/1',
  name: 'soak',
  title: 'a moderate load for a long time',
  description:
    'QoS 1 pairs for ten minutes, or as long as is asked. Answers: does latency creep up, is a message lost in a long time, does a connection drop?',
  parameters: {
    pairs: { title: 'publishers, and as many subscribers', default: 50, min: 1, max: 500_000 },
    rate: { title: 'messages per second, all publishers together', default: 500, min: 1, unit: 'messages/s' },
    warmup: { title: 'seconds that are not measured, before', default: 10, unit: 's' },
    seconds: { title: 'length of the measured part', default: 600, min: 1, unit: 's' },
    payload: { title: 'size of a payload', default: 80, max: 268_000_000, unit: 'bytes' },
    qos: { title: 'QoS of publications and subscriptions', default: 1, max: 2 },
    p99: { title: 'most milliseconds for 99 % of the messages', default: 250, min: 1, unit: 'ms' },
  },
  populations: [
    { name: 'subscribers', count: '$pairs', subscribe: [{ filter: 'pair/{client}', qos: '$qos' }] },
    { name: 'publishers', count: '$pairs', publish: { topic: 'pair/{client}', qos: '$qos', payloadBytes: '$payload' } },
  ],
  stages: [
    {
      name: 'connect',
      role: 'setup',
      within: 120,
      do: [{ do: 'connect', who: ['subscribers', 'publishers'], perSecond: 500 }],
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
  thresholds: {
    message_latency: ['p(99)<$p99'],
    delivered: ['rate==1'],
    messages_duplicated: ['count==0'],
    connections_dropped: ['count==0'],
  },
  invariants: ['order', 'exactly-once', 'receive-maximum', 'dup'],
};
