import { array, assert, boolean, constantFrom, integer, property, record, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '#io';
import { encodeFrame } from './encode-frame.ts';
import { parseExtensions } from './extensions.ts';
import { fragmentMessage, splitBytes } from './fragment.ts';
import { FrameReader, type FrameEvent } from './frame-reader.ts';
import type { FrameToSend } from './frames.ts';
import { HttpHeadReader } from './http-head-reader.ts';
import { MessageAssembler, type MessageEvent } from './message-assembler.ts';
import { parseUpgradeRequest } from './parse-upgrade.ts';
import { bytesOf } from './testing/hex.ts';

const KEY = bytesOf('a1b2c3d4');

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)));
}

function read(chunks: readonly Uint8Array[]): FrameEvent[] {
  const reader = new FrameReader({ from: 'client' });
  return chunks.flatMap((chunk) => reader.push(chunk));
}

describe('streams', () => {
  const frames: FrameToSend[] = [
    { opcode: 2, payload: bytesOf('0102') },
    { opcode: 2, payload: bytesOf('') },
    { opcode: 2, fin: false, payload: new Uint8Array(126) },
    { opcode: 9, payload: bytesOf('aa') },
    { opcode: 0, payload: bytesOf('03') },
    { opcode: 8, payload: bytesOf('03e8') },
  ].map((frame) => ({ ...frame, maskingKey: KEY }));

  it.each([
    ['ends well', frames],
    ['ends in a violation', [...frames, { opcode: 3, payload: bytesOf('') }]],
  ])('is read the same wherever it is cut in three, where it %s', (_, list) => {
    const stream = join(list.map(encodeFrame));
    const whole = read([stream]);
    expect(whole).toHaveLength(list.length);
    for (let one = 0; one <= stream.length; one += 1) {
      for (let two = one; two <= stream.length; two += 7) {
        expect(read([stream.subarray(0, one), stream.subarray(one, two), stream.subarray(two)])).toEqual(whole);
      }
    }
    expect(read(splitBytes(stream, [1]))).toEqual(whole);
  });

  it('gives any frame back, however it was cut', () => {
    const anyFrame = record({
      opcode: constantFrom(2, 9, 10),
      payload: uint8Array({ maxLength: 125 }),
      lengthForm: constantFrom(7 as const, undefined),
      maskingKey: uint8Array({ minLength: 4, maxLength: 4 }),
    }).map(({ lengthForm, ...frame }) => (lengthForm === undefined ? frame : { ...frame, lengthForm }));
    assert(
      property(array(anyFrame), array(integer({ min: 1, max: 40 }), { minLength: 1 }), (list, sizes) => {
        const events = read(splitBytes(join(list.map(encodeFrame)), sizes));
        expect(events.map((event) => event.kind === 'frame' && [event.frame.opcode, event.frame.payload])).toEqual(
          list.map((frame) => [frame.opcode, frame.payload]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('gives any message back, however it was fragmented', () => {
    const sizes = array(integer({ min: 0, max: 50 }), { minLength: 1 }).map((list) => [...list, 9]);
    assert(
      property(uint8Array({ maxLength: 300 }), sizes, boolean(), (payload, cuts, ping) => {
        const assembler = new MessageAssembler({ from: 'server' });
        const reader = new FrameReader({ from: 'server' });
        const got: MessageEvent[] = [];
        for (const frame of fragmentMessage(2, payload, cuts)) {
          const bytes = [encodeFrame(frame), ...(ping ? [encodeFrame({ opcode: 9, payload: bytesOf('') })] : [])];
          for (const event of reader.push(join(bytes))) {
            if (event.kind === 'frame') got.push(...[assembler.push(event.frame)].filter((each) => each !== undefined));
          }
        }
        const messages = got.filter((event) => event.kind === 'message');
        expect(messages.map((message) => message.payload)).toEqual([payload]);
        expect(got.every((event) => event.kind !== 'violation')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('random bytes', () => {
  const ROUNDS = 100_000;

  it('never crash the reader or the assembler, and are never kept beyond what came', () => {
    const random = seededRandom('frames');
    for (let round = 0; round < ROUNDS; round += 1) {
      const from = round % 2 === 0 ? 'client' : 'server';
      const tolerate = (): boolean => round % 3 === 0;
      const reader = new FrameReader({ from, tolerate, maximumPayload: 1000, deflate: round % 5 === 0 });
      const assembler = new MessageAssembler({ from, tolerate, maximumMessage: 1000 });
      const bytes = random.bytes(random.integer(40));
      // Half of them begin like a frame that has to be believed.
      if (round % 4 < 2 && bytes.length > 2) bytes.set([0x82, from === 'client' ? 0x83 : 0x03]);
      for (const chunk of splitBytes(bytes, [1 + random.integer(20)])) {
        for (const event of reader.push(chunk)) if (event.kind === 'frame') assembler.push(event.frame);
        if (reader.pending > bytes.length) throw new Error(`${reader.pending} bytes are kept of ${bytes.length}`);
      }
    }
  });

  it('never crash the handshake', () => {
    const random = seededRandom('heads');
    const parts = [
      'GET /',
      ' HTTP/1.1',
      '\r\n',
      '\n',
      ': ',
      'Upgrade',
      'websocket',
      ' ',
      ',',
      ';',
      '"',
      '\\',
      '\xff',
      '=',
    ];
    for (let round = 0; round < ROUNDS / 5; round += 1) {
      let text = 'GET / HTTP/1.1\r\n';
      for (let part = random.integer(30); part > 0; part -= 1) text += parts[random.integer(parts.length)];
      const reader = new HttpHeadReader({ kind: 'request', limit: 200 });
      const bytes = Uint8Array.from(`${text}\r\n\r\n`, (character) => character.charCodeAt(0));
      const event = reader.push(bytes);
      if (event?.kind === 'head') parseUpgradeRequest(event.head, { tolerate: () => round % 2 === 0 });
      parseExtensions(text);
    }
  });
});
