import { describe, expect, it } from 'vitest';
import { nodeCompression } from '#io';
import { encodeFrame } from './encode-frame.ts';
import { FrameReader } from './frame-reader.ts';
import type { FrameToSend } from './frames.ts';
import { MessageAssembler, type MessageAssemblerOptions, type MessageEvent } from './message-assembler.ts';
import { PerMessageDeflate } from './per-message-deflate.ts';
import { bytesOf, hexOf } from './testing/hex.ts';

const AGREED = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: 15,
  clientMaxWindowBits: 15,
};
const deflate = (): PerMessageDeflate => new PerMessageDeflate(nodeCompression, AGREED, 'client');

function assemble(hex: string, options: Partial<MessageAssemblerOptions> = {}): MessageEvent[] {
  const reader = new FrameReader({ from: 'server', deflate: options.deflate !== undefined });
  const assembler = new MessageAssembler({ from: 'server', ...options });
  return reader.push(bytesOf(hex)).flatMap((event) => {
    if (event.kind === 'violation') throw new Error(event.violation.message);
    return assembler.push(event.frame) ?? [];
  });
}

function words(events: readonly MessageEvent[]): string[] {
  return events.map((event) => {
    if (event.kind === 'violation') return event.violation.name;
    const text = event.kind === 'message' ? `${event.type}/${event.frames}` : event.kind;
    return `${text} ${hexOf(event.payload)}`.trim();
  });
}

describe('MessageAssembler', () => {
  it.each([
    ['8201aa', ['binary/1 aa']],
    ['8100', ['text/1']],
    ['0201aa 0000 8001bb', ['binary/3 aabb']],
    ['0101e2 890170 8a00 8002889e', ['ping 70', 'pong', 'text/2 e2889e']],
    ['0201aa 8802 03e8', ['close 03e8']],
    ['8101ff', ['message.not-utf8']],
    ['0101e2 80028820', ['message.not-utf8']],
    ['810100', ['text/1 00']],
    ['8801 03', ['close.body-1-byte']],
    ['8802 03ed', ['close.code-invalid']],
    ['8803 03e8ff', ['close.reason-not-utf8']],
  ])('reads %s', (hex, expected) => {
    expect(words(assemble(hex))).toEqual(expected);
  });

  it('gives code and reason of a Close', () => {
    expect(assemble('8804 13876f6b')).toMatchObject([{ kind: 'close', close: { code: 4999, reason: 'ok' } }]);
  });

  it('ends a message without end at the limit', () => {
    expect(words(assemble('0203aaaaaa 0003aaaaaa', { maximumMessage: 5 }))).toEqual(['message.too-large']);
    expect(words(assemble('0203aaaaaa 8002aaaa', { maximumMessage: 5 }))).toEqual(['binary/2 aaaaaaaaaa']);
  });

  it('goes on over what is waived', () => {
    const tolerate = (): boolean => true;
    expect(words(assemble('8101ff 8801ff', { tolerate }))).toEqual(['text/1 ff', 'close ff']);
    expect(words(assemble('0203aaaaaa 8003aaaaaa', { tolerate, maximumMessage: 5 }))).toEqual([
      'binary/2 aaaaaaaaaaaa',
    ]);
    expect(words(assemble('c201aa 8201bb', { tolerate, deflate: deflate() }))).toEqual(['binary/1 bb']);
  });

  it('drops frames with a reserved opcode where the reader was told to let them pass', () => {
    const assembler = new MessageAssembler({ from: 'server' });
    const [event] = new FrameReader({ from: 'server', tolerate: () => true }).push(bytesOf('8301aa'));
    if (event?.kind !== 'frame') throw new Error('no frame');
    expect(assembler.push(event.frame)).toBeUndefined();
  });

  it('inflates compressed messages, in fragments and between others', () => {
    const server = new PerMessageDeflate(nodeCompression, AGREED, 'server');
    const message = bytesOf('deadbeef'.repeat(50));
    const [one, two] = [server.compress(message), server.compress(message)];
    const frames: FrameToSend[] = [
      { opcode: 2, rsv1: true, payload: one },
      { opcode: 2, payload: bytesOf('01') },
      { opcode: 2, rsv1: true, fin: false, payload: two.subarray(0, 1) },
      { opcode: 9, payload: bytesOf('02') },
      { opcode: 0, payload: two.subarray(1) },
    ];
    const hex = frames.map((frame) => hexOf(encodeFrame(frame))).join('');
    const events = assemble(hex, { deflate: deflate() });
    const plain = hexOf(message);
    expect(words(events)).toEqual([`binary/1 ${plain}`, 'binary/1 01', 'ping 02', `binary/2 ${plain}`]);
    expect(events.map((event) => event.kind === 'message' && event.compressed)).toEqual([true, false, false, true]);
  });

  it('names what does not inflate, and what inflates to too much', () => {
    expect(words(assemble('c201aa', { deflate: deflate() }))).toEqual(['deflate.corrupt']);
    const bomb = new PerMessageDeflate(nodeCompression, AGREED, 'server').compress(new Uint8Array(100_000));
    const hex = hexOf(encodeFrame({ opcode: 2, rsv1: true, payload: bomb }));
    expect(words(assemble(hex, { deflate: deflate(), maximumMessage: 99_999 }))).toEqual(['deflate.too-large']);
    expect(assemble(hex, { deflate: deflate(), maximumMessage: 100_000 })).toMatchObject([{ kind: 'message' }]);
  });
});
