import { expect, test } from 'vitest';
import { decode } from './decode.ts';
import { describe as line } from './describe.ts';
import { maskSecrets } from './mask-secrets.ts';
import { isReasonCode, reasonCodesOf, reasonName } from './reason-codes.ts';
import { bytesOf, hexOf } from './testing/bytes.ts';
import { VALID } from './testing/valid-packets.ts';

const named = (name: string, version = '5.0') => {
  const row = VALID.find((each) => each.name === name && each.version === version);
  if (row === undefined) throw new Error(`no row ${name}`);
  return row;
};

test.each([
  ['CONNACK', '5.0', 'CONNACK 0x00 Success'],
  ['CONNACK', '3.1.1', 'CONNACK 0x00 Connection Accepted sessionPresent'],
  ['CONNACK refused', '3.1.1', 'CONNACK 0x05 Not authorized'],
  ['PUBLISH QoS 1 retain, empty', '3.1.1', 'PUBLISH topic="a/b" qos=1 id=10 retain 0 bytes'],
  ['PUBLISH QoS 2 dup', '3.1.1', 'PUBLISH topic="a/b" qos=2 id=65535 dup 2 bytes "hi"'],
  ['PUBLISH with topic alias only', '5.0', 'PUBLISH topic="" qos=1 id=1 2 bytes "hi" topicAlias=1'],
  ['PUBACK with a reason string', '5.0', 'PUBACK id=1 0x87 Not authorized reasonString="r"'],
  ['SUBSCRIBE', '3.1.1', 'SUBSCRIBE id=7 "a" (qos=1) "+/" (qos=2)'],
  [
    'SUBSCRIBE',
    '5.0',
    'SUBSCRIBE id=7 "$share/g/#" (qos=2 retainAsPublished retainHandling=2) subscriptionIdentifiers=[128]',
  ],
  ['SUBACK', '3.1.1', 'SUBACK id=7 0x01 Maximum QoS 1, 0x80 Failure'],
  ['UNSUBACK', '3.1.1', 'UNSUBACK id=8'],
  ['PINGREQ', '5.0', 'PINGREQ'],
  ['DISCONNECT of one byte', '5.0', 'DISCONNECT 0x04 Disconnect with Will Message'],
  ['AUTH', '5.0', 'AUTH 0x18 Continue authentication authenticationMethod="m" authenticationData=*** (1 bytes)'],
  [
    'CONNECT with everything',
    '3.1.1',
    'CONNECT MQTT level 4 clientId="c" keepAlive=65535 will=(topic="w" qos=2 retain 2 bytes "hi") username="u" password=*** (1 bytes)',
  ],
] as const)('%s of %s in one line', (name, version, expected) => {
  expect(line(named(name, version).packet, version)).toBe(expected);
});

test('payloads that are no text are hex, long ones are cut', () => {
  const packet = { type: 'PUBLISH', topic: 'a', qos: 0, retain: false, dup: false } as const;
  expect(line({ ...packet, payload: bytesOf('00 ff') })).toBe('PUBLISH topic="a" qos=0 2 bytes 00 ff');
  expect(line({ ...packet, payload: new Uint8Array(50).fill(0x61) })).toBe(
    `PUBLISH topic="a" qos=0 50 bytes "${'a'.repeat(40)}"…`,
  );
  expect(line({ ...packet, payload: bytesOf(`"${'a'.repeat(39)}" c3 a9 c3 a9`) })).toContain(`"${'a'.repeat(39)}"…`);
});

test('the password and authentication data of a CONNECT are masked, nothing else', () => {
  const bytes = bytesOf('10 [00 04 "MQTT" 05 c2 00 3c [15 00 01 "m" 16 00 02 "xy"] 00 01 "c" 00 01 "u" 00 03 "pwd"]');
  const masked = maskSecrets(bytes);
  expect(hexOf(masked)).toBe(
    hexOf(bytesOf('10 [00 04 "MQTT" 05 c2 00 3c [15 00 01 "m" 16 00 02 "**"] 00 01 "c" 00 01 "u" 00 03 "***"]')),
  );
  expect(bytes.at(-1)).toBe(0x64);
});

