/** Hostile servers that never get as far as MQTT. */
import type { Duplex } from '#io';
import { readRequest, switching } from './http.ts';
import type { Impostor, World } from './impostor.ts';
import { REFUSAL } from './satisfied.ts';
import { repeat } from './repeat.ts';

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Answers whatever comes first by these octets, and ends or stays. */
function answering(octets: Uint8Array, then: 'end' | 'stay' | 'reset'): Impostor['answer'] {
  return (duplex, transport) => {
    let answered = false;
    const answer = (): void => {
      if (answered) return;
      answered = true;
      duplex.write(octets);
      if (then === 'end') duplex.end();
      if (then === 'reset') duplex.reset();
    };
    if (transport === 'ws') readRequest(duplex, { request: answer, data: () => undefined });
    else duplex.listen({ data: answer, ended: () => duplex.end(), closed: () => undefined });
  };
}

const head = (...lines: readonly string[]): Uint8Array => latin1(`${lines.join('\r\n')}\r\n\r\n`);

/** What comes again and again after the first octets of a peer. */
function pouring(first: string, again: string, times: number): Impostor['answer'] {
  return (duplex: Duplex, _transport, world: World) => {
    let begun = false;
    duplex.listen({
      data() {
        if (begun) return;
        begun = true;
        duplex.write(latin1(first));
        repeat(world, duplex, 10, times, () => duplex.write(latin1(again)));
      },
      ended: () => duplex.end(),
      closed: () => undefined,
    });
  };
}

/** The right answer to the upgrade, an octet a second. */
function slowHead(duplex: Duplex, transport: 'ws' | 'tcp', world: World): void {
  const drip = (octets: Uint8Array): void => {
    let at = 0;
    repeat(world, duplex, 1_000, octets.length, () => duplex.write(octets.slice(at, (at += 1))));
  };
  if (transport === 'ws') readRequest(duplex, { request: (key) => drip(switching(key)) });
  else answering(latin1('HTTP/1.1 400 Bad Request\r\n\r\n'), 'end')(duplex, transport, world);
}

/** A fatal alert of TLS, as a TLS port answers what is no hello; and the beginning of a hello of its own. */
const TLS_ALERT = Uint8Array.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x16);
const TLS_HELLO = Uint8Array.of(0x16, 0x03, 0x03, 0x40, 0x00, 0x02, 0x00, 0x3f, 0xfc, 0x03, 0x03);

export const HOSTILE_HTTP = {
  'http-301': {
    about: 'sends every request elsewhere',
    satisfies: REFUSAL,
    answer: answering(
      head('HTTP/1.1 301 Moved Permanently', 'Location: ws://elsewhere.invalid/mqtt', 'Content-Length: 0'),
      'end',
    ),
  },
  'http-401': {
    about: 'asks every request for credentials',
    satisfies: REFUSAL,
    answer: answering(head('HTTP/1.1 401 Unauthorized', 'WWW-Authenticate: Basic', 'Content-Length: 0'), 'end'),
  },
  'http-100': {
    about: 'asks every request to go on, and says nothing more',
    answer: answering(head('HTTP/1.1 100 Continue'), 'stay'),
  },
  'http-lies-about-length': {
    about: 'announces a body of 4 GiB that never comes',
    answer: answering(head('HTTP/1.1 200 OK', `Content-Length: ${2 ** 32}`), 'stay'),
  },
  'http-garbled-status': {
    about: 'answers by a status line that is none',
    answer: answering(head('HTTP 101'), 'stay'),
  },
  'http-endless-head': {
    about: 'sends header lines without end',
    answer: pouring('HTTP/1.1 101 Switching Protocols\r\n', `X-More: ${'x'.repeat(2_000)}\r\n`, 40),
  },
  'http-endless-line': {
    about: 'sends one header line without end',
    answer: pouring('HTTP/1.1 101 Switching Protocols\r\nX: ', 'x'.repeat(2_000), 40),
  },
  'http-octet-a-second': { about: 'answers the upgrade rightly, one octet a second', answer: slowHead },
  'tls-alert': { about: 'answers in TLS: an alert', answer: answering(TLS_ALERT, 'end') },
  'tls-garbage': {
    about: 'answers in TLS: the beginning of a record that never ends',
    answer: answering(TLS_HELLO, 'stay'),
  },
  'resets-at-request': {
    about: 'cuts each connection as soon as the request is whole',
    answer: answering(latin1(''), 'reset'),
  },
} as const satisfies Record<string, Impostor>;
