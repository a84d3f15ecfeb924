/** 5.0 §3.1.3.2: the delay of a will, and the properties that travel with it. */
import {
  absent,
  between,
  connectLasting,
  defineCase,
  ended,
  lasting,
  leave,
  message,
  publish,
  utf8,
  type CaseContext,
  type Client,
  type PacketExpectation,
  type Properties,
} from '#kit';

async function watcher(t: CaseContext<unknown>, qos: 0 | 1 = 0): Promise<Client> {
  const client = await t.connect();
  await client.subscribe({ filter: t.topic('will'), qos });
  return client;
}

const willWith = (t: CaseContext<unknown>, properties: Properties, payload = 'will') =>
  t.will(t.topic('will'), payload, { properties });
const came = (t: CaseContext<unknown>, properties?: PacketExpectation<'PUBLISH'>['properties']) =>
  publish({ topic: t.topic('will'), payload: utf8('will'), ...(properties !== undefined && { properties }) });

async function nothingComes(t: CaseContext<unknown>, watching: Client): Promise<void> {
  const publisher = await t.connect();
  await publisher.publish(t.topic('will'), 'sentinel');
  await watching.expectNotBefore(message(t.topic('will'), 'will'), message(t.topic('will'), 'sentinel'));
}

/** Only gross lateness is wrong (milliseconds); earliness always is, but for the grain of timers. */
const GROSS = 10_000;
const GRAIN = 20;
/** Round trips to leave and to come back, over TCP, TLS and the upgrade. */
const TO_COME_BACK = 6;
/** Round trips that must not look like a delay of half its time. */
const TO_TELL = 3;

/** The will comes, and not before so many milliseconds after `since`. */
async function comesAfter(t: CaseContext<unknown>, watching: Client, since: number, ms: number): Promise<void> {
  const { at } = await watching.expect(came(t), { within: ms + GROSS + t.roundTrips(1) });
  const after = Math.round(at - since);
  t.check(after >= ms - GRAIN, `the will came after ${after} ms, ${ms} ms were asked for`);
}

export const delayed = defineCase<'reset' | 'close' | 'disconnect-04'>({
  title: 'a will with a delay is published when that has passed, and not before',
  verifies: { '5.0': ['MQTT-3.1.2-8#after-delay'] },
  caughtBy: ['will-delay-ignored', 'will-delay-halved', 'delayed-will-lost'],
  needs: ['time'],
  takes: 2,
  rows: { reset: 'reset', close: 'close', 'disconnect-04': 'disconnect-04' },
  async run(t) {
    const watching = await watcher(t);
    const willDelayInterval = t.seconds(1, TO_TELL);
    const client = await connectLasting(t, { will: willWith(t, { willDelayInterval }) });
    const since = t.scope.clock.now();
    if (t.row === 'disconnect-04') await client.disconnect(0x04);
    else await client[t.row]();
    await comesAfter(t, watching, since, 1_000 * willDelayInterval);
  },
});

export const notDelayed = defineCase<number | undefined>({
  title: 'a will whose delay is absent or 0 is published at once, though the session lasts',
  verifies: { '5.0': ['R-3.1.3.2.2-2', 'R-3.1.2.5-1'] },
  caughtBy: ['will-always-delayed'],
  rows: { absent: undefined, zero: 0 },
  async run(t) {
    const watching = await watcher(t);
    const properties = t.row === undefined ? {} : { willDelayInterval: t.row };
    const client = await connectLasting(t, { will: willWith(t, properties) });
    await client.reset();
    await watching.expect(came(t));
  },
});

export const cancelled = defineCase<'resumed' | 'taken-over'>({
  title: 'a delayed will is not published where its client is back in its session in time',
  verifies: { '5.0': ['MQTT-3.1.3-9'] },
  caughtBy: ['will-not-cancelled', 'will-delay-ignored'],
  needs: ['time'],
  takes: 3,
  rows: { resumed: 'resumed', 'taken-over': 'taken-over' },
  async run(t) {
    const watching = await watcher(t);
    const willDelayInterval = t.seconds(1, TO_COME_BACK);
    // The twin stays away: its will comes.
    const twin = await connectLasting(t, {
      will: t.will(t.topic('will'), 'twin', { properties: { willDelayInterval } }),
    });
    await twin.reset();
    const client = await connectLasting(t, { will: willWith(t, { willDelayInterval }) });
    const since = t.scope.clock.now();
    if (t.row === 'resumed') await leave(client, 'close');
    await t.connect(lasting(t, { clientId: client.id }));
    t.inTime(since, 1_000 * willDelayInterval);
    if (t.row === 'taken-over') await client.expect(ended({ reason: 0x8e }), { breaks: '5.0/MQTT-3.1.4-3#close' });
    await t.sleep(1_000 * willDelayInterval + 1_200);
    await watching.expect(message(t.topic('will'), 'twin'), {
      within: GROSS,
      breaks: '5.0/MQTT-3.1.2-8#after-delay',
    });
    await nothingComes(t, watching);
  },
});

