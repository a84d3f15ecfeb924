import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { cryptoRandom, nodeCompression, sha1 } from '#io';
import { encodeBase64 } from '../base64.ts';
import { acceptKey } from './accept-key.ts';
import { negotiateDeflate } from './deflate-negotiation.ts';
import { encodeFrame } from './encode-frame.ts';
import { formatExtensions } from './extensions.ts';
import { FrameReader } from './frame-reader.ts';
import { HttpHeadReader, type HeadEvent } from './http-head-reader.ts';
import { judgeUpgradeResponse } from './judge-upgrade.ts';
import { MessageAssembler, type MessageEvent } from './message-assembler.ts';
import { parseUpgradeRequest } from './parse-upgrade.ts';
import { PerMessageDeflate } from './per-message-deflate.ts';
import { buildUpgradeRequest } from './upgrade-request.ts';
import { buildUpgradeResponse } from './upgrade-response.ts';

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** The head that comes next on the socket. */
function headOf(socket: Socket, kind: 'request' | 'response'): Promise<Extract<HeadEvent, { kind: 'head' }>> {
  const reader = new HttpHeadReader({ kind });
  return new Promise((resolve, reject) => {
    const onData = (chunk: Uint8Array): void => {
      const event = reader.push(chunk);
      if (event === undefined) return;
      socket.off('data', onData);
      if (event.kind === 'head') resolve(event);
      else reject(new Error(event.kind));
    };
    socket.on('data', onData);
  });
}

/** The first message that comes on the socket. */
function messageOf(socket: Socket, reader: FrameReader, assembler: MessageAssembler): Promise<MessageEvent> {
  return new Promise((resolve) => {
    socket.on('data', (chunk: Uint8Array) => {
      for (const event of reader.push(chunk)) {
        const message = event.kind === 'frame' ? assembler.push(event.frame) : event;
        if (message !== undefined) resolve(message);
      }
    });
  });
}

const PAYLOAD = Uint8Array.from({ length: 3000 }, (_, index) => index % 50);

describe('against the package ws, over loopback', () => {
  it('opens as a client, and exchanges a compressed message', async () => {
    const server = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      perMessageDeflate: { threshold: 0, serverMaxWindowBits: 10 },
    });
    await new Promise((resolve) => server.once('listening', resolve));
    closers.push(() => server.close());
    server.on('connection', (peer) => peer.on('message', (data: Buffer) => peer.send(data)));

    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    closers.push(() => socket.destroy());
    const key = encodeBase64(cryptoRandom.bytes(16));
    const extensions = 'permessage-deflate; client_max_window_bits';
    socket.write(buildUpgradeRequest({ host: '127.0.0.1', key, extensions }));
    const { head } = await headOf(socket, 'response');
    const answer = judgeUpgradeResponse(head, { key, protocols: ['mqtt'], extensions }, sha1);
    expect(answer).toMatchObject({ opened: true, protocol: 'mqtt', violations: [] });
    if (answer.deflate === undefined) throw new Error('no deflate');
    expect(answer.deflate.serverMaxWindowBits).toBe(10);

    const deflate = new PerMessageDeflate(nodeCompression, answer.deflate, 'client');
    const assembler = new MessageAssembler({ from: 'server', deflate });
    const echo = messageOf(socket, new FrameReader({ from: 'server', deflate: true }), assembler);
    const maskingKey = cryptoRandom.bytes(4);
    socket.write(encodeFrame({ opcode: 2, rsv1: true, payload: deflate.compress(PAYLOAD), maskingKey }));
    expect(await echo).toMatchObject({ kind: 'message', type: 'binary', compressed: true, payload: PAYLOAD });
  });

  it('opens as a server, and exchanges a compressed message', async () => {
    const received = new Promise<MessageEvent>((resolve, reject) => {
      const server = createServer((socket) => {
        serve(socket).then(resolve, reject);
      });
      closers.push(() => server.close());
      server.listen(0, '127.0.0.1', () => {
        const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt?x=1`;
        const client = new WebSocket(url, ['mqtt'], { origin: 'http://o', perMessageDeflate: { threshold: 0 } });
        closers.push(() => client.terminate());
        client.on('error', reject);
        client.on('open', () => client.send(PAYLOAD));
      });
    });
    expect(await received).toMatchObject({ kind: 'message', compressed: true, payload: PAYLOAD });
  });

  async function serve(socket: Socket): Promise<MessageEvent> {
    const { head } = await headOf(socket, 'request');
    const { request, violation } = parseUpgradeRequest(head);
    if (request === undefined) throw new Error(violation.message);
    expect(request).toMatchObject({ path: '/mqtt', query: 'x=1', origin: 'http://o', protocols: ['mqtt'] });
    const { answer, agreement } = negotiateDeflate(request.extensions);
    if (answer === undefined || agreement === undefined) throw new Error('no deflate');
    const accept = acceptKey(request.key, sha1);
    const deflate = new PerMessageDeflate(nodeCompression, agreement, 'server');
    const assembler = new MessageAssembler({ from: 'client', deflate });
    const message = messageOf(socket, new FrameReader({ from: 'client', deflate: true }), assembler);
    socket.write(buildUpgradeResponse({ accept, protocol: 'mqtt', extensions: formatExtensions([answer]) }));
    return message;
  }
});
