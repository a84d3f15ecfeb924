import type { Profile } from '../profile.ts';

export const SLOW_CONSUMER: Profile = {
  format: 'mqttspec/profile/1',
  name: 'slow-consumer',
  title: 'some subscribers stop reading, the others must not notice',
  description:
    'A few subscribers leave their sockets unread for a while. Answers: do the healthy subscribers keep their latency, and does the broker survive?',
  parameters: {
    publishers: { title: 'publishers', default: 10, min: 1, max: 10_000 },
    healthy: { title: 'subscribers that read', default: 10, min: 1, max: 10_000 },
    stalled: { title: 'subscribers that stop reading', default: 5, min: 1, max: 10_000 },
    rate: { title: 'messages per second, all publishers together', default: 500, min: 1, unit: 'messages/s' },
    before: { title: 'seconds before they stop', default: 3, unit: 's' },
    seconds: { title: 'seconds without reading', default: 15, min: 1, unit: 's' },
    payload: { title: 'size of a payload', default: 1024, min: 40, max: 268_000_000, unit: 'bytes' },
    qos: { title: 'QoS of publications and subscriptions', default: 0, max: 2 },
    p99: { title: 'most milliseconds for 99 % of the messages of the healthy ones', default: 250, min: 1, unit: 'ms' },
  },
  populations: [
    { name: 'healthy', count: '$healthy', subscribe: [{ filter: 'slow/+', qos: '$qos' }] },
    // It subscribes to the same, but what reaches it late or never is no loss: it asked for that.
    { name: 'stalled', count: '$stalled', subscribe: [{ filter: 'slow/+', qos: '$qos' }] },
    {
      name: 'publishers',
      count: '$publishers',
      publish: { topic: 'slow/{client}', qos: '$qos', payloadBytes: '$payload' },
    },
  ],
  stages: [
    {
      name: 'connect',
      role: 'setup',
      do: [{ do: 'connect', who: ['healthy', 'stalled', 'publishers'], perSecond: 500 }],
    },
    {
      name: 'before',
      role: 'warm-up',
      seconds: '$before',
      do: [{ do: 'publish', who: ['publishers'], perSecond: '$rate' }],
    },
    {
      name: 'stall',
      role: 'steady',
      seconds: '$seconds',
      do: [
        { do: 'publish', who: ['publishers'], perSecond: '$rate' },
        { do: 'stall', who: ['stalled'] },
      ],
    },
    { name: 'drain', role: 'cool-down', within: 10, do: [{ do: 'drain', who: ['healthy'] }] },
  ],
  thresholds: { message_latency: ['p(99)<$p99'], delivered: ['rate==1'] },
  invariants: ['order', 'exactly-once'],
};
