import type { BrokerEntry, Doors } from '../entry.ts';

const configuration = ({ ws, tcp }: Doors, host: string): string =>
  [
    'loopback_users = none',
    'mqtt.allow_anonymous = true',
    'mqtt.default_user = guest',
    'mqtt.default_pass = guest',
    `mqtt.listeners.tcp.1 = ${host}:${tcp}`,
    `web_mqtt.tcp.ip = ${host}`,
    `web_mqtt.tcp.port = ${ws}`,
    '',
  ].join('\n');

export const RABBITMQ: BrokerEntry = {
  name: 'rabbitmq',
  title: 'RabbitMQ with its Web MQTT plugin',
  versions: ['3.1.1', '5.0'],
  path: '/ws',
  quirks: [
    'MQTT 5 is served since 3.13.',
    'Subscriptions may take effect some time after SUBACK.',
    'QoS 2 is not served: it grants QoS 1.',
  ],
  container: {
    image: 'rabbitmq:4.1.4',
    ports: { ws: 15_675, tcp: 1883 },
    files: [
      { path: '/etc/rabbitmq/enabled_plugins', content: '[rabbitmq_mqtt,rabbitmq_web_mqtt].\n' },
      {
        path: '/etc/rabbitmq/conf.d/20-mqttspec.conf',
        content: 'loopback_users = none\nmqtt.allow_anonymous = true\n',
      },
    ],
    readyLine: /Server startup complete/,
    startupMs: 120_000,
  },
  local: {
    install: 'Debian: apt-get install rabbitmq-server',
    startupMs: 90_000,
    prepare: ({ folder, ports, spare, program }) => {
      const command = program('rabbitmq-server', 'RABBITMQ_SERVER_BIN');
      if (command === undefined) return undefined;
      const [amqp = 0, distribution = 0, epmd = 0] = spare;
      const content = `${configuration(ports, '127.0.0.1')}listeners.tcp.1 = 127.0.0.1:${amqp}\n`;
      return {
        files: [
          { path: 'rabbitmq.conf', content },
          { path: 'enabled_plugins', content: '[rabbitmq_mqtt,rabbitmq_web_mqtt].\n' },
        ],
        command,
        args: [],
        cleanUp: { command: 'epmd', args: ['-port', String(epmd), '-kill'] },
        environment: {
          RABBITMQ_NODENAME: `mqttspec-${ports.ws}@localhost`,
          RABBITMQ_MNESIA_BASE: `${folder}/mnesia`,
          RABBITMQ_LOG_BASE: `${folder}/log`,
          RABBITMQ_CONFIG_FILE: `${folder}/rabbitmq.conf`,
          RABBITMQ_ENABLED_PLUGINS_FILE: `${folder}/enabled_plugins`,
          RABBITMQ_PID_FILE: `${folder}/pid`,
          RABBITMQ_DIST_PORT: String(distribution),
          ERL_EPMD_PORT: String(epmd),
          ERL_EPMD_ADDRESS: '127.0.0.1',
          HOME: folder,
        },
      };
    },
  },
};
