/** Hostile servers behind a right upgrade: lengths, floods and bombs. */
import { nodeCompression, type Duplex } from '#io';
import { encode, encodeFrame, OPCODES, type Packet } from '#wire';
import { answers } from './answers.ts';
import { readRequest, switching } from './http.ts';
import type { Impostor, World } from './impostor.ts';
import { openLine, type Line } from './line.ts';
import { repeat } from './repeat.ts';
import { ANSWERS, UPGRADE } from './satisfied.ts';

type Version = '3.1.1' | '5.0';

/** Once the first packet has come. */
function once(act: (line: Line, world: World, version: Version, websocket: boolean) => void): Impostor['answer'] {
  return (duplex, transport, world) => {
    const replies = answers();
    let begun = false;
    openLine(duplex, transport, {
      received(bytes, line) {
        replies.to(bytes);
        if (begun || replies.packets === 0) return;
        begun = true;
        act(line, world, replies.version, transport === 'ws');
      },
    });
  };
}

/** Answers like a yes-man, and sends more behind its first answer. */
function beside(act: (line: Line, world: World, version: Version, websocket: boolean) => void): Impostor['answer'] {
  return (duplex, transport, world) => {
    const replies = answers();
    let begun = false;
    openLine(duplex, transport, {
      received(bytes, line) {
        for (const answer of replies.to(bytes)) line.send(answer);
        if (begun || replies.packets === 0) return;
        begun = true;
        act(line, world, replies.version, transport === 'ws');
      },
    });
  };
}

const CONNACK: Packet = { type: 'CONNACK', sessionPresent: false, reasonCode: 0 };
/** What comes too often comes so often. */
const FLOOD = 200;

const deaf = { closed: () => undefined };

let packed: Uint8Array | undefined;

/** 64 MiB of nothing, in as few octets as DEFLATE makes of them. */
const bomb = (): Uint8Array => (packed ??= nodeCompression.deflater(15).deflate(new Uint8Array(64 * 2 ** 20)));

/** Takes permessage-deflate where it is offered; sends a compressed frame all the same. */
function bombing(duplex: Duplex, transport: 'ws' | 'tcp'): void {
  if (transport === 'tcp')
    return duplex.listen({ ...deaf, data: () => duplex.write(bomb().slice()), ended: () => duplex.end() });
  let sent = false;
  readRequest(duplex, {
    request(key, _rest, head) {
      const offered = /^sec-websocket-extensions:.*permessage-deflate/im.test(head);
      duplex.write(switching(key, offered ? 'Sec-WebSocket-Extensions: permessage-deflate\r\n' : ''));
    },
    data() {
      if (sent) return;
      sent = true;
      duplex.write(encodeFrame({ opcode: OPCODES.binary, payload: bomb(), rsv1: true }));
    },
  });
}

const announced = (line: Line, websocket: boolean): void =>
  // A frame of 4 GiB; over TCP the longest packet there is.
  line.raw(websocket ? Uint8Array.of(0x82, 127, 0, 0, 0, 1, 0, 0, 0, 0) : Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f));

const userProperties = Array.from({ length: 2_000 }, (_, index) => [`name ${index}`, 'x'] as const);

