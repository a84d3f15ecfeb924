import { describe, expect, test } from 'vitest';
import { memoryPair, nodeCompression, seededRandom, VirtualClock, type Duplex } from '#io';
import { encodeFrame, FrameReader, latin1Bytes, OPCODES, PerMessageDeflate } from '#wire';
import type { WireEvent } from './events.ts';
import { Recorder } from './recorder.ts';
import { Wire } from './wire.ts';

function open(): { clock: VirtualClock; wire: Wire; server: Duplex; seen: WireEvent[]; sent: Uint8Array[] } {
  const clock = new VirtualClock();
  const [client, server] = memoryPair(clock);
  const recorder = new Recorder(clock);
  const lane = recorder.lane('c');
  const random = seededRandom('wire').bytes;
  const wire = new Wire({ duplex: client, clock, recorder, lane, websocket: true, version: '5.0', random });
  const seen: WireEvent[] = [];
  const sent: Uint8Array[] = [];
  wire.listen((event) => seen.push(event));
  server.listen({ data: (bytes) => sent.push(bytes), ended: () => undefined, closed: () => undefined });
  return { clock, wire, server, seen, sent };
}

const told = (event: WireEvent): unknown => {
  if (event.kind === 'http') return event.status;
  if (event.kind === 'packet') return event.packet.type;
  return event.kind === 'violation' ? event.requirements : event.kind;
};

const PINGRESP = Uint8Array.of(0xd0, 0x00);
const UPGRADED = 'HTTP/1.1 101 Switching Protocols\r\n\r\n';

describe('answers of HTTP', () => {
  test.each([1, 7, 1000])(
    'a refusal with a body and the answer behind it are both read, %i bytes at a time',
    async (size) => {
      const { clock, server, seen } = open();
      const bytes = latin1Bytes(`HTTP/1.1 400 Bad Request\r\nContent-Length: 6\r\n\r\nno\r\n\r\n${UPGRADED}`);
      for (let at = 0; at < bytes.length; at += size) server.write(bytes.slice(at, at + size));
      server.write(encodeFrame({ opcode: OPCODES.binary, payload: PINGRESP }));
      await clock.advance(10);
      expect(seen.map(told)).toEqual([400, 101, 'PINGRESP']);
    },
  );

  test('a refusal that does not say its length is the last that is read', async () => {
    const { clock, server, seen } = open();
    server.write(latin1Bytes(`HTTP/1.1 400 Bad Request\r\n\r\n${UPGRADED}`));
    await clock.advance(10);
    expect(seen.map(told)).toEqual([400]);
  });

  test('octets that are no HTTP are handed on as they came', async () => {
    const { clock, server, seen } = open();
    server.write(Uint8Array.of(0x20, 0x02, 0x00, 0x00));
    await clock.advance(10);
    expect(seen).toMatchObject([{ kind: 'unreadable', bytes: Uint8Array.of(0x20) }]);
  });
});

describe('permessage-deflate', () => {
  const agreed = 'HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n';
  const agreement = {
    serverNoContextTakeover: false,
    clientNoContextTakeover: false,
    serverMaxWindowBits: 15,
    clientMaxWindowBits: 15,
  };

  test('compressed packets are read where it was offered and agreed', async () => {
    const { clock, wire, server, seen } = open();
    wire.offers('permessage-deflate');
    const payload = new PerMessageDeflate(nodeCompression, agreement, 'server').compress(PINGRESP);
    server.write(latin1Bytes(agreed));
    server.write(encodeFrame({ opcode: OPCODES.binary, payload, rsv1: true }));
    await clock.advance(10);
    expect(seen.map(told)).toEqual([101, 'PINGRESP']);
    expect(wire.deflation?.received).toBe(1);
  });

  test('an answer that nobody asked for agrees nothing', async () => {
    const { clock, wire, server, seen } = open();
    server.write(latin1Bytes(agreed));
    server.write(encodeFrame({ opcode: OPCODES.binary, payload: PINGRESP, rsv1: true }));
    await clock.advance(10);
    expect(wire.deflation).toBeUndefined();
    expect(seen.map(told)).toContainEqual(['ws/frame/server-rsv']);
  });

  test('what does not inflate breaks the requirement of the server, and nothing is read behind it', async () => {
    const { clock, wire, server, seen } = open();
    wire.offers('permessage-deflate');
    server.write(latin1Bytes(agreed));
    server.write(encodeFrame({ opcode: OPCODES.binary, payload: Uint8Array.of(0x07), rsv1: true }));
    server.write(encodeFrame({ opcode: OPCODES.binary, payload: PINGRESP }));
    await clock.advance(10);
    expect(seen.map(told)).toEqual([101, ['ws/deflate/server-output'], 'unreadable']);
  });

  test('packets leave compressed only where that is wanted and agreed', async () => {
    const { clock, wire, server, sent } = open();
    wire.offers('permessage-deflate');
    server.write(latin1Bytes(agreed));
    await clock.advance(10);
    const pingreq = Uint8Array.of(0xc0, 0x00);
    wire.sendMqtt(pingreq);
    wire.compresses = true;
    wire.sendMqtt(pingreq);
    await clock.advance(10);
    const reader = new FrameReader({ from: 'client', deflate: true });
    const frames = sent
      .flatMap((bytes) => reader.push(bytes))
      .flatMap((event) => (event.kind === 'frame' ? [event.frame] : []));
    expect(frames.map(({ rsv1 }) => rsv1)).toEqual([false, true]);
    const inflated = new PerMessageDeflate(nodeCompression, agreement, 'server').decompress(
      frames[1]?.payload ?? pingreq,
      99,
    );
    expect(Array.from(inflated)).toEqual(Array.from(pingreq));
  });
});
