/** §4.7.2, §4.7.3: names that are long, hold U+0000, or begin with $. */
import {
  defineCase,
  encode,
  mutations,
  pattern,
  publish,
  puback,
  suback,
  utf8,
  type CaseContext,
  type PacketOf,
} from '#kit';

/** Octets of the longest string there is. */
const LONGEST = 65_535;

export const nul = defineCase({
  title: 'a PUBLISH whose topic name holds U+0000 ends the connection',
  verifies: { '3.1.1': ['MQTT-4.7.3-2#topic'], '5.0': ['MQTT-4.7.3-2#topic'] },
  caughtBy: ['accepts-nul-in-topic'],
  needs: ['reaction', 'qos1'],
  rows: { first: '\u0000x', inside: 'a\u0000b', last: 'a\u0000' },
  async run(t) {
    const control = t.packet.publish(t.topic(), 'x', { qos: 1, packetId: 1 });
    const deviant = mutations.withContent(
      encode(control, t.version),
      'publish.topic',
      utf8(`${t.topic()}/${t.row}`),
      t.version,
    );
    await t.deviation({ control, answer: puback({ packetId: 1 }), deviant });
  },
});

/** A topic name of so many octets, all of it this instance's own. */
function named(t: CaseContext<unknown>, octets: number): string {
  const begin = t.topic('long/');
  return begin + 'x'.repeat(octets - begin.length);
}

export const longest = defineCase({
  title: 'topic names and filters of up to 65,535 bytes are taken whole, or refused',
  verifies: { '3.1.1': ['MQTT-4.7.3-3'], '5.0': ['MQTT-4.7.3-3'] },
  caughtBy: ['cuts-long-topics'],
  needs: ['qos1'],
  rows: { '65,535': LONGEST, '65,534': LONGEST - 1, '32,768': 32_768 },
  async run(t) {
    const topic = named(t, t.row);
    const subscriber = await t.connect();
    const publisher = await t.connect();
    for (const client of [subscriber, publisher]) client.wellBehaved = false;
    await subscriber.send(t.packet.subscribe({ filter: topic, qos: 1 }, 1));
    const answer = await subscriber.look(suback({ packetId: 1 }));
    const granted = answer?.kind === 'packet' && answer.packet.type === 'SUBACK' && answer.packet.reasonCodes[0] === 1;
    if (!granted) {
      t.check(answer !== undefined || subscriber.link.ended, 'neither SUBACK nor the end came');
      return t.skip(`not exercised: a filter of ${t.row} bytes is refused`);
    }
    await subscriber.settle();
    await publisher.send(t.packet.publish(topic, pattern(8), { qos: 1, packetId: 1 }));
    const taken = await publisher.look(puback({ packetId: 1 }));
    const refused = taken?.kind === 'packet' && taken.packet.type === 'PUBACK' && taken.packet.reasonCode >= 0x80;
    if (publisher.link.ended || refused) return t.skip(`not exercised: a topic name of ${t.row} bytes is refused`);
    if (taken === undefined) return t.skip('not exercised: the message was not acknowledged');
    const lost = t.version === '5.0' ? '5.0/MQTT-4.5.0-1' : '3.1.1/MQTT-4.5.0-1';
    const came = await subscriber.expectPacket<PacketOf<'PUBLISH'>>(publish(), { breaks: lost });
    t.check(came.topic === topic, 'the topic name comes changed', { expected: `the same ${t.row} bytes` });
  },
});

/** What servers that tell of themselves have below `$SYS`. */
const KNOWN = ['$SYS/broker/version', '$SYS/broker/uptime', '$SYS/broker/clients/connected'] as const;

/** A topic below `$SYS` that this server publishes to; skipped where there is none. */
async function own(t: CaseContext<unknown>): Promise<string> {
  const client = await t.connect();
  client.wellBehaved = false;
  await client.send(t.packet.subscribe([...KNOWN], 1));
  const came = await client.look(publish());
  if (came?.kind !== 'packet' || came.packet.type !== 'PUBLISH')
    return t.skip('not exercised: nothing comes from below $SYS');
  return came.packet.topic;
}

export const dollarLevel = defineCase({
  title: 'a filter that names the first level of a $ topic gets what it matches below it',
  verifies: { '3.1.1': ['R-4.7.2-2'], '5.0': ['R-4.7.2-2'] },
  caughtBy: ['wildcards-never-match-dollar'],
  needs: ['wildcard', 'dollar-topic'],
  risk: 'intrusive',
  rows: { hash: '#', 'plus-last': '+' } as const,
  async run(t) {
    const topic = await own(t);
    const levels = topic.split('/');
    const filter = t.row === '#' ? `${levels[0] ?? ''}/#` : [...levels.slice(0, -1), '+'].join('/');
    const client = await t.connect();
    client.wellBehaved = false;
    await client.send(t.packet.subscribe(filter, 1));
    const answer = await client.look(suback({ packetId: 1 }));
    const code =
      answer?.kind === 'packet' && answer.packet.type === 'SUBACK' ? answer.packet.reasonCodes[0] : undefined;
    if (code === undefined || code >= 0x80) t.skip(`not exercised: ${filter} is refused`);
    await client.expect(publish({ topic }));
    await t.roundTrip(await t.connect(), await t.connect());
  },
});
