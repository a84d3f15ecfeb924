import type { Profile } from '../profile.ts';

export const RECONNECT_STORM: Profile = {
  format: 'mqttspec/profile/1',
  name: 'reconnect-storm',
  title: 'all clients vanish at once, their wills fire, and they come back',
  description:
    'What a broken switch does: connections are reset, wills go out, everybody reconnects. Answers: does every will arrive, and how long until all are back?',
  parameters: {
    clients: { title: 'clients with a will', default: 500, min: 1, max: 500_000 },
    watchers: { title: 'subscribers that get every will', default: 1, min: 1, max: 100 },
    how: { title: 'how the connections end', default: 'reset', choices: ['reset', 'close', 'half-open'] },
    cutRate: { title: 'connections cut per second', default: 5000, min: 1, unit: '/s' },
    rate: { title: 'connections per second', default: 500, min: 1, unit: '/s' },
    keepAlive: {
      title: 'keep alive: half-open connections are noticed after 1.5 times of it',
      default: 10,
      min: 1,
      max: 65_535,
      unit: 's',
    },
    hold: { title: 'seconds before and after', default: 3, unit: 's' },
    p99: { title: 'most milliseconds from the intended start to CONNACK, for 99 %', default: 1000, min: 1, unit: 'ms' },
  },
  populations: [
    { name: 'watchers', count: '$watchers', subscribe: [{ filter: 'gone/+', qos: 1 }] },
    {
      name: 'clients',
      count: '$clients',
      keepAliveSeconds: '$keepAlive',
      will: { topic: 'gone/{client}', qos: 1, payloadBytes: 40 },
    },
  ],
  stages: [
    { name: 'watch', role: 'setup', do: [{ do: 'connect', who: ['watchers'], perSecond: '$rate' }] },
    { name: 'connect', role: 'setup', within: 300, do: [{ do: 'connect', who: ['clients'], perSecond: '$rate' }] },
    { name: 'hold', role: 'warm-up', seconds: '$hold', do: [] },
    { name: 'cut', role: 'steady', do: [{ do: 'disconnect', who: ['clients'], perSecond: '$cutRate', how: '$how' }] },
    { name: 'wills', role: 'steady', within: 120, do: [{ do: 'await-wills', who: ['clients'] }] },
    { name: 'storm', role: 'steady', within: 300, do: [{ do: 'connect', who: ['clients'], perSecond: '$rate' }] },
    { name: 'after', role: 'steady', seconds: '$hold', do: [] },
  ],
  thresholds: {
    connected: ['rate==1'],
    connect_time: ['p(99)<$p99'],
    wills_received: ['count>0'],
    messages_lost: ['count==0'],
    connections_dropped: ['count==0'],
  },
};
