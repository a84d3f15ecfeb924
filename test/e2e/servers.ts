/** Servers that are no brokers, or stop being one: each a handful of lines over raw TCP. */
import { createHash } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';

export interface TestServer {
  readonly port: number;
  close(): void;
}

export async function serve(talk: (socket: Socket, nth: number) => void): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let nth = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    talk(socket, ++nth);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Answers the upgrade by the book, then hands over. */
export function upgraded(talk: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    let head = '';
    socket.on('data', function onHead(bytes: Buffer) {
      head += bytes.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      socket.off('data', onHead);
      const key = /sec-websocket-key: *(\S+)/i.exec(head)?.[1] ?? '';
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n`,
      );
      talk(socket);
    });
  };
}

/** Writes the same bytes until the socket is gone, as fast as they are taken. */
export function flood(bytes: Buffer): (socket: Socket) => void {
  return (socket) => {
    socket.resume();
    const more = (): void => {
      while (socket.writable && socket.write(bytes));
    };
    socket.on('drain', more);
    more();
  };
}

/** One binary frame from the server. */
export const frame = (payload: readonly number[]): Buffer => Buffer.from([0x82, payload.length, ...payload]);

/** Passes bytes to a port and back. */
export function forward(port: number): (socket: Socket) => Socket {
  return (socket) => {
    const onward = connect(port, '127.0.0.1');
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
    return onward;
  };
}
