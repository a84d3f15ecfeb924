import { expect, test } from 'vitest';
import { decode } from './decode.ts';
import { encode, encodedSize, encodeInto } from './encode.ts';
import { bytesOf, hexOf } from './testing/bytes.ts';
import { VALID } from './testing/valid-packets.ts';

const rows = VALID.map((row) => [`${row.version} ${row.name}`, row] as const);

test.each(rows)('%s is read from its bytes', (_, { hex, version, from, packet }) => {
  expect(decode(bytesOf(hex), { version, from })).toEqual({ packet });
});

test.each(rows)('%s is written to its bytes', (_, { hex, version, packet }) => {
  expect(hexOf(encode(packet, version))).toBe(hexOf(bytesOf(hex)));
});

test.each(rows)('%s is written into a given buffer', (_, { hex, version, packet }) => {
  const bytes = bytesOf(hex);
  const buffer = new Uint8Array(bytes.length + 6).fill(0xee);
  expect(encodeInto(packet, version, buffer, 3)).toBe(3 + bytes.length);
  expect(hexOf(buffer)).toBe(`ee ee ee ${hexOf(bytes)} ee ee ee`);
  expect(encodedSize(packet, version)).toBe(bytes.length);
});

test('what does not fit is not written', () => {
  const buffer = new Uint8Array(10);
  const packet = { type: 'PUBLISH', topic: 'a', payload: buffer, qos: 0, retain: false, dup: false } as const;
  expect(encodeInto(packet, '3.1.1', buffer, 0)).toBe(-1);
  expect(buffer).toEqual(new Uint8Array(10));
});

test.each(rows)('%s: its fields cover it, and lie within it', (_, { hex, version, from }) => {
  const bytes = bytesOf(hex);
  const fields: { name: string; offset: number; length: number; value: string }[] = [];
  expect(decode(bytes, { version, from, fields }).violation).toBeUndefined();
  const covered = new Set<number>();
  for (const { offset, length } of fields) for (let i = 0; i < length; i++) covered.add(offset + i);
  expect([...covered].toSorted((a, b) => a - b)).toEqual([...bytes.keys()]);
  expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
});

test('payload and binary fields are views of the input', () => {
  const bytes = bytesOf('30 07 00 03 "a/b" "hi"');
  const { packet } = decode(bytes, { version: '3.1.1', from: 'client' });
  expect((packet as { payload: Uint8Array }).payload.buffer).toBe(bytes.buffer);
});

test('properties keep the order in which they are given', () => {
  const packet = {
    type: 'DISCONNECT',
    reasonCode: 0,
    properties: { reasonString: 'r', sessionExpiryInterval: 1 },
  } as const;
  expect(hexOf(encode(packet, '5.0'))).toBe('e0 0b 00 09 1f 00 01 72 11 00 00 00 01');
});

test('empty properties give an explicit property length', () => {
  expect(hexOf(encode({ type: 'PUBACK', packetId: 1, reasonCode: 0, properties: {} }, '5.0'))).toBe(
    '40 04 00 01 00 00',
  );
});

test.each([
  ['a string', { type: 'UNSUBSCRIBE', packetId: 1, filters: ['x'.repeat(65536)] }],
  ['binary data', { type: 'AUTH', reasonCode: 0, properties: { authenticationData: new Uint8Array(65536) } }],
  ['a packet identifier', { type: 'PUBACK', packetId: 65536, reasonCode: 0 }],
  ['a property', { type: 'DISCONNECT', reasonCode: 0, properties: { sessionExpiryInterval: 2 ** 32 } }],
] as const)('%s that is too large can not be encoded', (_, packet) => {
  expect(() => encode(packet, '5.0')).toThrow(expect.objectContaining({ code: 'ERR_MQTT_ENCODE' }));
});