test.each([
  ['a password that is cut off', '10 [00 04 "MQTT" 04 c2 00 3c 00 01 "c" 00 01 "u" 00 09 "pwd"]'],
  ['a password without its flag', '10 [00 04 "MQTT" 04 82 00 3c 00 01 "c" 00 01 "u" 00 03 "pwd"]'],
  ['a packet that announces more', '10 7f 00 04 "MQTT" 04 c2 00 3c 00 01 "c" 00 01 "u" 00 03 "pwd"'],
  ['a packet that announces less', '10 05 00 04 "MQTT" 04 c2 00 3c 00 01 "c" 00 01 "u" 00 03 "pwd"'],
  ['an unknown level', '10 [00 04 "MQTT" 09 c2 00 3c 00 01 "c" 00 01 "u" 00 03 "pwd"]'],
  ['an unknown property before', '10 [00 04 "MQTT" 05 c2 00 3c [7f] 00 01 "c" 00 01 "u" 00 03 "pwd"]'],
  ['a remaining length of five bytes', '10 80 80 80 80 01 00 03 "pwd"'],
  ['AUTH that ends too early', 'f0 [18 [15 00 01 "m" 16 00 09 "pwd"]]'],
])('a secret is masked in %s', (_, hex) => {
  const masked = maskSecrets(bytesOf(hex));
  expect(masked).toHaveLength(bytesOf(hex).length);
  expect(String.fromCharCode(...masked)).not.toContain('pwd');
});

test('packets without secrets come back as they are', () => {
  const bytes = bytesOf('30 [00 01 "a" "password"]');
  expect(maskSecrets(bytes)).toEqual(bytes);
  expect(maskSecrets(bytes)).not.toBe(bytes);
});

test('each code of each table has its name', () => {
  for (const version of ['3.1.1', '5.0'] as const) {
    for (const type of [
      'CONNACK',
      'PUBACK',
      'PUBREC',
      'PUBREL',
      'PUBCOMP',
      'SUBACK',
      'UNSUBACK',
      'DISCONNECT',
      'AUTH',
    ] as const) {
      for (const code of reasonCodesOf(type, version))
        expect(reasonName(type, code, version), `${type} ${code}`).toMatch(/^[A-Z]/);
    }
  }
  expect(reasonName('SUBACK', 0)).toBe('Granted QoS 0');
  expect(reasonName('DISCONNECT', 0)).toBe('Normal disconnection');
  expect(reasonName('CONNACK', 0x86)).toBe('Bad User Name or Password');
  expect(reasonName('CONNACK', 2, '3.1.1')).toBe('Identifier rejected');
  expect(reasonName('PUBACK', 0x92)).toBeUndefined();
  expect(isReasonCode('CONNACK', '3.1.1', 6)).toBe(false);
});

test('a topic that was read in tolerance is not taken for a good one later', () => {
  const bytes = bytesOf('30 [00 03 "z" 00 "z"]');
  const options = { version: '3.1.1', from: 'client' } as const;
  expect(decode(bytes, { ...options, tolerate: () => true }).packet).toMatchObject({ topic: 'z\0z' });
  expect(decode(bytes, options).violation?.name).toBe('utf8.nul');
});

test('a topic that looks like a remembered one is read as itself', () => {
  const options = { version: '3.1.1', from: 'client' } as const;
  const topicOf = (topic: string) =>
    (
      decode(bytesOf(`30 [00 ${topic.length.toString(16).padStart(2, '0')} "${topic}"]`), options).packet as {
        topic: string;
      }
    ).topic;
  for (const topic of ['a/b', 'a/c', 'b/a', 'a/b', '01', '10', '01']) expect(topicOf(topic)).toBe(topic);
});

test('a long topic name is cut, and its length told', () => {
  const packet = { type: 'PUBLISH', payload: new Uint8Array(), qos: 0, retain: false, dup: false } as const;
  const shown = line({ ...packet, topic: 'x'.repeat(65_535) }, '5.0');
  expect(shown).toContain(`"${'x'.repeat(200)}"… (65535 characters)`);
  expect(shown.length).toBeLessThan(300);
});
