/**
 * A line to the virtual users on this machine: a signal makes k6 drop them without a word, so they are asked to end themselves,
 * and leave their records. A WebSocket, as that is what a script of k6 can listen to.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { sha1 } from '#io';
import { acceptKey, encodeFrame, OPCODES } from '#wire';

export interface StopLine {
  readonly url: string;
  /** Asks all virtual users to end now. */
  stop(): void;
  close(): Promise<void>;
}

export async function openStopLine(): Promise<StopLine> {
  const sockets = new Set<Duplex>();
  let stopped = false;
  const server = createServer((_request, response) => response.writeHead(426).end());
  server.on('upgrade', (request, socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    // All that a virtual user ever says is its Close frame, and it waits for ours.
    socket.once('data', () => socket.end(encodeFrame(CLOSE)));
    const accept = acceptKey(request.headers['sec-websocket-key'] ?? '', sha1);
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    if (stopped) socket.write(encodeFrame(STOP));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      stopped = true;
      for (const socket of sockets) socket.write(encodeFrame(STOP));
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const CLOSE = { opcode: OPCODES.close, payload: new Uint8Array(0) } as const;
const STOP = { opcode: OPCODES.text, payload: new Uint8Array([0x73, 0x74, 0x6f, 0x70]) } as const;
