import { describe, expect, test } from 'vitest';
import type { ReaderEvent } from './codec.ts';
import { encode } from './encode.ts';
import { PacketReader } from './reader.ts';
import { bytesOf } from './testing/bytes.ts';
import { VALID } from './testing/valid-packets.ts';

const CONNECT_311 = bytesOf('10 [00 04 "MQTT" 04 02 00 3c 00 01 "c"]');
const CONNECT_50 = bytesOf('10 [00 04 "MQTT" 05 02 00 3c 00 00 01 "c"]');
const summary = (event: ReaderEvent) => (event.kind === 'packet' ? event.packet.type : event.violation.name);

/** All packets of one version and one sender behind one another. */
const STREAMS = (['3.1.1', '5.0'] as const).flatMap((version) =>
  (['client', 'server'] as const).map((from) => {
    const rows = VALID.filter((row) => row.version === version && row.from === from);
    const parts = rows.map(({ hex }) => bytesOf(hex));
    const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
    return { version, from, bytes, parts, packets: rows.map(({ packet }) => packet) };
  }),
);

describe.each(STREAMS)('the stream of a $from at $version', ({ version, from, bytes, parts, packets }) => {
  const read = (...chunks: Uint8Array[]) => {
    const reader = new PacketReader({ version, from });
    const events = chunks.flatMap((chunk) => reader.push(chunk));
    expect(reader.pending).toBe(0);
    return events;
  };
  const expected = packets.map((packet, i) => ({ kind: 'packet', packet, bytes: parts[i] }));

  test('in one chunk', () => {
    expect(read(bytes)).toEqual(expected);
  });

  test('byte by byte', () => {
    expect(read(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  test('cut in two at every point', () => {
    for (let at = 1; at < bytes.length; at++) {
      expect(read(bytes.subarray(0, at), bytes.subarray(at)), `cut at ${at}`).toEqual(expected);
    }
  });
});

test('a packet that lies whole in the chunk is a view of it; one that does not is a copy', () => {
  const chunk = bytesOf('c0 00 c0');
  const reader = new PacketReader({ from: 'client', version: '5.0' });
  const [first] = reader.push(chunk);
  const [second] = reader.push(bytesOf('00'));
  expect(first?.bytes.buffer).toBe(chunk.buffer);
  chunk.fill(0xff);
  expect(second?.bytes).toEqual(bytesOf('c0 00'));
});

describe('without a version', () => {
  test.each([
    ['3.1.1', CONNECT_311, '40 [00 01]'],
    ['5.0', CONNECT_50, '40 [00 01 10]'],
  ])('CONNECT says that it is %s', (version, connect, next) => {
    const reader = new PacketReader({ from: 'client' });
    expect(reader.version).toBeUndefined();
    expect([...reader.push(connect), ...reader.push(bytesOf(next))].map(summary)).toEqual(['CONNECT', 'PUBACK']);
    expect(reader.version).toBe(version);
  });

  test('a refused CONNECT says it too', () => {
    const reader = new PacketReader({ from: 'client' });
    expect(reader.push(bytesOf('10 [00 04 "MQTT" 05 03 00 3c 00 00 01 "c"]')).map(summary)).toEqual([
      'connect.reserved-flag',
    ]);
    expect(reader.version).toBe('5.0');
  });

  test('an unknown level says nothing', () => {
    const reader = new PacketReader({ from: 'client' });
    const [event] = reader.push(bytesOf('10 [00 04 "MQTT" 06 02]'));
    expect(event).toMatchObject({
      violation: { name: 'connect.protocol-level', requirements: ['5.0/MQTT-3.1.2-2#close'] },
    });
    expect(reader.version).toBeUndefined();
  });

  test('another packet is not what has to come first, in either version', () => {
    const [event] = new PacketReader({ from: 'client' }).push(bytesOf('c0 00'));
    expect(event).toMatchObject({
      kind: 'violation',
      violation: {
        name: 'packet.not-connect',
        requirements: ['5.0/MQTT-3.1.0-1', '3.1.1/MQTT-3.1.0-1'],
        reasonCode: 0x82,
      },
    });
  });
});

describe('a packet above the limit', () => {
  const big = bytesOf('30 80 08 00 01 "a"');
  const rest = new Uint8Array(1024 - 3);
  const options = { from: 'client', version: '5.0', maximumPacketSize: 1026 } as const;

  test.each([
    ['in one piece', [big]],
    ['byte by byte', Array.from(big, (byte) => Uint8Array.of(byte))],
  ])('is told as soon as its length is known, and skipped (%s)', (_, chunks) => {
    const reader = new PacketReader(options);
    const events = [
      ...chunks.flatMap((chunk) => reader.push(chunk)),
      ...reader.push(rest),
      ...reader.push(bytesOf('c0 00')),
    ];
    expect(events.map(summary)).toEqual(['packet.too-large', 'PINGREQ']);
    expect(events[0]).toMatchObject({
      bytes: bytesOf('30 80 08'),
      violation: {
        message: 'a packet of 1027 bytes: 1026 is the limit',
        requirements: ['5.0/R-3.2.2.3.6-2', '5.0/MQTT-3.2.2-15'],
      },
    });
  });

  test('at the limit is read', () => {
    const reader = new PacketReader({ ...options, maximumPacketSize: 1027 });
    expect([...reader.push(big), ...reader.push(rest)].map(summary)).toEqual(['PUBLISH']);
  });

  test('is read where that is tolerated, and the violation told with it', () => {
    const reader = new PacketReader({ ...options, tolerate: ({ name }) => name === 'packet.too-large' });
    const packet = encode(
      { type: 'PUBLISH', topic: 'a', payload: new Uint8Array(2000), qos: 0, retain: false, dup: false },
      '5.0',
    );
    const [event] = [...reader.push(packet.subarray(0, 2)), ...reader.push(packet.subarray(2))];
    expect(event).toMatchObject({ kind: 'packet', tolerated: [{ name: 'packet.too-large' }] });
    expect(reader.push(bytesOf('c0 00'))[0]).not.toHaveProperty('tolerated');
  });
});

describe('a remaining length of five bytes', () => {
  test.each([
    ['in one piece', [bytesOf('c0 80 80 80 80 01')]],
    ['byte by byte', Array.from(bytesOf('c0 80 80 80 80'), (byte) => Uint8Array.of(byte))],
  ])('ends the stream (%s)', (_, chunks) => {
    const reader = new PacketReader({ from: 'client', version: '3.1.1' });
    const events = chunks.flatMap((chunk) => reader.push(chunk));
    expect(events.map(summary)).toEqual(['vbi.too-long']);
    expect(events[0]).toMatchObject({ violation: { requirements: ['3.1.1/R-2.2.3-1'] } });
    expect(reader.ended).toBe(true);
    expect(reader.push(bytesOf('c0 00'))).toEqual([]);
  });
});

test('after a violation inside a packet the next one is read', () => {
  const reader = new PacketReader({ from: 'client', version: '3.1.1' });
  expect(reader.push(bytesOf('36 [00 01 "a" 00 01] c0 00')).map(summary)).toEqual(['publish.qos-3', 'PINGREQ']);
});

test('a needlessly long remaining length is a violation of 5.0, and none of 3.1.1', () => {
  const names = (version: '3.1.1' | '5.0') =>
    new PacketReader({ from: 'client', version }).push(bytesOf('c0 80 80 00')).map(summary);
  expect(names('3.1.1')).toEqual(['PINGREQ']);
  expect(names('5.0')).toEqual(['vbi.not-minimal']);
});

test('what was only announced takes no memory', () => {
  const before = process.memoryUsage().arrayBuffers;
  const readers = Array.from({ length: 50 }, () => new PacketReader({ from: 'client', version: '5.0' }));
  for (const reader of readers) expect(reader.push(bytesOf('30 ff ff ff 7f 00 01 "a"'))).toEqual([]);
  expect(readers[0]?.pending).toBe(8);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
});
