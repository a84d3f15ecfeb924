/**
 * A line to the virtual users on this machine. They tell each second what they have seen; and as a signal makes k6 drop them
 * without a word, they are asked over it to end themselves, and leave their records. A WebSocket, as that is what a script of
 * k6 can open.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { sha1 } from '#io';
import { acceptKey, decodeUtf8, encodeFrame, FrameReader, MessageAssembler, OPCODES } from '#wire';
import type { Told } from './shared/told.ts';

export interface RunLine {
  readonly url: string;
  /** Asks all virtual users to end now. */
  stop(): void;
  close(): Promise<void>;
}

export async function openRunLine(hear: (told: Told) => void): Promise<RunLine> {
  const sockets = new Set<Duplex>();
  // Nobody else on the machine knows it.
  const path = `/${randomUUID()}`;
  let stopped = false;
  const server = createServer((_request, response) => response.writeHead(426).end());
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => socket.destroy());
    if (request.url !== path) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    listen(socket, hear);
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
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
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

/** Bytes of what is told in a second: histograms, mostly. */
const MOST = 1 << 20;

function listen(socket: Duplex, hear: (told: Told) => void): void {
  const frames = new FrameReader({ from: 'client', maximumPayload: MOST });
  const messages = new MessageAssembler({ from: 'client', maximumMessage: MOST });
  socket.on('data', (chunk: Uint8Array) => {
    for (const event of frames.push(chunk)) {
      const message = event.kind === 'frame' ? messages.push(event.frame) : event;
      if (message?.kind === 'message') hear(JSON.parse(decodeUtf8(message.payload)) as Told);
      // It waits for ours.
      else if (message?.kind === 'close') socket.end(encodeFrame(CLOSE));
      else if (message?.kind === 'violation') socket.destroy();
    }
  });
}

const CLOSE = { opcode: OPCODES.close, payload: new Uint8Array(0) } as const;
const STOP = { opcode: OPCODES.text, payload: new Uint8Array([0x73, 0x74, 0x6f, 0x70]) } as const;
