/** Every property in every packet that has properties: once, twice, with values that it can't have, and where it must not be. */
import { expect, test } from 'vitest';
import type { Decoded, Sender } from './codec.ts';
import { decode } from './decode.ts';
import { ONLY_FROM } from './packet-types.ts';
import { PROPERTY_TABLE, type PropertyContext, type PropertyRow } from './property-table.ts';
import { bytesOf, hexOf } from './testing/bytes.ts';
import { DUPLICATE_REQUIREMENTS, RANGE_REQUIREMENTS } from './violations/property-requirements.ts';

/** A packet with these properties in it; a method for AUTH, which needs one. */
const AROUND: Readonly<Record<PropertyContext, (properties: string) => string>> = {
  CONNECT: (p) => `10 [00 04 "MQTT" 05 02 00 3c [${p}] 00 01 "c"]`,
  WILL: (p) => `10 [00 04 "MQTT" 05 06 00 3c 00 00 01 "c" [${p}] 00 01 "w" 00 00]`,
  CONNACK: (p) => `20 [00 00 [${p}]]`,
  PUBLISH: (p) => `30 [00 01 "a" [${p}]]`,
  PUBACK: (p) => `40 [00 01 00 [${p}]]`,
  PUBREC: (p) => `50 [00 01 00 [${p}]]`,
  PUBREL: (p) => `62 [00 01 00 [${p}]]`,
  PUBCOMP: (p) => `70 [00 01 00 [${p}]]`,
  SUBSCRIBE: (p) => `82 [00 01 [${p}] 00 01 "a" 00]`,
  SUBACK: (p) => `90 [00 01 [${p}] 00]`,
  UNSUBSCRIBE: (p) => `a2 [00 01 [${p}] 00 01 "a"]`,
  UNSUBACK: (p) => `b0 [00 01 [${p}] 00]`,
  DISCONNECT: (p) => `e0 [00 [${p}]]`,
  AUTH: (p) => `f0 [18 [${p}${p.includes('15 00') ? '' : ' 15 00 01 "m"'}]]`,
};
const VALUES = {
  byte: '01',
  u16: '00 01',
  u32: '00 00 00 01',
  vbi: '01',
  string: '00 01 "s"',
  binary: '00 01 00',
  pair: '00 01 "k" 00 01 "v"',
} as const;
const ZERO = { byte: '02', u16: '00 00', u32: '00 00 00 00', vbi: '00' } as const;

const raw = ({ id, type }: PropertyRow, value: string = VALUES[type]) => `${hexOf(Uint8Array.of(id))} ${value}`;
/** Authentication data needs a method beside it. */
const beside = ({ name }: PropertyRow, context: PropertyContext) =>
  name === 'authenticationData' && context === 'CONNECT' ? '15 00 01 "m"' : '';

const all = PROPERTY_TABLE.flatMap((row) =>
  (Object.keys(AROUND) as PropertyContext[]).flatMap((context) => {
    const only = context === 'WILL' ? 'client' : ONLY_FROM[context];
    return (['client', 'server'] as const)
      .filter((from) => only === undefined || only === from)
      .map((from) => ({ row, context, from }));
  }),
);
const allowed = all.filter(
  ({ row, context, from }) => row.contexts.includes(context) && (row.sender?.[context] ?? from) === from,
);
const titled = (cases: typeof all) => cases.map((one) => [one.row.name, one.context, one.from, one] as const);

function read(context: PropertyContext, from: Sender, properties: string): Decoded {
  return decode(bytesOf(AROUND[context](properties)), { version: '5.0', from });
}

test.each(titled(allowed))('%s is allowed in %s from a %s', (name, context, from, { row }) => {
  const { packet, violation } = read(context, from, `${raw(row)} ${beside(row, context)}`);
  expect(violation).toBeUndefined();
  const holder = packet?.type === 'CONNECT' && context === 'WILL' ? packet.will : packet;
  expect(holder).toHaveProperty(['properties', name]);
});

test.each(titled(all.filter(({ row, context }) => !row.contexts.includes(context))))(
  '%s is not allowed in %s from a %s',
  (_, context, from, { row }) => {
    expect(read(context, from, raw(row)).violation?.name).toBe('property.not-allowed');
  },
);

test.each(titled(allowed))('%s twice in %s from a %s', (name, context, from, { row }) => {
  const { violation } = read(context, from, `${raw(row)} ${raw(row)} ${beside(row, context)}`);
  if (row.repeats?.includes(context)) return expect(violation).toBeUndefined();
  expect(violation?.name).toBe('property.duplicate');
  const exact = DUPLICATE_REQUIREMENTS[`${context}.${name}`]?.[from]?.[0];
  if (from === 'client' || exact !== undefined) expect(violation?.requirements[0]).toBe(exact);
});

test.each(titled(allowed.filter(({ row }) => row.min !== undefined)))(
  '%s with a value that it can not have in %s from a %s',
  (name, context, from, { row }) => {
    const { violation } = read(context, from, raw(row, ZERO[row.type as keyof typeof ZERO]));
    expect(violation?.name).toBe('property.out-of-range');
    const exact = RANGE_REQUIREMENTS[`${context}.${name}`]?.[from]?.[0];
    if (exact !== undefined) expect(violation?.requirements[0]).toBe(exact);
  },
);

test('each exact requirement belongs to a property that its packet may have from that sender', () => {
  const known = new Set(allowed.map(({ row, context, from }) => `${context}.${row.name} ${from}`));
  // A client's subscription identifier in PUBLISH is wrong whatever its value; its value 0 has a rule of its own.
  known.add('PUBLISH.subscriptionIdentifiers client');
  const listed = [DUPLICATE_REQUIREMENTS, RANGE_REQUIREMENTS].flatMap((table) =>
    Object.entries(table).flatMap(([key, senders]) => Object.keys(senders).map((from) => `${key} ${from}`)),
  );
  expect(listed.filter((one) => !known.has(one))).toEqual([]);
});
