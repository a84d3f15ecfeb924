import type { BrokerEntry } from '../entry.ts';

export const EMQX: BrokerEntry = {
  name: 'emqx',
  title: 'EMQX',
  versions: ['3.1.1', '5.0'],
  path: '/mqtt',
  quirks: ['Its default limit of a packet is 1 MB.'],
  container: {
    image: 'emqx/emqx:5.8.6',
    ports: { ws: 8083, tcp: 1883 },
    readyLine: /EMQX .* is running now/,
    startupMs: 90_000,
  },
};
