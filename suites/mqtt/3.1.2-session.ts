/** §3.1.2.4 (5.0: and §3.1.2.11.2): clean session, clean start, and how long a session lasts. */
import {
  connack,
  connectLasting,
  defineCase,
  encode,
  ended,
  lasting,
  leave,
  message,
  mutations,
  publish,
  pubrec,
  pubrel,
  utf8,
  type Leaving,
  type PacketOf,
} from '#kit';

/** Some brokers look after keep alives every few seconds only; how late they are is no matter of this case. */
const COARSE_MS = 8_000;

export const newSession = defineCase({
  title: 'without a stored session a new one begins: Session Present 0, and it works at once',
  verifies: {
    '3.1.1': ['MQTT-3.2.2-3', 'MQTT-3.1.2-4#create', 'MQTT-3.1.4-3'],
    '5.0': ['MQTT-3.2.2-3#present-0', 'MQTT-3.2.2-3#reason-0', 'MQTT-3.1.2-6', 'MQTT-3.1.4-4'],
  },
  caughtBy: ['session-present-invented'],
  async run(t) {
    const client = await t.open();
    await client.send(t.packet.connect({ ...lasting(t), clientId: client.id }));
    await client.expect(connack({ reasonCode: 0, sessionPresent: false }));
    await t.roundTrip(await t.connect(), client);
  },
});

export const sessionPresent = defineCase({
  title: 'a stored session is resumed with Session Present 1',
  verifies: {
    '3.1.1': ['MQTT-3.2.2-2', 'MQTT-3.1.2-4#store'],
    '5.0': ['MQTT-3.2.2-3#present-1', 'MQTT-3.2.2-3#reason-0', 'MQTT-3.1.2-23'],
  },
  caughtBy: ['session-present-missing', 'session-not-kept'],
  async run(t) {
    const first = await connectLasting(t);
    await leave(first);
    const again = await t.open({ clientId: first.id });
    await again.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
    await again.expect(connack({ reasonCode: 0, sessionPresent: true }));
  },
});

export const presentEveryTime = defineCase({
  title: 'a session is found again as often as its client comes back',
  verifies: { '3.1.1': ['MQTT-3.2.2-2', 'MQTT-3.1.2-4#resume'], '5.0': ['MQTT-3.2.2-3#present-1', 'MQTT-3.1.2-5'] },
  caughtBy: ['third-resumption-fails'],
  needs: ['qos1'],
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe({ filter: t.topic(), qos: 1 });
    await leave(first);
    const publisher = await t.connect();
    for (let round = 1; round <= 6; round += 1) {
      await publisher.publish(t.topic(), `${round}`, { qos: 1 });
      const again = await t.open({ clientId: first.id });
      await again.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
      await again.expect(connack({ reasonCode: 0, sessionPresent: true }));
      await again.expect(publish({ topic: t.topic(), payload: utf8(`${round}`) }));
      await leave(again);
    }
  },
});

export const cleanNotPresent = defineCase({
  title: 'a new session that is asked for is told by Session Present 0, though an old one was stored',
  verifies: { '3.1.1': ['MQTT-3.2.2-1'], '5.0': ['MQTT-3.2.2-2'] },
  caughtBy: ['session-present-wrong'],
  async run(t) {
    const first = await connectLasting(t);
    await leave(first);
    const again = await t.connect(lasting(t, { clientId: first.id }));
    t.check(again.connack?.sessionPresent === true, 'the session that was to be discarded was never stored', {
      breaks: t.version === '5.0' ? '5.0/MQTT-3.2.2-3#present-1' : '3.1.1/MQTT-3.2.2-2',
    });
    await leave(again);
    const fresh = await t.open({ clientId: first.id });
    await fresh.send(t.packet.connect({ clientId: first.id }));
    await fresh.expect(connack({ reasonCode: 0, sessionPresent: false }));
  },
});

export const keptHoweverLeft = defineCase<Leaving>({
  title: 'a session outlives its connection however the client ends that',
  verifies: { '3.1.1': ['MQTT-3.1.2-4#store', 'MQTT-3.1.2-4#resume'], '5.0': ['MQTT-3.1.2-23', 'MQTT-3.1.2-5'] },
  caughtBy: ['session-not-kept', 'session-lost-on-connection-loss', 'session-lost-on-disconnect'],
  rows: { disconnect: 'disconnect', close: 'close', fin: 'fin', reset: 'reset' },
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe(t.topic());
    await leave(first, t.row);
    const again = await t.open({ clientId: first.id });
    await again.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
    await again.expect(connack({ reasonCode: 0, sessionPresent: true }));
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'back');
    await again.expect(publish({ topic: t.topic(), payload: utf8('back') }));
  },
});

