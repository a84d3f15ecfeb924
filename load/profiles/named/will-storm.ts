import type { Profile } from '../profile.ts';

export const WILL_STORM: Profile = {
  format: 'mqttspec/profile/1',
  name: 'will-storm',
  title: 'clients with wills vanish one after the other, and come back',
  description:
    'Connections end abruptly at a rate, each fires its will to all watchers. Answers: how soon after the end does a will arrive, and does every one?',
  parameters: {
    clients: { title: 'clients with a will', default: 200, min: 1, max: 100_000 },
    watchers: { title: 'subscribers that get every will', default: 5, min: 1, max: 1000 },
    how: { title: 'how the connections end', default: 'reset', choices: ['reset', 'close'] },
    rate: { title: 'ends per second', default: 50, min: 1, unit: '/s' },
    connectRate: { title: 'connections per second', default: 500, min: 1, unit: '/s' },
    p99: { title: 'most milliseconds from the end to the will, for 99 %', default: 1000, min: 1, unit: 'ms' },
  },
  populations: [
    { name: 'watchers', count: '$watchers', subscribe: [{ filter: 'will/+', qos: 1 }] },
    { name: 'clients', count: '$clients', will: { topic: 'will/{client}', qos: 1, payloadBytes: 80 } },
  ],
  stages: [
    { name: 'watch', role: 'setup', do: [{ do: 'connect', who: ['watchers'], perSecond: '$connectRate' }] },
    {
      name: 'connect',
      role: 'setup',
      within: 120,
      do: [{ do: 'connect', who: ['clients'], perSecond: '$connectRate' }],
    },
    {
      name: 'storm',
      role: 'steady',
      within: 300,
      do: [{ do: 'disconnect', who: ['clients'], perSecond: '$rate', how: '$how' }],
    },
    { name: 'wills', role: 'steady', within: 30, do: [{ do: 'await-wills', who: ['clients'] }] },
  ],
  thresholds: { will_latency: ['p(99)<$p99'], messages_lost: ['count==0'] },
};
