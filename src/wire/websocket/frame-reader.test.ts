import { describe, expect, it } from 'vitest';
import { encodeFrame } from './encode-frame.ts';
import { FrameReader, type FrameEvent, type FrameReaderOptions } from './frame-reader.ts';
import type { FrameToSend } from './frames.ts';
import { bytesOf, hexOf } from './testing/hex.ts';

const KEY = bytesOf('37fa213d');
const zeros = (length: number): string => '00'.repeat(length);

function read(hex: string, options: FrameReaderOptions): FrameEvent[] {
  return new FrameReader(options).push(bytesOf(hex));
}

/** One word for each event: opcode, FIN and payload of a frame; the name of a violation. */
function words(events: readonly FrameEvent[]): string[] {
  return events.map((event) =>
    event.kind === 'violation'
      ? event.violation.name
      : `${event.frame.opcode}${event.frame.fin ? '' : '+'}:${hexOf(event.frame.payload)}`,
  );
}

describe('frames on the wire', () => {
  // The examples of RFC 6455 §5.7.
  const hello = bytesOf('48656c6c6f');
  const table: readonly [string, FrameToSend, string][] = [
    ['unmasked text', { opcode: 1, payload: hello }, '8105 48656c6c6f'],
    ['masked text', { opcode: 1, payload: hello, maskingKey: KEY }, '8185 37fa213d 7f9f4d5158'],
    ['first fragment', { opcode: 1, fin: false, payload: bytesOf('48656c') }, '0103 48656c'],
    ['last fragment', { opcode: 0, payload: bytesOf('6c6f') }, '8002 6c6f'],
    ['ping', { opcode: 9, payload: hello }, '8905 48656c6c6f'],
    ['masked pong', { opcode: 10, payload: hello, maskingKey: KEY }, '8a85 37fa213d 7f9f4d5158'],
    ['256 bytes', { opcode: 2, payload: bytesOf(zeros(256)) }, `827e0100 ${zeros(256)}`],
    ['125 bytes', { opcode: 2, payload: bytesOf(zeros(125)) }, `827d ${zeros(125)}`],
    ['126 bytes', { opcode: 2, payload: bytesOf(zeros(126)) }, `827e007e ${zeros(126)}`],
    ['65,535 bytes', { opcode: 2, payload: bytesOf(zeros(65_535)) }, `827effff ${zeros(65_535)}`],
    ['65,536 bytes', { opcode: 2, payload: bytesOf(zeros(65_536)) }, `827f0000000000010000 ${zeros(65_536)}`],
    ['nothing', { opcode: 2, payload: bytesOf('') }, '8200'],
    ['nothing, masked', { opcode: 2, payload: bytesOf(''), maskingKey: KEY }, '8280 37fa213d'],
    ['all RSV bits', { opcode: 2, payload: bytesOf(''), rsv1: true, rsv2: true, rsv3: true }, 'f200'],
    ['5 bytes in 16 bits', { opcode: 2, payload: hello, lengthForm: 16 }, '827e0005 48656c6c6f'],
    ['5 bytes in 64 bits', { opcode: 2, payload: hello, lengthForm: 64 }, '827f0000000000000005 48656c6c6f'],
    ['a lie', { opcode: 2, payload: hello, announcedLength: 2n ** 31n }, '827f0000000080000000 48656c6c6f'],
    [
      'the top bit',
      { opcode: 2, payload: bytesOf(''), announcedLength: 2n ** 63n + 5n, maskingKey: KEY },
      '82ff8000000000000005 37fa213d',
    ],
  ];

  it.each(table)('encodes %s', (_, frame, hex) => {
    expect(hexOf(encodeFrame(frame))).toBe(hex.replaceAll(' ', ''));
  });

  it.each([
    [{ opcode: 2, payload: bytesOf(zeros(126)), lengthForm: 7 } as const, '7 bits'],
    [{ opcode: 2, payload: bytesOf(zeros(65_536)), lengthForm: 16 } as const, '16 bits'],
    [{ opcode: 16, payload: bytesOf('') }, 'opcode'],
    [{ opcode: 2, payload: bytesOf(''), maskingKey: bytesOf('0102') }, 'masking key'],
    [{ opcode: 2, payload: bytesOf(''), announcedLength: -1n }, '-1'],
  ])('refuses what no header can hold', (frame, message) => {
    expect(() => encodeFrame(frame)).toThrow(message);
  });

  it('encodes what was read to the bytes it came from', () => {
    for (const hex of ['8185 37fa213d 7f9f4d5158', `82fe0005 37fa213d 0102030405`, '09800a0b0c0d', 'd20100']) {
      const options = { from: 'client', tolerate: () => true } as const;
      const [event] = new FrameReader(options).push(bytesOf(hex));
      if (event?.kind !== 'frame') throw new Error('no frame');
      expect(hexOf(encodeFrame(event.frame))).toBe(hex.replaceAll(' ', ''));
      expect(event.frame.headerLength + event.frame.payload.length).toBe(bytesOf(hex).length);
    }
  });
});