export const cancelledForGood = defineCase({
  title: 'a delayed will that was cancelled is not published when the client leaves by DISCONNECT',
  verifies: { '5.0': ['MQTT-3.1.3-9', 'MQTT-3.14.4-3', 'MQTT-3.1.2-10#after-disconnect'] },
  caughtBy: ['will-not-cancelled'],
  needs: ['time'],
  takes: 2,
  async run(t) {
    const watching = await watcher(t);
    const twin = await t.connect({ will: t.will(t.topic('will'), 'twin') });
    await twin.reset();
    await watching.expect(message(t.topic('will'), 'twin'), { breaks: '5.0/MQTT-3.1.2-8#on-network-failure' });
    const willDelayInterval = t.seconds(1, TO_COME_BACK);
    const client = await connectLasting(t, { will: willWith(t, { willDelayInterval }) });
    const since = t.scope.clock.now();
    await leave(client, 'close');
    const again = await t.connect(lasting(t, { clientId: client.id }));
    t.inTime(since, 1_000 * willDelayInterval);
    await leave(again);
    await t.sleep(1_000 * willDelayInterval + 800);
    await nothingComes(t, watching);
  },
});

export const dueOnce = defineCase({
  title: 'a delayed will that was published does not come again with the end of its session',
  verifies: { '5.0': ['MQTT-3.1.2-10#once'] },
  caughtBy: ['will-published-twice'],
  needs: ['time'],
  takes: 4,
  async run(t) {
    const watching = await watcher(t);
    const client = await connectLasting(t, {
      will: willWith(t, { willDelayInterval: 1 }),
      properties: { sessionExpiryInterval: 2 },
    });
    await client.reset();
    await watching.expect(came(t), { within: 1_000 + GROSS, breaks: '5.0/MQTT-3.1.2-8#after-delay' });
    await t.sleep(2_000);
    await nothingComes(t, watching);
  },
});

export const atSessionEnd = defineCase({
  title: 'a will whose delay is longer than its session is published when the session ends',
  verifies: { '5.0': ['MQTT-3.1.2-8#at-session-end'] },
  caughtBy: ['will-waits-beyond-session'],
  needs: ['time'],
  takes: 2,
  async run(t) {
    const watching = await watcher(t);
    const client = await connectLasting(t, {
      will: willWith(t, { willDelayInterval: 100 }),
      properties: { sessionExpiryInterval: 1 },
    });
    const lasts = client.connack?.properties?.sessionExpiryInterval ?? 1;
    const since = t.scope.clock.now();
    await client.reset();
    await comesAfter(t, watching, since, 1_000 * lasts);
  },
});

export const withoutSession = defineCase<'absent' | 'zero' | 'disconnect'>({
  title: 'a delay says nothing where the session ends with the connection: the will is published at once',
  verifies: { '5.0': ['MQTT-3.1.2-8#at-session-end'] },
  caughtBy: ['will-waits-beyond-session'],
  rows: { 'no-expiry': 'absent', 'expiry-0': 'zero', 'ended-by-disconnect': 'disconnect' },
  async run(t) {
    const watching = await watcher(t);
    const will = willWith(t, { willDelayInterval: 100 });
    const options = {
      absent: { will },
      zero: { will, properties: { sessionExpiryInterval: 0 } },
      disconnect: lasting(t, { will }),
    }[t.row];
    const client = await t.connect(options);
    if (t.row === 'disconnect') await client.disconnect(0x04, { sessionExpiryInterval: 0 });
    else await client.reset();
    await watching.expect(came(t), { within: GROSS });
  },
});

export const atCleanStart = defineCase({
  title: 'a new session while a delayed will waits: the will of the old one is published once, or dropped',
  // [MQTT-3.1.2-8] knows both: the session has ended, and a connection was opened before the delay was over.
  verifies: { '5.0': ['MQTT-3.1.2-10#once'] },
  caughtBy: ['will-published-twice'],
  async run(t) {
    const watching = await watcher(t);
    const client = await connectLasting(t, { will: willWith(t, { willDelayInterval: 100 }) });
    await leave(client, 'close');
    const fresh = await t.connect({ clientId: client.id, cleanStart: true });
    await fresh.ping();
    const published = (await watching.look(came(t), t.timing.replyMs)) !== undefined;
    t.observe(published ? 'published' : 'dropped, or waits on');
    if (!published) return t.roundTrip(fresh, watching);
    await t.sleep(200);
    await nothingComes(t, watching);
  },
});

