import type { Profile } from '../profile.ts';

export const CONNECT_STORM: Profile = {
  format: 'mqttspec/profile/1',
  name: 'connect-storm',
  title: 'many clients connect at a rate and stay',
  description:
    'Opens connections on a schedule, then holds them. Answers: how fast are connections taken, which step of opening takes the time (TCP, TLS, upgrade, CONNACK), and are they kept?',
  parameters: {
    clients: { title: 'connections', default: 1000, min: 1, max: 1_000_000 },
    rate: { title: 'connections per second', default: 500, min: 1, unit: '/s' },
    hold: { title: 'how long they are held', default: 10, unit: 's' },
    keepAlive: { title: 'keep alive', default: 60, max: 65_535, unit: 's' },
    p99: { title: 'most milliseconds from the intended start to CONNACK, for 99 %', default: 1000, min: 1, unit: 'ms' },
  },
  populations: [{ name: 'clients', count: '$clients', keepAliveSeconds: '$keepAlive' }],
  stages: [
    { name: 'storm', role: 'steady', within: 300, do: [{ do: 'connect', who: ['clients'], perSecond: '$rate' }] },
    { name: 'hold', role: 'steady', seconds: '$hold', do: [] },
  ],
  thresholds: { connected: ['rate==1'], connect_time: ['p(99)<$p99'], connections_dropped: ['count==0'] },
};
