/** 5.0 §3.3.2.3.4: topic aliases. */
import {
  absent,
  defineCase,
  encode,
  ended,
  hexCode,
  lasting,
  leave,
  message,
  mutations,
  puback,
  publish,
  utf8,
  type CaseContext,
} from '#kit';
import { base, needsAliases } from './3.3.2-properties.ts';

/** A PUBLISH with an alias alone. */
const byAlias = (t: CaseContext<unknown>, topicAlias: number, payload: string) =>
  t.packet.publish('', payload, { properties: { topicAlias } });

export const alias = defineCase({
  title: 'a topic alias stands for the topic that it came with, and does not show at subscribers',
  verifies: { '5.0': ['MQTT-3.3.2-12', 'R-3.3.2.3.4-3', 'MQTT-3.1.2-27'] },
  caughtBy: ['alias-leaked', 'alias-unasked'],
  needs: ['topic-alias'],
  async run(t) {
    await needsAliases(t, 2);
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic('a'), t.topic('b')]);
    const publisher = await t.connect();
    await publisher.publish(t.topic('a'), '1', { properties: { topicAlias: 1 } });
    await publisher.publish(t.topic('b'), '1', { properties: { topicAlias: 2 } });
    await publisher.send(byAlias(t, 1, '2'), byAlias(t, 2, '2'), byAlias(t, 1, '3'));
    for (const payload of ['1', '2', '3'])
      await subscriber.expect(message(t.topic('a'), payload, { properties: { topicAlias: absent } }));
    for (const payload of ['1', '2'])
      await subscriber.expect(message(t.topic('b'), payload, { properties: { topicAlias: absent } }));
  },
});

export const everyAlias = defineCase({
  title: 'every alias up to the maximum of the server is accepted',
  verifies: { '5.0': ['MQTT-3.3.2-12'] },
  caughtBy: ['alias-maximum-below-told'],
  needs: ['topic-alias'],
  async run(t) {
    const most = await needsAliases(t, 1);
    const subscriber = await t.connect();
    await subscriber.subscribe(t.topic());
    const publisher = await t.connect();
    for (const number of new Set([1, Math.ceil(most / 2), most])) {
      await publisher.publish(t.topic(), `${number}`, { properties: { topicAlias: number } });
      await publisher.send(byAlias(t, number, `${number} again`));
      await subscriber.expect(message(t.topic(), `${number}`));
      await subscriber.expect(message(t.topic(), `${number} again`));
    }
  },
});

export const aliasRedefined = defineCase({
  title: 'a topic name that comes with a known alias gives the alias a new meaning',
  verifies: { '5.0': ['R-3.3.2.3.4-2'] },
  caughtBy: ['alias-keeps-first-topic'],
  needs: ['topic-alias'],
  async run(t) {
    await needsAliases(t, 1);
    const subscriber = await t.connect();
    await subscriber.subscribe([t.topic('a'), t.topic('b')]);
    const publisher = await t.connect();
    await publisher.publish(t.topic('a'), '1', { properties: { topicAlias: 1 } });
    await publisher.publish(t.topic('b'), '2', { properties: { topicAlias: 1 } });
    await publisher.send(byAlias(t, 1, '3'));
    await subscriber.expect(message(t.topic('a'), '1'));
    await subscriber.expect(message(t.topic('b'), '2'));
    await subscriber.expect(publish({ topic: t.topic('b'), payload: utf8('3') }));
  },
});

export const aliasPerConnection = defineCase({
  title: 'topic aliases end with their connection, also where the session goes on',
  verifies: { '5.0': ['MQTT-3.3.2-7', 'R-3.3.4-4'] },
  caughtBy: ['accepts-unknown-alias'],
  needs: ['topic-alias', 'reaction'],
  rows: { 'session-kept': true, 'new-session': false },
  async run(t) {
    await needsAliases(t, 1);
    const fields = t.row ? lasting(t, {}) : {};
    const first = await t.connect(fields);
    await first.publish(t.topic(), 'x', { properties: { topicAlias: 1 } });
    await first.ping();
    await leave(first);
    const again = await t.connect({ ...fields, clientId: first.id });
    await again.send(byAlias(t, 1, 'stale'));
    await again.expect(ended({ reason: 0x82 }));
    await t.roundTrip(await t.connect(), await t.connect());
  },
});

export const aliasUnknown = defineCase({
  title: 'an alias alone that stands for nothing ends the connection',
  verifies: { '5.0': ['R-3.3.4-4'] },
  caughtBy: ['accepts-unknown-alias'],
  needs: ['topic-alias', 'reaction', 'qos1'],
  async run(t) {
    await needsAliases(t, 1);
    await t.deviation({
      control: base(t, { topicAlias: 1 }),
      answer: puback({ packetId: 1 }),
      deviant: t.packet.publish('', 'x', { qos: 1, packetId: 1, properties: { topicAlias: 1 } }),
      outcome: ended({ reason: 0x82 }),
    });
  },
});

