import { createHash } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { encode, encodeFrame, FrameReader } from '#wire';
import { loadInline } from './testing/load-inline.ts';

it('an orderly end is DISCONNECT, and a Close frame with 1000 behind it', async () => {
  const frames: string[] = [];
  const server = createServer((socket) => {
    const reader = new FrameReader({ from: 'client' });
    socket.on('error', () => undefined);
    socket.once('data', (request) => {
      const [, key = ''] = /sec-websocket-key: (\S+)/i.exec(request.toString('latin1')) ?? [];
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n`,
      );
      socket.on('data', (chunk) => {
        for (const event of reader.push(chunk)) {
          if (event.kind === 'violation') throw new Error(event.violation.message);
          const { opcode, payload } = event.frame;
          if (frames.push(`${opcode} ${Buffer.from(payload.subarray(0, 2)).toString('hex')}`) > 1) continue;
          const connack = encode({ type: 'CONNACK', sessionPresent: false, reasonCode: 0 }, '5.0');
          socket.write(encodeFrame({ opcode: 2, payload: connack }));
        }
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`;
  const over = new Promise<void>((resolve) => server.once('connection', (socket) => socket.once('end', resolve)));
  await loadInline('connect-storm', url, { set: { clients: '1', rate: '100', hold: '0' } });
  await over;
  server.close();
  expect(frames[0]).toMatch(/^2 10/);
  expect(frames.slice(1)).toEqual(['2 e000', '8 03e8']);
});
