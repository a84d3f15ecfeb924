import { lines, shell, type TlsPlaces, type TlsSnippet } from './snippet.ts';

const tls = ({ ca, cert, key, crl }: TlsPlaces): readonly string[] => [
  `cafile ${ca}`,
  `certfile ${cert}`,
  `keyfile ${key}`,
  `crlfile ${crl}`,
  'require_certificate true',
  '# The common name of the certificate is the user (then declare identity):',
  '# use_identity_as_username true',
];

/** 2.0.11 takes a WebSocket listener on all interfaces, whatever address it has, and needs one listener of another kind. */
export const MOSQUITTO: TlsSnippet = {
  name: 'mosquitto',
  title: 'Eclipse Mosquitto',
  path: '/mqtt',
  files: (places) => [
    {
      path: 'mosquitto.conf',
      content: lines(
        '# Started as root it becomes this user before it reads keys.',
        `user ${places.owner}`,
        'allow_anonymous true',
        'persistence false',
        '',
        `listener ${places.ports.mqtts} 127.0.0.1`,
        ...tls(places),
        '',
        `listener ${places.ports.wss}`,
        'protocol websockets',
        ...tls(places),
      ),
    },
  ],
  start: ({ folder }) => [`mosquitto -c ${shell(`${folder}/mosquitto.conf`)}`],
  crl: 'both',
  notes: [
    'In a container the user of the snippet may be unknown: leave the line out, and give the broker’s own user copies of the keys.',
    '2.0.11 takes crlfile on its WebSocket listener and forgets it: a revoked client is let in. Over TCP it looks at the leaf only, not at its issuer.',
    'Any path is served on its WebSocket listener, which listens on all interfaces.',
  ],
  proved: 'Mosquitto 2.0.11 (Debian 12)',
};
