import { shell, xml, type TlsPlaces, type TlsSnippet } from './snippet.ts';

/** One acceptor serves MQTT and MQTT over WebSocket. */
const acceptor = (name: string, port: number, { keystore, truststore, password, crl }: TlsPlaces): string => {
  const options = {
    protocols: 'MQTT',
    sslEnabled: 'true',
    needClientAuth: 'true',
    keyStoreType: 'PKCS12',
    keyStorePath: keystore,
    keyStorePassword: password,
    trustStoreType: 'PKCS12',
    trustStorePath: truststore,
    trustStorePassword: password,
    crlPath: crl,
  };
  const query = Object.entries(options).map(([key, value]) => `${key}=${value}`);
  return `      <acceptor name="${name}">${xml(`tcp://127.0.0.1:${port}?${query.join(';')}`)}</acceptor>`;
};

export const ARTEMIS: TlsSnippet = {
  name: 'artemis',
  title: 'Apache ActiveMQ Artemis',
  path: '/mqtt',
  files: (places) => [
    {
      path: 'acceptors.xml',
      content: [
        '<!-- In etc/broker.xml, in place of its acceptors. -->',
        '    <acceptors>',
        acceptor('mqtts', places.ports.mqtts, places),
        acceptor('wss', places.ports.wss, places),
        '    </acceptors>',
        '',
      ].join('\n'),
    },
  ],
  start: ({ folder }) => [
    'artemis create broker --user admin --password admin --allow-anonymous',
    `# put ${shell(`${folder}/acceptors.xml`)} into broker/etc/broker.xml`,
    'broker/bin/artemis run',
  ],
  crl: 'both',
  notes: ['Paths with a semicolon, an ampersand or a question mark can’t stand in an acceptor.'],
};
