/** 5.0 §3.1.2.11.2, §3.14.2.2.2: how long a session outlives its connection. */
import {
  connack,
  connectLasting,
  defineCase,
  ended,
  lasting,
  leave,
  publish,
  utf8,
  type CaseContext,
  type Client,
  type PacketOf,
} from '#kit';

/** Milliseconds that an expiry of one second is given; a broker with a coarse timer gets a second chance of `GROSS`. */
const AFTER_ONE = 2_500;
const GROSS = 10_000;
/** Round trips to leave and to come back, over TCP, TLS and the upgrade. */
const TO_COME_BACK = 6;

/** Comes back under the identifier; gives Session Present. */
async function comesBack(t: CaseContext<unknown>, id: string, seconds?: number): Promise<Client> {
  return t.connect(lasting(t, { clientId: id, ...(seconds !== undefined && expiry(seconds)) }));
}

const expiry = (seconds: number) => ({ properties: { sessionExpiryInterval: seconds } });

/** What was granted: CONNACK replaces what was asked for. */
const granted = (client: Client, asked: number): number => client.connack?.properties?.sessionExpiryInterval ?? asked;

/**
 * The session must be gone a second after its connection. Once more with patience: only gross lateness is wrong.
 * `others`: who leaves behind the client, each time.
 */
async function goneAfterOne(t: CaseContext<unknown>, left: Client, others: readonly Client[] = []): Promise<void> {
  const [first, second] = others;
  if (first !== undefined) await leave(first);
  await t.sleep(AFTER_ONE);
  const again = await comesBack(t, left.id, 1);
  if (again.connack?.sessionPresent !== true) return;
  await leave(again);
  if (second !== undefined) await leave(second);
  await t.sleep(GROSS);
  const patient = await t.open({ clientId: left.id });
  await patient.send(t.packet.connect({ ...lasting(t), clientId: left.id }));
  await patient.expect(connack({ reasonCode: 0, sessionPresent: false }));
}

/** The control twin: a session that was to last is found. */
async function keptAllAlong(t: CaseContext<unknown>, id: string): Promise<void> {
  const kept = await comesBack(t, id);
  t.check(kept.connack?.sessionPresent === true, 'a session that was to last longer is gone too', {
    breaks: '5.0/MQTT-3.1.2-23',
  });
}

/** `lasts`: milliseconds for which the session must be there, and since when. */
async function stillThere(
  t: CaseContext<unknown>,
  id: string,
  lasts?: { readonly since: number; readonly ms: number },
): Promise<void> {
  const again = await t.open({ clientId: id });
  await again.send(t.packet.connect({ ...lasting(t), clientId: id }));
  const came = await again.expectPacket<PacketOf<'CONNACK'>>(connack({ reasonCode: 0 }));
  if (!came.sessionPresent && lasts !== undefined) t.inTime(lasts.since, lasts.ms);
  t.check(came.sessionPresent, 'sessionPresent is false, expected true');
  const publisher = await t.connect();
  await publisher.publish(t.topic(), 'back');
  await again.expect(publish({ topic: t.topic(), payload: utf8('back') }));
}

export const expires = defineCase({
  title: 'a session is gone when its expiry interval has passed after the end of its connection',
  verifies: { '5.0': ['MQTT-4.1.0-2', 'R-3.2.2.3.2-2'] },
  caughtBy: ['session-never-expires'],
  needs: ['time'],
  takes: 3,
  async run(t) {
    // They leave behind the client: the interval of one session must not take the place of another's.
    const others = [await connectLasting(t), await connectLasting(t)] as const;
    const client = await t.connect(lasting(t, expiry(1)));
    if (granted(client, 1) !== 1) t.skip(`the server grants ${granted(client, 1)} seconds instead of one`);
    await client.subscribe(t.topic());
    await leave(client);
    await goneAfterOne(t, client, others);
    await keptAllAlong(t, others[0].id);
  },
});