export const keptAfterError = defineCase({
  title: 'a session outlives a connection that the server closed for a protocol error',
  verifies: { '3.1.1': ['MQTT-3.1.2-4#store'], '5.0': ['MQTT-3.1.2-23'] },
  caughtBy: ['session-lost-on-protocol-error'],
  needs: ['reaction'],
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe(t.topic());
    const whole = encode(t.packet.publish(t.topic('x'), 'x', { qos: 1, packetId: 1 }), t.version);
    await first.send(mutations.fixedHeaderFlags(whole, 0b0110));
    const closes = t.version === '5.0' ? '5.0/MQTT-3.3.1-4#close' : '3.1.1/MQTT-3.3.1-4#close';
    await first.expect(ended(), { breaks: closes });
    await first.settle();
    const again = await t.open({ clientId: first.id });
    await again.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
    await again.expect(connack({ reasonCode: 0, sessionPresent: true }));
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'back');
    await again.expect(publish({ topic: t.topic(), payload: utf8('back') }));
  },
});

export const keptAfterKeepAlive = defineCase({
  title: 'a session outlives a connection that the server closed for its keep alive',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-24#as-if-failed', 'MQTT-3.1.2-4#store', 'MQTT-3.1.2-24#close'],
    '5.0': ['MQTT-3.1.2-22#as-if-failed', 'MQTT-3.1.2-23', 'MQTT-3.1.2-22#close'],
  },
  caughtBy: ['session-not-kept', 'session-lost-on-keep-alive', 'never-times-out'],
  needs: ['time'],
  takes: 2,
  async run(t) {
    const keepAlive = t.seconds(1, 2);
    const first = await connectLasting(t, { keepAlive });
    await first.subscribe(t.topic());
    const seconds = first.connack?.properties?.serverKeepAlive ?? keepAlive;
    const closes = t.version === '5.0' ? '5.0/MQTT-3.1.2-22#close' : '3.1.1/MQTT-3.1.2-24#close';
    await first.expect(ended({ within: 2_500 * seconds + COARSE_MS + t.timing.graceMs }), { breaks: closes });
    await first.settle();
    const again = await t.open({ clientId: first.id });
    await again.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
    await again.expect(connack({ reasonCode: 0, sessionPresent: true }));
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'back');
    await again.expect(publish({ topic: t.topic(), payload: utf8('back') }));
  },
});

export const cleanDiscardsSubscriptions = defineCase({
  title: 'a new session that is asked for has none of the subscriptions of the old one',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-6#discard-previous', 'MQTT-3.1.2-6#no-reuse', 'MQTT-3.1.4-3'],
    '5.0': ['MQTT-3.1.2-4#discard', 'MQTT-3.1.2-4#new', 'MQTT-3.1.4-4'],
  },
  caughtBy: ['clean-start-keeps-state'],
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe(t.topic('old'));
    await leave(first);
    const fresh = await t.connect({ clientId: first.id });
    await fresh.subscribe(t.topic('new'));
    const publisher = await t.connect();
    await publisher.publish(t.topic('old'), 'old');
    await publisher.publish(t.topic('new'), 'sentinel');
    await fresh.expectNotBefore(publish({ topic: t.topic('old') }), publish({ topic: t.topic('new') }));
  },
});

export const cleanDiscardsWaiting = defineCase({
  title: 'a new session that is asked for gets none of the messages that waited for the old one',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-6#discard-previous', 'MQTT-3.1.2-6#no-reuse'],
    '5.0': ['MQTT-3.1.2-4#discard', 'MQTT-3.1.2-4#new'],
  },
  caughtBy: ['clean-start-keeps-state'],
  needs: ['qos1'],
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe({ filter: t.topic(), qos: 1 });
    await leave(first);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'waited', { qos: 1 });
    const fresh = await t.connect({ clientId: first.id });
    await fresh.subscribe({ filter: t.topic(), qos: 1 });
    await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
    await fresh.expectNotBefore(message(t.topic(), 'waited'), message(t.topic(), 'sentinel'));
  },
});