describe('FrameReader', () => {
  const mask = '00000000';
  it.each([
    ['client', `8280${mask}`, ['2:']],
    ['client', `0281${mask}aa 8981${mask}01 0080${mask} 8081${mask}bb`, ['2+:aa', '9:01', '0+:', '0:bb']],
    ['server', '8201aa 8a00 8800', ['2:aa', '10:', '8:']],
    ['client', '8200', ['frame.unmasked']],
    ['server', `8281${mask}aa`, ['frame.masked']],
    ['client', `c280${mask}`, ['frame.rsv1']],
    ['client', `a280${mask}`, ['frame.rsv2']],
    ['client', `9280${mask}`, ['frame.rsv3']],
    ['server', '8300', ['frame.reserved-data-opcode']],
    ['server', '8700', ['frame.reserved-data-opcode']],
    ['server', '8b00', ['frame.reserved-control-opcode']],
    ['server', '8f00', ['frame.reserved-control-opcode']],
    ['server', `827e007d${zeros(125)}`, ['frame.length-not-minimal']],
    ['server', `827f000000000000ffff`, ['frame.length-not-minimal']],
    ['server', '827f8000000000000000', ['frame.length-msb']],
    ['server', '827fffffffffffffffff', ['frame.length-msb']],
    ['server', '827f0000000010000005', ['frame.too-large']],
    ['server', '897e', ['control.too-long']],
    ['server', '0a00', ['control.fragmented']],
    ['server', '887f', ['close.too-long']],
    ['server', '0800', ['close.fragmented']],
    ['server', '8000', ['fragment.orphan-continuation']],
    ['server', '0200 8200', ['2+:', 'fragment.binary-inside']],
    ['server', '0200 8100', ['2+:', 'fragment.text-inside']],
    ['server', '0200 8000 8000', ['2+:', '0:', 'fragment.orphan-continuation']],
    ['server', '8200 8300 8200', ['2:', 'frame.reserved-data-opcode']],
  ] as const)('reads from a %s %s', (from, hex, expected) => {
    expect(words(read(hex, { from }))).toEqual(expected);
  });

  it('allows RSV1 where permessage-deflate was agreed, on first fragments only', () => {
    const options = { from: 'server', deflate: true } as const;
    expect(words(read('c201aa 4200 8000', options))).toEqual(['2:aa', '2+:', '0:']);
    expect(words(read('4200 c000', options))).toEqual(['2+:', 'deflate.rsv1-continuation']);
    expect(words(read('c900', options))).toEqual(['deflate.rsv1-control']);
  });

  it('names a violation as soon as its byte is there, with the bytes read so far', () => {
    const reader = new FrameReader({ from: 'client', maximumPayload: 100 });
    expect(reader.push(bytesOf('82'))).toEqual([]);
    expect(reader.push(bytesOf('fe'))).toEqual([]);
    expect(reader.push(bytesOf('01'))).toEqual([]);
    expect(reader.push(bytesOf('00'))).toEqual([
      {
        kind: 'violation',
        violation: {
          name: 'frame.too-large',
          requirements: ['ws/frame/size-limit'],
          offset: 2,
          message: 'a frame of 256 bytes is above the limit of 100',
          closeCode: 1009,
        },
        bytes: bytesOf('82fe0100'),
      },
    ]);
    expect(reader.push(bytesOf('8280 00000000'))).toEqual([]);
  });

  it('tells of several breaches the first, and of all that it tolerates each', () => {
    const seen: string[] = [];
    const events = new FrameReader({
      from: 'client',
      tolerate: (violation) => {
        seen.push(violation.name);
        return violation.name !== 'fragment.orphan-continuation';
      },
    }).push(bytesOf('b001aa'));
    expect(seen).toEqual(['frame.rsv2', 'frame.rsv3', 'fragment.orphan-continuation']);
    expect(words(events)).toEqual(['fragment.orphan-continuation']);
  });

  it.each([
    ['frame.unmasked', '8201aa', ['2:aa']],
    ['frame.rsv1', 'c28100000000aa', ['2:aa']],
    ['frame.reserved-data-opcode', '838100000000aa', ['3:aa']],
    ['frame.length-not-minimal', '82fe000100000000aa', ['2:aa']],
    ['frame.length-msb', '82ff800000000000000100000000aa', ['2:aa']],
    ['control.fragmented', '098000000000 828000000000', ['9+:', '2:']],
    ['fragment.orphan-continuation', '008100000000aa 808100000000bb', ['0+:aa', '0:bb']],
    ['fragment.binary-inside', '028100000000aa 828100000000bb', ['2+:aa', '2:bb']],
  ] as const)('goes on over %s where it is waived', (name, hex, expected) => {
    const events = read(hex, { from: 'client', tolerate: (violation) => violation.name === name });
    expect(words(events)).toEqual(expected);
    const tolerated = events.flatMap((event) => (event.kind === 'frame' ? (event.tolerated ?? []) : []));
    expect(tolerated.map((violation) => violation.name)).toEqual([name]);
  });

  it('keeps what has come, not what is announced', () => {
    const reader = new FrameReader({ from: 'server', maximumPayload: Number.MAX_SAFE_INTEGER });
    expect(reader.push(bytesOf('827f000fffffffffffff 0102'))).toEqual([]);
    expect(reader.pending).toBe(12);
    for (let round = 0; round < 100; round += 1) reader.push(new Uint8Array(1000));
    expect(reader.pending).toBe(100_012);
  });

  it('leaves the bytes that it was given as they were', () => {
    const chunk = bytesOf('8185 37fa213d 7f9f4d5158');
    const before = chunk.slice();
    new FrameReader({ from: 'client' }).push(chunk);
    expect(chunk).toEqual(before);
  });
});