export const notBefore = defineCase({
  title: 'a session is there until its expiry interval has passed',
  verifies: { '5.0': ['R-3.2.2.3.2-2', 'MQTT-3.1.2-23'] },
  caughtBy: ['session-dropped-early', 'session-not-kept'],
  needs: ['time'],
  takes: 2,
  async run(t) {
    const asked = t.seconds(3, 15);
    const client = await t.connect(lasting(t, expiry(asked)));
    const lasts = granted(client, asked);
    if (lasts < asked) t.skip(`the server grants ${lasts} seconds instead of ${asked}`);
    await client.subscribe(t.topic());
    const since = t.scope.clock.now();
    await leave(client);
    // More than half of it, and still time to come back.
    await t.sleep(600 * asked);
    await stillThere(t, client.id, { since, ms: 1_000 * lasts });
  },
});

export const notWhileConnected = defineCase({
  title: 'the expiry interval does not run while the client is connected',
  verifies: { '5.0': ['MQTT-4.1.0-1'] },
  caughtBy: ['session-expires-while-connected'],
  needs: ['time'],
  takes: 2,
  async run(t) {
    const client = await t.connect(lasting(t, expiry(1)));
    await client.subscribe(t.topic());
    await t.sleep(1_800);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'still there');
    await client.expect(publish({ topic: t.topic(), payload: utf8('still there') }));
  },
});

export const resumedStopsTheClock = defineCase({
  title: 'a session that is resumed in time does not end when its old interval has passed',
  verifies: { '5.0': ['MQTT-4.1.0-1', 'MQTT-3.1.2-5'] },
  caughtBy: ['resumption-does-not-stop-expiry'],
  needs: ['time'],
  takes: 2,
  async run(t) {
    const asked = t.seconds(1, TO_COME_BACK);
    const first = await t.connect(lasting(t, expiry(asked)));
    await first.subscribe(t.topic());
    const since = t.scope.clock.now();
    await leave(first);
    const again = await comesBack(t, first.id);
    if (again.connack?.sessionPresent !== true) t.inTime(since, 1_000 * granted(first, asked));
    t.check(again.connack?.sessionPresent === true, 'the session was gone at once', { breaks: '5.0/MQTT-3.1.2-23' });
    await t.sleep(1_000 * asked + 800);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'still there');
    await again.expect(publish({ topic: t.topic(), payload: utf8('still there') }));
    await leave(again);
    await stillThere(t, first.id);
  },
});

export const renewed = defineCase<number | undefined>({
  title: 'each CONNECT says anew how long the session lasts',
  verifies: { '5.0': ['R-3.2.2.3.2-2', 'R-3.1.2.11.2-2', 'MQTT-3.1.2-23'] },
  caughtBy: ['resumed-expiry-ignored'],
  rows: { 'to-zero': 0, absent: undefined },
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe(t.topic());
    await leave(first);
    const shorter = await t.open({ clientId: first.id });
    await shorter.send(
      t.packet.connect({
        clientId: first.id,
        cleanStart: false,
        ...(t.row === undefined ? {} : expiry(t.row)),
      }),
    );
    await shorter.expect(connack({ reasonCode: 0, sessionPresent: true }));
    await leave(shorter);
    const later = await t.open({ clientId: first.id });
    await later.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
    await later.expect(connack({ reasonCode: 0, sessionPresent: false }));
  },
});

export const never = defineCase({
  title: 'a session with the interval 0xFFFFFFFF does not expire',
  verifies: { '5.0': ['R-3.1.2.11.2-3', 'MQTT-3.1.2-23'] },
  caughtBy: ['session-forever-not-kept'],
  needs: ['time'],
  takes: 2,
  async run(t) {
    const client = await t.connect(lasting(t, expiry(0xffff_ffff)));
    if (granted(client, 0xffff_ffff) < 3) t.skip('the server grants less than three seconds');
    await client.subscribe(t.topic());
    await leave(client);
    await t.sleep(1_500);
    await stillThere(t, client.id);
  },
});

export const endedByDisconnect = defineCase({
  title: 'DISCONNECT with Session Expiry Interval 0 ends the session',
  verifies: { '5.0': ['R-3.14.2.2.2-3'] },
  caughtBy: ['disconnect-expiry-ignored'],
  async run(t) {
    const client = await connectLasting(t);
    await leave(client);
    const again = await comesBack(t, client.id);
    t.check(again.connack?.sessionPresent === true, 'DISCONNECT without the property ended the session', {
      breaks: '5.0/R-3.14.2.2.2-4',
    });
    await again.disconnect(0, { sessionExpiryInterval: 0 });
    await again.link.waitForEnd(t.timing.replyMs);
    await again.settle();
    const later = await t.open({ clientId: client.id });
    await later.send(t.packet.connect({ ...lasting(t), clientId: client.id }));
    await later.expect(connack({ reasonCode: 0, sessionPresent: false }));
  },
});

