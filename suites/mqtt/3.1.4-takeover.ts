/** §3.1.4: what happens when a client connects under an identifier that is connected already. */
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
  pingresp,
  publish,
  utf8,
  type CaseContext,
  type Client,
} from '#kit';

/** What a connection that stays open breaks. */
const closes = (t: CaseContext<unknown>) => (t.version === '5.0' ? '5.0/MQTT-3.1.4-3#close' : '3.1.1/MQTT-3.1.4-2');

export const oldCloses = defineCase({
  title: 'the old connection is closed, the new one is served',
  verifies: { '3.1.1': ['MQTT-3.1.4-2', 'MQTT-3.1.4-4'], '5.0': ['MQTT-3.1.4-3#close', 'MQTT-3.1.4-5'] },
  caughtBy: ['takeover-keeps-old', 'takeover-ends-new'],
  rows: { 'clean-start': true, resuming: false },
  async run(t) {
    const old = await connectLasting(t);
    const next = await t.open({ clientId: old.id });
    await next.send(t.packet.connect({ ...lasting(t), clientId: old.id, cleanStart: t.row }));
    const accepts = t.version === '5.0' ? '5.0/MQTT-3.1.4-5' : '3.1.1/MQTT-3.1.4-4';
    await next.expect(connack({ reasonCode: 0 }), { breaks: accepts });
    await old.expect(ended({ reason: 0x8e }));
    await t.roundTrip(await t.connect(), next);
  },
});

export const told = defineCase({
  title: 'the old connection is told by DISCONNECT 0x8E that its session was taken over',
  verifies: { '5.0': ['MQTT-3.1.4-3#disconnect-8e', 'MQTT-3.1.4-3#close'] },
  caughtBy: ['takeover-without-disconnect', 'takeover-wrong-code'],
  async run(t) {
    const old = await t.connect();
    const next = await t.connect({ clientId: old.id });
    const { reasonCode } = await old.expect(ended(), { breaks: closes(t) });
    t.check(reasonCode === 0x8e, 'no DISCONNECT 0x8E came before the end', {
      breaks: '5.0/MQTT-3.1.4-3#disconnect-8e',
      expected: 'DISCONNECT 0x8E Session taken over',
      actual: reasonCode === undefined ? 'no DISCONNECT' : `DISCONNECT ${reasonCode}`,
    });
    await next.ping();
  },
});

export const sessionGoesOn = defineCase({
  title: 'the new connection goes on with the session of the old one: subscriptions and new messages',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-4#resume', 'MQTT-3.2.2-2', 'MQTT-4.1.0-1'],
    '5.0': ['MQTT-3.1.2-5', 'MQTT-3.2.2-3#present-1', 'MQTT-4.1.0-1'],
  },
  caughtBy: ['takeover-loses-deliveries', 'session-never-resumed', 'session-lost-on-takeover'],
  needs: ['qos1'],
  async run(t) {
    let client = await connectLasting(t);
    await client.subscribe({ filter: t.topic(), qos: 1 });
    const publisher = await t.connect();
    for (let round = 1; round <= 3; round += 1) {
      const next = await t.connect(lasting(t, { clientId: client.id }));
      t.check(next.connack?.sessionPresent === true, 'the session that was taken over is not present', {
        breaks: t.version === '5.0' ? '5.0/MQTT-3.2.2-3#present-1' : '3.1.1/MQTT-3.2.2-2',
      });
      await client.expect(ended({ reason: 0x8e }), { breaks: closes(t) });
      await publisher.publish(t.topic(), `${round}`, { qos: 1 });
      await next.expect(publish({ topic: t.topic(), payload: utf8(`${round}`) }));
      // Behind the acknowledgement: otherwise the message comes again after the next takeover, rightly.
      await next.ping();
      client = next;
    }
  },
});

export const cleanTakeover = defineCase({
  title: 'a new session that takes over has nothing of the old one',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-6#discard-previous', 'MQTT-3.1.2-6#no-reuse', 'MQTT-3.2.2-1'],
    '5.0': ['MQTT-3.1.2-4#discard', 'MQTT-3.1.2-4#new', 'MQTT-3.2.2-2'],
  },
  caughtBy: ['clean-start-keeps-state', 'session-present-wrong'],
  async run(t) {
    const old = await connectLasting(t);
    await old.subscribe(t.topic('old'));
    const next = await t.open({ clientId: old.id });
    await next.send(t.packet.connect({ clientId: old.id }));
    await next.expect(connack({ reasonCode: 0, sessionPresent: false }));
    await old.expect(ended({ reason: 0x8e }), { breaks: closes(t) });
    await next.subscribe(t.topic('new'));
    const publisher = await t.connect();
    await publisher.publish(t.topic('old'), 'old');
    await publisher.publish(t.topic('new'), 'sentinel');
    await next.expectNotBefore(publish({ topic: t.topic('old') }), publish({ topic: t.topic('new') }));
  },
});

