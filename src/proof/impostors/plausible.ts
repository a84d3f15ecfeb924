/** Impostors that speak MQTT well enough to deceive a careless case. */
import { encode } from '#wire';
import { answers, type Habits } from './answers.ts';
import type { Impostor, World } from './impostor.ts';
import { openLine, type Line } from './line.ts';
import { ANSWERS, UPGRADE } from './satisfied.ts';

const BOTH = [...UPGRADE, ...ANSWERS];

interface Manner extends Habits {
  /** After so many packets the connection ends. */
  readonly packets?: number;
  /** How it ends then. Default: by a close. */
  readonly cut?: 'close' | 'reset';
  /** Called once, after the CONNACK was sent. */
  readonly connected?: (line: Line, world: World) => void;
  readonly say?: (bytes: Uint8Array, line: Line, world: World) => void;
  readonly ended?: (line: Line) => void;
}

/** Answers everything and routes nothing. */
function yesMan(manner: Manner = {}): Impostor['answer'] {
  return (duplex, transport, world) => {
    const replies = answers(manner);
    const say = manner.say ?? ((bytes: Uint8Array, line: Line) => line.send(bytes));
    let connected = false;
    openLine(duplex, transport, {
      received(bytes, line) {
        for (const answer of replies.to(bytes)) {
          say(answer, line, world);
          if (!connected) manner.connected?.(line, world);
          connected = true;
        }
        if (replies.packets < (manner.packets ?? Number.POSITIVE_INFINITY)) return;
        if (manner.cut === 'reset') line.reset();
        else line.close();
      },
      ...(manner.ended === undefined ? {} : { ended: manner.ended }),
    });
  };
}

/** Octet by octet, one a second, in the order of all that was said. */
function drip(): Impostor['answer'] {
  return (duplex, transport, world) => {
    const waiting: number[] = [];
    let dripping = false;
    const next = (line: Line): void => {
      const octet = waiting.shift();
      dripping = octet !== undefined && !line.closed;
      if (octet === undefined || line.closed) return;
      line.send(Uint8Array.of(octet));
      world.clock.after(1000, () => next(line));
    };
    yesMan({
      say(bytes, line) {
        waiting.push(...bytes);
        if (!dripping) world.clock.after(1000, () => next(line));
        dripping = true;
      },
    })(duplex, transport, world);
  };
}

const MESSAGE = encode(
  { type: 'PUBLISH', topic: 'flood', payload: new Uint8Array(32), qos: 0, retain: false, dup: false },
  '3.1.1',
);
/** The same message for 5.0: an empty property length behind the topic. */
const MESSAGE_50 = encode(
  { type: 'PUBLISH', topic: 'flood', payload: new Uint8Array(32), qos: 0, retain: false, dup: false },
  '5.0',
);
const FLOOD_LIMIT = 100;

function flood(): Impostor['answer'] {
  return (duplex, transport, world) => {
    const replies = answers();
    let sent = 0;
    const pour = (line: Line): void => {
      if (line.closed || sent >= FLOOD_LIMIT) return;
      for (let count = 0; count < 10; count += 1) line.send(replies.version === '5.0' ? MESSAGE_50 : MESSAGE);
      sent += 10;
      world.clock.after(5, () => pour(line));
    };
    let pouring = false;
    openLine(duplex, transport, {
      received(bytes, line) {
        for (const answer of replies.to(bytes)) line.send(answer);
        if (pouring || replies.packets === 0) return;
        pouring = true;
        pour(line);
      },
    });
  };
}

const badUser: Habits['connack'] = (version) => (version === '5.0' ? 0x87 : 0x05);

export const PLAUSIBLE = {
  'yes-man': { about: 'accepts and acknowledges everything and routes nothing', satisfies: BOTH, answer: yesMan() },
  'closes-after-connect': {
    about: 'accepts each client and ends the connection',
    satisfies: BOTH,
    answer: yesMan({ packets: 1 }),
  },
  'closes-after-2-packets': {
    about: 'serves two packets like a yes-man and ends',
    satisfies: BOTH,
    answer: yesMan({ packets: 2 }),
  },
  'closes-after-3-packets': {
    about: 'serves three packets like a yes-man and ends',
    satisfies: BOTH,
    answer: yesMan({ packets: 3 }),
  },
  'closes-after-5-packets': {
    about: 'serves five packets like a yes-man and ends',
    satisfies: BOTH,
    answer: yesMan({ packets: 5 }),
  },
  'resets-after-2-packets': {
    about: 'serves two packets like a yes-man and cuts the connection',
    satisfies: BOTH,
    answer: yesMan({ packets: 2, cut: 'reset' }),
  },
  'refuses-everybody': {
    about: 'refuses every client as not authorized',
    satisfies: UPGRADE,
    answer: yesMan({ connack: badUser, packets: 1 }),
  },
  'closes-unread': {
    about: 'ends each connection at the first packet, without an answer',
    satisfies: UPGRADE,
    answer: yesMan({ packets: 1, say: () => undefined }),
  },
  'resets-in-the-middle': {
    about: 'sends half of each answer and cuts the connection',
    satisfies: UPGRADE,
    answer: yesMan({
      say(bytes, line) {
        line.send(bytes.subarray(0, Math.ceil(bytes.length / 2)));
        line.reset();
      },
    }),
  },
  'half-open': {
    about: 'accepts each client, and then neither answers nor notices that the peer has ended',
    satisfies: UPGRADE,
    answer: (duplex, transport, world) => {
      let said = 0;
      yesMan({
        say: (bytes, line) => {
          said += 1;
          if (said === 1) line.send(bytes);
        },
        ended: () => undefined,
      })(duplex, transport, world);
    },
  },
  'byte-a-second': { about: 'says everything right, one octet a second', satisfies: BOTH, answer: drip() },
  flood: {
    about: 'accepts each client and pours messages over it that nobody asked for',
    satisfies: BOTH,
    answer: flood(),
  },
} as const satisfies Record<string, Impostor>;
