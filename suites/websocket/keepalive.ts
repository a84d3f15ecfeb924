/** MQTT §3.1.2.10 over WebSocket: what feeds the clock of the keep alive, and what doesn't (times in seconds). */
import { defineCase, encode, pattern, pingresp, type CaseContext, type Client } from '#kit';

/** Some brokers look at a clock of whole seconds every five seconds and more: what is later than this never comes. */
const TOLERANCE = 10;
/** What waits longer runs only where the target is declared to be worth it (`slow`). */
const LONGEST = 3;
/** Milliseconds that a timer may be early. */
const TIMER_SLACK = 20;

/** Clients beside the first, over one second: some brokers look at a coarse clock, and when is chance. */
const OTHERS = 11;

/** How often, in milliseconds, something comes that is no packet of the client. */
const STEP = 500;

export const silent = defineCase({
  title: 'a silent client is closed, one and a half times its keep alive after its last packet',
  verifies: {
    transport: ['ws/keepalive/never', 'ws/keepalive/early', 'ws/keepalive/before-one-and-a-half', 'ws/keepalive/late'],
    '3.1.1': ['MQTT-3.1.2-24#close'],
    '5.0': ['MQTT-3.1.2-22#close'],
  },
  caughtBy: ['never-times-out', 'times-out-early', 'times-out-late'],
  needs: ['time'],
  takes: 7,
  rows: { '1-s': 1, '2-s': 2, '3-s': 3, '4-s': 4, '5-s': 5 },
  async run(t) {
    const asked = worth(t, t.row);
    const first = await t.connect({ keepAlive: asked });
    const limit = keepAlive(t, first, asked);
    const others = Array.from({ length: OTHERS }, async (_, index) => {
      await t.pause(((index + 1) * 1000) / (OTHERS + 1));
      return untilEnd(t, await t.connect({ keepAlive: asked }), limit);
    });
    const ends = (await Promise.all([untilEnd(t, first, limit), ...others])).filter((after) => after !== undefined);
    t.check(ends.length > OTHERS, `still open ${1.5 * limit + TOLERANCE} s after its last packet`, {
      breaks: 'ws/keepalive/never',
    });
    const earliest = Math.min(...ends);
    t.check(earliest >= limit - TIMER_SLACK / 1000, told(earliest, limit), { breaks: 'ws/keepalive/early' });
    // Once may be chance.
    const isEarly = ends.filter((after) => after < 1.5 * limit - TIMER_SLACK / 1000).length > 1;
    if (isEarly) t.finding('ws/keepalive/before-one-and-a-half', told(earliest, limit));
    const times = [earliest, Math.max(...ends)].map((after) => (after / limit).toFixed(1));
    t.observe(`closed after ${[...new Set(times)].join(' to ')} times the keep alive`);
  },
});

const told = (after: number, limit: number): string =>
  `closed ${after.toFixed(1)} s after the last packet, the keep alive is ${limit} s`;

export const pinging = defineCase({
  title: 'a client that pings within its keep alive stays connected',
  verifies: { transport: ['ws/keepalive/early'] },
  caughtBy: ['times-out-early', 'keep-alive-ignores-packets'],
  needs: ['time'],
  takes: 7,
  rows: { '1-s': 1, '2-s': 2, '5-s': 5 },
  async run(t) {
    const asked = worth(t, t.row);
    let late: number | undefined;
    for (const share of PAUSES) {
      late = await pinged(t, asked, share);
      if (late === undefined) return;
    }
    t.inTime(late ?? 0, 1000 * asked);
  },
});

/** Shares of the keep alive between pings; a machine that is late itself is given more room each time. */
const PAUSES = [0.8, 0.8, 0.6, 0.4] as const;

/** Since when this machine was too late with a PINGREQ, where it was: then a close says nothing. */
async function pinged(t: CaseContext<unknown>, seconds: number, share: number): Promise<number | undefined> {
  // Not with the client itself: a round trip may take longer than its keep alive.
  const [one, other] = [await t.connect(), await t.connect()];
  await t.roundTrip(one, other);
  for (const twin of [one, other]) await twin.disconnect();
  const client = await t.connect({ keepAlive: seconds });
  const limit = keepAlive(t, client, seconds);
  for (let ping = 0; ping < 4; ping += 1) {
    const before = client.link.sentAt;
    await t.sleep(Math.max(0, before + 1000 * share * limit - t.scope.clock.now()));
    await client.send(t.packet.pingreq);
    if (t.scope.clock.now() - before > 1000 * limit) {
      await client.look(pingresp());
      await client.disconnect();
      return before;
    }
    await client.expect(pingresp(), { breaks: 'ws/keepalive/early' });
  }
  return undefined;
}

