import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { encode, encodeFrame } from '#wire';
import { FrameSplitter } from './frame-splitter.ts';
import { PacketSplitter } from './packet-splitter.ts';

const publish = (size: number) =>
  encode(
    { type: 'PUBLISH', topic: 't', payload: new Uint8Array(size).fill(size & 255), qos: 0, retain: false, dup: false },
    '5.0',
  );

/** Pushes the bytes in pieces out of one buffer that is used again, as the engine does. */
function inPieces(
  bytes: Uint8Array,
  cuts: readonly number[],
  push: (buffer: Uint8Array, length: number) => void,
): void {
  const buffer = new Uint8Array(bytes.length);
  const bounds = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  for (let n = 1; n < bounds.length; n += 1) {
    const piece = bytes.subarray(bounds[n - 1], bounds[n]);
    buffer.fill(0xee);
    buffer.set(piece);
    push(buffer, piece.length);
  }
}

const cuts = fc.array(fc.nat(5000), { maxLength: 12 });
const sizes = fc.array(fc.oneof(fc.nat(200), fc.integer({ min: 120, max: 130 }), fc.nat(20_000)), {
  minLength: 1,
  maxLength: 8,
});

/** Takes down what came, and cuts the content of frames into packets. */
class Collected {
  readonly all: string[] = [];
  readonly splitter = new PacketSplitter();
  packet(bytes: Uint8Array, start: number, _body: number, end: number): boolean {
    this.all.push(Buffer.from(bytes.subarray(start, end)).toString('hex'));
    return true;
  }
  malformed(message: string): void {
    this.all.push(message);
  }
  data(bytes: Uint8Array, from: number, to: number): boolean {
    this.splitter.push(bytes, from, to, this);
    return true;
  }
  compressed(bytes: Uint8Array, from: number, to: number, last: boolean): boolean {
    this.all.push(`compressed ${Buffer.from(bytes.subarray(from, to)).toString('hex')}${last ? '' : ' …'}`);
    return true;
  }
  control(opcode: number, bytes: Uint8Array, from: number, to: number): boolean {
    this.all.push(`${opcode} ${Buffer.from(bytes.subarray(from, to)).toString('hex')}`);
    return true;
  }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('packets out of a stream cut anywhere', () => {
  it('are the same as those that went in', () => {
    fc.assert(
      fc.property(sizes, cuts, (payloads, where) => {
        const all = payloads.map(publish);
        const sink = new Collected();
        const splitter = new PacketSplitter();
        inPieces(Buffer.concat(all), where, (buffer, length) => splitter.push(buffer, 0, length, sink));
        expect(sink.all).toEqual(all.map(hex));
      }),
    );
  });

  it('end where the length has no end', () => {
    const sink = new Collected();
    new PacketSplitter().push(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0xff, 0x01), 0, 6, sink);
    expect(sink.all).toEqual(['a remaining length of more than four bytes']);
  });
});

describe('frames out of a stream cut anywhere', () => {
  it('packets may share frames and be cut over them', () => {
    fc.assert(
      fc.property(sizes, cuts, cuts, (payloads, framed, where) => {
        const all = payloads.map(publish);
        const stream = Buffer.concat(all);
        const bounds = [...new Set([0, ...framed.map((cut) => cut % (stream.length + 1)), stream.length])].sort(
          (a, b) => a - b,
        );
        const frames = bounds
          .slice(1)
          .map((to, n) => encodeFrame({ opcode: 2, payload: stream.subarray(bounds[n], to) }));
        const ping = encodeFrame({ opcode: 9, payload: Uint8Array.of(1, 2) });
        const sink = new Collected();
        const splitter = new FrameSplitter();
        inPieces(Buffer.concat([...frames, ping]), where, (buffer, length) => splitter.push(buffer, 0, length, sink));
        expect(sink.all).toEqual([...all.map(hex), '9 0102']);
      }),
    );
  });

  it.each([
    ['a masked frame', { opcode: 2, payload: new Uint8Array(1), maskingKey: new Uint8Array(4) }],
    ['a text frame', { opcode: 1, payload: new Uint8Array(1) }],
    ['a frame with a reserved bit', { opcode: 2, payload: new Uint8Array(1), rsv1: true }],
    ['a fragment out of turn', { opcode: 0, payload: new Uint8Array(1) }],
    ['a frame with the opcode 5', { opcode: 5, payload: new Uint8Array(1) }],
  ])('%s is refused', (message, frame) => {
    const bytes = encodeFrame(frame);
    const sink = new Collected();
    new FrameSplitter().push(bytes, 0, bytes.length, sink);
    expect(sink.all).toHaveLength(1);
    expect(sink.all[0]).toContain(message);
  });

  it('frames of a compressed message are told apart, where that was agreed', () => {
    const bytes = Buffer.concat([
      encodeFrame({ opcode: 2, fin: false, rsv1: true, payload: Uint8Array.of(1) }),
      encodeFrame({ opcode: 9, payload: Uint8Array.of(2) }),
      encodeFrame({ opcode: 0, payload: Uint8Array.of(3) }),
      encodeFrame({ opcode: 2, payload: Uint8Array.of(0xd0, 0) }),
      encodeFrame({ opcode: 0, rsv1: true, payload: Uint8Array.of(4) }),
    ]);
    const sink = new Collected();
    new FrameSplitter(true).push(bytes, 0, bytes.length, sink);
    expect(sink.all.slice(0, 4)).toEqual(['compressed 01 …', '9 02', 'compressed 03', 'd000']);
    expect(sink.all[4]).toContain('a reserved bit');
  });

  it('fragments are taken in their turn', () => {
    const [first, second] = [
      encodeFrame({ opcode: 2, fin: false, payload: Uint8Array.of(0xd0) }),
      encodeFrame({ opcode: 0, payload: Uint8Array.of(0) }),
    ];
    const bytes = Buffer.concat([first, second]);
    const sink = new Collected();
    new FrameSplitter().push(bytes, 0, bytes.length, sink);
    expect(sink.all).toEqual(['d000']);
  });
});