export const ofCleanSession = defineCase({
  title: 'a clean session ends with its connection at a takeover too: Session Present 0',
  verifies: { '3.1.1': ['MQTT-3.1.2-6#ends-with-connection', 'MQTT-3.1.2-6#no-reuse'] },
  caughtBy: ['session-outlives-connection'],
  async run(t) {
    const old = await t.connect();
    await old.subscribe(t.topic('old'));
    const next = await t.open({ clientId: old.id });
    await next.send(t.packet.connect({ ...lasting(t), clientId: old.id }));
    await next.expect(connack({ reasonCode: 0, sessionPresent: false }));
    await old.expect(ended(), { breaks: closes(t) });
    await next.subscribe(t.topic('new'));
    const publisher = await t.connect();
    await publisher.publish(t.topic('old'), 'old');
    await publisher.publish(t.topic('new'), 'sentinel');
    await next.expectNotBefore(publish({ topic: t.topic('old') }), publish({ topic: t.topic('new') }));
  },
});

export const chain = defineCase({
  title: 'many takeovers in a row: each new connection is served, each old one closed',
  verifies: { '3.1.1': ['MQTT-3.1.4-2', 'MQTT-3.1.4-4'], '5.0': ['MQTT-3.1.4-3#close', 'MQTT-3.1.4-5'] },
  caughtBy: ['third-takeover-keeps-old', 'takeover-keeps-old'],
  async run(t) {
    const other = await t.connect();
    let client = await t.connect();
    for (let round = 1; round <= 7; round += 1) {
      const next = await t.connect({ clientId: client.id });
      await client.expect(ended({ reason: 0x8e }));
      client = next;
    }
    await t.roundTrip(other, client);
  },
});

/** Connections of one identifier that CONNECT at one instant. */
const RIVALS = 5;
/** A race is not run again to confirm its outcome, so a slow broker is waited for longer. */
const PATIENCE = 3;

async function race(t: CaseContext<unknown>, id: string): Promise<Client> {
  const rivals = await Promise.all(Array.from({ length: RIVALS }, async () => t.open({ clientId: id })));
  await Promise.all(rivals.map(async (rival) => rival.send(t.packet.connect(lasting(t, { clientId: id })))));
  // One is served last and stays; the others end, whether they were served before or not.
  await manyEnd(rivals, RIVALS - 1, PATIENCE * t.timing.graceMs);
  const late = rivals.filter(({ link }) => link.ending === undefined);
  if (late.length > 1) await Promise.all(late.map(async (rival) => answersOrEnds(t, rival)));
  const living = late.filter(({ link }) => link.ending === undefined);
  for (const { link } of rivals.filter((rival) => !living.includes(rival))) {
    link.claimEnd();
    link.unclaimed.splice(0);
  }
  const [winner] = living;
  const accepts = t.version === '5.0' ? '5.0/MQTT-3.1.4-5' : '3.1.1/MQTT-3.1.4-4';
  t.check(living.length <= 1, `${living.length} of ${RIVALS} connections of one identifier stay open`);
  t.check(winner !== undefined, `all of ${RIVALS} connections were closed`, { breaks: accepts });
  if (winner === undefined) t.skip('no connection is left');
  await winner.expect(connack({ reasonCode: 0 }), { breaks: accepts });
  return winner;
}

/** One that is served still is no matter of a broker that is slow to close. */
async function answersOrEnds(t: CaseContext<unknown>, rival: Client): Promise<void> {
  await rival.send(t.packet.pingreq);
  await rival.look(pingresp(), PATIENCE * t.timing.graceMs);
}

/** Waits until so many of the connections have ended, or their deadline has passed. */
async function manyEnd(clients: readonly Client[], least: number, ms: number): Promise<void> {
  let left = least;
  await new Promise<void>((resolve, reject) => {
    const ended = (): void => {
      left -= 1;
      if (left === 0) resolve();
    };
    for (const { link } of clients) link.waitForEnd(ms).then(ended, reject);
  });
}

/** A broker that loses one race in twenty is found out each time. */
const ROUNDS = 20;
/** Races at once, each for an identifier of its own. */
const COURSES = 4;

export const races = defineCase({
  title: 'of five connections that ask for one identifier at one instant one stays, and is served',
  verifies: { '3.1.1': ['MQTT-3.1.4-2', 'MQTT-3.1.4-4'], '5.0': ['MQTT-3.1.4-3#close', 'MQTT-3.1.4-5'] },
  caughtBy: ['takeover-keeps-old', 'third-takeover-keeps-old'],
  needs: ['qos1'],
  async run(t) {
    const publisher = await t.connect();
    const courses = await Promise.allSettled(Array.from({ length: COURSES }, async () => course(t, publisher)));
    for (const one of courses) if (one.status === 'rejected') throw one.reason;
  },
});

