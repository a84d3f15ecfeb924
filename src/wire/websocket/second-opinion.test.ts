import * as ws from 'ws';
import { describe, expect, it } from 'vitest';
import { nodeCompression, seededRandom } from '#io';
import { encodeFrame } from './encode-frame.ts';
import { FrameReader } from './frame-reader.ts';
import type { Endpoint, FrameViolationName } from './frame-rules.ts';
import type { FrameToSend } from './frames.ts';
import { MessageAssembler } from './message-assembler.ts';
import { PerMessageDeflate } from './per-message-deflate.ts';

/** What the package `ws` exports beside its types. */
interface Inside {
  readonly Receiver: new (options: object) => NodeJS.WritableStream & { destroy(): void };
  readonly Sender: { frame(data: Buffer, options: object): readonly Buffer[] };
  readonly PerMessageDeflate: new (options: object) => {
    accept(configurations: readonly object[]): object;
    compress(data: Uint8Array, fin: boolean, done: (error: unknown, result: Buffer) => void): void;
    decompress(data: Uint8Array, fin: boolean, done: (error: unknown, result: Buffer) => void): void;
    cleanup(): void;
  };
}
const inside = ws as unknown as Inside;

/** Rules that `ws` doesn't have. All others it has too, and nothing that we accept does it refuse. */
const LENIENCIES: readonly FrameViolationName[] = ['frame.length-not-minimal'];

interface Opinion {
  /** Kind and payload of each message and control frame before the end. */
  readonly read: string[];
  readonly refused: string | undefined;
}

/** `more`: bytes behind the stream. `ws` judges some fields only when the whole header is there. */
async function theirs(stream: Uint8Array, from: Endpoint, more: Uint8Array): Promise<Opinion> {
  const read: string[] = [];
  let refused: string | undefined;
  const receiver = new inside.Receiver({ isServer: from === 'client', maxPayload: 1000, allowSynchronousEvents: true });
  receiver.on('message', (data: Buffer, binary: boolean) => read.push(`${binary ? 2 : 1} ${data.toString('hex')}`));
  receiver.on('ping', (data: Buffer) => read.push(`9 ${data.toString('hex')}`));
  receiver.on('pong', (data: Buffer) => read.push(`10 ${data.toString('hex')}`));
  receiver.on('conclude', (code: number, reason: Buffer) => read.push(`8 ${code} ${reason.toString()}`));
  receiver.on('error', (error: Error & { code: string }) => void (refused ??= error.code));
  for (const bytes of [stream, more]) {
    if (refused === undefined && bytes.length > 0) receiver.write(Buffer.from(bytes));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { read, refused };
}

function ours(stream: Uint8Array, from: Endpoint): Opinion {
  const read: string[] = [];
  const reader = new FrameReader({ from, maximumPayload: 1000 });
  const assembler = new MessageAssembler({ from, maximumMessage: 1000 });
  for (const event of reader.push(stream)) {
    const result = event.kind === 'frame' ? assembler.push(event.frame) : event;
    if (result === undefined) continue;
    if (result.kind === 'violation') return { read, refused: result.violation.name };
    const hex = Buffer.from(result.payload).toString('hex');
    if (result.kind === 'message') read.push(`${result.type === 'binary' ? 2 : 1} ${hex}`);
    else if (result.kind !== 'close') read.push(`${result.kind === 'ping' ? 9 : 10} ${hex}`);
    else {
      read.push(`8 ${result.close.code ?? 1005} ${result.close.reason}`);
      // Nothing is read after a Close, in `ws` neither.
      return { read, refused: undefined };
    }
  }
  return { read, refused: undefined };
}

/** A stream that is mostly right, of some frames with a few bits turned. */
function randomStream(random: ReturnType<typeof seededRandom>, from: Endpoint): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let count = 1 + random.integer(4); count > 0; count -= 1) {
    const opcode = [0, 1, 2, 2, 2, 8, 9, 10][random.integer(8)] ?? 2;
    const fin = opcode >= 8 || random.integer(3) > 0;
    const ascii = random.bytes([0, 1, 5, 125, 126, 300][random.integer(6)] ?? 0).map((byte) => byte & 0x7f);
    const payload = opcode === 8 ? Uint8Array.of(3, 0xe8, ...ascii.subarray(0, 5)) : ascii;
    const short = opcode >= 8 ? payload.subarray(0, 125) : payload;
    const frame: FrameToSend = { opcode, fin, payload: short };
    parts.push(encodeFrame(from === 'client' ? { ...frame, maskingKey: random.bytes(4) } : frame));
  }
  const stream = Uint8Array.from(parts.flatMap((part) => Array.from(part)));
  for (let turns = random.integer(3); turns > 0; turns -= 1) {
    const at = random.integer(Math.min(stream.length, 12));
    stream[at] = (stream[at] ?? 0) ^ (1 << random.integer(8));
  }
  return stream;
}

