import { describe, expect, test } from 'vitest';
import { decode } from './decode.ts';
import { encode } from './encode.ts';
import { fieldsOf } from './fields.ts';
import * as mutations from './mutations.ts';
import type { Mutation } from './mutations/mutation.ts';
import type { Connect, Packet } from './packets.ts';
import { bytesOf, hexOf } from './testing/bytes.ts';

const CONNECT: Connect = {
  type: 'CONNECT',
  protocolName: 'MQTT',
  protocolLevel: 5,
  cleanStart: true,
  keepAlive: 60,
  clientId: 'c',
  will: { topic: 'w', payload: bytesOf('"hi"'), qos: 0, retain: false },
  username: 'u',
  properties: { receiveMaximum: 10 },
};
const PUBLISH: Packet = {
  type: 'PUBLISH',
  topic: 'a/b',
  payload: bytesOf('"hi"'),
  qos: 1,
  retain: false,
  dup: false,
  packetId: 7,
  properties: { contentType: 't', userProperties: [['k', 'v']] },
};
const connect = encode(CONNECT, '5.0');
const publish = encode(PUBLISH, '5.0');
const ping = bytesOf('c0 00');
const ill = bytesOf('c3 28');

/** What was done, the deviating bytes, and the one violation that the strict decoder sees in them. */
const ROWS: readonly (readonly [Mutation, hex: string | undefined, violation: string])[] = [
  [mutations.fixedHeaderFlags(ping, 0b0110), 'c6 00', 'packet.reserved-flags'],
  [mutations.packetType(ping, 0), '00 00', 'packet.type-reserved'],
  [mutations.remainingLength(ping, 1), 'c0 01', 'packet.truncated'],
  [mutations.remainingLengthBytes(ping, 3), 'c0 80 80 00', 'vbi.not-minimal'],
  [mutations.remainingLengthBytes(ping, 5), 'c0 80 80 80 80 00', 'vbi.too-long'],
  [mutations.appendBytes(ping, bytesOf('ff')), 'c0 01 ff', 'packet.trailing-bytes'],
  [mutations.appendBytes(ping, bytesOf('ff'), { fixLength: false }), 'c0 00 ff', 'packet.trailing-bytes'],
  [mutations.truncate(bytesOf('40 02 00 01'), 1), '40 01 00', 'packet.truncated'],
  [mutations.truncate(bytesOf('40 02 00 01'), 1, { fixLength: false }), '40 02 00', 'packet.truncated'],
  [mutations.byteAt(bytesOf('40 02 00 01'), 3, 0), '40 02 00 00', 'packet-id.zero'],
  [mutations.connectFlags(connect, 0x01), undefined, 'connect.reserved-flag'],
  [mutations.connectFlags(connect, 0x04, 0), undefined, 'packet.trailing-bytes'],
  [mutations.withField(connect, 'connect.protocol-level', 6, '5.0'), undefined, 'connect.protocol-level'],
  [mutations.withField(connect, 'connect.flags', 0x9e, '5.0'), undefined, 'connect.will-qos-3'],
  [mutations.withoutField(connect, 'connect.username', '5.0'), undefined, 'field.absent'],
  [mutations.withContent(connect, 'connect.username', ill, '5.0'), undefined, 'utf8.ill-formed'],
  [mutations.withContent(connect, 'will.topic', bytesOf('00'), '5.0'), undefined, 'utf8.nul'],
  [mutations.withLength(connect, 'connect.username', 500, '5.0'), undefined, 'string.truncated'],
  [
    mutations.withPropertyValue(connect, 'connect', 'receiveMaximum', bytesOf('00 00')),
    undefined,
    'property.out-of-range',
  ],
  [mutations.duplicateProperty(connect, 'connect', 'receiveMaximum'), undefined, 'property.duplicate'],
  [mutations.insertProperty(connect, 'will', bytesOf('23 00 01')), undefined, 'property.not-allowed'],
  [mutations.insertProperty(publish, 'publish', bytesOf('04 01')), undefined, 'property.unknown'],
  [mutations.propertyLength(publish, 'publish', 2), undefined, 'property.truncated'],
  [mutations.propertyLength(publish, 'publish', 127), undefined, 'property.length-beyond-packet'],
  [mutations.vbiBytes(publish, 'publish.property-length', 2, '5.0'), undefined, 'vbi.not-minimal'],
  [mutations.withContent(publish, 'publish.property.contentType.value', ill, '5.0'), undefined, 'utf8.ill-formed'],
  [mutations.withContent(publish, 'publish.property.userProperties[0].name', ill, '5.0'), undefined, 'utf8.ill-formed'],
  [mutations.withBits(publish, 'header.first-byte', 0x06, 1, '5.0'), undefined, 'publish.qos-3'],
];

test.each(ROWS.map((row) => [row[0].name, row] as const))('%s', (_, [{ bytes }, hex, violation]) => {
  if (hex !== undefined) expect(hexOf(bytes)).toBe(hex);
  expect(decode(bytes, { version: '5.0', from: 'client' }).violation?.name).toBe(violation);
});

test('names tell mutations apart', () => {
  expect(new Set(ROWS.map(([{ name }]) => name)).size).toBe(ROWS.length);
});

test('the valid bytes stay as they were', () => {
  expect(connect).toEqual(encode(CONNECT, '5.0'));
  expect(publish).toEqual(encode(PUBLISH, '5.0'));
});

test('a longer field moves what follows, and all lengths', () => {
  const long = new Uint8Array(200).fill(0x78);
  const { bytes } = mutations.withContent(publish, 'publish.property.contentType.value', long, '5.0');
  expect(decode(bytes, { version: '5.0', from: 'client' }).packet).toEqual({
    ...PUBLISH,
    properties: { contentType: 'x'.repeat(200), userProperties: [['k', 'v']] },
  });
});

describe('a field that is not there', () => {
  test('is named, with those that are', () => {
    expect(() => mutations.withField(ping, 'connect.flags', 0, '5.0')).toThrow(
      expect.objectContaining({
        code: 'ERR_MUTATION',
        message: 'no field connect.flags; there are header.first-byte, header.remaining-length',
      }),
    );
  });
});

test('field names are stable: they stand in the README and in suites', () => {
  const names = fieldsOf(connect, '5.0').map(({ name }) => name);
  expect(names).toEqual([
    'header.first-byte',
    'header.remaining-length',
    'connect.protocol-name',
    'connect.protocol-level',
    'connect.flags',
    'connect.keep-alive',
    'connect.property-length',
    'connect.property.receiveMaximum.value',
    'connect.property.receiveMaximum',
    'connect.client-id',
    'will.property-length',
    'will.topic',
    'will.payload',
    'connect.username',
  ]);
  const subscribe = bytesOf('82 [00 07 [0b 05] 00 01 "a" 01 00 01 "b" 02]');
  expect(fieldsOf(subscribe, '5.0').map(({ name, value }) => `${name}=${value}`)).toEqual([
    'header.first-byte=0x82',
    'header.remaining-length=13',
    'subscribe.packet-id=7',
    'subscribe.property-length=2',
    'subscribe.property.subscriptionIdentifiers[0].value=5',
    'subscribe.property.subscriptionIdentifiers[0]=11',
    'subscribe.filter[0]="a"',
    'subscribe.options[0]=0x01',
    'subscribe.filter[1]="b"',
    'subscribe.options[1]=0x02',
  ]);
});
