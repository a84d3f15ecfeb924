/** Impostors that say nothing, or nothing of their own. */
import type { Impostor } from './impostor.ts';
import { openLine } from './line.ts';
import { UPGRADE } from './satisfied.ts';

const nothing = { data: () => undefined, ended: () => undefined, closed: () => undefined };

export const SILENT = {
  'black-hole': {
    about: 'takes everything and never answers, not even an end',
    answer: (duplex) => duplex.listen(nothing),
  },
  'silent-after-101': {
    about: 'answers the upgrade rightly and nothing behind it',
    satisfies: UPGRADE,
    answer: (duplex, transport) => openLine(duplex, transport, { ended: () => undefined }),
  },
  'closes-at-once': {
    about: 'ends each connection as soon as it is there',
    answer(duplex) {
      duplex.listen(nothing);
      duplex.end();
    },
  },
  'resets-at-once': {
    about: 'cuts each connection as soon as the first octet comes',
    answer(duplex) {
      duplex.listen({ ...nothing, data: () => duplex.reset() });
    },
  },
  'closes-after-101': {
    about: 'answers the upgrade rightly and ends the connection',
    satisfies: UPGRADE,
    answer: (duplex, transport) => openLine(duplex, transport, { opened: (line) => line.close() }),
  },
  echo: {
    about: 'sends back what it gets, octet by octet',
    answer: (duplex) => duplex.listen({ ...nothing, data: (bytes) => duplex.write(bytes), ended: () => duplex.end() }),
  },
  'echo-messages': {
    about: 'answers the upgrade rightly and sends back each message',
    satisfies: UPGRADE,
    answer: (duplex, transport) => openLine(duplex, transport, { received: (bytes, line) => line.send(bytes) }),
  },
} as const satisfies Record<string, Impostor>;