export const aliasZero = defineCase({
  title: 'the topic alias 0 ends the connection, with 0x94',
  verifies: { '5.0': ['MQTT-3.3.2-8#client-input', 'R-3.3.4-2'] },
  caughtBy: ['accepts-alias-0', 'disconnect-wrong-code'],
  needs: ['reaction', 'qos1'],
  async run(t) {
    const bytes = encode(base(t, { topicAlias: 1 }), t.version);
    const control = base(t, {});
    const deviant = mutations.withPropertyValue(bytes, 'publish', 'topicAlias', Uint8Array.of(0, 0));
    const twin = await t.connect();
    await twin.send(control);
    await twin.expect(puback({ packetId: 1 }));
    const client = await t.connect();
    await client.send(deviant);
    const { reasonCode } = await client.expect(ended());
    if (reasonCode !== 0x94) t.finding('5.0/R-3.3.4-2', `the reason told is ${told(reasonCode)}, not 0x94`);
    await twin.ping();
  },
});

const told = (code: number | undefined): string => (code === undefined ? 'none' : hexCode(code));

export const aliasAboveMaximum = defineCase({
  title: 'a topic alias above the maximum of the server ends the connection, with 0x94',
  verifies: { '5.0': ['MQTT-3.3.2-9', 'MQTT-3.2.2-17', 'R-3.3.4-3'] },
  caughtBy: ['accepts-alias-above-maximum', 'disconnect-wrong-code'],
  needs: ['reaction', 'qos1', 'alias-max<65535'],
  async run(t) {
    const most = (await t.connect()).connack?.properties?.topicAliasMaximum ?? 0;
    if (most === 65_535) t.skip('every alias is allowed (Topic Alias Maximum 65535)');
    await aliasRefused(t, most + 1);
  },
});

export const aliasNotAllowed = defineCase({
  title: 'where CONNACK allows no topic aliases, one ends the connection',
  verifies: { '5.0': ['MQTT-3.2.2-18', 'R-3.3.4-3'] },
  caughtBy: ['accepts-alias-above-maximum'],
  needs: ['reaction', 'qos1', 'alias-max-absent'],
  async run(t) {
    const most = (await t.connect()).connack?.properties?.topicAliasMaximum ?? 0;
    if (most > 0) t.skip(`CONNACK allows ${most} topic aliases`);
    await aliasRefused(t, 1);
  },
});

async function aliasRefused(t: CaseContext<unknown>, topicAlias: number): Promise<void> {
  const twin = await t.connect();
  await twin.send(base(t, {}));
  await twin.expect(puback({ packetId: 1 }));
  const client = await t.connect();
  await client.send(base(t, { topicAlias }));
  const { reasonCode } = await client.expect(ended());
  if (reasonCode !== 0x94) t.finding('5.0/R-3.3.4-3', `the reason told is ${told(reasonCode)}, not 0x94`);
  await twin.ping();
}

export const aliasesOfServer = defineCase({
  title: 'the server uses topic aliases within the maximum of the client, never 0',
  verifies: { '5.0': ['MQTT-3.3.2-8#server-output', 'MQTT-3.3.2-11', 'MQTT-3.1.2-26'] },
  caughtBy: ['sends-alias-0', 'sends-alias-above-maximum'],
  needs: ['wildcard'],
  async run(t) {
    const subscriber = await t.connect({ properties: { topicAliasMaximum: 2 } });
    await subscriber.subscribe(t.topic('#'));
    const publisher = await t.connect();
    let used = 0;
    for (const round of ['1', '2', '3']) {
      for (const name of ['a', 'b', 'c']) {
        await publisher.publish(t.topic(name), round);
        const came = await subscriber.expect(publish({ payload: utf8(round) }));
        if (
          came.kind === 'packet' &&
          came.packet.type === 'PUBLISH' &&
          came.packet.properties?.topicAlias !== undefined
        )
          used += 1;
      }
    }
    if (used === 0 && t.scope.findings.list.length === 0) t.skip('not exercised: the server uses no topic aliases');
  },
});

export const wholeByAlias = defineCase({
  title: 'to a client that allows topic aliases each message of a topic comes with its own properties',
  verifies: { '5.0': ['MQTT-3.3.2-17', 'MQTT-3.3.2-15', 'MQTT-3.3.2-16', 'MQTT-3.3.2-20'] },
  caughtBy: ['user-properties-dropped', 'response-topic-dropped'],
  async run(t) {
    const subscriber = await t.connect({ properties: { topicAliasMaximum: 1 } });
    await subscriber.subscribe(t.topic());
    const publisher = await t.connect();
    for (const payload of ['1', '2', '3']) {
      const properties = {
        contentType: payload,
        responseTopic: `answers/${payload}`,
        correlationData: utf8(payload),
        userProperties: [['n', payload]] as const,
      };
      await publisher.publish(t.topic(), payload, { properties });
      await subscriber.expect(publish({ payload: utf8(payload), properties }));
    }
  },
});
