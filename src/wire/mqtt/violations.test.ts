import { expect, test } from 'vitest';
import { decode } from './decode.ts';
import { bytesOf } from './testing/bytes.ts';
import { CONNECT_ROWS, MESSAGE_ROWS } from './testing/content-violations.ts';
import { PACKET_ROWS, STRING_ROWS } from './testing/packet-violations.ts';
import { PROPERTY_ROWS } from './testing/property-violations.ts';
import { VIOLATION_NAMES, VIOLATIONS } from './violations.ts';

const ROWS = [...PACKET_ROWS, ...STRING_ROWS, ...CONNECT_ROWS, ...MESSAGE_ROWS, ...PROPERTY_ROWS];
/** Only a stream has these: reader.test.ts. */
const OF_THE_READER = ['packet.not-connect', 'packet.too-large'];

test.each(ROWS)('%s at %s from the %s: %s', (name, version, from, hex, offset, requirement) => {
  const { violation } = decode(bytesOf(hex), { version, from });
  expect({ name: violation?.name, offset: violation?.offset, first: violation?.requirements[0] }).toEqual({
    name,
    offset,
    first: requirement,
  });
  expect(violation?.message).toMatch(/\w{3}/);
  expect(violation?.requirements.every((key) => key.startsWith(`${version}/`))).toBe(true);
});

test.each(ROWS)('%s at %s from the %s is gone over or not, as its recovery says: %s', (name, version, from, hex) => {
  const tolerated = decode(bytesOf(hex), { version, from, tolerate: () => true });
  if (VIOLATIONS[name].recovery === undefined) expect(tolerated.violation?.name).toBe(name);
  else if (tolerated.packet === undefined) expect(tolerated.violation?.name).not.toBe(name);
  else expect(tolerated.tolerated?.[0]?.name).toBe(name);
});

test('every violation has a row', () => {
  const seen = new Set<string>(ROWS.map(([name]) => name));
  expect(VIOLATION_NAMES.filter((name) => !seen.has(name) && !OF_THE_READER.includes(name))).toEqual([]);
});

test('a violation is tolerated by name, the next one is not', () => {
  const bytes = bytesOf('82 [00 00 00 01 "a" 03]');
  const { violation } = decode(bytes, {
    version: '3.1.1',
    from: 'client',
    tolerate: ({ name }) => name === 'packet-id.zero',
  });
  expect(violation?.name).toBe('subscribe.qos-3');
});

test('reason codes are exact where the standard has one', () => {
  const codeOf = (hex: string) => decode(bytesOf(hex), { version: '5.0', from: 'client' }).violation?.reasonCode;
  expect(codeOf('30 [00 01 "a" [23 00 00]]')).toBe(0x94);
  expect(codeOf('82 [00 07 00 00 02 "a#" 00]')).toBe(0x8f);
  expect(codeOf('10 [00 04 "MQTT" 06 02 00 3c 00 00 01 "c"]')).toBe(0x84);
  expect(codeOf('30 [00 01 ff 00]')).toBe(0x81);
  expect(codeOf('82 [00 07 00]')).toBe(0x82);
});
