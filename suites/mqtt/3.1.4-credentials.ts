/** §3.1.4: what follows from credentials that are wrong. */
import { connack, defineCase, ended, utf8, type CaseContext, type Client, type PacketOf } from '#kit';

type Wrong = 'unknown-user' | 'wrong-password' | 'no-password' | Nearly;
type Nearly = 'last-bit' | 'one-more' | 'one-less';

/** A password that is right but for its end. */
function nearly(password: Uint8Array, how: Nearly): Uint8Array {
  if (how === 'one-more') return Uint8Array.of(...password, 0x78);
  if (how === 'one-less') return password.slice(0, -1);
  const octets = Uint8Array.from(password);
  octets[octets.length - 1] = (octets.at(-1) ?? 0) ^ 1;
  return octets;
}

/** A CONNECT like those of the target's user, but for one thing. */
function wrong(t: CaseContext<unknown>, how: Wrong, clientId: string): PacketOf<'CONNECT'> {
  const { password, ...connect } = t.packet.connect({ clientId });
  const stranger = { ...connect, password: utf8(`not ${t.clientId()}`) };
  if (how === 'no-password') return connect;
  if (how === 'unknown-user') return { ...stranger, username: t.clientId() };
  // Who has no password has none that is nearly right.
  if (how === 'wrong-password' || password === undefined || password.length < 2) return stranger;
  return { ...connect, password: nearly(password, how) };
}

/** What came of it: the client where it was accepted. */
async function attempt(t: CaseContext<unknown>, how: Wrong): Promise<Client> {
  const client = await t.open();
  client.wellBehaved = false;
  await client.send(wrong(t, how, client.id));
  await client.link.until<true>((settle) => {
    if (client.connack !== undefined || client.link.ended) settle(true);
  }, t.timing.graceMs);
  return client;
}

const isAccepted = (client: Client): boolean => client.connack?.reasonCode === 0;

export const checked = defineCase<Wrong>({
  title: 'a server that is given credentials checks them',
  verifies: { '3.1.1': ['R-3.1.4-2'], '5.0': ['MQTT-3.1.4-2#should', 'R-4.12-1'] },
  caughtBy: ['accepts-wrong-password', 'accepts-no-credentials'],
  needs: ['auth'],
  rows: {
    'unknown-user': 'unknown-user',
    'wrong-password': 'wrong-password',
    'last-bit': 'last-bit',
    'one-more': 'one-more',
    'one-less': 'one-less',
  },
  async run(t) {
    const twin = await t.connect();
    const client = await attempt(t, t.row);
    client.link.endExpected = true;
    t.check(!isAccepted(client), 'CONNECT with wrong credentials is accepted', { expected: 'a refusal' });
    await t.roundTrip(twin, await t.connect());
  },
});

export const closed = defineCase<Wrong>({
  title: 'a client with wrong credentials is closed, and nothing is served behind its CONNECT',
  verifies: { '3.1.1': ['R-3.1.4-3'], '5.0': ['MQTT-3.1.4-2#close'] },
  caughtBy: ['keeps-open-after-refusal', 'accepts-any-password-of-a-user'],
  needs: ['auth', 'reaction'],
  rows: { 'unknown-user': 'unknown-user', 'wrong-password': 'wrong-password', 'no-password': 'no-password' },
  async run(t) {
    const twin = await t.connect();
    // Who takes everybody has nothing to refuse: another case says so.
    const stranger = await attempt(t, 'unknown-user');
    stranger.link.endExpected = true;
    if (isAccepted(stranger)) t.skip('the server takes users that do not exist');
    const client = t.row === 'unknown-user' ? stranger : await attempt(t, t.row);
    t.check(!isAccepted(client), 'the password is wrong, and CONNECT is accepted', { expected: 'a refusal' });
    await client.expect(ended());
    await t.roundTrip(twin, await t.connect());
  },
});

export const told = defineCase({
  title: 'wrong credentials are told by CONNACK 0x04 or 0x05',
  verifies: { '3.1.1': ['R-3.1.4-2', 'R-3.2.2.3-2'] },
  caughtBy: ['wrong-code-for-bad-credentials', 'refuses-without-word'],
  needs: ['auth', 'reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.open();
    await client.send(wrong(t, 'wrong-password', client.id));
    await client.link.until<true>((settle) => {
      if (client.connack !== undefined || client.link.ended) settle(true);
    }, t.timing.graceMs);
    client.link.endExpected = true;
    if (isAccepted(client)) t.skip('not exercised: the server does not check passwords');
    t.check(client.connack !== undefined, 'closed without CONNACK', {
      expected: 'CONNACK',
      breaks: '3.1.1/R-3.2.2.3-2',
    });
    const code = client.connack?.reasonCode ?? 0;
    t.check(code === 4 || code === 5, `CONNACK 0x0${code.toString(16)}`, { expected: 'CONNACK 0x04 or 0x05' });
    await client.look(connack(), 0);
    await t.roundTrip(twin, await t.connect());
  },
});

export const codeOf5 = defineCase({
  title: 'a 5.0 client with wrong credentials is told a code of 5.0, if any',
  verifies: { '5.0': ['MQTT-3.2.2-8', 'R-3.2.2.2-1'] },
  caughtBy: ['old-code-for-bad-credentials'],
  needs: ['auth', 'reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.open();
    await client.send(wrong(t, 'wrong-password', client.id));
    await Promise.all([client.look(connack()), client.link.waitForEnd(t.timing.graceMs)]);
    client.link.endExpected = true;
    if (isAccepted(client)) t.skip('not exercised: the server does not check passwords');
    if (!client.answered('CONNACK')) t.skip('not exercised: closed without CONNACK');
    await t.roundTrip(twin, await t.connect());
  },
});
