import { lines, shell, type TlsPlaces, type TlsSnippet } from './snippet.ts';

const tls = (listener: string, { ca, cert, key, crl }: TlsPlaces): readonly string[] => [
  `listener.${listener}.cafile = ${ca}`,
  `listener.${listener}.certfile = ${cert}`,
  `listener.${listener}.keyfile = ${key}`,
  `listener.${listener}.crlfile = ${crl}`,
  `listener.${listener}.require_certificate = on`,
  // Its own limit, 1, refuses whoever has more than one authority above him.
  `listener.${listener}.depth = 10`,
];

export const VERNEMQ: TlsSnippet = {
  name: 'vernemq',
  title: 'VerneMQ',
  path: '/mqtt',
  files: (places) => [
    {
      path: 'vernemq.conf',
      content: lines(
        'accept_eula = yes',
        'allow_anonymous = on',
        `listener.ssl.default = 127.0.0.1:${places.ports.mqtts}`,
        ...tls('ssl.default', places),
        `listener.wss.default = 127.0.0.1:${places.ports.wss}`,
        ...tls('wss.default', places),
      ),
    },
  ],
  start: ({ folder }) => [
    `cp ${shell(`${folder}/vernemq.conf`)} "$VERNEMQ_HOME/etc/" && "$VERNEMQ_HOME/bin/vernemq" foreground`,
  ],
  crl: 'both',
  notes: ['Its line accept_eula = yes accepts the terms of its packages: read them first.'],
};
