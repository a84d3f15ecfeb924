import type { Profile } from '../profile.ts';

export const TLS_HANDSHAKE_STORM: Profile = {
  format: 'mqttspec/profile/1',
  name: 'tls-handshake-storm',
  title: 'TLS handshakes, full and resumed, also with client certificates',
  description:
    'Clients connect over TLS, end and come back at a rate. Answers: what does a handshake cost, what does resumption save, how many a second are there? Client certificates: --cert and --key for all, --pki for one each.',
  needs: ['tls'],
  parameters: {
    clients: { title: 'clients', default: 100, min: 1, max: 100_000 },
    rate: { title: 'handshakes per second', default: 100, min: 1, unit: '/s' },
    seconds: { title: 'length of the measured part', default: 15, min: 1, unit: 's' },
    resume: { title: 'share of handshakes that try to resume', default: 0.5, min: 0, max: 1, fraction: true },
    p99: { title: 'most milliseconds of the TLS handshake, for 99 %', default: 1000, min: 1, unit: 'ms' },
  },
  populations: [{ name: 'clients', count: '$clients', tlsResume: '$resume' }],
  stages: [
    { name: 'connect', role: 'setup', within: 300, do: [{ do: 'connect', who: ['clients'], perSecond: '$rate' }] },
    {
      name: 'storm',
      role: 'steady',
      seconds: '$seconds',
      do: [{ do: 'reconnect', who: ['clients'], perSecond: '$rate', how: 'disconnect' }],
    },
  ],
  thresholds: { connect_tls: ['p(99)<$p99'], connected: ['rate==1'] },
};
