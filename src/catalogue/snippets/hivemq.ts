import { shell, xml, type TlsPlaces, type TlsSnippet } from './snippet.ts';

const tls = ({ keystore, truststore, password }: TlsPlaces): string => `<tls>
        <keystore>
          <path>${xml(keystore)}</path>
          <password>${xml(password)}</password>
          <private-key-password>${xml(password)}</private-key-password>
        </keystore>
        <truststore>
          <path>${xml(truststore)}</path>
          <password>${xml(password)}</password>
        </truststore>
        <client-authentication-mode>REQUIRED</client-authentication-mode>
      </tls>`;

export const HIVEMQ: TlsSnippet = {
  name: 'hivemq',
  title: 'HiveMQ Community Edition',
  path: '/mqtt',
  files: (places) => [
    {
      path: 'conf/config.xml',
      content: `<?xml version="1.0"?>
<hivemq>
  <listeners>
    <tls-tcp-listener>
      <port>${places.ports.mqtts}</port>
      <bind-address>127.0.0.1</bind-address>
      ${tls(places)}
    </tls-tcp-listener>
    <tls-websocket-listener>
      <port>${places.ports.wss}</port>
      <bind-address>127.0.0.1</bind-address>
      <path>/mqtt</path>
      <subprotocols>
        <subprotocol>mqtt</subprotocol>
      </subprotocols>
      ${tls(places)}
    </tls-websocket-listener>
  </listeners>
  <anonymous-usage-statistics>
    <enabled>false</enabled>
  </anonymous-usage-statistics>
</hivemq>
`,
    },
  ],
  start: ({ folder }) => [`HIVEMQ_CONFIG_FOLDER=${shell(`${folder}/conf`)} "$HIVEMQ_HOME/bin/run.sh"`],
  crl: 'none',
  notes: ['The Community Edition takes no revocation lists: don’t declare crl.'],
  proved: 'HiveMQ CE 2025.5, embedded',
};
