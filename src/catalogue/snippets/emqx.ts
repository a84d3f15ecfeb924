import { lines, quoted, shell, type TlsPlaces, type TlsSnippet } from './snippet.ts';

const tls = ({ ca, cert, key }: TlsPlaces): readonly string[] => [
  '  ssl_options {',
  `    cacertfile = ${quoted(ca)}`,
  `    certfile = ${quoted(cert)}`,
  `    keyfile = ${quoted(key)}`,
  '    verify = verify_peer',
  '    fail_if_no_peer_cert = true',
  '    depth = 10',
  '  }',
];

export const EMQX: TlsSnippet = {
  name: 'emqx',
  title: 'EMQX',
  path: '/mqtt',
  files: (places) => [
    {
      path: 'base.hocon',
      content: lines(
        'listeners.ssl.default {',
        `  bind = "127.0.0.1:${places.ports.mqtts}"`,
        ...tls(places),
        '}',
        'listeners.wss.default {',
        `  bind = "127.0.0.1:${places.ports.wss}"`,
        '  websocket.mqtt_path = "/mqtt"',
        ...tls(places),
        '}',
      ),
    },
  ],
  start: ({ folder }) => [
    `cp ${shell(`${folder}/base.hocon`)} "$EMQX_HOME/etc/base.hocon" && "$EMQX_HOME/bin/emqx" foreground`,
  ],
  crl: 'none',
  notes: [
    'It checks revocation on its ssl listeners only, never over WebSocket, and fetches the lists by HTTP from an address in the certificate, which these have not: don’t declare crl.',
  ],
};
