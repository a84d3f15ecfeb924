import type { Profile } from '../profile.ts';

export const RETAINED_STORM: Profile = {
  format: 'mqttspec/profile/1',
  name: 'retained-storm',
  title: 'clients subscribe to many retained topics at once',
  description:
    'Topics get a retained message each, then clients subscribe to all of them with one wildcard. Answers: is every retained message delivered, once, and how fast?',
  parameters: {
    topics: { title: 'retained topics', default: 1000, min: 1, max: 100_000 },
    subscribers: { title: 'clients that subscribe to all of them', default: 20, min: 1, max: 10_000 },
    rate: { title: 'SUBSCRIBE packets per second', default: 10, min: 1, unit: '/s' },
    publishRate: { title: 'messages per second while topics are filled', default: 2000, min: 1, unit: 'messages/s' },
    payload: { title: 'size of a payload', default: 80, min: 40, max: 268_000_000, unit: 'bytes' },
    qos: { title: 'QoS of publications and subscriptions', default: 1, max: 2 },
    within: { title: 'deadline of the deliveries', default: 30, min: 1, unit: 's' },
  },
  populations: [
    {
      name: 'publisher',
      count: 1,
      publish: { topic: 'retained/{topic}', qos: '$qos', topics: '$topics', retain: true, payloadBytes: '$payload' },
    },
    {
      name: 'subscribers',
      count: '$subscribers',
      subscribe: [{ filter: 'retained/+', qos: '$qos' }],
      subscribeWhen: 'asked',
    },
  ],
  stages: [
    { name: 'connect', role: 'setup', do: [{ do: 'connect', who: ['publisher', 'subscribers'], perSecond: 200 }] },
    {
      name: 'fill',
      role: 'setup',
      within: 120,
      do: [{ do: 'publish', who: ['publisher'], perSecond: '$publishRate', messages: '$topics' }],
    },
    {
      name: 'storm',
      role: 'steady',
      within: '$within',
      do: [
        { do: 'subscribe', who: ['subscribers'], perSecond: '$rate' },
        { do: 'drain', who: ['subscribers'] },
      ],
    },
  ],
  thresholds: { delivered: ['rate==1'], messages_duplicated: ['count==0'], retained_latency: ['p(99)<5000'] },
};
