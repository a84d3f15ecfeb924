import { lines, shell, type TlsPlaces, type TlsSnippet } from './snippet.ts';

const listener = (name: 'SSL' | 'WSS', port: number, { key, folder }: TlsPlaces): readonly string[] => [
  `LISTENER_${name}_ENABLED=true`,
  `LISTENER_${name}_BIND_ADDRESS=127.0.0.1`,
  `LISTENER_${name}_BIND_PORT=${port}`,
  `LISTENER_${name}_PROTOCOL=TLSv1.3`,
  `LISTENER_${name}_CREDENTIALS_TYPE=PEM`,
  `LISTENER_${name}_PEM_CERT=${folder}/server-and-root.pem`,
  `LISTENER_${name}_PEM_KEY=${key}`,
];

export const TBMQ: TlsSnippet = {
  name: 'tbmq',
  title: 'TBMQ',
  path: '/mqtt',
  files: (places) => [
    {
      path: 'tbmq.env',
      content: lines(...listener('SSL', places.ports.mqtts, places), ...listener('WSS', places.ports.wss, places)),
    },
  ],
  start: ({ folder, cert, ca }) => [
    `cat ${shell(cert)} ${shell(ca)} > ${shell(`${folder}/server-and-root.pem`)}`,
    `docker compose run --env-file ${shell(`${folder}/tbmq.env`)} tbmq`,
  ],
  crl: 'none',
  holdsIntermediate: true,
  notes: [
    'It trusts what stands in the file of its own certificate: chain and root are put together first.',
    'That clients must show a certificate is chosen in its web interface (X.509 authentication, client authentication required), not in a file; a client is then known by credentials for its common name.',
    'It takes no revocation lists: don’t declare crl.',
  ],
};
