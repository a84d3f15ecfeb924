import type { BrokerEntry } from '../entry.ts';

const configuration = `
listeners.tcp { bind = "0.0.0.0:1883" }
listeners.ws { bind = "0.0.0.0:8083/mqtt" }
auth { allow_anonymous = true }
`;

export const NANOMQ: BrokerEntry = {
  name: 'nanomq',
  title: 'NanoMQ',
  versions: ['3.1.1', '5.0'],
  path: '/mqtt',
  quirks: [],
  container: {
    image: 'emqx/nanomq:0.23.6',
    ports: { ws: 8083, tcp: 1883 },
    files: [{ path: '/etc/nanomq.conf', content: configuration }],
    startupMs: 30_000,
  },
};
