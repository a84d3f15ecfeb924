/** HTTP as far as an impostor needs it. */
import { sha1, type Duplex } from '#io';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

export interface RequestListener {
  /** The head is there; `rest` came behind it. */
  request(key: string, rest: Uint8Array, head: string): void;
  /** What comes afterwards. */
  data?(bytes: Uint8Array): void;
  ended?(): void;
}

/** Reads up to the blank line, with no check at all. */
export function readRequest(duplex: Duplex, listener: RequestListener): void {
  let head = '';
  let done = false;
  duplex.listen({
    data(bytes) {
      if (done) return listener.data?.(bytes);
      const before = head.length;
      head += Buffer.from(bytes).toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      done = true;
      const key = /^sec-websocket-key:[ \t]*(.*?)[ \t]*$/im.exec(head.slice(0, end))?.[1] ?? '';
      listener.request(key, bytes.subarray(end + 4 - before), head.slice(0, end));
    },
    ended: () => (listener.ended ?? (() => duplex.end()))(),
    closed: () => undefined,
  });
}

/** `more`: further header lines, each with its line end. */
export function switching(key: string, more = ''): Uint8Array {
  const accept = Buffer.from(sha1(latin1(key + GUID))).toString('base64');
  return latin1(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: mqtt\r\n${more}\r\n`,
  );
}

export function page(status: string, body: string): Uint8Array {
  return latin1(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}
