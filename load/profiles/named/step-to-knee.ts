import type { Profile } from '../profile.ts';

export const STEP_TO_KNEE: Profile = {
  format: 'mqttspec/profile/1',
  name: 'step-to-knee',
  title: 'raises the rate until the service level breaks',
  description:
    'The same pairs at a rate that grows from step to step, until latency or delivery break. Answers: which is the highest rate that this broker carries at this service level?',
  parameters: {
    pairs: { title: 'publishers, and as many subscribers', default: 20, min: 1, max: 500_000 },
    from: { title: 'messages per second of the first step', default: 1000, min: 1, unit: 'messages/s' },
    factor: { title: 'each step is this much of the one before', default: 1.5, min: 1.01, max: 100, fraction: true },
    steps: { title: 'steps at most', default: 12, min: 1, max: 100 },
    seconds: { title: 'length of a step', default: 5, min: 1, unit: 's' },
    payload: { title: 'size of a payload', default: 80, max: 268_000_000, unit: 'bytes' },
    qos: { title: 'QoS of publications and subscriptions', default: 0, max: 2 },
    p99: { title: 'service level: most milliseconds for 99 % of the messages', default: 50, min: 1, unit: 'ms' },
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
      name: 'step',
      role: 'steady',
      seconds: '$seconds',
      do: [{ do: 'publish', who: ['publishers'], perSecond: '$from' }],
      steps: {
        factor: '$factor',
        times: '$steps',
        holds: { message_latency: ['p(99)<$p99'], on_time: ['rate>0.99'] },
      },
    },
    { name: 'drain', role: 'cool-down', within: 10, do: [{ do: 'drain', who: ['subscribers'] }] },
  ],
  thresholds: { messages_lost: ['count==0'], connections_dropped: ['count==0'] },
  invariants: ['order', 'exactly-once'],
};
