/** Impostors that talk, but neither WebSocket nor MQTT. */
import type { Duplex } from '#io';
import { page, readRequest } from './http.ts';
import type { Impostor, World } from './impostor.ts';
import { openLine } from './line.ts';
import { repeat } from './repeat.ts';
import { REFUSAL, UPGRADE } from './satisfied.ts';

const text = (words: string): Uint8Array => new Uint8Array(Buffer.from(words, 'latin1'));

/** Answers the first octets by a page; on a TCP port too. */
function http(status: string, body: string): Impostor['answer'] {
  return (duplex, transport) => {
    const answer = (): void => {
      duplex.write(page(status, body));
      duplex.end();
    };
    if (transport === 'ws') readRequest(duplex, { request: answer });
    else duplex.listen({ data: answer, ended: () => duplex.end(), closed: () => undefined });
  };
}

function randomBytes(duplex: Duplex, world: World): void {
  duplex.listen({ data: () => duplex.write(world.random(64)), ended: () => duplex.end(), closed: () => undefined });
  duplex.write(world.random(256));
}

const HOUR = 3600;

export const NOISE = {
  'http-200': { about: 'answers every request by a page', answer: http('200 OK', 'It works!') },
  'http-503': {
    about: 'answers every request by 503',
    satisfies: REFUSAL,
    answer: http('503 Service Unavailable', 'try later'),
  },
  'random-bytes': {
    about: 'sends random octets',
    answer: (duplex, _transport, world) => randomBytes(duplex, world),
  },
  'garbage-after-101': {
    about: 'answers the upgrade rightly and sends random octets behind it',
    satisfies: UPGRADE,
    answer: (duplex, transport, world) =>
      openLine(duplex, transport, {
        opened: (line) => line.raw(world.random(64)),
        received: (_bytes, line) => line.raw(world.random(32)),
      }),
  },
  'other-protocol': {
    about: 'answers the upgrade rightly and talks a protocol of lines (as NATS does)',
    satisfies: UPGRADE,
    answer: (duplex, transport) =>
      openLine(duplex, transport, {
        opened: (line) => line.send(text('INFO {"server_id":"x","max_payload":1048576}\r\n')),
        received: (_bytes, line) => line.send(text("-ERR 'Unknown Protocol Operation'\r\n")),
      }),
  },
  'endless-frame': {
    about: 'answers the upgrade rightly and begins a frame of 2^40 octets that never ends',
    satisfies: UPGRADE,
    answer: (duplex, transport, world) =>
      openLine(duplex, transport, {
        opened(line) {
          line.raw(Uint8Array.of(0x82, 127, 0, 0, 1, 0, 0, 0, 0, 0));
          repeat(world, line, 100, 10 * HOUR, () => line.raw(new Uint8Array(1024)));
        },
      }),
  },
  'lying-length': {
    about: 'announces longer packets and frames than it sends',
    satisfies: UPGRADE,
    answer: (duplex, transport) =>
      openLine(duplex, transport, {
        received(_bytes, line) {
          if (transport === 'ws') line.raw(Uint8Array.of(0x82, 100, 0x20, 0x60, 0x00, 0x00));
          else line.raw(Uint8Array.of(0x20, 0x60, 0x00, 0x00));
        },
      }),
  },
} as const satisfies Record<string, Impostor>;
