import { describe, expect, test } from 'vitest';
import { nodeCompression } from '#io';
import { OPCODES, PerMessageDeflate, type Frame } from '#wire';
import { Deflation } from './deflation.ts';

const AGREEMENT = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: 15,
  clientMaxWindowBits: 15,
};

const frame = (payload: Uint8Array, more: Partial<Frame> = {}): Frame => ({
  fin: true,
  rsv1: false,
  rsv2: false,
  rsv3: false,
  opcode: OPCODES.binary,
  payload,
  lengthForm: 7,
  headerLength: 2,
  ...more,
});

const bytes = Uint8Array.from({ length: 300 }, (_, index) => (index * index) & 0xff);

describe('compressed messages', () => {
  test('come out whole with their last fragment, and are counted', () => {
    const server = new PerMessageDeflate(nodeCompression, AGREEMENT, 'server');
    const deflation = new Deflation(AGREEMENT);
    const compressed = server.compress(bytes);
    const first = frame(compressed.subarray(0, 5), { fin: false, rsv1: true });
    const last = frame(compressed.subarray(5), { opcode: OPCODES.continuation });
    expect([deflation.takes(first), deflation.add(first)]).toEqual([true, undefined]);
    expect(deflation.takes(last)).toBe(true);
    expect(Array.from(deflation.add(last) ?? [])).toEqual(Array.from(bytes));
    expect(deflation.received).toBe(1);
  });

  test('are told from those that are not compressed', () => {
    const deflation = new Deflation(AGREEMENT);
    expect(deflation.takes(frame(bytes))).toBe(false);
    expect(deflation.takes(frame(bytes, { rsv1: true, opcode: OPCODES.continuation }))).toBe(false);
  });

  test('that do not inflate are said so', () => {
    const deflation = new Deflation(AGREEMENT);
    expect(() => deflation.add(frame(Uint8Array.of(0x07), { rsv1: true }))).toThrow(/DEFLATE/);
  });

  test('that break the promise of no context takeover are said so', () => {
    const server = new PerMessageDeflate(nodeCompression, AGREEMENT, 'server');
    const deflation = new Deflation({ ...AGREEMENT, serverNoContextTakeover: true });
    deflation.add(frame(server.compress(bytes), { rsv1: true }));
    expect(() => deflation.add(frame(server.compress(bytes), { rsv1: true }))).toThrow(/DEFLATE/);
  });

  test('of this side inflate at the other', () => {
    const server = new PerMessageDeflate(nodeCompression, AGREEMENT, 'server');
    const deflation = new Deflation(AGREEMENT);
    for (const _ of [1, 2]) {
      expect(Array.from(server.decompress(deflation.compress(bytes), 1000))).toEqual(Array.from(bytes));
    }
  });
});
