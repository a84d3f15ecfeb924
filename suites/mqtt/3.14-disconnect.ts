/** §3.14: DISCONNECT. */
import {
  connectLasting,
  defineCase,
  encode,
  ended,
  lasting,
  message,
  mutations,
  publish,
  utf8,
  type CaseContext,
  type Client,
} from '#kit';

/** A client whose will says how its connection was taken to end, and one that watches the will. */
async function withWill(
  t: CaseContext<unknown>,
): Promise<{ client: Client; watcher: Client; sentinel: () => Promise<void> }> {
  const watcher = await t.connect();
  await watcher.subscribe([t.topic('will'), t.topic('sentinel')]);
  const client = await t.connect({ will: t.will(t.topic('will'), 'w') });
  const sentinel = async (): Promise<void> => {
    await client.link.waitForEnd(t.timing.graceMs);
    await client.settle();
    await (await t.connect()).publish(t.topic('sentinel'), 's');
  };
  return { client, watcher, sentinel };
}

export const serverCloses = defineCase({
  title: 'the server closes after DISCONNECT where the client has not',
  verifies: { '3.1.1': ['R-3.14.4-1'], '5.0': ['R-3.14.4-1'] },
  caughtBy: ['ignores-disconnect'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.connect();
    await client.send(t.packet.disconnect());
    await client.expect(ended());
    await t.roundTrip(twin, await t.connect());
  },
});

export const discardsWill = defineCase({
  title: 'DISCONNECT discards the will',
  verifies: { '3.1.1': ['MQTT-3.14.4-3'], '5.0': ['MQTT-3.14.4-3'] },
  caughtBy: ['delivers-will-after-disconnect'],
  async run(t) {
    const { client, watcher, sentinel } = await withWill(t);
    await client.disconnect();
    await sentinel();
    await watcher.expectNotBefore(publish({ topic: t.topic('will') }), message(t.topic('sentinel'), 's'));
  },
});

export const forms = defineCase({
  title: 'a DISCONNECT of no bytes means 0x00, one of a single byte has no properties',
  verifies: { '5.0': ['R-3.14.2.1-1'] },
  caughtBy: ['delivers-will-after-disconnect'],
  rows: { none: [], code: [0x00], 'code-and-length': [0x00, 0x00] },
  async run(t) {
    const { client, watcher, sentinel } = await withWill(t);
    await client.send(Uint8Array.of(0xe0, t.row.length, ...t.row));
    await client.close();
    await sentinel();
    await watcher.expectNotBefore(publish({ topic: t.topic('will') }), message(t.topic('sentinel'), 's'));
  },
});

export const withWillMessage = defineCase({
  title: 'a DISCONNECT 0x04 of a single byte asks for the will, which is published',
  verifies: { '5.0': ['R-3.14.2.1-1'] },
  caughtBy: ['will-lost-after-disconnect-04'],
  async run(t) {
    const { client, watcher } = await withWill(t);
    await client.send(Uint8Array.of(0xe0, 1, 0x04));
    // The client closes (MQTT-3.14.4-2); that the server would, too, is another case's matter.
    await client.close();
    await watcher.expect(publish({ topic: t.topic('will'), payload: utf8('w') }));
  },
});

