import { array, assert, integer, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, hexOf } from '../websocket/testing/hex.ts';
import { encodeHandshake, HandshakeReader, LARGEST_HANDSHAKE } from './handshake.ts';
import { concat } from '../concat.ts';
import { cutRecords, encodeRecord, RECORD_LIMITS, TlsRecordReader, type RecordEvent } from './records.ts';

/** `22:0303:0102` for a record, the message of a violation. */
const words = (events: readonly RecordEvent[]): string[] =>
  events.map((event) =>
    event.kind === 'violation'
      ? event.message
      : `${event.record.type}:${event.record.version.toString(16)}:${hexOf(event.record.fragment)}`,
  );
const read = (hex: string): string[] => words(new TlsRecordReader().push(bytesOf(hex)));

describe('records', () => {
  it.each([
    ['an alert', '15 0303 0002 0228', ['21:303:0228']],
    ['two in one piece', '16 0301 0001 aa 17 0303 0000', ['22:301:aa', '23:303:']],
    ['one that is not whole', '16 0301 0002 aa', []],
    ['a header that is not whole', '16 03', []],
    ['HTTP', '48545450 2f312e31', ['0x48 begins no TLS record']],
    ['a CONNACK', '20 02 00 00', ['0x20 begins no TLS record']],
    ['another major version', '16 0203 0001 aa', ['a record of version 2.3']],
    ['too many octets', '17 0303 4801', ['a record of 18433 octets (at most 18432)']],
    ['an empty handshake record', '16 0303 0000', ['an empty record of type 22']],
    ['a good one before a bad one', '15 0303 0002 0100 00', ['21:303:0100', '0x00 begins no TLS record']],
  ])('%s', (_, hex, expected) => {
    expect(read(hex)).toEqual(expected);
  });

  it('are read the same in any pieces', () => {
    assert(
      property(
        array(uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 6 }),
        integer({ min: 1, max: 9 }),
        (fragments, size) => {
          const bytes = concat(...fragments.map((fragment) => encodeRecord({ type: 23, version: 0x0303, fragment })));
          const reader = new TlsRecordReader();
          const events: RecordEvent[] = [];
          for (let at = 0; at < bytes.length; at += size) events.push(...reader.push(bytes.subarray(at, at + size)));
          expect(words(events)).toEqual(fragments.map((fragment) => `23:303:${hexOf(fragment)}`));
          expect(reader.pending).toBe(0);
        },
      ),
    );
  });

  it('of noise never throw, and nothing is read behind a violation', () => {
    assert(
      property(array(uint8Array({ maxLength: 60 }), { maxLength: 5 }), (pieces) => {
        const reader = new TlsRecordReader();
        const kinds = pieces.flatMap((piece) => reader.push(piece)).map(({ kind }) => kind);
        expect(kinds.indexOf('violation') === -1 || kinds.indexOf('violation') === kinds.length - 1).toBe(true);
        expect(reader.pending).toBeLessThanOrEqual(RECORD_LIMITS.protected12 + 5);
      }),
    );
  });

  it('are written as they are given', () => {
    const fragment = bytesOf('0102');
    expect(hexOf(encodeRecord({ type: 22, version: 0x0300, fragment, announced: 0x4001 }))).toBe('16030040010102');
    expect(hexOf(cutRecords(bytesOf('01020304'), [1, 2], { type: 22, version: 0x0301 }))).toBe(
      '16030100010116030100020203160301000104',
    );
  });
});

describe('handshake messages', () => {
  it('come out of any cut, several in one piece or one in several', () => {
    const bodies = ['', 'aa', 'bbcc'].map(bytesOf);
    const bytes = concat(...bodies.map((body, type) => encodeHandshake({ type, body })));
    for (let size = 1; size <= bytes.length; size += 1) {
      const reader = new HandshakeReader();
      const seen: string[] = [];
      for (let at = 0; at < bytes.length; at += size)
        for (const event of reader.push(bytes.subarray(at, at + size)))
          seen.push(event.kind === 'message' ? `${event.message.type}:${hexOf(event.message.body)}` : event.kind);
      expect(seen).toEqual(['0:', '1:aa', '2:bbcc']);
      expect(reader.pending).toBe(0);
    }
  });

  it('are not waited for where they announce more than is read', () => {
    const reader = new HandshakeReader();
    expect(reader.push(bytesOf('0b 040001'))).toEqual([{ kind: 'too-large', announced: LARGEST_HANDSHAKE + 1 }]);
    expect(reader.push(bytesOf('01 000000'))).toEqual([]);
  });
});