export const cleanDiscardsOpen = defineCase<{ readonly qos: 1 | 2; readonly received: boolean }>({
  title: 'a new session that is asked for repeats nothing of what was unacknowledged in the old one',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-6#discard-previous', 'MQTT-3.1.2-6#no-reuse'],
    '5.0': ['MQTT-3.1.2-4#discard', 'MQTT-3.1.2-4#new'],
  },
  caughtBy: ['clean-start-keeps-state'],
  needs: ['qos1', 'qos2'],
  rows: {
    'qos-1': { qos: 1, received: false },
    'qos-2': { qos: 2, received: false },
    'qos-2-pubrel': { qos: 2, received: true },
  },
  async run(t) {
    const { qos, received } = t.row;
    const first = await connectLasting(t, { acknowledge: false });
    await first.subscribe({ filter: t.topic(), qos });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'open', { qos });
    const { packetId = 0 } = await first.expectPacket<PacketOf<'PUBLISH'>>(publish({ topic: t.topic(), qos }));
    if (received) {
      await first.send(t.packet.pubrec(packetId));
      await first.expect(pubrel({ packetId }));
    }
    await leave(first);
    const fresh = await t.connect({ clientId: first.id });
    await fresh.subscribe({ filter: t.topic(), qos });
    await publisher.publish(t.topic(), 'sentinel', { qos });
    await fresh.expectNotBefore(message(t.topic(), 'open'), message(t.topic(), 'sentinel', { dup: false }));
  },
});

export const cleanDiscardsIdentifiers = defineCase({
  title: 'an identifier of a QoS 2 message that was left open is new again in a new session',
  verifies: { '3.1.1': ['MQTT-3.1.2-6#no-reuse', 'MQTT-3.1.2-6#discard-previous'], '5.0': ['MQTT-3.1.2-4#new'] },
  caughtBy: ['clean-start-keeps-state'],
  needs: ['qos2'],
  async run(t) {
    const subscriber = await t.connect();
    await subscriber.subscribe({ filter: t.topic(), qos: 2 });
    const first = await connectLasting(t);
    await first.send(t.packet.publish(t.topic('left'), 'left open', { qos: 2, packetId: 7 }));
    await first.expect(pubrec({ packetId: 7 }));
    await leave(first);
    const fresh = await t.connect({ clientId: first.id });
    await fresh.publish(t.topic(), 'new', { qos: 2, packetId: 7 });
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('new') }));
  },
});

export const endsWithConnection = defineCase({
  title: 'a clean session is gone when its connection ends: nothing of it is found again',
  verifies: { '3.1.1': ['MQTT-3.1.2-6#ends-with-connection', 'MQTT-3.1.2-6#no-reuse', 'MQTT-3.2.2-3'] },
  caughtBy: ['session-outlives-connection'],
  needs: ['qos1'],
  rows: { disconnect: 'disconnect', close: 'close', reset: 'reset' } as const,
  async run(t) {
    const first = await t.connect();
    await first.subscribe({ filter: t.topic(), qos: 1 });
    await leave(first, t.row);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'meanwhile', { qos: 1 });
    const later = await t.open({ clientId: first.id });
    await later.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
    await later.expect(connack({ reasonCode: 0, sessionPresent: false }));
    await later.subscribe({ filter: t.topic(), qos: 1 });
    await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
    await later.expectNotBefore(message(t.topic(), 'meanwhile'), message(t.topic(), 'sentinel'));
  },
});

export const expiryZero = defineCase<number | undefined>({
  title: 'a Session Expiry Interval that is absent or 0 ends the session with its connection',
  verifies: { '5.0': ['R-3.1.2.11.2-2', 'MQTT-4.1.0-2', 'MQTT-3.2.2-3#present-0'] },
  caughtBy: ['session-outlives-connection'],
  needs: ['qos1'],
  rows: { absent: undefined, zero: 0 },
  async run(t) {
    const expiry = t.row === undefined ? {} : { properties: { sessionExpiryInterval: t.row } };
    const first = await t.connect(expiry);
    await first.subscribe({ filter: t.topic(), qos: 1 });
    await leave(first);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'meanwhile', { qos: 1 });
    const later = await t.open({ clientId: first.id });
    await later.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
    await later.expect(connack({ reasonCode: 0, sessionPresent: false }));
    await later.subscribe({ filter: t.topic(), qos: 1 });
    await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
    await later.expectNotBefore(message(t.topic(), 'meanwhile'), message(t.topic(), 'sentinel'));
  },
});

