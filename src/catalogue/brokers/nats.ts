import type { BrokerEntry } from '../entry.ts';

export const NATS: BrokerEntry = {
  name: 'nats',
  title: 'NATS server with MQTT over WebSocket',
  versions: ['3.1.1'],
  path: '/mqtt',
  quirks: ['Other paths of its WebSocket listener speak the NATS protocol.'],
  local: {
    install: 'Go: go install github.com/nats-io/nats-server/v2@v2.15.2',
    startupMs: 20_000,
    prepare: ({ folder, ports, spare, program }) => {
      const command = program('nats-server', 'NATS_SERVER_BIN');
      if (command === undefined) return undefined;
      const content = [
        'server_name: mqttspec',
        `listen: "127.0.0.1:${spare[0] ?? 0}"`,
        `jetstream { store_dir: "${folder}/jetstream" }`,
        `mqtt { listen: "127.0.0.1:${ports.tcp}" }`,
        `websocket { listen: "127.0.0.1:${ports.ws}", no_tls: true }`,
        '',
      ].join('\n');
      return { files: [{ path: 'nats.conf', content }], command, args: ['-c', 'nats.conf'] };
    },
  },
};
