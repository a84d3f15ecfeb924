/** Handshakes that are cut, slow, huge, or none at all. */
import { CIPHER_OFFERS, clientExtensions, defineCase, latin1Bytes, publish, type CaseContext } from '#kit';
import { framed, inRecords } from './in-records.ts';

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

/** What others do meanwhile. */
const OTHERS: Readonly<Record<string, (t: CaseContext<unknown>) => Promise<unknown>>> = {
  garbage: async (t) => {
    const raw = await t.rawTls();
    raw.send(latin1Bytes('mqttspec says hello\r\n\r\n'), 'octets that are no ClientHello');
    await raw.until(() => raw.received.length > 0, 50);
  },
  'no-common-suite': async (t) => (await t.rawTls()).hello({ highest: 'tls12', cipherSuites: CIPHER_OFFERS.rc4 }),
  goodbye: async (t) => (await t.connect()).disconnect(),
  'more-than-is-read': async (t) => {
    const client = await t.connect();
    client.link.endExpected = true;
    client.wellBehaved = false;
    // The server ends it at the first packet, of the forbidden type 0, while others come.
    await client.send(Uint8Array.of(0, 0), t.packet.pingreq, t.packet.pingreq);
    await client.link.waitForEnd(t.timing.replyMs);
  },
};

/** How often they do it while one packet is on its way. */
const TIMES = 8;

export const othersLeftAlone = defineCase<(t: CaseContext<unknown>) => Promise<unknown>>({
  title:
    'handshakes that fail, and connections that end, leave the packet of another client alone that comes meanwhile',
  verifies: { transport: ['tls/handshake/garbage'] },
  caughtBy: ['failed-handshake-ends-another-connection'],
  needs: ['tls'],
  exclusive: 'what others do would be held against what this case does',
  rows: OTHERS,
  async run(t) {
    const client = await t.connect();
    await client.subscribe(t.topic());
    const packet = client.prepare(t.packet.publish(t.topic(), 'in the midst of others'));
    const octets = framed(client, packet, [packet.length]);
    const size = Math.ceil(octets.length / TIMES);
    for (let at = 0; at < octets.length; at += size) {
      await inRecords(t, client, octets.slice(at, at + size), [size]);
      await t.row(t);
    }
    await client.expect(publish({ topic: t.topic() }));
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