export const travels = defineCase<{ readonly sets: Properties; readonly expects: Properties }>({
  title: 'the properties of a will come with it, unchanged',
  verifies: { '5.0': ['R-3.1.3.2.7-2', 'R-3.1.3.2.3-3'] },
  caughtBy: ['will-properties-lost'],
  rows: {
    'format-1': { sets: { payloadFormatIndicator: 1 }, expects: { payloadFormatIndicator: 1 } },
    'content-type': { sets: { contentType: 'text/plain' }, expects: { contentType: 'text/plain' } },
    'response-topic': { sets: { responseTopic: 'answers/here' }, expects: { responseTopic: 'answers/here' } },
    'correlation-data': {
      sets: { correlationData: Uint8Array.of(0, 255, 0, 1) },
      expects: { correlationData: Uint8Array.of(0, 255, 0, 1) },
    },
    all: {
      sets: {
        payloadFormatIndicator: 1,
        contentType: 'a',
        responseTopic: 'b',
        correlationData: Uint8Array.of(7),
        willDelayInterval: 0,
      },
      expects: {
        payloadFormatIndicator: 1,
        contentType: 'a',
        responseTopic: 'b',
        correlationData: Uint8Array.of(7),
      },
    },
  },
  async run(t) {
    const { sets, expects } = t.row;
    const breaks = 'payloadFormatIndicator' in sets && !('contentType' in sets) ? '5.0/R-3.1.3.2.3-3' : undefined;
    const watching = await watcher(t);
    const client = await t.connect({ will: willWith(t, sets) });
    await client.reset();
    await watching.expect(came(t, expects), breaks === undefined ? {} : { breaks });
  },
});

export const travelsDelayed = defineCase({
  title: 'the properties of a will come with it after its delay too, but the delay does not',
  verifies: { '5.0': ['R-3.1.3.2.7-2', 'MQTT-3.1.3-10'] },
  caughtBy: ['will-properties-lost', 'will-user-properties-lost'],
  needs: ['time'],
  takes: 2,
  async run(t) {
    const watching = await watcher(t);
    const kept = { contentType: 'a', userProperties: [['k', 'v']] as const };
    const client = await connectLasting(t, { will: willWith(t, { ...kept, willDelayInterval: 1 }) });
    await client.reset();
    await watching.expect(came(t, { ...kept, willDelayInterval: absent }), { within: 1_000 + GROSS });
  },
});

export const userProperties = defineCase<readonly (readonly [string, string])[]>({
  title: 'the user properties of a will come with it in their order',
  verifies: { '5.0': ['MQTT-3.1.3-10'] },
  caughtBy: [
    'will-user-properties-lost',
    'user-properties-reordered',
    'user-properties-merged',
    'user-properties-dropped',
  ],
  rows: {
    one: [['name', 'value']],
    several: [
      ['z', '1'],
      ['a', '2'],
      ['m', '3'],
    ],
    'same-name': [
      ['k', '2'],
      ['k', '1'],
      ['other', ''],
      ['k', '2'],
    ],
  },
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: willWith(t, { userProperties: t.row }) });
    await client.reset();
    await watching.expect(came(t, { userProperties: t.row }));
  },
});

export const expiryFromPublication = defineCase({
  title: 'the Message Expiry Interval of a will counts from its publication, not from CONNECT',
  verifies: { '5.0': ['R-3.1.3.2.4-2'] },
  caughtBy: ['will-expiry-shortened', 'expiry-dropped'],
  needs: ['time'],
  takes: 2,
  async run(t) {
    const watching = await watcher(t);
    const client = await t.connect({ will: willWith(t, { messageExpiryInterval: 60 }) });
    await t.sleep(1_500);
    await client.reset();
    await watching.expect(came(t, { messageExpiryInterval: between(59, 60) }));
  },
});

export const expires = defineCase({
  title: 'a will that has expired while its subscriber was away is not delivered',
  verifies: { '5.0': ['R-3.1.3.2.4-2', 'MQTT-3.3.2-5'] },
  caughtBy: ['delivers-expired'],
  needs: ['qos1', 'time'],
  takes: 2,
  async run(t) {
    const watching = await watcher(t);
    const away = await connectLasting(t);
    await away.subscribe({ filter: t.topic('will'), qos: 1 });
    await leave(away);
    const will = t.will(t.topic('will'), 'will', { qos: 1, properties: { messageExpiryInterval: 1 } });
    const client = await t.connect({ will });
    await client.reset();
    await watching.expect(came(t), { breaks: '5.0/MQTT-3.1.2-8#on-network-failure' });
    await t.sleep(2_200);
    const publisher = await t.connect();
    await publisher.publish(t.topic('will'), 'sentinel', { qos: 1 });
    const back = await t.connect(lasting(t, { clientId: away.id }));
    await back.expectNotBefore(message(t.topic('will'), 'will'), message(t.topic('will'), 'sentinel'));
    await watching.expect(message(t.topic('will'), 'sentinel'));
  },
});

export const retainedWithProperties = defineCase({
  title: 'a retained will keeps its properties for those who subscribe later',
  verifies: { '5.0': ['R-3.1.3.2.7-2', 'MQTT-3.1.3-10', 'MQTT-3.1.2-15'] },
  caughtBy: ['will-properties-lost', 'will-user-properties-lost', 'will-retain-ignored'],
  needs: ['retain'],
  async run(t) {
    const properties = {
      contentType: 'c',
      userProperties: [
        ['a', '1'],
        ['a', '0'],
      ] as const,
    };
    const watching = await watcher(t);
    const client = await t.connect({ will: t.will(t.topic('will'), 'will', { retain: true, properties }) });
    await client.reset();
    await watching.expect(came(t));
    await watching.settle();
    const late = await watcher(t);
    await late.expect(publish({ topic: t.topic('will'), payload: utf8('will'), retain: true, properties }));
  },
});
