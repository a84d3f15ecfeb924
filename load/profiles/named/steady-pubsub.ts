import type { Profile } from '../profile.ts';

export const STEADY_PUBSUB: Profile = {
  format: 'mqttspec/profile/1',
  name: 'steady-pubsub',
  title: 'point to point at a steady rate',
  description:
    'As many publishers as subscribers, each pair on a topic of its own. Answers: what is the latency at this rate, and is every message delivered once and in order?',
  parameters: {
    pairs: { title: 'publishers, and as many subscribers', default: 100, min: 1, max: 500_000 },
    rate: { title: 'messages per second, all publishers together', default: 2000, min: 1, unit: 'messages/s' },
    warmup: { title: 'seconds that are not measured, before', default: 3, unit: 's' },
    seconds: { title: 'length of the measured part', default: 30, min: 1, unit: 's' },
    payload: { title: 'size of a payload', default: 80, max: 268_000_000, unit: 'bytes' },
    qos: { title: 'QoS of publications and subscriptions', default: 0, max: 2 },
    inFlight: { title: 'unacknowledged messages of a publisher; 0: what the broker allows', default: 0, max: 65_535 },
    connectRate: { title: 'connections per second', default: 500, min: 1, unit: '/s' },
    packing: { title: 'packets to WebSocket frames', default: 'one', choices: ['one', 'many', 'split'] },
    p99: { title: 'most milliseconds for 99 % of the messages', default: 100, min: 1, unit: 'ms' },
  },
  populations: [
    { name: 'subscribers', count: '$pairs', subscribe: [{ filter: 'pair/{client}', qos: '$qos' }] },
    {
      name: 'publishers',
      count: '$pairs',
      publish: { topic: 'pair/{client}', qos: '$qos', payloadBytes: '$payload', inFlight: '$inFlight' },
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
  thresholds: {
    message_latency: ['p(99)<$p99'],
    delivered: ['rate==1'],
    messages_reordered: ['count==0'],
    connections_dropped: ['count==0'],
  },
  invariants: ['order', 'exactly-once', 'receive-maximum', 'dup'],
  packing: '$packing',
};
