import type { BrokerEntry } from '../entry.ts';

export const VERNEMQ: BrokerEntry = {
  name: 'vernemq',
  title: 'VerneMQ',
  versions: ['3.1.1', '5.0'],
  path: '/mqtt',
  quirks: ['MQTT 5 is off in its default configuration and switched on here.'],
  container: {
    image: 'vernemq/vernemq:2.0.1-alpine',
    ports: { ws: 8080, tcp: 1883 },
    environment: {
      DOCKER_VERNEMQ_ACCEPT_EULA: 'yes',
      DOCKER_VERNEMQ_ALLOW_ANONYMOUS: 'on',
      DOCKER_VERNEMQ_LISTENER__WS__DEFAULT: '0.0.0.0:8080',
      DOCKER_VERNEMQ_LISTENER__TCP__ALLOWED_PROTOCOL_VERSIONS: '3,4,5',
      DOCKER_VERNEMQ_LISTENER__WS__ALLOWED_PROTOCOL_VERSIONS: '3,4,5',
    },
    startupMs: 90_000,
  },
};