describe('the receiver of ws', () => {
  it('reads the same, and refuses the same, but for the leniencies listed', async () => {
    const random = seededRandom('ws');
    const seen = new Set<string>();
    let refusals = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const from = round % 2 === 0 ? 'client' : 'server';
      const stream = randomStream(random, from);
      const mine = ours(stream, from);
      const other = await theirs(stream, from, new Uint8Array(mine.refused === undefined ? 0 : 16));
      if (mine.refused !== undefined && (LENIENCIES as readonly string[]).includes(mine.refused)) {
        seen.add(mine.refused);
        continue;
      }
      if (mine.refused !== undefined) refusals += 1;
      const hex = Buffer.from(stream).toString('hex');
      expect({ hex, read: mine.read }).toEqual({ hex, read: other.read });
      expect([hex, mine.refused, other.refused].join(' ')).toMatch(mine.refused === undefined ? / {2}$/ : / \S+ \S+$/);
    }
    expect(refusals).toBeGreaterThan(2000);
    expect([...seen]).toEqual([...LENIENCIES]);
  });
});

describe('the sender of ws', () => {
  it('writes the same bytes', () => {
    const random = seededRandom('sender');
    for (const length of [0, 1, 125, 126, 127, 65_535, 65_536]) {
      for (const key of [undefined, random.bytes(4)]) {
        const payload = random.bytes(length);
        const options = {
          fin: length % 2 === 0,
          opcode: 2,
          rsv1: length > 126,
          mask: key !== undefined,
          readOnly: true,
          maskBuffer: Buffer.alloc(4),
          generateMask: (into: Buffer) => into.set(key ?? []),
        };
        const theirBytes = Buffer.concat(inside.Sender.frame(Buffer.from(payload), options));
        const { fin, opcode, rsv1 } = options;
        const frame = { fin, opcode, rsv1, payload, ...(key === undefined ? {} : { maskingKey: key }) };
        expect(Buffer.compare(theirBytes, encodeFrame(frame)), `${length} bytes`).toBe(0);
      }
    }
  });
});

describe('permessage-deflate of ws', () => {
  const messages = Array.from({ length: 12 }, (_, index) => {
    const random = seededRandom(index);
    const words = ['sensor', '/', 'temperature', '21.5', '\0\x04MQTT', String(index)];
    return new TextEncoder().encode(
      Array.from({ length: random.integer(400) }, () => words[random.integer(words.length)]).join(''),
    );
  });
  const rows = [8, 9, 10, 15].flatMap((bits) => [false, true].map((forget) => [bits, forget] as const));

  it.each(rows)('understands us, and we it: 2^%i bytes, no takeover %s', async (bits, forget) => {
    const agreement = {
      serverNoContextTakeover: forget,
      clientNoContextTakeover: forget,
      serverMaxWindowBits: bits,
      clientMaxWindowBits: bits,
    };
    const client = new PerMessageDeflate(nodeCompression, agreement, 'client');
    const server = new inside.PerMessageDeflate({ threshold: 0, isServer: true });
    server.accept([
      {
        server_max_window_bits: [bits],
        client_max_window_bits: [bits],
        ...(forget ? { server_no_context_takeover: [true], client_no_context_takeover: [true] } : {}),
      },
    ]);
    const call = (how: 'compress' | 'decompress', data: Uint8Array): Promise<Uint8Array> =>
      new Promise((resolve, reject) => {
        server[how](data, true, (error, result) => {
          if (error === null) resolve(new Uint8Array(result));
          else reject(error);
        });
      });
    for (const message of messages) {
      expect(await call('decompress', client.compress(message))).toEqual(message);
      expect(client.decompress(await call('compress', message), message.length)).toEqual(message);
    }
    server.cleanup();
  });
});
