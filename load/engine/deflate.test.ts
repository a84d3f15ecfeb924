import { afterEach, describe, expect, it } from 'vitest';
import { FAULT_ALTERATIONS, startBroker, type Alteration } from '#broker';
import { nodeCompression } from '#io';
import { encode, FrameReader, MessageAssembler, PerMessageDeflate, type DeflateAgreement } from '#wire';
import { MessagePacker } from './message-packer.ts';
import { OutBuffer } from './out-buffer.ts';
import { loadInline } from './testing/load-inline.ts';

type Broker = Awaited<ReturnType<typeof startBroker>>;
const open: Broker[] = [];
afterEach(() => Promise.all(open.splice(0).map((one) => one.close())));

async function run(alterations: readonly Alteration[], set: Record<string, string> = {}, deflate = true) {
  const broker = await startBroker({ alterations });
  open.push(broker);
  const short = { seconds: '1', warmup: '0', rate: '200', pairs: '4', payload: '600', ...set };
  return loadInline('steady-pubsub', broker.wsUrl, { set: short, more: { deflate } });
}

describe('permessage-deflate', () => {
  it.each(['one', 'many', 'split'])('is agreed to, and nothing is lost or changed: packing %s', async (packing) => {
    const { delivery, engine, target, errors } = await run([], { packing, qos: '1' });
    expect(errors).toEqual([]);
    expect(delivery[1]).toMatchObject({ sent: 200, acknowledged: 200, delivered: 200, lost: 0, corrupted: 0 });
    expect(target.compression).toBe(true);
    expect(engine.notes).toContain('permessage-deflate was offered, and agreed on 8 of 8 connections');
  });

  it('takes less room in both directions', async () => {
    const plain = await run([], {}, false);
    const small = await run([]);
    expect(plain.engine.notes).toContain('permessage-deflate was not offered');
    expect(plain.target.compression).toBe(false);
    for (const name of ['bytes_sent', 'bytes_received'] as const) {
      expect(small.whole[name]).toBeLessThan(plain.whole[name] / 3);
    }
  });

  it('keeps to the limits that the broker asks for', async () => {
    const { delivery, errors, target } = await run([{ decide: { 'ws.deflate': () => 'limited' } }]);
    expect(errors).toEqual([]);
    expect(target.compression).toBe(true);
    expect(delivery[0]).toMatchObject({ sent: 200, delivered: 200 });
  });

  it('that the broker does not agree to is not used, and the result says so', async () => {
    const { delivery, engine, errors, target } = await run([{ decide: { 'ws.extensions': () => 'none' } }]);
    expect(errors).toEqual([]);
    expect(delivery[0]).toMatchObject({ sent: 200, delivered: 200 });
    expect(target.compression).toBe(false);
    expect(engine.notes.join()).toContain('the broker did not agree to it');
  });

  it('that the broker does wrong ends the connection, and is told', async () => {
    const { errors } = await run([FAULT_ALTERATIONS['deflate-output-damaged']]);
    expect(errors.map(({ kind }) => kind)).toContain('malformed');
    expect(errors.map(({ message }) => message).join()).toContain('does not inflate');
  });
});

const packet = (size: number) =>
  encode(
    { type: 'PUBLISH', topic: 't', payload: new Uint8Array(size).fill(7), qos: 0, retain: false, dup: false },
    '5.0',
  );

const AGREEMENTS: readonly (readonly [string, DeflateAgreement])[] = [
  [
    'whole windows',
    {
      serverNoContextTakeover: false,
      clientNoContextTakeover: false,
      serverMaxWindowBits: 15,
      clientMaxWindowBits: 15,
    },
  ],
  [
    'small windows',
    { serverNoContextTakeover: false, clientNoContextTakeover: false, serverMaxWindowBits: 9, clientMaxWindowBits: 9 },
  ],
  [
    'no takeover',
    { serverNoContextTakeover: true, clientNoContextTakeover: true, serverMaxWindowBits: 15, clientMaxWindowBits: 10 },
  ],
];

describe.each(AGREEMENTS)('what is packed with %s', (_name, agreement) => {
  it.each([
    ['one', 3, 1],
    ['many', 1, 1],
    ['split', 3, 2],
  ] as const)('can be read by a server: packing %s', (packing, messages, frames) => {
    const packer = new MessagePacker(agreement);
    const out = new OutBuffer();
    const packets = [packet(5), packet(3000), packet(200)];
    const plain = Buffer.concat(packets);
    const reader = new FrameReader({ from: 'client', deflate: true });
    const server = new MessageAssembler({
      from: 'client',
      deflate: new PerMessageDeflate(nodeCompression, agreement, 'server'),
    });
    // Twice: the second stands on the window of the first.
    for (let turn = 0; turn < 2; turn += 1) {
      packer.pack(plain, packing, out);
      const read = reader.push(Uint8Array.from(out.bytes)).flatMap((event) => {
        if (event.kind === 'violation') throw new Error(event.violation.message);
        return server.push(event.frame) ?? [];
      });
      out.written(true);
      expect(read.map((one) => one.kind === 'message' && one.frames)).toEqual(
        Array.from({ length: messages }, () => frames),
      );
      const payloads = read.flatMap((one) => (one.kind === 'message' ? [one.payload] : []));
      expect(Buffer.concat(payloads).equals(plain)).toBe(true);
    }
  });
});
