/** 5.0 §1.5.4, §3.1.2.11.7, §3.2.2.3, §3.9.2.1, §3.11.2.1: what the server says in words of its own. */
import {
  connack,
  defineCase,
  encode,
  ended,
  lasting,
  leave,
  message,
  suback,
  unsuback,
  type CaseContext,
  type Client,
  type Properties,
} from '#kit';

/** Control characters, and the code points that are no characters (5.0 §1.5.4). */
const UNPRINTABLE = /[\p{Cc}\p{Noncharacter_Code_Point}]/u;

const words = ({
  reasonString,
  assignedClientIdentifier,
  serverReference,
  responseInformation,
}: Properties): string[] =>
  [reasonString, assignedClientIdentifier, serverReference, responseInformation].filter((word) => word !== undefined);

/** All that the server said on a connection. */
function said(client: Client): string[] {
  return client.link.seen.flatMap((event) => {
    if (event.kind !== 'packet' || event.packet.type === 'PUBLISH') return [];
    const { properties } = event.packet as { readonly properties?: Properties };
    return properties === undefined ? [] : words(properties);
  });
}

export const printable = defineCase({
  title: 'strings of the server itself hold no control characters and no non-characters',
  verifies: { '5.0': ['R-1.5.4-2'] },
  caughtBy: ['control-characters-in-own-strings'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.open({ clientId: '' });
    const properties = { requestResponseInformation: 1, requestProblemInformation: 1 };
    await client.send(t.packet.connect({ clientId: '', properties }));
    await client.look(connack({}));
    if (client.connack?.reasonCode === 0) {
      // What is refused may be explained with the client's own words.
      await client.send(t.packet.subscribe(`${t.topic()}/#/\u0001`, 1));
      await client.look(suback());
      if (!client.link.ended) await client.send({ name: 'a packet of type 0', bytes: Uint8Array.of(0x00, 0x00) });
    }
    await client.expect(ended());
    const strings = said(client);
    if (strings.length === 0) t.skip('not exercised: the server says nothing of its own');
    const wrong = strings.find((word) => UNPRINTABLE.test(word));
    t.check(wrong === undefined, `the server says ${JSON.stringify(wrong)}`, { expected: 'printable characters' });
    await t.roundTrip(twin, await t.connect());
  },
});

export const onceInAnswers = defineCase({
  title: 'SUBACK and UNSUBACK hold a Reason String at most once',
  verifies: { '5.0': ['R-3.9.2.1.2-1', 'R-3.11.2.1.2-1'] },
  caughtBy: ['reason-string-twice-in-suback', 'reason-string-twice-in-unsuback'],
  async run(t) {
    const client = await t.connect();
    await client.send(t.packet.subscribe([t.topic(), '$SYS/mqttspec'], 1));
    await client.expect(suback({ packetId: 1 }));
    await client.send(t.packet.unsubscribe([t.topic(), t.topic('never-subscribed')], 2));
    await client.expect(unsuback({ packetId: 2 }));
    await t.roundTrip(await t.connect(), client);
  },
});

/** The properties without what explains them. */
const bare = (properties: Properties): Properties =>
  Object.fromEntries(
    Object.entries(properties).filter(([name]) => name !== 'reasonString' && name !== 'userProperties'),
  );

export const connackFits = defineCase({
  title: 'neither a Reason String nor user properties push CONNACK over the Maximum Packet Size of the client',
  verifies: { '5.0': ['MQTT-3.2.2-19', 'MQTT-3.2.2-20'] },
  caughtBy: ['connack-explains-beyond-maximum-packet-size', 'connack-adds-properties-beyond-maximum-packet-size'],
  provedOn: ['more-in-connack'],
  needs: ['optional-behaviour'],
  async run(t) {
    const twin = await t.connect();
    const { connack: told } = twin;
    const { reasonString, userProperties } = told?.properties ?? {};
    if (told === undefined || (reasonString === undefined && userProperties === undefined))
      return t.skip('not exercised: the server explains nothing in CONNACK');
    const most = encode({ ...told, properties: bare(told.properties ?? {}) }, t.version).length;
    const client = await t.open();
    client.wellBehaved = false;
    await client.send(t.packet.connect({ clientId: client.id, properties: { maximumPacketSize: most } }));
    const came = await client.link.take(
      (event) => event.kind === 'packet' && event.packet.type === 'CONNACK',
      t.timing.replyMs,
    );
    client.link.endExpected = true;
    if (came?.kind !== 'packet') return t.skip('not exercised: no CONNACK came where little fits');
    t.check(came.bytes.length <= most, `CONNACK of ${came.bytes.length} bytes, Maximum Packet Size is ${most}`, {
      breaks: reasonString === undefined ? '5.0/MQTT-3.2.2-20' : '5.0/MQTT-3.2.2-19',
    });
    await t.roundTrip(twin, await t.connect());
  },
});

export const problemInformation = defineCase({
  title: 'Request Problem Information 0: DISCONNECT explains itself all the same, or not',
  verifies: { '5.0': ['MQTT-3.1.2-29#may'] },
  observes: ['clean', 'disconnects-without-reason-string'],
  needs: ['reaction'],
  async run(t) {
    const client = await t.connect({ properties: { requestProblemInformation: 0 } });
    await client.send({ name: 'a packet of type 0', bytes: Uint8Array.of(0x00, 0x00) });
    await client.expect(ended());
    const explains = (type: string): boolean =>
      client.link.seen.some((event) => {
        if (event.kind !== 'packet' || event.packet.type !== type) return false;
        const { properties = {} } = event.packet as { readonly properties?: Properties };
        return properties.reasonString !== undefined || properties.userProperties !== undefined;
      });
    const who = ['CONNACK', 'DISCONNECT'].filter(explains);
    t.observe(who.length === 0 ? 'neither CONNACK nor DISCONNECT explains itself' : `${who.join(' and ')} explain`);
  },
});

/** Connected with an identifier of the server's choice, and a session that lasts. */
async function assigned(t: CaseContext<unknown>): Promise<readonly [Client, string]> {
  const client = await t.open({ clientId: '' });
  await client.send(t.packet.connect({ ...lasting(t), clientId: '', cleanStart: true }));
  await client.look(connack());
  const { reasonCode, properties } = client.connack ?? {};
  client.link.endExpected = reasonCode !== 0;
  const id = properties?.assignedClientIdentifier;
  if (reasonCode !== 0 || id === undefined) return t.skip('not exercised: no identifier was assigned');
  if (properties?.sessionExpiryInterval === 0) return t.skip('not exercised: sessions end with their connection');
  t.scope.leftovers.sessions.set(id, t.version);
  return [client, id];
}

export const assignedIsKept = defineCase({
  title: 'a client that comes back under its assigned identifier finds its session',
  verifies: { '5.0': ['MQTT-3.1.3-7#process'] },
  caughtBy: ['assigned-session-not-kept'],
  needs: ['qos1'],
  async run(t) {
    const [client, clientId] = await assigned(t);
    await client.subscribe({ filter: t.topic(), qos: 1 });
    await leave(client);
    await (await t.connect()).publish(t.topic(), 'waited', { qos: 1 });
    const back = await t.open({ clientId });
    await back.send(t.packet.connect({ ...lasting(t), clientId }));
    await back.look(connack({}));
    if (back.connack !== undefined && back.connack.reasonCode !== 0) {
      await back.expect(ended());
      t.skip('not exercised: the server does not take the identifier that it assigned');
    }
    t.check(back.connack?.sessionPresent === true, 'Session Present is 0', { expected: 'Session Present 1' });
    await back.expect(message(t.topic(), 'waited'));
  },
});
