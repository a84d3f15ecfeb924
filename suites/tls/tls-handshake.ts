/** Handshakes that are cut, slow, huge, or none at all. */
import { clientExtensions, defineCase, latin1Bytes, type CaseContext } from '#kit';

export const oneByteSegments = defineCase({
  title: 'a handshake in segments of one octet is finished',
  verifies: { transport: ['tls/handshake/one-byte-segments'] },
  caughtBy: ['needs-whole-hello'],
  needs: ['tls'],
  async run(t) {
    (await t.admission({ segment: 1 })).accepted();
  },
});

export const smallRecords = defineCase<readonly number[]>({
  title: 'a ClientHello in many small records is answered',
  verifies: { transport: ['tls/handshake/one-byte-segments'] },
  caughtBy: ['needs-hello-in-one-record'],
  needs: ['tls', 'raw-tls'],
  rows: {
    'one-byte': [1],
    'three-and-rest': [3, 16_384],
    'four-and-rest': [4, 16_384],
    'border-in-random': [20, 16_384],
    halves: [100],
  },
  async run(t) {
    (await (await t.rawTls()).hello()).answered();
    (await (await t.rawTls()).hello({ records: t.row })).answered();
  },
});

/** What begins no handshake, whichever way it is looked at. */
const GARBAGE: Readonly<Record<string, Uint8Array>> = {
  text: latin1Bytes('mqttspec says hello\r\n\r\n'),
  zeros: new Uint8Array(64),
  ones: new Uint8Array(64).fill(0xff),
  'application-data': Uint8Array.of(0x17, 3, 3, 0, 5, 1, 2, 3, 4, 5),
  'alert-first': Uint8Array.of(0x15, 3, 1, 0, 2, 2, 40),
  'change-cipher-spec-first': Uint8Array.of(0x14, 3, 1, 0, 1, 1),
  'hello-too-short': Uint8Array.of(0x16, 3, 1, 0, 8, 1, 0, 0, 4, 3, 3, 0, 0),
  'hello-length-lies': Uint8Array.of(0x16, 3, 1, 0, 10, 1, 0, 0, 6, 3, 3, 0, 0, 0xff, 0xff),
  'server-hello': Uint8Array.of(0x16, 3, 3, 0, 10, 2, 0, 0, 6, 3, 3, 0, 0, 0, 0),
};

export const garbage = defineCase<Uint8Array>({
  title: 'what is no ClientHello ends the connection, and the next client is served',
  verifies: { transport: ['tls/handshake/garbage'] },
  caughtBy: ['stays-open-on-garbage'],
  needs: ['tls'],
  rows: GARBAGE,
  async run(t) {
    const raw = await t.rawTls();
    raw.send(t.row, 'octets that are no ClientHello');
    await raw.ends();
    t.check(raw.flight.hello === undefined, 'the server answers with a ServerHello', {
      expected: 'an alert, or the end',
    });
    await t.connect();
  },
});

export const hugeHello = defineCase<number>({
  title: 'a ClientHello near 64 KiB is answered, refused or ends the connection, and the next client is served',
  verifies: { transport: ['tls/handshake/huge-hello'] },
  observes: ['clean', 'limits-hellos'],
  needs: ['tls', 'raw-tls'],
  rows: { '17-kib': 17_000, '60-kib': 60_000 },
  async run(t) {
    const raw = await t.rawTls();
    t.observe((await raw.hello({ extensions: [clientExtensions.padding(t.row)] })).outcome());
    await t.connect();
  },
});

/** Milliseconds for which a handshake that was begun is watched. */
const WATCHED_MS = 20_000;

export const halfHello = defineCase<number>({
  title: 'a handshake that is never finished is ended after a while',
  verifies: { transport: ['tls/handshake/slow'] },
  observes: ['clean', 'short-handshake-limit'],
  needs: ['tls', 'slow'],
  takes: WATCHED_MS / 1000,
  rows: { nothing: 0, 'half-a-hello': 0.5, 'a-hello-only': 1 },
  async run(t) {
    const raw = await t.rawTls();
    const hello = raw.helloOctets();
    const begun = hello.subarray(0, Math.floor(hello.length * t.row));
    if (begun.length > 0) raw.send(begun, `${begun.length} of ${hello.length} octets of a ClientHello, and no more`);
    const ms = await timeOfEnd(t, () => raw.until(() => false, WATCHED_MS));
    const seconds = Math.round(ms / 1000);
    t.observe(raw.ended === undefined ? `open after ${WATCHED_MS / 1000} s` : `ended after ${seconds} s`);
    await t.connect();
  },
});

async function timeOfEnd(t: CaseContext<unknown>, wait: () => Promise<unknown>): Promise<number> {
  const { clock } = t.scope;
  const start = clock.now();
  await wait();
  return clock.now() - start;
}
