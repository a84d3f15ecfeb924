import type { Profile } from '../profile.ts';

export const SMOKE: Profile = {
  format: 'mqttspec/profile/1',
  name: 'smoke',
  title: 'five seconds, for CI',
  description: 'A few pairs at QoS 1. Answers: does it work at all, is nothing lost, is it about as fast as yesterday?',
  parameters: {
    pairs: { title: 'publishers, and as many subscribers', default: 4, min: 1, max: 10_000 },
    rate: { title: 'messages per second, all publishers together', default: 400, min: 1, unit: 'messages/s' },
    seconds: { title: 'length of the measured part', default: 5, min: 1, unit: 's' },
    payload: { title: 'size of a payload', default: 80, max: 268_000_000, unit: 'bytes' },
    qos: { title: 'QoS of publications and subscriptions', default: 1, max: 2 },
    p99: { title: 'most milliseconds for 99 % of the messages', default: 250, min: 1, unit: 'ms' },
  },
  populations: [
    { name: 'subscribers', count: '$pairs', subscribe: [{ filter: 'pair/{client}', qos: '$qos' }] },
    { name: 'publishers', count: '$pairs', publish: { topic: 'pair/{client}', qos: '$qos', payloadBytes: '$payload' } },
  ],
  stages: [
    { name: 'connect', role: 'setup', do: [{ do: 'connect', who: ['subscribers', 'publishers'], perSecond: 500 }] },
    {
      name: 'steady',
      role: 'steady',
      seconds: '$seconds',
      do: [{ do: 'publish', who: ['publishers'], perSecond: '$rate' }],
    },
    { name: 'drain', role: 'cool-down', within: 5, do: [{ do: 'drain', who: ['subscribers'] }] },
  ],
  thresholds: {
    message_latency: ['p(99)<$p99'],
    delivered: ['rate==1'],
    messages_duplicated: ['count==0'],
    connected: ['rate==1'],
  },
  invariants: ['order', 'exactly-once', 'receive-maximum', 'dup'],
};
