/** §3.2: CONNACK, and whether the server does what it says there. */
import {
  connack,
  connectLasting,
  defineCase,
  encode,
  ended,
  lasting,
  leave,
  message,
  publish,
  puback,
  suback,
  utf8,
  type CaseContext,
  type Client,
} from '#kit';
import { toldRefusal } from './told-refusal.ts';

export const firstOfServer = defineCase({
  title: 'CONNACK is the first packet of the server, also where messages wait',
  verifies: { '3.1.1': ['MQTT-3.2.0-1'], '5.0': ['MQTT-3.2.0-1'] },
  caughtBy: ['publish-before-connack'],
  needs: ['qos1'],
  async run(t) {
    const client = await connectLasting(t);
    await client.subscribe({ filter: t.topic(), qos: 1 });
    await leave(client);
    await (await t.connect()).publish(t.topic(), 'waiting', { qos: 1 });
    const again = await t.connect(lasting(t, { clientId: client.id }));
    await again.expect(message(t.topic(), 'waiting'));
  },
});

export const once = defineCase({
  title: 'a connection gets one CONNACK, never two',
  verifies: { '5.0': ['MQTT-3.2.0-2'] },
  caughtBy: ['two-connacks'],
  async run(t) {
    const client = await t.open();
    await client.send(t.packet.connect({ clientId: client.id }));
    await client.expect(connack({ reasonCode: 0 }));
    await t.roundTrip(await t.connect(), client);
  },
});

/** Connected, with everything of CONNACK judged on the way, and served. */
async function accepted(t: CaseContext<unknown>): Promise<void> {
  const client = await t.open();
  await client.send(t.packet.connect({ clientId: client.id }));
  await client.expect(connack({ reasonCode: 0 }));
  await t.roundTrip(await t.connect(), client);
}

export const flags = defineCase({
  title: 'the reserved flags of CONNACK are 0',
  verifies: { '3.1.1': ['R-3.2.2.1-1'], '5.0': ['MQTT-3.2.2-1'] },
  caughtBy: ['connack-reserved-flags'],
  run: accepted,
});

export const form = defineCase({
  title: 'CONNACK of 3.1.1 has exactly two bytes',
  verifies: { '3.1.1': ['R-3.2.2.3-1'] },
  caughtBy: ['connack-with-property-length'],
  run: accepted,
});

export const formOf5 = defineCase({
  title: 'CONNACK of 5.0 has a property length and codes of 5.0',
  verifies: { '5.0': ['R-3.2.2.2-1', 'MQTT-2.2.2-1#server-output'] },
  caughtBy: ['connack-without-property-length'],
  run: accepted,
});

export const ownProperties = defineCase({
  title: 'CONNACK holds only properties that belong there',
  verifies: { '5.0': ['R-2.2.2.2-17'] },
  caughtBy: ['connack-unknown-property'],
  run: accepted,
});

export const propertiesOnce = defineCase({
  title: 'each property of CONNACK comes at most once, with a value that is allowed',
  verifies: {
    '5.0': [
      'R-3.2.2.3.2-1',
      'R-3.2.2.3.3-1',
      'R-3.2.2.3.4-1',
      'R-3.2.2.3.5-1',
      'R-3.2.2.3.6-1',
      'R-3.2.2.3.7-1',
      'R-3.2.2.3.8-1',
      'R-3.2.2.3.9-1',
      'R-3.2.2.3.11-1',
      'R-3.2.2.3.12-1',
      'R-3.2.2.3.13-1',
      'R-3.2.2.3.14-1',
      'R-3.2.2.3.15-1',
      'R-3.2.2.3.16-1',
    ],
  },
  caughtBy: ['connack-property-twice', 'connack-property-out-of-range'],
  async run(t) {
    const client = await t.open();
    // Asked for what a server may limit or give.
    const properties = { sessionExpiryInterval: 4_000_000, requestResponseInformation: 1 };
    await client.send(t.packet.connect({ clientId: client.id, properties }));
    await client.expect(connack({ reasonCode: 0 }));
    const told = Object.keys(client.connack?.properties ?? {});
    t.observe(told.length === 0 ? 'CONNACK holds no properties' : `CONNACK holds ${told.join(', ')}`);
    await t.roundTrip(await t.connect(), client);
    await client.disconnect(0, { sessionExpiryInterval: 0 });
  },
});

