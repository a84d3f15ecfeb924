/** §3.1.3: the fields behind the variable header of CONNECT, against the flags that announce them. */
import { connack, defineCase, encode, ended, mutations, utf8 } from '#kit';

/**
 * 0x30ff octets behind their length: who reads on behind the CONNECT takes it for a longer PUBLISH and waits, so that a
 * CONNACK that was sent is seen. What is no packet may end the connection before its CONNACK is out.
 */
const STARTS_A_PUBLISH = 'u'.repeat(0x30ff);

export const fieldWithoutFlag = defineCase({
  title: 'a field that no flag of CONNECT announces ends the connection',
  verifies: {
    '3.1.1': ['MQTT-3.1.2-18', 'MQTT-3.1.2-20', 'MQTT-3.1.2-11#fields-absent'],
    '5.0': ['MQTT-3.1.2-16', 'MQTT-3.1.2-18'],
  },
  caughtBy: ['accepts-trailing-bytes'],
  needs: ['reaction'],
  rows: {
    username: { bits: 0x80, with: 'username', old: '3.1.1/MQTT-3.1.2-18', five: '5.0/MQTT-3.1.2-16' },
    password: { bits: 0x40, with: 'password', old: '3.1.1/MQTT-3.1.2-20', five: '5.0/MQTT-3.1.2-18' },
  } as const,
  async run(t) {
    const fields = (value: string) =>
      t.row.with === 'username' ? { username: value } : { username: 'u', password: utf8(value) };
    await t.deviations({
      control: t.packet.connect(),
      answer: connack({ reasonCode: 0 }),
      first: true,
      deviants: ['u', STARTS_A_PUBLISH].map((value) =>
        mutations.connectFlags(encode(t.packet.connect(fields(value)), t.version), t.row.bits, 0),
      ),
      breaks: t.version === '5.0' ? t.row.five : t.row.old,
    });
  },
});

export const willMessageMissing = defineCase({
  title: 'a will flag without a will message ends the connection',
  verifies: { '3.1.1': ['MQTT-3.1.2-9#message'], '5.0': ['MQTT-3.1.2-9#payload'] },
  caughtBy: ['hangs-on-truncated-connect'],
  needs: ['reaction'],
  async run(t) {
    const whole = encode(t.packet.connect({ will: t.will(t.topic('will'), 'w') }), t.version);
    await t.connectDeviation({ deviant: mutations.withoutField(whole, 'will.payload', t.version) });
  },
});

export const willPropertiesMissing = defineCase({
  title: 'a will flag without will properties ends the connection',
  verifies: { '5.0': ['MQTT-3.1.2-9#properties'] },
  caughtBy: ['hangs-on-truncated-connect'],
  needs: ['reaction'],
  async run(t) {
    const whole = encode(t.packet.connect({ will: t.will(t.topic('will'), 'w') }), t.version);
    await t.connectDeviation({ deviant: mutations.withoutField(whole, 'will.property-length', t.version) });
  },
});

export const stringIllFormed = defineCase({
  title: 'a will topic or user name that is not well-formed UTF-8 ends the connection',
  verifies: { '3.1.1': ['MQTT-3.1.3-10', 'MQTT-3.1.3-11'], '5.0': ['MQTT-3.1.3-11', 'MQTT-3.1.3-12#utf8'] },
  caughtBy: ['accepts-ill-formed-utf8'],
  needs: ['reaction'],
  rows: {
    'will-topic': { field: 'will.topic', old: '3.1.1/MQTT-3.1.3-10', five: '5.0/MQTT-3.1.3-11' },
    username: { field: 'connect.username', old: '3.1.1/MQTT-3.1.3-11', five: '5.0/MQTT-3.1.3-12#utf8' },
  } as const,
  async run(t) {
    const whole = t.packet.connect({ username: 'u', will: t.will(t.topic('will'), 'w') });
    await t.connectDeviation({
      deviant: mutations.withContent(encode(whole, t.version), t.row.field, Uint8Array.of(0x61, 0xc3), t.version),
      breaks: t.version === '5.0' ? t.row.five : t.row.old,
    });
  },
});

export const passwordAlone = defineCase({
  title: 'a password without a user name is legal in 5.0: accepted, or refused for what it is',
  verifies: { '5.0': ['R-3.1.2.9-1'] },
  caughtBy: ['calls-password-alone-malformed'],
  async run(t) {
    const twin = await t.connect();
    const { username: _, ...bare } = t.packet.connect({ password: utf8('p') });
    const client = await t.open({ clientId: bare.clientId });
    await client.send(bare);
    const ending = await client.link.until<'accepted' | 'over'>((settle) => {
      if (client.connack?.reasonCode === 0) settle('accepted');
      else if (client.connack !== undefined || client.link.ended) settle('over');
    }, t.timing.replyMs);
    t.check(ending !== undefined, 'neither CONNACK nor the end came');
    const code = client.connack?.reasonCode;
    t.check(code !== 0x81 && code !== 0x82, 'a legal CONNECT is called malformed', {
      expected: 'CONNACK 0x00, 0x86, 0x87, or the end',
      actual: `CONNACK 0x${(code ?? 0).toString(16)}`,
    });
    await t.roundTrip(twin, await t.connect());
    if (ending === 'over') await client.expect(ended());
    else {
      await client.expect(connack({ reasonCode: 0 }));
      await t.roundTrip(client, await t.connect());
    }
  },
});
