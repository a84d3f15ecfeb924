/** The reference broker behind a line, or in a state, that spoils it: what passes there has passed, but nothing may hang or break. */
import { createBroker, type Broker } from '#broker';
import { nodeCompression, wrappedDuplex, type Clock, type Duplex } from '#io';
import { LAB_ORIGINS, LAB_TARGET } from '../lab-target.ts';
import type { Impostor, World } from './impostor.ts';

const BROKERS = new WeakMap<Clock, Broker>();

/** One broker for each run: messages must find their subscribers. */
function brokerOf({ clock, random }: World): Broker {
  const known = BROKERS.get(clock);
  if (known !== undefined) return known;
  const [{ path }] = LAB_TARGET.endpoints;
  const broker = createBroker({ clock, random, compression: nodeCompression, path, origins: LAB_ORIGINS });
  BROKERS.set(clock, broker);
  return broker;
}

interface Line {
  /** What is left of octets that come from the client, and of those that go to it. */
  readonly inward?: (bytes: Uint8Array) => Uint8Array;
  readonly outward?: (bytes: Uint8Array) => Uint8Array;
  /** After so many octets of the broker: what happens. */
  readonly after?: { readonly octets: number; readonly how: 'reset' | 'end' | 'stall' };
}

function through(duplex: Duplex, { inward = same, outward = same, after }: Line): Duplex {
  let sent = 0;
  let stalled = false;
  return wrappedDuplex(duplex, {
    listen: (listener) => duplex.listen({ ...listener, data: (bytes) => listener.data(inward(bytes)) }),
    write(bytes) {
      if (stalled) return;
      sent += bytes.length;
      if (after === undefined || sent <= after.octets) return duplex.write(outward(bytes));
      duplex.write(outward(bytes.slice(0, Math.max(0, bytes.length - (sent - after.octets)))));
      stalled = true;
      if (after.how === 'reset') duplex.reset();
      if (after.how === 'end') duplex.end();
    },
  });
}

const same = (bytes: Uint8Array): Uint8Array => bytes;

const behind =
  (line: () => Line): Impostor['answer'] =>
  (duplex, transport, world) =>
    brokerOf(world).accept(through(duplex, line()), transport);

/** Without every n-th octet of a connection. */
function without(n: number): (bytes: Uint8Array) => Uint8Array {
  let count = 0;
  return (bytes) => bytes.filter(() => (count += 1) % n !== 0);
}

/** With every n-th octet of a connection changed. */
function changed(n: number): (bytes: Uint8Array) => Uint8Array {
  let count = 0;
  return (bytes) => bytes.map((octet) => ((count += 1) % n === 0 ? octet ^ 0x10 : octet));
}

/** With every n-th octet of a connection twice. */
function doubled(n: number): (bytes: Uint8Array) => Uint8Array {
  let count = 0;
  return (bytes) =>
    Uint8Array.from(Array.from(bytes).flatMap((octet) => ((count += 1) % n === 0 ? [octet, octet] : [octet])));
}

const DEAD = new WeakMap<Clock, { octets: number }>();

/** After so many octets of all connections the process is gone: what is open is cut, what comes is refused. */
const dies =
  (octets: number): Impostor['answer'] =>
  (duplex, transport, world) => {
    const life = DEAD.get(world.clock) ?? { octets };
    DEAD.set(world.clock, life);
    if (life.octets <= 0) return duplex.reset();
    const outward = (bytes: Uint8Array): Uint8Array => {
      life.octets -= bytes.length;
      if (life.octets > 0) return bytes;
      duplex.reset();
      return new Uint8Array();
    };
    brokerOf(world).accept(through(duplex, { outward }), transport);
  };

export const MANGLED = {
  'loses-every-7th-octet': {
    about: 'loses every seventh octet that it sends',
    genuine: true,
    answer: behind(() => ({ outward: without(7) })),
  },
  'loses-every-250th-octet': {
    about: 'loses every 250th octet that it sends',
    genuine: true,
    answer: behind(() => ({ outward: without(250) })),
  },
  'loses-every-400th-octet-of-clients': {
    about: 'loses every 400th octet that it is sent',
    genuine: true,
    answer: behind(() => ({ inward: without(400) })),
  },
  'changes-every-230th-octet': {
    about: 'changes a bit of every 230th octet that it sends',
    genuine: true,
    answer: behind(() => ({ outward: changed(230) })),
  },
  'doubles-every-240th-octet': {
    about: 'sends every 240th octet twice',
    genuine: true,
    answer: behind(() => ({ outward: doubled(240) })),
  },
  'dies-after-450-octets': { about: 'is gone for good after 450 octets', genuine: true, answer: dies(450) },
  'dies-after-900-octets': { about: 'is gone for good after 900 octets', genuine: true, answer: dies(900) },
  'resets-after-260-octets': {
    about: 'cuts each connection after 260 octets',
    genuine: true,
    answer: behind(() => ({ after: { octets: 260, how: 'reset' } })),
  },
  'ends-after-240-octets': {
    about: 'ends each connection after 240 octets, in the middle of a frame',
    genuine: true,
    answer: behind(() => ({ after: { octets: 240, how: 'end' } })),
  },
  'stalls-after-220-octets': {
    about: 'says nothing more on a connection after 220 octets',
    genuine: true,
    answer: behind(() => ({ after: { octets: 220, how: 'stall' } })),
  },
} as const satisfies Record<string, Impostor>;