/** Session Present of a CONNECT with this id. */
const present = async (t: CaseContext<unknown>, clientId: string, clean: boolean): Promise<Client> => {
  const client = await t.open();
  const { cleanStart: _, ...fields } = lasting(t);
  await client.send(t.packet.connect({ ...(clean ? {} : fields), clientId, cleanStart: clean }));
  return client;
};

export const cleanNotPresent = defineCase({
  title: 'a clean start is answered by Session Present 0, whatever is stored',
  verifies: { '3.1.1': ['MQTT-3.2.2-1'], '5.0': ['MQTT-3.2.2-2'] },
  caughtBy: ['session-present-wrong'],
  async run(t) {
    const stored = await connectLasting(t);
    await leave(stored);
    const client = await present(t, stored.id, true);
    await client.expect(connack({ reasonCode: 0, sessionPresent: false }));
    await t.roundTrip(await t.connect(), client);
  },
});

export const storedPresent = defineCase({
  title: 'Session Present says whether there is a session to resume',
  verifies: {
    '3.1.1': ['MQTT-3.2.2-2', 'MQTT-3.2.2-3'],
    '5.0': ['MQTT-3.2.2-3#present-1', 'MQTT-3.2.2-3#present-0', 'MQTT-3.2.2-3#reason-0'],
  },
  caughtBy: ['session-present-missing', 'session-not-kept'],
  async run(t) {
    const none = { '3.1.1': '3.1.1/MQTT-3.2.2-3', '5.0': '5.0/MQTT-3.2.2-3#present-0' } as const;
    const id = t.clientId();
    const first = await present(t, id, false);
    await first.expect(connack({ reasonCode: 0, sessionPresent: false }), { breaks: none[t.version] });
    if (first.connack?.properties?.sessionExpiryInterval === 0) t.skip('sessions end with their connection');
    await leave(first);
    const second = await present(t, id, false);
    await second.expect(connack({ reasonCode: 0, sessionPresent: true }));
    await t.roundTrip(await t.connect(), second);
  },
});

export const refusal = defineCase({
  title: 'a CONNACK that refuses has Session Present 0 and a code of its table, and the connection ends behind it',
  verifies: {
    '3.1.1': ['MQTT-3.2.2-5', 'MQTT-3.2.2-4', 'R-3.2.2.3-1'],
    '5.0': ['MQTT-3.2.2-7', 'MQTT-3.2.2-6', 'MQTT-3.2.2-8', 'MQTT-4.13.2-1#after-connack'],
  },
  caughtBy: ['keeps-open-after-refusal', 'session-present-in-refusal'],
  needs: ['reaction'],
  run: toldCode,
});

/** Refused, and told so, or skipped. */
async function toldCode(t: CaseContext<unknown>): Promise<void> {
  const twin = await t.connect();
  const client = await toldRefusal(t);
  const { reasonPacket } = await client.expect(ended());
  if (reasonPacket === undefined && t.scope.findings.list.length === 0) t.skip('not exercised: closed without CONNACK');
  await twin.ping();
}

export const codeOfRefusal = defineCase({
  title: 'a CONNACK of 3.1.1 that refuses has a code of 1 to 5',
  verifies: { '3.1.1': ['R-3.2.2.3-1'] },
  caughtBy: ['connack-code-6'],
  needs: ['reaction'],
  run: toldCode,
});

export const codeOfRefusalOf5 = defineCase({
  title: 'a CONNACK of 5.0 that refuses has a code of its table',
  verifies: { '5.0': ['MQTT-3.2.2-8'] },
  caughtBy: ['connack-unknown-code'],
  needs: ['reaction'],
  run: toldCode,
});

export const noDisconnectBefore = defineCase({
  title: 'a CONNECT is refused by CONNACK or the close, never by DISCONNECT',
  verifies: { '5.0': ['MQTT-3.14.0-1'] },
  caughtBy: ['disconnect-before-connack'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await toldRefusal(t);
    const { reasonPacket } = await client.expect(ended());
    t.check(reasonPacket !== 'DISCONNECT', 'DISCONNECT came before an accepting CONNACK');
    await t.roundTrip(twin, await t.connect());
  },
});

