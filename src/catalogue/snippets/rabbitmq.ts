import { lines, quoted, shell, type TlsPlaces, type TlsSnippet } from './snippet.ts';

/** As deep as the longest chain that is tried. */
const DEPTH = 10;

const tls = ({ ca, cert, key, hashedCrls }: TlsPlaces): readonly string[] => [
  `{cacertfile, ${quoted(ca)}},`,
  `{certfile, ${quoted(cert)}},`,
  `{keyfile, ${quoted(key)}},`,
  '{verify, verify_peer},',
  '{fail_if_no_peer_cert, true},',
  `{depth, ${DEPTH}},`,
  '{crl_check, true},',
  `{crl_cache, {ssl_crl_hash_dir, {internal, [{dir, ${quoted(hashedCrls)}}]}}}`,
];

const block = (all: readonly string[]): readonly string[] => all.map((line) => `    ${line}`);

export const RABBITMQ: TlsSnippet = {
  name: 'rabbitmq',
  title: 'RabbitMQ with its Web MQTT plugin',
  path: '/ws',
  files: (places) => [
    { path: 'enabled_plugins', content: '[rabbitmq_mqtt,rabbitmq_web_mqtt].\n' },
    {
      path: 'rabbitmq.conf',
      content: lines(
        'mqtt.allow_anonymous = true',
        'mqtt.listeners.tcp = none',
        `mqtt.listeners.ssl.1 = 127.0.0.1:${places.ports.mqtts}`,
        'web_mqtt.tcp.listener = none',
      ),
    },
    {
      // Neither the requirement of a certificate over WebSocket nor the lists can be said in rabbitmq.conf.
      path: 'advanced.config',
      content: lines(
        '[',
        '  {rabbit, [{ssl_options, [',
        ...block(tls(places)),
        '  ]}]},',
        '  {rabbitmq_web_mqtt, [{ssl_config, [',
        '    {ip, "127.0.0.1"},',
        `    {port, ${places.ports.wss}},`,
        ...block(tls(places)),
        '  ]}]}',
        '].',
      ),
    },
  ],
  start: ({ folder }) => [
    `RABBITMQ_CONFIG_FILE=${shell(`${folder}/rabbitmq.conf`)} \\`,
    `RABBITMQ_ADVANCED_CONFIG_FILE=${shell(`${folder}/advanced.config`)} \\`,
    `RABBITMQ_ENABLED_PLUGINS_FILE=${shell(`${folder}/enabled_plugins`)} rabbitmq-server`,
  ],
  crl: 'both',
  notes: [
    'Debian’s rabbitmq-server becomes the user rabbitmq, who can’t read these keys: take /usr/lib/rabbitmq/bin/rabbitmq-server, or copies of the keys.',
    'The user is guest; for the common name of the certificate: ssl_cert_login_from = common_name and mqtt.ssl_cert_login = true, and a user of that name.',
  ],
  proved: 'RabbitMQ 3.10.8 (Debian 12), revocation lists of the whole path too',
};