export const shortenedByDisconnect = defineCase({
  title: 'DISCONNECT shortens how long the session lasts',
  verifies: { '5.0': ['R-3.14.2.2.2-3', 'MQTT-4.1.0-2'] },
  caughtBy: ['disconnect-expiry-ignored'],
  needs: ['time'],
  takes: 3,
  async run(t) {
    const witness = await connectLasting(t);
    await leave(witness);
    const client = await connectLasting(t);
    await client.disconnect(0, { sessionExpiryInterval: 1 });
    await client.link.waitForEnd(t.timing.replyMs);
    await t.sleep(AFTER_ONE);
    await keptAllAlong(t, witness.id);
    const again = await t.connect({ clientId: client.id, cleanStart: false, ...expiry(0) });
    if (again.connack?.sessionPresent !== true) return;
    // A coarse timer gets a second chance: by a session of its own.
    await leave(again);
    const second = await connectLasting(t);
    await second.disconnect(0, { sessionExpiryInterval: 1 });
    await second.link.waitForEnd(t.timing.replyMs);
    await t.sleep(GROSS);
    const later = await t.open({ clientId: second.id });
    await later.send(t.packet.connect({ ...lasting(t), clientId: second.id }));
    await later.expect(connack({ reasonCode: 0, sessionPresent: false }));
  },
});

export const prolongedByDisconnect = defineCase({
  title: 'DISCONNECT prolongs how long the session lasts',
  verifies: { '5.0': ['R-3.14.2.2.2-3', 'MQTT-3.1.2-23'] },
  caughtBy: ['disconnect-expiry-ignored', 'session-not-kept'],
  needs: ['time'],
  takes: 4,
  async run(t) {
    const client = await t.connect(lasting(t, expiry(1)));
    if (granted(client, 1) !== 1) t.skip(`the server grants ${granted(client, 1)} seconds instead of one`);
    await client.subscribe(t.topic());
    await client.disconnect(0, { sessionExpiryInterval: 100 });
    await client.link.waitForEnd(t.timing.replyMs);
    await t.sleep(3_500);
    await stillThere(t, client.id);
  },
});

export const keptByDisconnect = defineCase({
  title: 'DISCONNECT without a Session Expiry Interval leaves that of CONNECT in force',
  verifies: { '5.0': ['R-3.14.2.2.2-4', 'MQTT-3.1.2-23'] },
  caughtBy: ['session-lost-on-disconnect'],
  async run(t) {
    const client = await connectLasting(t);
    await client.subscribe(t.topic());
    await leave(client);
    await stillThere(t, client.id);
  },
});

export const noRevival = defineCase<{ readonly asked: number | undefined; readonly told: number }>({
  title: 'DISCONNECT that prolongs a session of interval 0 is a protocol error, and the session is not kept',
  verifies: { '5.0': ['R-3.14.2.2.2-2'] },
  caughtBy: ['disconnect-revives-session'],
  needs: ['reaction'],
  rows: {
    zero: { asked: 0, told: 90 },
    absent: { asked: undefined, told: 90 },
    'one-second': { asked: 0, told: 1 },
  },
  async run(t) {
    const twin = await connectLasting(t);
    await twin.disconnect(0, { sessionExpiryInterval: 90 });
    await twin.link.waitForEnd(t.timing.replyMs);
    const kept = await comesBack(t, twin.id);
    t.check(kept.connack?.sessionPresent === true, 'where it was not 0 the session was not kept either', {
      breaks: '5.0/R-3.14.2.2.2-3',
    });
    const { asked, told } = t.row;
    const client = await t.connect(asked === undefined ? {} : expiry(asked));
    await client.send(t.packet.disconnect(0, { sessionExpiryInterval: told }));
    await client.expect(ended({ reason: 0x82 }));
    await client.settle();
    const later = await t.open({ clientId: client.id });
    await later.send(t.packet.connect({ ...lasting(t), clientId: client.id }));
    await later.expect(connack({ reasonCode: 0, sessionPresent: false }));
  },
});
