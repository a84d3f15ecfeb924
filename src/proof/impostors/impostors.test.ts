import { describe, expect, test } from 'vitest';
import { memoryPair, seededRandom, VirtualClock, type EndKind } from '#io';
import { buildUpgradeRequest, encode, encodeFrame, OPCODES } from '#wire';
import { IMPOSTORS, type ImpostorName } from './index.ts';

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const CONNECT = encode(
  { type: 'CONNECT', protocolName: 'MQTT', protocolLevel: 4, cleanStart: true, keepAlive: 60, clientId: 'c' },
  '3.1.1',
);
const PINGREQ = Uint8Array.of(0xc0, 0);
const binary = (payload: Uint8Array): Uint8Array =>
  encodeFrame({ opcode: OPCODES.binary, payload, maskingKey: Uint8Array.of(1, 2, 3, 4) });

interface Seen {
  readonly text: string;
  readonly hex: string;
  readonly bytes: number;
  readonly end: EndKind | 'fin-only' | 'open';
}

/** Says these things one after another, a second apart, and tells what came. */
async function converse(name: ImpostorName, transport: 'ws' | 'tcp', ...said: readonly Uint8Array[]): Promise<Seen> {
  const clock = new VirtualClock();
  const [client, server] = memoryPair(clock);
  IMPOSTORS[name].answer(server, transport, { clock, random: seededRandom('test').bytes });
  let came = Buffer.alloc(0);
  let end: Seen['end'] = 'open';
  client.listen({
    data: (bytes) => {
      came = Buffer.concat([came, bytes]);
    },
    ended: () => {
      end = 'fin-only';
    },
    closed: (kind) => {
      end = kind;
    },
  });
  for (const bytes of said) {
    client.write(bytes);
    await clock.advance(1000);
  }
  await clock.advance(10_000);
  const body = came.indexOf('\r\n\r\n') < 0 || transport === 'tcp' ? came : came.subarray(came.indexOf('\r\n\r\n') + 4);
  return { text: came.toString('latin1'), hex: body.toString('hex'), bytes: came.length, end };
}

const webSocket = (name: ImpostorName): Promise<Seen> =>
  converse(name, 'ws', buildUpgradeRequest({ host: 'x', key: KEY }), binary(CONNECT), binary(PINGREQ));
const tcp = (name: ImpostorName): Promise<Seen> => converse(name, 'tcp', CONNECT, PINGREQ);

test.each(Object.keys(IMPOSTORS) as ImpostorName[])('%s survives octets that make no sense', async (name) => {
  for (const transport of ['ws', 'tcp'] as const) {
    const seen = await converse(name, transport, seededRandom(name).bytes(3000), new Uint8Array(10));
    expect(seen.bytes).toBeLessThan(1_000_000);
  }
});

describe('over WebSocket', () => {
  test.each<[ImpostorName, string]>([
    ['yes-man', '8204200200008202d000'],
    ['closes-after-connect', '820420020000880203e8'],
    ['closes-unread', '880203e8'],
    ['refuses-everybody', '820420020005880203e8'],
    ['silent-after-101', ''],
    ['half-open', '820420020000'],
    ['resets-in-the-middle', '82022002'],
    ['byte-a-second', '8201208201028201008201008201d0820100'],
    ['lying-length', '826420600000'.repeat(2)],
  ])('%s', async (name, hex) => {
    expect((await webSocket(name)).hex).toBe(hex);
  });

  test.each<[ImpostorName, string]>([
    ['http-200', 'HTTP/1.1 200 OK'],
    ['http-503', 'HTTP/1.1 503 Service Unavailable'],
    ['yes-man', 'HTTP/1.1 101 Switching Protocols'],
    ['echo', 'GET /mqtt HTTP/1.1'],
  ])('%s begins as it should', async (name, start) => {
    expect((await webSocket(name)).text.startsWith(start)).toBe(true);
  });
});

describe('over TCP', () => {
  test.each<[ImpostorName, string, Seen['end']]>([
    ['black-hole', '', 'open'],
    ['closes-at-once', '', 'fin-only'],
    ['resets-at-once', '', 'reset'],
    ['yes-man', '20020000d000', 'open'],
    ['closes-after-2-packets', '20020000d000', 'fin-only'],
    ['echo', Buffer.concat([CONNECT, PINGREQ]).toString('hex'), 'open'],
  ])('%s', async (name, hex, end) => {
    const seen = await tcp(name);
    expect([seen.hex, seen.end]).toEqual([hex, end]);
  });

  test('a flood comes after the CONNACK, and ends', async () => {
    const { hex } = await tcp('flood');
    expect(hex.startsWith('2002000030')).toBe(true);
    expect(hex.length / 2).toBeGreaterThan(4_000);
  });
});
