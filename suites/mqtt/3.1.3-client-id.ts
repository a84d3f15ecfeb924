/** §3.1.3.1: client identifiers. */
import { connack, defineCase, encode, ended, mutations, publish, utf8 } from '#kit';

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

export const required = defineCase({
  title: 'identifiers of 1 to 23 letters and digits are accepted',
  verifies: { '3.1.1': ['MQTT-3.1.3-5'], '5.0': ['MQTT-3.1.3-5'] },
  caughtBy: ['refuses-long-client-ids'],
  rows: { 'upper-and-lower': [0, 23], 'digits-first': [39, 62], middle: [20, 43] },
  async run(t) {
    // The random head keeps it to this run alone.
    const [from = 0, to = 23] = t.row;
    const clientId = `${t.clientId().slice(-8)}${LETTERS.slice(from, to)}`.slice(0, 23);
    const client = await t.open({ clientId });
    await client.send(t.packet.connect({ clientId }));
    await client.expect(connack({ reasonCode: 0 }));
    await t.roundTrip(client, await t.connect());
  },
});

export const assigned = defineCase({
  title: 'an empty identifier that is accepted gets one of its own, which CONNACK tells',
  verifies: {
    '5.0': ['MQTT-3.2.2-16#returned', 'MQTT-3.2.2-16#unique', 'MQTT-3.1.3-6#assign-unique', 'MQTT-3.1.3-7#return'],
  },
  caughtBy: ['assigned-id-missing', 'assigned-id-not-unique'],
  async run(t) {
    const ids: (string | undefined)[] = [];
    for (let round = 0; round < 3; round += 1) {
      const client = await t.open({ clientId: '' });
      await client.send(t.packet.connect({ clientId: '' }));
      await client.expect(connack());
      if (client.connack?.reasonCode !== 0) t.skip('empty client identifiers are refused');
      t.check(Boolean(client.connack?.properties?.assignedClientIdentifier), 'no Assigned Client Identifier', {
        breaks: '5.0/MQTT-3.2.2-16#returned',
      });
      ids.push(client.connack?.properties?.assignedClientIdentifier);
    }
    t.check(new Set(ids).size === ids.length, 'the same identifier was assigned twice', {
      breaks: '5.0/MQTT-3.2.2-16#unique',
    });
  },
});

export const emptyShared = defineCase({
  title: 'two clients with an empty identifier do not disturb one another',
  verifies: { '3.1.1': ['MQTT-3.1.3-6#assign-unique', 'MQTT-3.1.3-6#process'] },
  caughtBy: ['assigned-id-not-unique'],
  async run(t) {
    const clients = [await t.open({ clientId: '' }), await t.open({ clientId: '' })];
    for (const client of clients) {
      await client.send(t.packet.connect({ clientId: '' }));
      await client.expect(connack());
      if (client.connack?.reasonCode !== 0) t.skip('empty client identifiers are refused');
      await client.subscribe(t.topic());
    }
    const publisher = await t.connect();
    await publisher.publish(t.topic(), 'both', { qos: 1 });
    for (const client of clients) await client.expect(publish({ topic: t.topic(), payload: utf8('both') }));
  },
});

export const emptyWithSession = defineCase({
  title: 'an empty identifier with Clean Session 0 is refused by CONNACK 0x02 and closed',
  verifies: { '3.1.1': ['MQTT-3.1.3-8#close', 'MQTT-3.1.3-7'] },
  caughtBy: ['accepts-empty-id-with-session'],
  needs: ['reaction'],
  async run(t) {
    await t.connectDeviation({ deviant: t.packet.connect({ clientId: '', cleanStart: false }) });
  },
});

export const illFormed = defineCase({
  title: 'an identifier that is not well-formed UTF-8 ends the connection',
  verifies: {
    '3.1.1': ['MQTT-3.1.3-4', 'MQTT-1.5.3-1#client-input'],
    '5.0': ['MQTT-3.1.3-4', 'MQTT-1.5.4-1#client-input'],
  },
  caughtBy: ['accepts-ill-formed-utf8'],
  needs: ['reaction'],
  rows: {
    'lone-continuation': [0x61, 0x80],
    'cut-sequence': [0x61, 0xe2, 0x82],
    overlong: [0xc0, 0xaf],
    surrogate: [0xed, 0xa0, 0x80],
    'above-10ffff': [0xf4, 0x90, 0x80, 0x80],
    'ff-byte': [0xff],
  },
  async run(t) {
    const bytes = encode(t.packet.connect(), t.version);
    await t.connectDeviation({
      deviant: mutations.withContent(bytes, 'connect.client-id', Uint8Array.from(t.row), t.version),
    });
  },
});

export const nul = defineCase({
  title: 'an identifier with U+0000 in it ends the connection',
  verifies: { '3.1.1': ['MQTT-1.5.3-2#client-input'], '5.0': ['MQTT-1.5.4-2#client-input'] },
  caughtBy: ['accepts-nul-in-strings'],
  needs: ['reaction'],
  async run(t) {
    const bytes = encode(t.packet.connect(), t.version);
    await t.connectDeviation({
      deviant: mutations.withContent(bytes, 'connect.client-id', Uint8Array.of(97, 0, 98), t.version),
    });
  },
});

export const missing = defineCase({
  title: 'a CONNECT without a client identifier ends the connection',
  verifies: { '3.1.1': ['MQTT-3.1.3-3#present'], '5.0': ['MQTT-3.1.3-3#present'] },
  caughtBy: ['hangs-on-truncated-connect'],
  needs: ['reaction'],
  async run(t) {
    const { username: _, password: __, ...bare } = t.packet.connect();
    const deviant = mutations.withoutField(encode(bare, t.version), 'connect.client-id', t.version);
    await t.connectDeviation({ deviant });
  },
});

export const longOrUnusual = defineCase({
  title: 'identifiers that a server need not accept: which way was taken',
  verifies: { '3.1.1': ['R-3.1.3.1-1'], '5.0': ['R-3.1.3.1-1'] },
  observes: ['clean', 'refuses-unusual-client-ids'],
  rows: { long: 'x'.repeat(200), unusual: '/+#$ä ', 'utf8-4': '😀' },
  async run(t) {
    const clientId = `${t.clientId()}${t.row}`;
    const client = await t.open({ clientId });
    await client.send(t.packet.connect({ clientId }));
    const ending = await client.link.until<string>((settle) => {
      if (client.connack !== undefined) settle(client.connack.reasonCode === 0 ? 'accepted' : 'refused by CONNACK');
      else if (client.link.ended) settle('closed');
    }, t.timing.replyMs);
    t.check(ending !== undefined, 'neither CONNACK nor the end came');
    t.observe(ending ?? '');
    if (ending === 'accepted') await client.expect(connack({ reasonCode: 0 }));
    else {
      client.wellBehaved = false;
      await client.expect(ended());
    }
  },
});
