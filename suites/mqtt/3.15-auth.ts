/** 5.0 §3.15, §4.12: AUTH where nothing asked for it. */
import { absent, auth, connack, defineCase, encode, ended, mutations, pingresp } from '#kit';

export const unasked = defineCase({
  title: 'AUTH of a client that named no authentication method ends the connection',
  verifies: { '5.0': ['MQTT-4.12.0-7', 'R-3.15-1'] },
  caughtBy: ['accepts-auth'],
  needs: ['reaction'],
  rows: {
    'continue-with-method': [0x18, { authenticationMethod: 'mqttspec' }],
    'again-with-method': [0x19, { authenticationMethod: 'mqttspec' }],
  } as const,
  async run(t) {
    const [code, properties] = t.row;
    const deviant = t.packet.auth(code, properties);
    await t.deviation({ control: t.packet.pingreq, answer: pingresp(), deviant, outcome: ended({ reason: 0x82 }) });
  },
});

export const malformed = defineCase({
  title: 'an AUTH with wrong flags, an unknown code, or without a method ends the connection',
  verifies: { '5.0': ['MQTT-3.15.1-1', 'MQTT-3.15.2-1#client-input', 'R-3.15.2.2.2-1', 'R-2.2.2.2-13'] },
  caughtBy: ['never-closes-on-error'],
  needs: ['reaction'],
  rows: {
    flags: 'flags',
    code: 'code',
    'no-method': 'no-method',
    'method-twice': 'twice',
    property: 'property',
  } as const,
  async run(t) {
    const bytes = encode(t.packet.auth(0x18, { authenticationMethod: 'mqttspec' }), t.version);
    const deviants = {
      flags: [mutations.fixedHeaderFlags(bytes, 1), '5.0/MQTT-3.15.1-1'],
      code: [mutations.withField(bytes, 'auth.reason-code', 0x01, t.version), '5.0/MQTT-3.15.2-1#client-input'],
      'no-method': [{ name: 'AUTH without method', bytes: Uint8Array.of(0xf0, 2, 0x18, 0) }, '5.0/R-3.15.2.2.2-1'],
      twice: [mutations.duplicateProperty(bytes, 'auth', 'authenticationMethod'), '5.0/R-3.15.2.2.2-1'],
      property: [mutations.insertProperty(bytes, 'auth', Uint8Array.of(0x23, 0, 1)), '5.0/R-2.2.2.2-13'],
    } as const;
    const [deviant, breaks] = deviants[t.row];
    await t.deviation({ control: t.packet.pingreq, answer: pingresp(), deviant, breaks });
  },
});

export const noneFromServer = defineCase({
  title: 'the server sends no AUTH to a client that named no authentication method',
  verifies: { '5.0': ['MQTT-4.12.0-6#no-auth'] },
  caughtBy: ['auth-unasked'],
  async run(t) {
    const client = await t.open();
    await client.send(t.packet.connect({ clientId: client.id }));
    await client.expect(connack({ reasonCode: 0 }));
    await client.send(t.packet.pingreq);
    await client.expectNotBefore(auth(), pingresp());
    await t.roundTrip(await t.connect(), client);
  },
});

export const noMethodFromServer = defineCase({
  title: 'CONNACK names no authentication method where CONNECT named none',
  verifies: { '5.0': ['MQTT-4.12.0-6#no-method'] },
  caughtBy: ['authentication-method-unasked'],
  async run(t) {
    const client = await t.open();
    await client.send(t.packet.connect({ clientId: client.id }));
    const none = { authenticationMethod: absent, authenticationData: absent };
    await client.expect(connack({ reasonCode: 0, properties: none }));
    await t.roundTrip(await t.connect(), client);
  },
});
