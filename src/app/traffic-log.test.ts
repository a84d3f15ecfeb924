import { expect, test } from 'vitest';
import { memoryPair, VirtualClock } from '#io';
import { encode, encodeFrame, OPCODES } from '#wire';
import { tapped } from './traffic-log.ts';

const CONNECT_311 = Uint8Array.from(Buffer.from('100e00044d5154540402003c00026d73', 'hex'));
const CONNACK = Uint8Array.from(Buffer.from('20020000', 'hex'));
const silent = { data: () => undefined, ended: () => undefined, closed: () => undefined };

async function overheard(transport: 'ws' | 'tcp', sent: Uint8Array[], answered: Uint8Array[]): Promise<string[]> {
  const clock = new VirtualClock();
  const [client, server] = memoryPair(clock);
  const lines: string[] = [];
  const tap = tapped(server, transport, '#1', (line) => lines.push(line));
  tap.listen(silent);
  client.listen(silent);
  for (const bytes of sent) client.write(bytes.slice());
  await clock.advance(10);
  for (const bytes of answered) tap.write(bytes.slice());
  client.end();
  await clock.advance(10);
  return lines;
}

test('packets over TCP, in the version that CONNECT said', async () => {
  const lines = await overheard('tcp', [CONNECT_311.subarray(0, 5), CONNECT_311.subarray(5)], [CONNACK]);
  expect(lines[0]).toMatch(/^#1 ← CONNECT .*ms/);
  expect(lines[1]).toMatch(/^#1 → CONNACK 0x00/);
  expect(lines[2]).toBe('#1 ← FIN');
});

test('over WebSocket: the heads, the packets in the frames, control frames', async () => {
  const maskingKey = Uint8Array.of(1, 2, 3, 4);
  const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
  const lines = await overheard(
    'ws',
    [
      latin1('GET /mqtt?token=secret&x=1 HTTP/1.1\r\nHost: h\r\n\r\n'),
      encodeFrame({ opcode: OPCODES.binary, payload: CONNECT_311, maskingKey }),
      encodeFrame({ opcode: OPCODES.ping, payload: Uint8Array.of(7), maskingKey }),
    ],
    [
      latin1('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
      encodeFrame({ opcode: OPCODES.binary, payload: encode({ type: 'PINGRESP' }, '3.1.1') }),
    ],
  );
  expect(lines[0]).toBe('#1 ← GET /mqtt?token=***&x=*** HTTP/1.1');
  expect(lines[1]).toMatch(/^#1 ← CONNECT /);
  expect(lines.slice(2, 5)).toEqual(['#1 ← Ping, 1 bytes', '#1 → HTTP/1.1 101 Switching Protocols', '#1 → PINGRESP']);
});

test('what cannot be read is said once', async () => {
  const lines = await overheard('tcp', [Uint8Array.of(0xf0, 0xff, 0xff, 0xff, 0xff, 0xff), Uint8Array.of(1, 2, 3)], []);
  expect(lines.filter((line) => line.includes('no more packets'))).toHaveLength(1);
});
