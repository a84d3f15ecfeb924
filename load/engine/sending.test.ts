import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { decode, FrameReader, MessageAssembler, PacketReader, type Packet } from '#wire';
import { OutBuffer } from './out-buffer.ts';
import { isPattern, patternOf, readHeader, type ReadHeader } from './payload.ts';
import { PublishTemplate } from './publish-template.ts';

const template = (change: Partial<ConstructorParameters<typeof PublishTemplate>[0]> = {}) =>
  new PublishTemplate({
    version: '5.0',
    run: 0xbadcafe,
    lane: 7,
    topic: 'a/b',
    qos: 1,
    retain: false,
    payloadBytes: 80,
    ...change,
  });

/** What a strict server reads of the bytes. */
function packetsIn(bytes: Uint8Array): { packets: Packet[]; keys: string[]; frames: number } {
  const assembler = new MessageAssembler({ from: 'client' });
  const reader = new PacketReader({ from: 'client', version: '5.0' });
  const packets: Packet[] = [];
  const keys: string[] = [];
  for (const event of new FrameReader({ from: 'client' }).push(bytes)) {
    if (event.kind === 'violation') throw new Error(event.violation.message);
    keys.push(Buffer.from(event.frame.maskingKey ?? []).toString('hex'));
    const message = assembler.push(event.frame);
    if (message === undefined) continue;
    if (message.kind !== 'message') throw new Error(message.kind);
    for (const one of reader.push(message.payload)) {
      if (one.kind === 'violation') throw new Error(one.violation.message);
      packets.push(one.packet);
    }
  }
  return { packets, keys, frames: keys.length };
}

describe('what leaves is what a strict server takes', () => {
  it.each([
    ['one', 3],
    ['split', 6],
  ] as const)('packing %s', (packing, frames) => {
    const out = new OutBuffer();
    const one = template();
    for (const n of [0, 1, 2]) {
      one.patch(n, n + 0.5, n + 0.75, n + 1);
      one.append(out, true, packing);
    }
    const read = packetsIn(out.bytes);
    expect(read.frames).toBe(frames);
    expect(new Set(read.keys).size).toBe(frames);
    expect(read.packets).toMatchObject(
      [0, 1, 2].map((n) => ({ type: 'PUBLISH', topic: 'a/b', qos: 1, packetId: n + 1 })),
    );
    expect(out.messages).toBe(3);
  });

  it('many packets share a frame, whatever their length', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 40, max: 300 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        const out = new OutBuffer();
        const templates = sizes.map((payloadBytes) => template({ payloadBytes }));
        const key = out.begin(
          templates.reduce((sum, one) => sum + one.length, 0),
          0x82,
        );
        let phase = 0;
        for (const [n, one] of templates.entries()) {
          one.patch(n, 0, 0, n + 1);
          phase = one.appendTo(out, key, phase);
        }
        const read = packetsIn(out.bytes);
        expect(read.frames).toBe(1);
        expect(read.packets.map((one) => (one.type === 'PUBLISH' ? one.payload.length : -1))).toEqual(sizes);
      }),
    );
  });

  it.each([0, 1, 40, 125, 126, 65_600, 300_000])(
    'a payload of %d bytes, also where the buffer must grow',
    (payloadBytes) => {
      const out = new OutBuffer();
      const one = template({ payloadBytes, qos: 0 });
      one.patch(0, 0, 0, 0);
      one.append(out, true, 'one');
      one.append(out, true, 'one');
      expect(packetsIn(out.bytes).packets).toMatchObject([
        { payload: { length: payloadBytes } },
        { payload: { length: payloadBytes } },
      ]);
    },
  );

  it('without frames it is the packet itself', () => {
    const out = new OutBuffer();
    const one = template({ version: '3.1.1', qos: 2, retain: true });
    one.patch(3, 0, 0, 9);
    one.append(out, false, 'one');
    expect(decode(out.bytes, { version: '3.1.1', from: 'client' }).packet).toMatchObject({
      qos: 2,
      retain: true,
      packetId: 9,
    });
  });

  it('bytes that the system has not taken are never written over', () => {
    const out = new OutBuffer();
    const one = template();
    one.append(out, true, 'one');
    const { bytes } = out;
    const copy = Buffer.from(bytes);
    out.written(false);
    one.append(out, true, 'one');
    expect(bytes.equals(copy)).toBe(true);
    expect(out.length).toBe(copy.length);
  });
});

describe('the header of a payload', () => {
  const header: ReadHeader = { lane: 0, sequence: 0, intended: 0, actual: 0 };
  const payload = (sequence: number): DataView => {
    const out = new OutBuffer();
    const one = template({ qos: 0 });
    one.patch(sequence, 1234.5, 1235.25, 0);
    one.append(out, false, 'one');
    const packet = decode(out.bytes, { version: '5.0', from: 'client' }).packet;
    if (packet?.type !== 'PUBLISH') throw new Error('no PUBLISH');
    const own = Uint8Array.from(packet.payload);
    return new DataView(own.buffer);
  };

  it.each([0, 1, 4_294_967_295, 4_294_967_296, 2 ** 40 + 3])('carries sequence %d and both times', (sequence) => {
    const view = payload(sequence);
    expect(readHeader(view, 0, 80, 0xbadcafe, header)).toBe('ours');
    expect(header).toEqual({ lane: 7, sequence, intended: 1234.5, actual: 1235.25 });
    expect(isPattern(new Uint8Array(view.buffer), 40, 80)).toBe(true);
  });

  it('tells a foreign message from a damaged one', () => {
    const view = payload(5);
    expect(readHeader(view, 0, 80, 1, header)).toBe('foreign');
    expect(readHeader(view, 0, 39, 0xbadcafe, header)).toBe('foreign');
    for (const at of [8, 9, 12, 15, 16, 19]) {
      const damaged = new DataView(view.buffer.slice(0));
      damaged.setUint8(at, damaged.getUint8(at) ^ 0x40);
      expect(readHeader(damaged, 0, 80, 0xbadcafe, header)).toBe('corrupted');
    }
    // A payload that was cut or made longer.
    expect(readHeader(view, 0, 79, 0xbadcafe, header)).toBe('corrupted');
  });

  it.each([10, 50, 200])('sees one wrong byte in a pattern of %d', (length) => {
    for (const at of [0, length >> 1, length - 1]) {
      const bytes = Buffer.from(patternOf(length).subarray(0, length));
      expect(isPattern(bytes, 0, length)).toBe(true);
      bytes[at] = (bytes[at] as number) ^ 1;
      expect(isPattern(bytes, 0, length)).toBe(false);
    }
  });
});