export const HOSTILE_WIRE = {
  'length-4-gib': {
    about: 'announces 4 GiB and sends 768 KiB of them',
    satisfies: UPGRADE,
    answer: once((line, world, _version, websocket) => {
      announced(line, websocket);
      repeat(world, line, 10, 48, () => line.raw(new Uint8Array(16_384)));
    }),
  },
  'compressed-bomb': {
    about: 'sends 64 MiB in a compressed frame of 64 KiB',
    satisfies: UPGRADE,
    answer: bombing,
  },
  'length-never-ends': {
    about: 'sends a packet whose length has no last octet',
    satisfies: UPGRADE,
    answer: once((line) => line.send(new Uint8Array(64).fill(0xff))),
  },
  'connack-flood': {
    about: 'answers CONNECT by CONNACKs without end',
    satisfies: UPGRADE,
    answer: once((line, world, version) => {
      const connack = encode(CONNACK, version);
      repeat(world, line, 1, FLOOD, () => line.send(connack.slice()));
    }),
  },
  'pingresp-flood': {
    about: 'answers like a yes-man and sends PINGRESPs that nobody asked for',
    satisfies: [...UPGRADE, ...ANSWERS],
    answer: beside((line, world) => repeat(world, line, 1, FLOOD, () => line.send(Uint8Array.of(0xd0, 0x00)))),
  },
  'property-flood': {
    about: 'sends CONNACK with two thousand user properties',
    satisfies: UPGRADE,
    answer: once((line, _world, version) =>
      line.send(encode(version === '5.0' ? { ...CONNACK, properties: { userProperties } } : CONNACK, version)),
    ),
  },
  'topic-flood': {
    about: 'pours messages with topics of 65,535 bytes',
    satisfies: UPGRADE,
    answer: beside((line, world, version) => {
      const message: Packet = {
        type: 'PUBLISH',
        topic: 'x'.repeat(65_535),
        payload: new Uint8Array(),
        qos: 0,
        retain: false,
        dup: false,
      };
      const bytes = encode(message, version);
      repeat(world, line, 5, 3, () => line.send(bytes.slice()));
    }),
  },
  'ping-flood': {
    about: 'answers like a yes-man and sends WebSocket Pings without end',
    satisfies: [...UPGRADE, ...ANSWERS],
    answer: beside((line, world, _version, websocket) => {
      if (!websocket) return;
      const ping = encodeFrame({ opcode: OPCODES.ping, payload: new Uint8Array(125) });
      repeat(world, line, 1, FLOOD, () => line.raw(ping.slice()));
    }),
  },
  'close-flood': {
    about: 'answers by Close frames without end and never by FIN',
    satisfies: UPGRADE,
    answer: once((line, world, _version, websocket) => {
      const close = websocket
        ? encodeFrame({ opcode: OPCODES.close, payload: Uint8Array.of(0x03, 0xe8) })
        : Uint8Array.of(0xe0, 0x00);
      repeat(world, line, 1, FLOOD, () => line.raw(close.slice()));
    }),
  },
  'endless-fragments': {
    about: 'sends a message in fragments that never ends',
    satisfies: UPGRADE,
    answer: once((line, world, _version, websocket) => {
      if (!websocket) return line.raw(Uint8Array.of(0x20));
      line.raw(encodeFrame({ opcode: OPCODES.binary, payload: Uint8Array.of(0x20), fin: false }));
      const empty = encodeFrame({ opcode: 0, payload: new Uint8Array(), fin: false });
      repeat(world, line, 5, FLOOD, () => line.raw(empty.slice()));
    }),
  },
  'text-frames': {
    about: 'answers like a yes-man, in text frames',
    satisfies: UPGRADE,
    answer: (duplex, transport) => {
      const replies = answers();
      openLine(duplex, transport, {
        received(bytes, line) {
          for (const answer of replies.to(bytes)) {
            if (transport === 'ws') line.raw(encodeFrame({ opcode: OPCODES.text, payload: answer }));
            else line.raw(answer.map((octet) => octet ^ 0x80));
          }
        },
      });
    },
  },
  'packets-of-clients': {
    about: 'accepts each client and sends it PINGREQs, as only clients do',
    satisfies: UPGRADE,
    answer: beside((line, world) => repeat(world, line, 5, 20, () => line.send(Uint8Array.of(0xc0, 0x00)))),
  },
  'never-acknowledges': {
    about: 'accepts clients, subscriptions and pings, and never acknowledges a message',
    satisfies: [...UPGRADE, ...ANSWERS],
    answer: (duplex, transport) => {
      const replies = answers();
      const acknowledgements = [0x40, 0x50, 0x70];
      openLine(duplex, transport, {
        received(bytes, line) {
          for (const answer of replies.to(bytes)) {
            if (!acknowledgements.includes((answer[0] ?? 0) & 0xf0)) line.send(answer);
          }
        },
      });
    },
  },
} as const satisfies Record<string, Impostor>;
