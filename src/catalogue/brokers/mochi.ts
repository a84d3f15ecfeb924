import type { BrokerEntry } from '../entry.ts';

export const MOCHI: BrokerEntry = {
  name: 'mochi',
  title: 'mochi-mqtt',
  versions: ['3.1.1', '5.0'],
  path: '/mqtt',
  quirks: ['Any path is served on its WebSocket listener.'],
  local: {
    install: 'Go: go install github.com/mochi-mqtt/server/v2/cmd@v2.7.9, and MOCHI_BIN=<the binary, named cmd>',
    startupMs: 10_000,
    prepare: ({ ports, spare, program }) => {
      const command = program('mochi', 'MOCHI_BIN');
      if (command === undefined) return undefined;
      const args = [
        '-tcp',
        `127.0.0.1:${ports.tcp}`,
        '-ws',
        `127.0.0.1:${ports.ws}`,
        '-info',
        `127.0.0.1:${spare[0] ?? 0}`,
      ];
      return { files: [], command, args };
    },
  },
};
