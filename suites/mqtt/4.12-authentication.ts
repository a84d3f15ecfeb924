/** 5.0 §4.12: enhanced authentication, from CONNECT to authenticating again. */
import {
  auth,
  authByMethod,
  connack,
  connectByMethod,
  connectedByMethod,
  connectLasting,
  defineCase,
  encode,
  ended,
  finishExchange,
  firstChallenge,
  mutations,
  oneOf,
  pingresp,
  rightAnswer,
  suback,
  utf8,
  type CaseContext,
  type Client,
  type Matcher,
  type PacketOf,
  type Properties,
  type Sendable,
} from '#kit';

const CONTINUE = 0x18;
const AGAIN = 0x19;
const WRONG = utf8('this answers no challenge');

/** A client that has been challenged and not answered yet, and its challenge. */
async function challenged(
  t: CaseContext<unknown>,
  properties: Properties = {},
  clientId = t.clientId(),
): Promise<readonly [Client, PacketOf<'AUTH'>]> {
  const client = await t.open({ clientId });
  await client.send(connectByMethod(t, client.id, properties));
  return [client, await firstChallenge(client)];
}

/** Another client, which proves by the right answer that the method is served. */
async function twinOf(t: CaseContext<unknown>): Promise<Client> {
  const twin = await connectedByMethod(t);
  await twin.ping();
  return twin;
}

/** Challenges after which a server is taken at its word that it wants more. */
const MOST_ROUNDS = 8;

/** Answers each challenge rightly: the next one or the end must come. */
async function answersAll(
  t: CaseContext<unknown>,
  client: Client,
  first: PacketOf<'AUTH'>,
  end: Matcher,
): Promise<void> {
  let challenge = first;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await client.send(rightAnswer(t, challenge));
    const next = await client.expectPacket(oneOf(auth({ reasonCode: CONTINUE }), end));
    if (next.type !== 'AUTH' || next.reasonCode !== CONTINUE) return;
    challenge = next;
  }
  t.skip(`not exercised: more than ${MOST_ROUNDS} challenges`);
}

export const letIn = defineCase({
  title: 'a client that answers each challenge rightly is let in by CONNACK',
  verifies: { '5.0': ['MQTT-3.1.4-5'] },
  caughtBy: ['no-connack'],
  needs: ['enhanced-auth'],
  async run(t) {
    const [client, challenge] = await challenged(t);
    await answersAll(t, client, challenge, connack({ reasonCode: 0 }));
    await t.roundTrip(await t.connect(), client);
  },
});

export const exchange = defineCase({
  title: 'each AUTH before CONNACK goes on with code 0x18, and AUTH and CONNACK name the method of the client',
  verifies: {
    '5.0': ['MQTT-4.12.0-5#auth', 'MQTT-4.12.0-2', 'MQTT-3.15.2-1#server-output', 'MQTT-4.12.0-5#connack'],
  },
  caughtBy: [
    'auth-other-code-during-connect',
    'auth-unknown-code',
    'auth-names-other-method',
    'auth-names-no-method',
    'connack-names-no-method',
  ],
  needs: ['enhanced-auth'],
  async run(t) {
    const client = await connectedByMethod(t);
    await t.roundTrip(await t.connect(), client);
  },
});

export const connackOnce = defineCase({
  title: 'CONNACK names authentication method and data at most once',
  verifies: { '5.0': ['R-3.2.2.3.17-1', 'R-3.2.2.3.18-1'] },
  caughtBy: ['connack-authentication-twice'],
  needs: ['enhanced-auth'],
  async run(t) {
    const [client, challenge] = await challenged(t);
    await client.send(rightAnswer(t, challenge));
    const next = await client.link.take(
      (event) => event.kind === 'packet' && (event.packet.type === 'CONNACK' || event.packet.type === 'AUTH'),
      t.timing.replyMs,
    );
    if (next?.kind === 'packet' && next.packet.type === 'AUTH') await finishExchange(t, client, next.packet);
    if (client.connack === undefined && !client.answered('CONNACK')) t.skip('not exercised: no CONNACK came');
    await t.roundTrip(await t.connect(), client);
  },
});

/** The right answer but for its last bit. */
function nearly(t: CaseContext<unknown>, challenge: PacketOf<'AUTH'>): Uint8Array {
  const octets = Uint8Array.from(rightAnswer(t, challenge).properties?.authenticationData ?? WRONG);
  octets[octets.length - 1] = (octets.at(-1) ?? 0) ^ 1;
  return octets;
}

export const wrongAnswer = defineCase<Uint8Array | undefined>({
  title: 'a client whose answer is wrong is refused and closed',
  verifies: { '5.0': ['MQTT-4.12.0-4#close'] },
  caughtBy: ['accepts-wrong-answer', 'keeps-open-after-refusal'],
  needs: ['enhanced-auth'],
  rows: { wrong: WRONG, empty: new Uint8Array(), 'last-bit': undefined },
  async run(t) {
    const twin = await twinOf(t);
    const [client, challenge] = await challenged(t);
    await client.send(authByMethod(CONTINUE, t.row ?? nearly(t, challenge)));
    await client.expect(ended());
    await twin.ping();
  },
});