interface Bad {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Errors in the last packet show by the end, and by what the server says before it. */
async function refused(t: CaseContext<unknown>, deviants: readonly Bad[]): Promise<void> {
  const twin = await t.connect();
  for (const deviant of deviants) {
    const client = await t.connect();
    await client.send(deviant);
    const { reasonPacket } = await client.expect(ended());
    // A DISCONNECT that was taken for a good one ends the connection too: only the answer tells.
    if (t.version === '5.0' && reasonPacket !== 'DISCONNECT') {
      t.finding('5.0/R-4.13.1-1', `${deviant.name}: the error is not told before the close`);
    }
  }
  await t.roundTrip(twin, await t.connect());
}

export const flags = defineCase({
  title: 'a DISCONNECT whose header flags are not 0000 ends the connection',
  verifies: { '3.1.1': ['MQTT-3.14.1-1'], '5.0': ['MQTT-3.14.1-1#close', 'R-4.13.1-1'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction'],
  async run(t) {
    const bytes = encode(t.packet.disconnect(), t.version);
    await refused(
      t,
      [1, 2, 4, 8].map((bit) => mutations.fixedHeaderFlags(bytes, bit)),
    );
  },
});

export const flagsTold = defineCase({
  title: 'a DISCONNECT with reserved flags is told by DISCONNECT 0x81',
  verifies: { '5.0': ['MQTT-3.14.1-1#disconnect-81'] },
  caughtBy: ['accepts-disconnect-flags', 'disconnect-wrong-code'],
  needs: ['reaction'],
  async run(t) {
    const client = await t.connect();
    await client.send(mutations.fixedHeaderFlags(encode(t.packet.disconnect(), t.version), 1));
    const { reasonCode } = await client.expect(ended(), { breaks: '5.0/MQTT-3.14.1-1#close' });
    t.check(reasonCode === 0x81, 'the reserved flags are not told by DISCONNECT 0x81');
  },
});

export const length = defineCase({
  title: 'a DISCONNECT of 3.1.1 with a body ends the connection',
  verifies: { '3.1.1': ['R-3.14.1-1'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction'],
  async run(t) {
    const bytes = encode(t.packet.disconnect(), t.version);
    await refused(
      t,
      [[0], [0, 0]].map((tail) => mutations.appendBytes(bytes, Uint8Array.from(tail))),
    );
  },
});

export const unknownCode = defineCase({
  title: 'a DISCONNECT with a code that does not exist ends the connection as an error',
  verifies: { '5.0': ['MQTT-3.14.2-1#client-input', 'R-4.13.1-1'] },
  caughtBy: ['never-closes-on-error', 'accepts-unknown-reason-code'],
  needs: ['reaction'],
  async run(t) {
    const codes = [0x01, 0x03, 0x7f, 0xff];
    const name = 'a DISCONNECT with a code that does not exist';
    await refused(
      t,
      codes.map((code) => ({ name, bytes: Uint8Array.of(0xe0, 1, code) })),
    );
  },
});

export const serverCode = defineCase({
  title: 'a DISCONNECT with a code that only servers send ends the connection as an error',
  verifies: { '5.0': ['R-3.14.2.1-2', 'R-4.13.1-1'] },
  caughtBy: ['accepts-server-codes'],
  needs: ['reaction'],
  async run(t) {
    const codes = [0x8b, 0x8e, 0xa1];
    const name = 'a DISCONNECT with a code of servers';
    await refused(
      t,
      codes.map((code) => ({ name, bytes: Uint8Array.of(0xe0, 1, code) })),
    );
  },
});

export const propertyTwice = defineCase({
  title: 'a property of DISCONNECT that comes twice ends the connection as an error',
  verifies: { '5.0': ['R-3.14.2.2.2-1', 'R-3.14.2.2.3-1', 'R-4.13.1-1'] },
  caughtBy: ['accepts-duplicate-property'],
  needs: ['reaction'],
  rows: { 'session-expiry': ['sessionExpiryInterval', 0], 'reason-string': ['reasonString', 'bye'] } as const,
  async run(t) {
    const [name, value] = t.row;
    const bytes = encode(t.packet.disconnect(0, { [name]: value }), t.version);
    await refused(t, [mutations.duplicateProperty(bytes, 'disconnect', name)]);
  },
});

export const misplacedProperty = defineCase({
  title: 'a property that DISCONNECT may not have ends the connection as an error',
  verifies: { '5.0': ['R-2.2.2.2-12', 'R-4.13.1-1'] },
  caughtBy: ['accepts-misplaced-property'],
  needs: ['reaction'],
  async run(t) {
    const bytes = encode(t.packet.disconnect(0, { reasonString: 'bye' }), t.version);
    const raw = [
      [0x23, 0, 1],
      [0x0b, 1],
      [0x21, 0, 1],
      [0x02, 0, 0, 0, 1],
      [0x24, 1],
    ];
    await refused(
      t,
      raw.map((property) => mutations.insertProperty(bytes, 'disconnect', Uint8Array.from(property))),
    );
  },
});

export const serverReference = defineCase({
  title: 'a Server Reference, which only servers send, in a DISCONNECT ends the connection as an error',
  verifies: { '5.0': ['R-3.14.2.2.5-1', 'R-4.13.1-1'] },
  caughtBy: ['accepts-server-reference'],
  needs: ['reaction'],
  async run(t) {
    const bytes = encode(t.packet.disconnect(0, { reasonString: 'bye' }), t.version);
    await refused(t, [mutations.insertProperty(bytes, 'disconnect', Uint8Array.of(0x1c, 0, 1, 0x61))]);
  },
});

export const everyCode = defineCase({
  title: 'each code that a client may send, with a Reason String and user properties, ends its connection quietly',
  verifies: { '5.0': ['R-3.14.4-1'] },
  caughtBy: ['ignores-disconnect'],
  async run(t) {
    const userProperties = [
      ['a', '1'],
      ['a', '2'],
    ] as const;
    for (const code of [0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99]) {
      const client = await t.connect();
      await client.send(t.packet.disconnect(code, { reasonString: 'bye', userProperties }));
      await client.expect(ended());
    }
    await t.roundTrip(await t.connect(), await t.connect());
  },
});

/** Whether the session of that client is still there. */
const isKept = async (t: CaseContext<unknown>, client: Client): Promise<boolean> =>
  (await t.connect({ clientId: client.id, cleanStart: false })).connack?.sessionPresent === true;

const gone = async (t: CaseContext<unknown>, client: Client): Promise<void> => {
  await client.link.waitForEnd(t.timing.replyMs);
  await client.settle();
};

export const expiryReplaced = defineCase({
  title: 'the Session Expiry Interval of DISCONNECT replaces that of CONNECT: 0 ends the session',
  verifies: { '5.0': ['R-3.14.2.2.2-3'] },
  caughtBy: ['disconnect-expiry-ignored'],
  async run(t) {
    const client = await connectLasting(t);
    await client.disconnect(0, { sessionExpiryInterval: 0 });
    await gone(t, client);
    t.check(!(await isKept(t, client)), 'the session outlives its DISCONNECT with Session Expiry Interval 0');
    await t.roundTrip(await t.connect(), await t.connect());
  },
});

export const expiryProlonged = defineCase({
  title: 'the Session Expiry Interval of DISCONNECT replaces that of CONNECT: a longer one counts',
  verifies: { '5.0': ['R-3.14.2.2.2-3'] },
  caughtBy: ['disconnect-expiry-ignored'],
  needs: ['time'],
  takes: 4,
  async run(t) {
    const client = await connectLasting(t, { properties: { sessionExpiryInterval: 1 } });
    await client.disconnect(0, { sessionExpiryInterval: 60 });
    await t.sleep(3500);
    t.check(await isKept(t, client), 'the session ended by the interval of CONNECT');
    await t.roundTrip(await t.connect(), await t.connect());
  },
});

export const expiryKept = defineCase({
  title: 'a DISCONNECT without Session Expiry Interval leaves that of CONNECT in force',
  verifies: { '5.0': ['R-3.14.2.2.2-4'] },
  caughtBy: ['session-not-kept'],
  async run(t) {
    const client = await connectLasting(t);
    await client.disconnect();
    await gone(t, client);
    const again = await t.connect(lasting(t, { clientId: client.id }));
    t.check(again.connack?.sessionPresent === true, 'the session ended with its connection');
    await t.roundTrip(again, await t.connect());
  },
});

export const expiryAfterZero = defineCase({
  title: 'a DISCONNECT that asks for a session which was to end with its connection is a protocol error',
  verifies: { '5.0': ['R-3.14.2.2.2-2', 'R-4.13.1-1'] },
  caughtBy: ['disconnect-revives-session'],
  needs: ['reaction'],
  rows: { zero: { sessionExpiryInterval: 0 }, absent: {} },
  async run(t) {
    const client = await t.connect({ properties: t.row });
    await client.send(t.packet.disconnect(0, { sessionExpiryInterval: 60 }));
    const { reasonCode } = await client.expect(ended({ reason: 0x82 }));
    if (reasonCode === undefined) t.finding('5.0/R-4.13.1-1', 'the error is not told before the close');
    await gone(t, client);
    t.check(!(await isKept(t, client)), 'the session was kept');
    await t.roundTrip(await t.connect(), await t.connect());
  },
});