export const qosAboveMaximum = defineCase({
  title: 'a PUBLISH above the Maximum QoS of CONNACK ends the connection, subscriptions are still granted',
  verifies: { '5.0': ['R-3.2.2.3.4-2', 'MQTT-3.2.2-11', 'MQTT-3.2.2-9', 'MQTT-3.2.2-10'] },
  caughtBy: ['maximum-qos-not-enforced'],
  needs: ['qos-limited-broker', 'reaction'],
  async run(t) {
    const twin = await t.connect();
    const most = twin.connack?.properties?.maximumQos;
    if (most === undefined) return t.skip('CONNACK says no Maximum QoS');
    await twin.send(t.packet.subscribe({ filter: t.topic(), qos: 2 }, 3));
    const granted = await twin.expectPacket<{ type: 'SUBACK'; packetId: number; reasonCodes: number[] }>(
      suback({ packetId: 3 }),
      { breaks: '5.0/MQTT-3.2.2-10' },
    );
    const isGranted = (granted.reasonCodes[0] ?? 0x80) < 0x80;
    t.check(isGranted, 'a subscription of QoS 2 was refused', { breaks: '5.0/MQTT-3.2.2-10' });
    const client = await t.connect();
    await client.send(t.packet.publish(t.topic(), 'x', { qos: most === 0 ? 1 : 2, packetId: 1 }));
    await client.expect(ended({ reason: [0x9b, 0x82] }));
    await twin.publish(t.topic(), 'sentinel', { qos: most as 0 | 1 });
    await twin.expectNotBefore(message(t.topic(), 'x'), message(t.topic(), 'sentinel'));
  },
});

export const retainNotAvailable = defineCase({
  title: 'a PUBLISH with RETAIN ends the connection where CONNACK says Retain Available 0, with 0x9A',
  verifies: { '5.0': ['R-3.2.2.3.5-2', 'MQTT-3.2.2-14', 'R-3.2.2.3.5-3'] },
  caughtBy: ['retain-availability-not-enforced', 'closes-without-disconnect'],
  needs: ['retain-off-broker', 'reaction'],
  async run(t) {
    const twin = await t.connect();
    if (twin.connack?.properties?.retainAvailable !== 0) return t.skip('retained messages are available');
    const client = await t.connect();
    await client.send(t.packet.publish(t.topic(), 'x', { retain: true }));
    const { reasonCode } = await client.expect(ended());
    if (reasonCode !== 0x9a) t.finding('5.0/R-3.2.2.3.5-3', 'the reason 0x9A Retain not supported is not told');
    await t.roundTrip(twin, await t.connect());
  },
});

const FILTERS = {
  wildcard: ['wildcardSubscriptionAvailable', 0xa2],
  shared: ['sharedSubscriptionAvailable', 0x9e],
  identifier: ['subscriptionIdentifierAvailable', 0xa1],
} as const;

/** A SUBSCRIBE of a kind that CONNACK says is not available. */
async function unavailable(t: CaseContext<unknown>, kind: keyof typeof FILTERS): Promise<void> {
  const [name, reason] = FILTERS[kind];
  const twin = await t.connect();
  if (twin.connack?.properties?.[name] !== 0) return t.skip(`${name} is not 0`);
  const filters = { wildcard: `${t.topic()}/+`, shared: `$share/group/${t.topic()}`, identifier: t.topic() };
  await twin.send(t.packet.subscribe(t.topic('plain'), 1));
  await twin.expect(suback({ packetId: 1, reasonCodes: [0] }));
  const client = await t.connect();
  const properties = kind === 'identifier' ? { subscriptionIdentifiers: [1] } : undefined;
  await client.send(t.packet.subscribe(filters[kind], 1, properties));
  await client.expect(ended({ reason: [reason, 0x82] }));
  await t.roundTrip(twin, await t.connect());
}

export const wildcardNotAvailable = defineCase({
  title: 'a wildcard filter ends the connection where CONNACK says that there are none',
  verifies: { '5.0': ['R-3.2.2.3.11-2'] },
  caughtBy: ['wildcard-availability-not-enforced'],
  needs: ['wildcard-off-broker', 'reaction'],
  run: (t) => unavailable(t, 'wildcard'),
});