export const rejection = defineCase({
  title: 'a rejected exchange: told by CONNACK or closed',
  verifies: { '5.0': ['MQTT-4.12.0-4#may'] },
  observes: ['clean', 'bare-close-on-refusal'],
  needs: ['enhanced-auth'],
  async run(t) {
    const [client] = await challenged(t);
    await client.send(authByMethod(CONTINUE, WRONG));
    await client.expect(ended());
    t.observe(client.connack === undefined ? 'closed without a word' : 'told by CONNACK');
  },
});

export const onlyAuthBeforeConnack = defineCase({
  title: 'a client that authenticates by a method and sends anything but AUTH and DISCONNECT before CONNACK is closed',
  verifies: { '5.0': ['MQTT-3.1.2-30'] },
  caughtBy: ['serves-before-authenticated'],
  needs: ['enhanced-auth', 'reaction'],
  rows: { pingreq: 'PINGREQ', subscribe: 'SUBSCRIBE', publish: 'PUBLISH', connect: 'CONNECT' } as const,
  async run(t) {
    const twin = await twinOf(t);
    const [client] = await challenged(t);
    const early = {
      PINGREQ: t.packet.pingreq,
      SUBSCRIBE: t.packet.subscribe(t.topic(), 1),
      PUBLISH: t.packet.publish(t.topic(), 'x', { qos: 1, packetId: 1 }),
      CONNECT: connectByMethod(t, client.id),
    } as const;
    await client.send(early[t.row]);
    await client.expect(ended());
    await twin.ping();
  },
});

export const sameMethod = defineCase({
  title: 'an AUTH that names another method than CONNECT ends the connection',
  verifies: { '5.0': ['R-3.15.2.2.2-2', 'MQTT-4.12.1-1'] },
  caughtBy: ['accepts-other-method-in-auth'],
  needs: ['enhanced-auth', 'reaction'],
  rows: { 'during-connect': 'connect', again: 'again' } as const,
  async run(t) {
    const twin = await twinOf(t);
    if (t.row === 'again') {
      const client = await connectedByMethod(t);
      await client.send(t.packet.auth(AGAIN, { authenticationMethod: 'mqttspec-unknown' }));
      await client.expect(ended({ reason: 0x82 }), { breaks: '5.0/MQTT-4.12.1-1' });
    } else {
      const [client, challenge] = await challenged(t);
      const { authenticationData = WRONG } = rightAnswer(t, challenge).properties ?? {};
      await client.send(t.packet.auth(CONTINUE, { authenticationMethod: 'mqttspec-unknown', authenticationData }));
      await client.expect(ended());
    }
    await twin.ping();
  },
});

export const propertiesOnce = defineCase({
  title: 'an AUTH with a property twice that may come once ends the connection',
  verifies: { '5.0': ['R-3.15.2.2.3-1', 'R-3.15.2.2.4-1'] },
  caughtBy: ['accepts-auth-property-twice'],
  needs: ['enhanced-auth', 'reaction'],
  rows: { data: 'authenticationData', 'reason-string': 'reasonString' } as const,
  async run(t) {
    const twin = await twinOf(t);
    const client = await connectedByMethod(t);
    const bytes = encode(authByMethod(AGAIN, WRONG, { reasonString: 'again' }), t.version);
    await client.send(mutations.duplicateProperty(bytes, 'auth', t.row));
    const breaks = { authenticationData: '5.0/R-3.15.2.2.3-1', reasonString: '5.0/R-3.15.2.2.4-1' } as const;
    await client.expect(ended(), { breaks: breaks[t.row] });
    await twin.ping();
  },
});

export const again = defineCase({
  title: 'a request to authenticate again is answered, as is the right answer, which keeps the connection',
  verifies: { '5.0': ['R-4.12.1-2'] },
  caughtBy: ['reauthentication-unanswered', 'reauthentication-success-untold'],
  needs: ['enhanced-auth'],
  async run(t) {
    const client = await connectedByMethod(t);
    await client.send(authByMethod(AGAIN));
    const challenge = await client.expectPacket<PacketOf<'AUTH'>>(auth());
    if (challenge.reasonCode === CONTINUE) await answersAll(t, client, challenge, auth({ reasonCode: 0 }));
    await t.roundTrip(await t.connect(), client);
  },
});

/** A client that was challenged again and has answered wrongly. */
async function failsAgain(t: CaseContext<unknown>): Promise<Client> {
  const client = await connectedByMethod(t);
  await client.send(authByMethod(AGAIN));
  const { reasonCode } = await firstChallenge(client);
  if (reasonCode !== CONTINUE) t.skip('not exercised: the server authenticates again without a challenge');
  await client.send(authByMethod(CONTINUE, WRONG));
  return client;
}

