import type { Profile } from '../profile.ts';

export const SUBSCRIBE_CHURN: Profile = {
  format: 'mqttspec/profile/1',
  name: 'subscribe-churn',
  title: 'subscriptions come and go while messages flow',
  description:
    'Some clients unsubscribe and subscribe again all the time; others just listen. Answers: do the listeners suffer, how long do SUBACK and UNSUBACK take, and does anything come after UNSUBACK?',
  parameters: {
    publishers: { title: 'publishers', default: 20, min: 1, max: 10_000 },
    listeners: { title: 'subscribers that stay', default: 5, min: 1, max: 10_000 },
    churners: { title: 'subscribers that come and go', default: 100, min: 1, max: 100_000 },
    churn: { title: 'resubscriptions per second', default: 100, min: 1, unit: '/s' },
    rate: { title: 'messages per second, all publishers together', default: 500, min: 1, unit: 'messages/s' },
    seconds: { title: 'length of the measured part', default: 20, min: 1, unit: 's' },
    payload: { title: 'size of a payload', default: 80, min: 40, max: 268_000_000, unit: 'bytes' },
    qos: { title: 'QoS of publications and subscriptions', default: 1, max: 2 },
    p99: { title: 'most milliseconds for 99 % of the messages', default: 250, min: 1, unit: 'ms' },
  },
  populations: [
    { name: 'listeners', count: '$listeners', subscribe: [{ filter: 'churn/+', qos: '$qos' }] },
    { name: 'churners', count: '$churners', subscribe: [{ filter: 'churn/0', qos: '$qos' }] },
    {
      name: 'publishers',
      count: '$publishers',
      publish: { topic: 'churn/{client}', qos: '$qos', payloadBytes: '$payload' },
    },
  ],
  stages: [
    {
      name: 'connect',
      role: 'setup',
      within: 120,
      do: [{ do: 'connect', who: ['listeners', 'churners', 'publishers'], perSecond: 500 }],
    },
    {
      name: 'churn',
      role: 'steady',
      seconds: '$seconds',
      do: [
        { do: 'publish', who: ['publishers'], perSecond: '$rate' },
        { do: 'resubscribe', who: ['churners'], perSecond: '$churn' },
      ],
    },
    { name: 'drain', role: 'cool-down', within: 10, do: [{ do: 'drain', who: ['listeners'] }] },
  ],
  thresholds: { message_latency: ['p(99)<$p99'], delivered: ['rate==1'], suback_time: ['p(99)<1000'] },
  invariants: ['order', 'exactly-once', 'receive-maximum', 'after-unsubscribe'],
};