export const sharedNotAvailable = defineCase({
  title: 'a shared filter ends the connection where CONNACK says that there are none',
  verifies: { '5.0': ['R-3.2.2.3.13-2'] },
  caughtBy: ['shared-availability-not-enforced'],
  needs: ['shared-off-broker', 'reaction'],
  run: (t) => unavailable(t, 'shared'),
});

export const identifiersNotAvailable = defineCase({
  title: 'a Subscription Identifier ends the connection where CONNACK says that there are none',
  verifies: { '5.0': ['R-3.2.2.3.12-2'] },
  caughtBy: ['identifier-availability-not-enforced'],
  needs: ['subid-off-broker', 'reaction'],
  run: (t) => unavailable(t, 'identifier'),
});

/** Larger packets are not sent to a stranger's broker. */
const PRACTICAL = 8 * 1024 * 1024;

export const tooLarge = defineCase({
  title: 'a packet above the Maximum Packet Size of CONNACK ends the connection, one of that size is served',
  verifies: { '5.0': ['R-3.2.2.3.6-2', 'MQTT-3.2.2-15'] },
  caughtBy: ['maximum-packet-size-not-enforced'],
  needs: ['max-packet-advertised', 'reaction', 'qos1'],
  async run(t) {
    const twin = await t.connect();
    const most = twin.connack?.properties?.maximumPacketSize;
    if (most === undefined) return t.skip('CONNACK says no Maximum Packet Size');
    if (most > PRACTICAL) return t.skip(`a Maximum Packet Size of ${most} is too large to be tried`);
    const overhead = encode(
      t.packet.publish(t.topic(), new Uint8Array(200_000), { qos: 1, packetId: 1 }),
      t.version,
    ).length;
    const room = most - (overhead - 200_000) - 1;
    await twin.send(t.packet.publish(t.topic(), new Uint8Array(Math.max(0, room)), { qos: 1, packetId: 1 }));
    await twin.expect(puback({ packetId: 1 }));
    const client = await t.connect();
    await client.send(t.packet.publish(t.topic(), new Uint8Array(most), { qos: 1, packetId: 1 }));
    await client.expect(ended({ reason: 0x95 }));
    await twin.publish(t.topic('after'), 'x', { qos: 1 });
  },
});

export const sessionAsTold = defineCase({
  title: 'a session lasts as long as CONNACK says, or as was asked where CONNACK is silent',
  verifies: { '5.0': ['R-3.2.2.3.2-2'] },
  caughtBy: ['session-dropped-early', 'session-expiry-untold'],
  needs: ['time'],
  takes: 3,
  async run(t) {
    const asked = t.seconds(4, 15);
    const client = await t.connect({ cleanStart: false, properties: { sessionExpiryInterval: asked } });
    const lasts = client.connack?.properties?.sessionExpiryInterval ?? asked;
    if (lasts < asked) t.skip(`CONNACK says that the session lasts ${lasts} s`);
    const since = t.scope.clock.now();
    await leave(client);
    // More than half of it, and still time to come back.
    const away = 0.6 * asked;
    await t.sleep(1_000 * away);
    const again = await t.connect({ clientId: client.id, cleanStart: false });
    if (again.connack?.sessionPresent !== true) t.inTime(since, 1_000 * lasts);
    t.check(again.connack?.sessionPresent === true, `the session of ${lasts} s is gone after ${away} s`);
    await t.roundTrip(await t.connect(), again);
  },
});

export const wholeAnswer = defineCase({
  title: 'a CONNACK is followed by service: what was accepted is served from the first packet on',
  verifies: { '3.1.1': ['MQTT-3.2.2-3'], '5.0': ['MQTT-3.2.2-3#reason-0'] },
  caughtBy: ['session-present-wrong'],
  async run(t) {
    const id = t.clientId();
    const client = await present(t, id, true);
    await client.expect(connack({ reasonCode: 0, sessionPresent: false }));
    await client.send(t.packet.subscribe(t.topic(), 1));
    await client.expect(suback({ packetId: 1 }));
    await client.settle();
    await (await t.connect()).publish(t.topic(), 'x');
    await client.expect(publish({ topic: t.topic(), payload: utf8('x') }));
  },
});