export const serverSends = defineCase({
  title: 'messages to a silent client do not keep it connected',
  verifies: {
    transport: ['ws/keepalive/server-sends'],
    '3.1.1': ['MQTT-3.1.2-24#close'],
    '5.0': ['MQTT-3.1.2-22#close'],
  },
  caughtBy: ['keep-alive-by-sends', 'never-times-out'],
  needs: ['time'],
  takes: 7,
  async run(t) {
    const publisher = await t.connect();
    const client = await t.connect({ keepAlive: worth(t, 2) });
    await client.subscribe(t.topic());
    client.wellBehaved = false;
    await closes(t, client, 'ws/keepalive/server-sends', () => publisher.publish(t.topic(), 'tick'));
  },
});

export const websocketPings = defineCase({
  title: 'Pings of WebSocket do not keep a client connected',
  verifies: {
    transport: ['ws/ping/no-mqtt-keepalive'],
    '3.1.1': ['MQTT-3.1.2-24#close'],
    '5.0': ['MQTT-3.1.2-22#close'],
  },
  caughtBy: ['keep-alive-by-websocket-ping', 'never-times-out'],
  needs: ['time'],
  takes: 7,
  async run(t) {
    const client = await t.connect({ keepAlive: worth(t, 2) });
    await closes(t, client, 'ws/ping/no-mqtt-keepalive', () => client.sendFrame(t.frame('ping', 'alive')));
  },
});

export const emptyFrames = defineCase({
  title: 'empty frames do not keep a client connected',
  verifies: {
    transport: ['ws/keepalive/empty-frames'],
    '3.1.1': ['MQTT-3.1.2-24#close'],
    '5.0': ['MQTT-3.1.2-22#close'],
  },
  caughtBy: ['keep-alive-by-empty-frames', 'never-times-out'],
  needs: ['time'],
  takes: 7,
  async run(t) {
    const client = await t.connect({ keepAlive: worth(t, 2) });
    await closes(t, client, 'ws/keepalive/empty-frames', () => client.sendFrame(t.frame('binary')));
  },
});

export const partialPacket = defineCase({
  title: 'octets of a packet that never ends keep a client connected, or not',
  verifies: { transport: ['ws/keepalive/partial-packet'] },
  observes: ['clean', 'keep-alive-by-octets'],
  needs: ['time'],
  takes: 7,
  async run(t) {
    const asked = worth(t, 2);
    const client = await t.connect({ keepAlive: asked });
    const limit = keepAlive(t, client, asked);
    client.wellBehaved = false;
    const bytes = encode(t.packet.publish(t.topic(), pattern(200)), t.version);
    let at = 0;
    const after = await untilEnd(t, client, limit, () =>
      client.sendFrame(t.frame('binary', bytes.subarray(at, (at += 1)))),
    );
    t.observe(after === undefined ? 'still open: octets count' : 'closed: only whole packets count');
  },
});

type Context = CaseContext<unknown>;

/** The keep alive to ask for: on a long way so much longer that a round trip is no half of it. */
function worth(t: Context, seconds: number): number {
  if (seconds > LONGEST && !t.scope.target.declared.includes('slow')) t.skip('it waits long; `slow` is not declared');
  return t.seconds(seconds, 3);
}

/** What holds: 5.0 lets the server set another one (§3.2.2.3.14). */
function keepAlive(t: Context, client: Client, asked: number): number {
  const seconds = client.connack?.properties?.serverKeepAlive ?? asked;
  if (seconds === 0) t.skip('the server has no keep alive');
  if (seconds > Math.max(LONGEST, asked) && !t.scope.target.declared.includes('slow'))
    t.skip(`the server sets a keep alive of ${seconds} s`);
  return seconds;
}

/** Seconds from before the last packet to the end; undefined where it never came. What is fed is no packet. */
async function untilEnd(
  t: Context,
  client: Client,
  seconds: number,
  feed?: () => Promise<unknown>,
): Promise<number | undefined> {
  const { link } = client;
  const begin = link.sentAt;
  const { clock } = t.scope;
  const left = (): number => begin + 1000 * (1.5 * seconds + TOLERANCE) + t.roundTrips(1) - clock.now();
  while (link.ending === undefined && left() > 0) {
    await feed?.();
    await link.waitForEnd(feed === undefined ? left() : Math.min(STEP, left()));
  }
  link.endExpected = true;
  return link.ending === undefined ? undefined : (link.ending.at - begin) / 1000;
}

async function closes(
  t: Context,
  client: Client,
  breaks: 'ws/keepalive/server-sends' | 'ws/ping/no-mqtt-keepalive' | 'ws/keepalive/empty-frames',
  feed: () => Promise<unknown>,
): Promise<void> {
  const limit = keepAlive(t, client, worth(t, 2));
  let fed = t.scope.clock.now();
  const after = await untilEnd(t, client, limit, async () => {
    // A pause as long as the keep alive is our own doing: a broker that closes then has not shown what feeds its clock.
    t.inTime(fed, 750 * limit);
    fed = t.scope.clock.now();
    await feed();
  });
  t.check(after !== undefined, `still open ${1.5 * limit + TOLERANCE} s after the last packet of the client`, {
    breaks,
  });
  if (after !== undefined)
    t.check(after >= limit - TIMER_SLACK / 1000, `closed after ${after.toFixed(1)} s already`, { breaks });
}