export const cleanEndsTheOld = defineCase({
  title: 'a session that a new one replaced does not come back after it',
  verifies: { '3.1.1': ['MQTT-3.1.2-6#discard-previous', 'MQTT-3.1.2-6#no-reuse'], '5.0': ['MQTT-3.1.2-4#discard'] },
  caughtBy: ['clean-start-spares-session'],
  needs: ['qos1'],
  async run(t) {
    const first = await connectLasting(t);
    await first.subscribe({ filter: t.topic(), qos: 1 });
    await leave(first);
    const between = await t.connect({ clientId: first.id });
    await leave(between);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'meanwhile', { qos: 1 });
    const later = await t.open({ clientId: first.id });
    await later.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
    await later.expect(connack({ reasonCode: 0, sessionPresent: false }));
    await later.subscribe({ filter: t.topic(), qos: 1 });
    await publisher.publish(t.topic(), 'sentinel', { qos: 1 });
    await later.expectNotBefore(message(t.topic(), 'meanwhile'), message(t.topic(), 'sentinel'));
  },
});

export const cleanStartLasts = defineCase({
  title: 'Clean Start 1 begins a session anew; how long it lasts is for its expiry interval to say',
  verifies: { '5.0': ['MQTT-3.1.2-23', 'MQTT-3.2.2-3#present-1'] },
  caughtBy: ['clean-start-not-kept', 'session-not-kept'],
  async run(t) {
    const first = await connectLasting(t, { cleanStart: true });
    await first.subscribe(t.topic());
    await leave(first);
    const again = await t.open({ clientId: first.id });
    await again.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
    await again.expect(connack({ reasonCode: 0, sessionPresent: true }));
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'back');
    await again.expect(publish({ topic: t.topic(), payload: utf8('back') }));
  },
});

export const overAnotherTransport = defineCase<'websocket' | 'tcp'>({
  title: 'a session that began on one transport is resumed on the other',
  verifies: { '3.1.1': ['MQTT-3.1.2-4#resume', 'MQTT-3.1.3-2'], '5.0': ['MQTT-3.1.2-5', 'MQTT-3.1.3-2'] },
  caughtBy: ['session-not-resumed-over-websocket', 'session-not-resumed-over-tcp'],
  needs: ['qos1'],
  rows: { 'on-websocket': 'websocket', 'on-tcp': 'tcp' },
  async run(t) {
    const first = await connectLasting(t, { door: t.row });
    await first.subscribe({ filter: t.topic(), qos: 1 });
    await leave(first);
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'meanwhile', { qos: 1 });
    const door = t.row === 'tcp' ? 'websocket' : 'tcp';
    const again = await t.open({ clientId: first.id, door });
    await again.send(t.packet.connect({ ...lasting(t), clientId: first.id }));
    await again.expect(connack({ reasonCode: 0, sessionPresent: true }));
    await again.expect(publish({ topic: t.topic(), payload: utf8('meanwhile') }));
  },
});

export const identifiersApart = defineCase<(id: string) => string>({
  title: 'sessions of client identifiers that resemble one another are kept apart',
  verifies: { '3.1.1': ['MQTT-3.1.3-2'], '5.0': ['MQTT-3.1.3-2'] },
  caughtBy: ['client-ids-ignore-case', 'client-ids-cut'],
  rows: {
    case: (id) => id.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())),
    longer: (id) => `${id}0`,
    shorter: (id) => id.slice(0, -1),
  },
  async run(t) {
    // Surely with a letter, so that the case can differ.
    const id = `${t.clientId().slice(0, 12)}aZ`;
    const first = await connectLasting(t, { clientId: id });
    await first.subscribe(t.topic('first'));
    const other = await t.open({ clientId: t.row(id) });
    await other.send(t.packet.connect({ ...lasting(t), clientId: other.id }));
    await other.expect(connack({ reasonCode: 0, sessionPresent: false }));
    await other.subscribe(t.topic('other'));
    const publisher = await t.connect();
    for (const name of ['first', 'other']) await publisher.publish(t.topic(name), name, { qos: 1 });
    await first.expect(publish({ topic: t.topic('first') }));
    await other.expect(publish({ topic: t.topic('other') }));
    await first.ping();
  },
});
