import type { BrokerEntry, Doors } from '../entry.ts';

/** 2.0.11 does not start with WebSocket listeners alone, and takes each WebSocket listener on all interfaces. */
const configuration = ({ ws, tcp }: Doors, host: string): string =>
  [
    `listener ${tcp}${host}`,
    `listener ${ws}`,
    'protocol websockets',
    'allow_anonymous true',
    'persistence false',
    '',
  ].join('\n');

export const MOSQUITTO: BrokerEntry = {
  name: 'mosquitto',
  title: 'Eclipse Mosquitto',
  versions: ['3.1.1', '5.0'],
  path: '/mqtt',
  quirks: [
    'Any path is served on its WebSocket listener.',
    'Its WebSocket library takes up to 200 ms for an upgrade where little else happens.',
  ],
  container: {
    image: 'eclipse-mosquitto:2.0.22',
    ports: { ws: 9001, tcp: 1883 },
    files: [{ path: '/mosquitto/config/mqttspec.conf', content: configuration({ ws: 9001, tcp: 1883 }, '') }],
    command: ['mosquitto', '-c', '/mosquitto/config/mqttspec.conf'],
    startupMs: 30_000,
  },
  local: {
    install: 'Debian: apt-get install mosquitto',
    startupMs: 10_000,
    prepare: ({ ports, program }) => {
      const command = program('mosquitto', 'MOSQUITTO_BIN');
      if (command === undefined) return undefined;
      const content = configuration(ports, ' 127.0.0.1');
      return { files: [{ path: 'mosquitto.conf', content }], command, args: ['-c', 'mosquitto.conf'] };
    },
  },
};
