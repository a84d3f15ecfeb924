/** §3.1.4: how a CONNECT is refused. */
import { connack, defineCase, encode, ended, mutations, type CaseContext, type Packet } from '#kit';
import { toldRefusal } from './told-refusal.ts';

export const emptyIdCode = defineCase({
  title: 'an empty identifier with Clean Session 0 is answered by CONNACK 0x02 before the end',
  verifies: { '3.1.1': ['MQTT-3.1.3-8#connack-02', 'MQTT-3.1.3-8#close'] },
  caughtBy: ['accepts-empty-id-with-session', 'empty-id-refused-without-word'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    // A broker that cuts at once loses its answer now and then (BROKERS.md, lesson 13).
    for (let round = 0; round < 10; round += 1) {
      const client = await t.open({ clientId: '' });
      await client.send(t.packet.connect({ clientId: '', cleanStart: false }));
      await client.expect(connack({ reasonCode: 0x02, sessionPresent: false }));
      await client.expect(ended(), { breaks: '3.1.1/MQTT-3.1.3-8#close' });
    }
    await twin.ping();
  },
});

export const malformedWithoutWord = defineCase({
  title: 'a CONNECT that breaks its format is closed without CONNACK',
  verifies: { '3.1.1': ['MQTT-3.1.4-1#no-connack', 'MQTT-3.1.4-1#close'] },
  caughtBy: ['connack-for-malformed-connect'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await t.open();
    await client.send(mutations.connectFlags(encode(t.packet.connect({ clientId: client.id }), t.version), 0x01));
    await client.expect(ended(), { breaks: '3.1.1/MQTT-3.1.4-1#close' });
    t.check(client.connack === undefined, 'CONNACK came before the end', { expected: 'no CONNACK' });
    await twin.ping();
  },
});

/** Which of the allowed ways a server takes with such a CONNECT. */
async function observeAnswer(
  t: CaseContext<unknown>,
  bytes: Packet | { name: string; bytes: Uint8Array },
): Promise<void> {
  const client = await t.open();
  client.wellBehaved = false;
  await client.send(bytes);
  const answer = await client.link.until<string>((settle) => {
    const code = client.connack?.reasonCode;
    if (code === 0) settle('accepted');
    else if (code !== undefined) settle(`refused by CONNACK 0x${code.toString(16).padStart(2, '0')}`);
    else if (client.link.ended) settle('closed without a word');
  }, t.timing.graceMs);
  t.check(answer !== undefined, 'neither CONNACK nor the end came');
  t.observe(answer ?? '');
  if (answer !== 'accepted') await client.expect(ended());
  else client.link.endExpected = true;
}

export const unknownName = defineCase({
  title: 'another protocol name: told by CONNACK or closed',
  verifies: { '5.0': ['MQTT-3.1.2-1#may'] },
  observes: ['clean', 'bare-close-on-bad-connect'],
  async run(t) {
    const bytes = encode(t.packet.connect({ protocolName: 'MQTX' }), t.version);
    await observeAnswer(t, { name: 'protocol name "MQTX"', bytes });
  },
});

export const unknownLevel = defineCase({
  title: 'a protocol level that does not exist: told by CONNACK or closed',
  verifies: { '5.0': ['MQTT-3.1.2-2#may'] },
  observes: ['clean', 'level-6-unanswered'],
  async run(t) {
    const client = await t.open();
    client.wellBehaved = false;
    await client.send({ name: 'protocol level 6', bytes: encode(t.packet.connect({ protocolLevel: 6 }), '5.0') });
    await client.expect(ended());
    // Its form is that of whatever version the server took it for: it may not be readable as 5.0.
    t.observe(client.answered('CONNACK') ? 'told by CONNACK' : 'closed without a word');
  },
});

export const emptyId = defineCase({
  title: 'an empty client identifier: accepted or refused',
  verifies: { '3.1.1': ['MQTT-3.1.3-6#may'], '5.0': ['MQTT-3.1.3-6#may'] },
  observes: ['clean', 'refuses-empty-client-ids'],
  async run(t) {
    await observeAnswer(t, t.packet.connect({ clientId: '' }));
  },
});

export const refusalForm = defineCase({
  title: 'a refused CONNECT: told by CONNACK or closed',
  verifies: { '5.0': ['R-3.1.4-4', 'R-4.13.1-2', 'MQTT-4.12.0-1#may'] },
  observes: ['clean', 'bare-close-on-refusal'],
  async run(t) {
    await observeAnswer(t, t.packet.connect({ properties: { authenticationMethod: 'mqttspec-unknown' } }));
  },
});

export const closedAfterCode = defineCase({
  title: 'a CONNACK that refuses has Session Present 0, and the connection ends behind it',
  verifies: {
    '3.1.1': ['MQTT-3.2.2-5', 'MQTT-3.2.2-4'],
    '5.0': ['MQTT-3.2.2-7', 'MQTT-3.2.2-6', 'MQTT-4.13.2-1#after-connack'],
  },
  caughtBy: ['keeps-open-after-refusal', 'session-present-in-refusal'],
  needs: ['reaction'],
  async run(t) {
    const twin = await t.connect();
    const client = await toldRefusal(t);
    await client.expect(ended());
    if (client.connack === undefined) t.skip('the refusal was not told by CONNACK');
    t.check(client.connack?.sessionPresent === false, 'Session Present is 1 in a refusal', {
      breaks: t.version === '5.0' ? '5.0/MQTT-3.2.2-6' : '3.1.1/MQTT-3.2.2-4',
    });
    await twin.ping();
  },
});