async function course(t: CaseContext<unknown>, publisher: Client): Promise<void> {
  const id = t.clientId();
  for (let round = 1; round <= ROUNDS; round += 1) {
    const winner = await race(t, id);
    await winner.subscribe({ filter: t.topic(id), qos: 1 });
    await publisher.publish(t.topic(id), `${round}`, { qos: 1 });
    await winner.expect(publish({ topic: t.topic(id), payload: utf8(`${round}`) }));
    await leave(winner);
  }
}

export const acrossTransports = defineCase<'websocket' | 'tcp'>({
  title: 'a connection over one transport takes over that over another',
  verifies: {
    '3.1.1': ['MQTT-3.1.4-2', 'MQTT-3.1.2-4#resume'],
    '5.0': ['MQTT-3.1.4-3#close', 'MQTT-3.1.2-5'],
  },
  caughtBy: ['takeover-within-transport-only', 'takeover-keeps-old'],
  needs: ['qos1'],
  rows: { 'from-websocket': 'websocket', 'from-tcp': 'tcp' },
  async run(t) {
    const old = await connectLasting(t, { door: t.row });
    await old.subscribe({ filter: t.topic(), qos: 1 });
    const next = await t.connect(lasting(t, { clientId: old.id, door: t.row === 'tcp' ? 'websocket' : 'tcp' }));
    await old.expect(ended({ reason: 0x8e }));
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'x', { qos: 1 });
    const resumes = t.version === '5.0' ? '5.0/MQTT-3.1.2-5' : '3.1.1/MQTT-3.1.2-4#resume';
    await next.expect(publish({ topic: t.topic(), payload: utf8('x') }), { breaks: resumes });
  },
});

export const nothingLost = defineCase({
  title: 'no message is lost while the connection of its subscriber is taken over',
  verifies: {
    '3.1.1': ['MQTT-4.5.0-1', 'MQTT-3.1.2-4#resume', 'MQTT-3.1.2-5'],
    '5.0': ['MQTT-4.5.0-1', 'MQTT-3.1.2-5'],
  },
  caughtBy: ['session-lost-on-takeover', 'loses-unacknowledged'],
  needs: ['qos1'],
  async run(t) {
    let client = await connectLasting(t, { acknowledge: false });
    await client.subscribe({ filter: t.topic(), qos: 1 });
    const publisher = await t.connect();
    const payloads: string[] = [];
    for (let round = 1; round <= 3; round += 1) {
      // They are under way to the old connection, or wait, when the new one comes.
      for (let index = 1; index <= 4; index += 1) {
        payloads.push(`${round}.${index}`);
        await publisher.publish(t.topic(), `${round}.${index}`, { qos: 1 });
      }
      const next = await t.connect(lasting(t, { clientId: client.id, acknowledge: round === 3 }));
      await client.expect(ended({ reason: 0x8e }), { breaks: closes(t) });
      client.link.unclaimed.splice(0);
      client = next;
    }
    for (const payload of payloads) await client.expect(message(t.topic(), payload));
  },
});

export const refusedTakesNothing = defineCase({
  title: 'a CONNECT that is refused does not end the connection that has the identifier',
  verifies: { '3.1.1': ['MQTT-4.1.0-2'], '5.0': ['R-4.13.2-1', 'MQTT-4.1.0-1'] },
  caughtBy: ['refused-connect-harms-others'],
  needs: ['reaction'],
  async run(t) {
    const holder = await t.connect();
    await holder.subscribe(t.topic());
    const other = await t.open();
    const whole = encode(t.packet.connect({ clientId: holder.id, username: 'u' }), t.version);
    await other.send(mutations.connectFlags(whole, 0x01));
    const refuses = t.version === '5.0' ? '5.0/MQTT-3.1.2-3' : '3.1.1/MQTT-3.1.2-3';
    await other.expect(ended(), { breaks: refuses });
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'still there');
    await holder.expect(publish({ topic: t.topic(), payload: utf8('still there') }));
  },
});

export const othersUntouched = defineCase({
  title: 'a takeover concerns no other client',
  verifies: { '3.1.1': ['MQTT-3.1.3-2', 'MQTT-3.1.4-2'], '5.0': ['MQTT-3.1.3-2', 'R-4.13.2-1', 'MQTT-3.1.4-3#close'] },
  caughtBy: ['takeover-ends-all'],
  async run(t) {
    const publisher = await t.connect();
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    const old = await t.connect();
    await t.connect({ clientId: old.id });
    await old.expect(ended({ reason: 0x8e }), { breaks: closes(t) });
    await publisher.send(t.packet.publish(t.topic(), 'still there'));
    await subscriber.expect(publish({ topic: t.topic(), payload: utf8('still there') }));
  },
});
