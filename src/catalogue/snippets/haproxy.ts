import { lines, shell, type TlsPlaces, type TlsSnippet } from './snippet.ts';

const bind = (port: number, { bundle, ca, crl }: TlsPlaces): string =>
  `  bind 127.0.0.1:${port} ssl crt "${bundle}" ca-file "${ca}" verify required crl-file "${crl}"`;

export const HAPROXY: TlsSnippet = {
  name: 'haproxy',
  title: 'HAProxy in front of any broker',
  path: '/mqtt',
  files: (places) => [
    {
      path: 'haproxy.cfg',
      content: lines(
        'defaults',
        '  timeout connect 5s',
        '  timeout client 1h',
        '  timeout server 1h',
        '  timeout tunnel 1h',
        'frontend wss',
        '  mode http',
        bind(places.ports.wss, places),
        '  default_backend ws',
        'frontend mqtts',
        '  mode tcp',
        bind(places.ports.mqtts, places),
        '  default_backend mqtt',
        'backend ws',
        '  mode http',
        `  server broker 127.0.0.1:${places.ports.ws}`,
        'backend mqtt',
        '  mode tcp',
        `  server broker 127.0.0.1:${places.ports.tcp}`,
      ),
    },
  ],
  start: ({ folder, ports }) => [
    `# the broker behind it, without TLS: WebSocket on ${ports.ws}, MQTT on ${ports.tcp}`,
    `haproxy -f ${shell(`${folder}/haproxy.cfg`)}`,
  ],
  crl: 'both',
  notes: ['The broker behind it sees no certificate: identity can’t be declared.'],
  proved: 'HAProxy 2.6.12 (Debian 12), revocation lists of the whole path too',
};
