/** §3.1.2.1, §3.1.2.2, §3.2.2.3: names and levels that are not those of the standard, and what 3.1.1 has a code for. */
import { defineCase, encode, ended, mutations, utf8, type Client } from '#kit';

export const oldLevel = defineCase({
  title: 'a protocol level that the server does not support is answered by CONNACK 0x01',
  verifies: { '3.1.1': ['MQTT-3.1.2-2#connack-01', 'MQTT-3.1.2-2#close'] },
  caughtBy: ['unknown-level-unanswered'],
  needs: ['reaction'],
  rows: { '1': 1, '2': 2 },
  async run(t) {
    const twin = await t.connect();
    const client = await t.open();
    client.wellBehaved = false;
    const bytes = encode(t.packet.connect({ clientId: client.id, protocolLevel: t.row }), t.version);
    await client.send({ name: `protocol level ${t.row}`, bytes });
    await client.expect(ended(), { breaks: '3.1.1/MQTT-3.1.2-2#close' });
    // A server that speaks 5.0, too, may say it in that form.
    t.check(client.answered('CONNACK'), 'closed without CONNACK', { expected: 'CONNACK 0x01' });
    await t.roundTrip(twin, await t.connect());
  },
});

/** What a CONNECT in the form of 3.1 is answered with. */
const answer = (client: Client): string => {
  const code = client.connack?.reasonCode;
  if (code === undefined) return client.link.ended ? 'closed without a word' : 'no answer, still open';
  return code === 0 ? 'served under MQTT 3.1' : `refused by CONNACK 0x0${code.toString(16)}`;
};

export const olderName = defineCase({
  title: 'the protocol name of MQTT 3.1: served under that specification, or refused',
  verifies: { '3.1.1': ['MQTT-3.1.2-1#may'] },
  observes: ['clean', 'refuses-mqtt-3.1'],
  async run(t) {
    const client = await t.open();
    client.wellBehaved = false;
    const connect = t.packet.connect({ clientId: client.id, protocolName: 'MQIsdp', protocolLevel: 3 });
    await client.send({ name: 'protocol name "MQIsdp", level 3', bytes: encode(connect, t.version) });
    await client.link.until<true>((settle) => {
      if (client.connack !== undefined || client.link.ended) settle(true);
    }, t.timing.graceMs);
    client.link.endExpected = true;
    t.observe(answer(client));
    await t.roundTrip(await t.connect(), await t.connect());
  },
});

export const noCodeFits = defineCase({
  title: 'where no return code of 3.1.1 fits, the connection is closed without CONNACK',
  verifies: { '3.1.1': ['MQTT-3.2.2-6'] },
  caughtBy: ['invents-return-code'],
  needs: ['reaction'],
  rows: { 'will-topic-wildcard': 'a/+', 'will-topic-empty': '' },
  async run(t) {
    const twin = await t.connect({ will: t.will(t.topic(), 'x') });
    const client = await t.open();
    client.wellBehaved = false;
    const bytes = encode(t.packet.connect({ clientId: client.id, will: t.will(t.topic(), 'x') }), t.version);
    await client.send(mutations.withContent(bytes, 'will.topic', utf8(t.row), t.version));
    await client.link.until<true>((settle) => {
      if (client.answered('CONNACK') || client.link.ended) settle(true);
    }, t.timing.graceMs);
    client.link.endExpected = true;
    const code = client.connack?.reasonCode;
    if (code === 0) t.skip('not exercised: the server accepts such a will');
    const fits = !client.answered('CONNACK') || (code !== undefined && code >= 1 && code <= 5);
    t.check(fits, 'a CONNACK with a code that 3.1.1 does not have', { expected: 'closed without CONNACK' });
    await client.expect(ended());
    await t.roundTrip(twin, await t.connect());
  },
});