export const failsAgainClosed = defineCase({
  title: 'a client that fails to authenticate again is closed',
  verifies: { '5.0': ['MQTT-4.12.1-2#close'] },
  caughtBy: ['keeps-open-after-failed-reauthentication', 'accepts-wrong-answer'],
  needs: ['enhanced-auth', 'reaction'],
  async run(t) {
    const twin = await twinOf(t);
    const client = await failsAgain(t);
    await client.expect(ended());
    await twin.ping();
  },
});

export const failsAgainTold = defineCase({
  title: 'a client that fails to authenticate again is told so by DISCONNECT',
  verifies: { '5.0': ['MQTT-4.12.1-2#should'] },
  caughtBy: ['closes-failed-reauthentication-without-word'],
  needs: ['enhanced-auth', 'reaction'],
  async run(t) {
    const twin = await twinOf(t);
    const client = await failsAgain(t);
    const ending = await client.expect(ended());
    t.check((ending.reasonCode ?? 0) >= 0x80, 'closed without a DISCONNECT that says why', {
      expected: 'DISCONNECT of 0x80 or above',
    });
    await twin.ping();
  },
});

export const servedMeanwhile = defineCase({
  title: 'a client is served while it authenticates again',
  verifies: { '5.0': ['R-4.12.1-1'] },
  caughtBy: ['blocks-during-reauthentication'],
  needs: ['enhanced-auth'],
  async run(t) {
    const client = await connectedByMethod(t);
    await client.send(authByMethod(AGAIN));
    const challenge = await firstChallenge(client);
    if (challenge.reasonCode !== CONTINUE) t.skip('not exercised: the server authenticates again without a challenge');
    await client.send(t.packet.pingreq, t.packet.subscribe(t.topic(), 1));
    await client.expect(pingresp());
    await client.expect(suback({ packetId: 1 }));
    await finishExchange(t, client, challenge);
    await t.roundTrip(await t.connect(), client);
  },
});

/** The same without what explains it. */
const bare = ({ type, reasonCode, properties = {} }: PacketOf<'AUTH'>): PacketOf<'AUTH'> => {
  const { authenticationMethod = '', authenticationData = WRONG } = properties;
  return { type, reasonCode, properties: { authenticationMethod, authenticationData } };
};

export const explanationsFit = defineCase({
  title: 'neither a Reason String nor user properties push AUTH over the Maximum Packet Size of the client',
  verifies: { '5.0': ['MQTT-3.15.2-2', 'MQTT-3.15.2-3'] },
  caughtBy: ['auth-explains-beyond-maximum-packet-size', 'auth-adds-user-properties-beyond-maximum-packet-size'],
  provedOn: ['explains-authentication'],
  needs: ['enhanced-auth', 'optional-behaviour'],
  async run(t) {
    const [twin, explained] = await challenged(t);
    const { reasonString, userProperties } = explained.properties ?? {};
    if (reasonString === undefined && userProperties === undefined)
      t.skip('not exercised: the server explains nothing in AUTH');
    const most = encode(bare(explained), t.version).length;
    const client = await t.open();
    client.link.endExpected = true;
    client.wellBehaved = false;
    await client.send(connectByMethod(t, client.id, { maximumPacketSize: most }));
    const came = await client.link.take(
      (event) => event.kind === 'packet' && event.packet.type === 'AUTH',
      t.timing.replyMs,
    );
    if (came?.kind !== 'packet') return t.skip('not exercised: no AUTH came where little fits');
    t.check(came.bytes.length <= most, `AUTH of ${came.bytes.length} bytes, Maximum Packet Size is ${most}`, {
      breaks: reasonString === undefined ? '5.0/MQTT-3.15.2-3' : '5.0/MQTT-3.15.2-2',
    });
    await finishExchange(t, twin, explained);
    await twin.ping();
  },
});

export const nothingBefore = defineCase({
  title: 'who has not authenticated ends neither the connection nor the session of the identifier that it names',
  verifies: { '5.0': ['MQTT-3.1.2-23'] },
  caughtBy: ['acts-on-disconnect-before-authenticated'],
  needs: ['enhanced-auth', 'reaction'],
  rows: { 'wrong-answer': 'wrong', disconnect: 'disconnect' } as const,
  async run(t) {
    const owner = await connectLasting(t);
    await owner.subscribe({ filter: t.topic(), qos: 1 });
    const [client] = await challenged(t, {}, owner.id);
    const ends: Sendable =
      t.row === 'wrong' ? authByMethod(CONTINUE, WRONG) : t.packet.disconnect(0, { sessionExpiryInterval: 0 });
    await client.send(ends);
    await client.expect(ended());
    await owner.ping();
    await owner.disconnect();
    await owner.link.waitForEnd(t.timing.graceMs);
    const back = await t.open({ clientId: owner.id });
    await back.send(t.packet.connect({ clientId: owner.id, cleanStart: false }));
    await back.expect(connack({ reasonCode: 0, sessionPresent: true }));
    await t.roundTrip(await t.connect(), back);
  },
});
