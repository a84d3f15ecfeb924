/** What an impostor that gets as far as MQTT stands on: bytes of MQTT in and out, over TCP or after an upgrade. */
import { encodeFrame, FrameReader, OPCODES, type Frame } from '#wire';
import type { Duplex } from '#io';
import { readRequest, switching } from './http.ts';

export interface Line {
  /** Octets of MQTT; over WebSocket each call is one binary frame. */
  send(bytes: Uint8Array): void;
  /** Octets below all framing. */
  raw(bytes: Uint8Array): void;
  /** The closing handshake where there is one, then FIN. */
  close(): void;
  reset(): void;
  readonly closed: boolean;
}

export interface LineListener {
  /** Both sides can talk MQTT now. */
  opened?(line: Line): void;
  received?(bytes: Uint8Array, line: Line): void;
  /** The peer has sent FIN, or a Close frame. Default: closes. */
  ended?(line: Line): void;
}

export function openLine(duplex: Duplex, transport: 'ws' | 'tcp', listener: LineListener): void {
  if (transport === 'tcp') openTcp(duplex, listener);
  else openWebSocket(duplex, listener);
}

function openTcp(duplex: Duplex, listener: LineListener): void {
  const line: Line = {
    send: (bytes) => duplex.write(bytes),
    raw: (bytes) => duplex.write(bytes),
    close: () => duplex.end(),
    reset: () => duplex.reset(),
    get closed() {
      return duplex.closed;
    },
  };
  duplex.listen({
    data: (bytes) => listener.received?.(bytes, line),
    ended: () => (listener.ended ?? ((open) => open.close()))(line),
    closed: () => undefined,
  });
  listener.opened?.(line);
}

function openWebSocket(duplex: Duplex, listener: LineListener): void {
  const line: Line = {
    send: (payload) => duplex.write(encodeFrame({ opcode: OPCODES.binary, payload })),
    raw: (bytes) => duplex.write(bytes),
    close() {
      duplex.write(encodeFrame({ opcode: OPCODES.close, payload: Uint8Array.of(0x03, 0xe8) }));
      duplex.end();
    },
    reset: () => duplex.reset(),
    get closed() {
      return duplex.closed;
    },
  };
  const ended = (): void => (listener.ended ?? ((open) => open.close()))(line);
  const reader = new FrameReader({ from: 'client', tolerate: () => true });
  const take = (bytes: Uint8Array): void => {
    for (const event of reader.push(bytes)) if (event.kind === 'frame') answerFrame(event.frame, line, listener, ended);
  };
  let upgraded = false;
  readRequest(duplex, {
    request(key, rest) {
      upgraded = true;
      duplex.write(switching(key));
      listener.opened?.(line);
      if (rest.length > 0) take(rest);
    },
    data: take,
    ended: () => (upgraded ? ended() : duplex.end()),
  });
}

function answerFrame(frame: Frame, line: Line, listener: LineListener, ended: () => void): void {
  if (frame.opcode === OPCODES.ping) line.raw(encodeFrame({ opcode: OPCODES.pong, payload: frame.payload }));
  else if (frame.opcode === OPCODES.close) ended();
  else if (frame.opcode < 8) listener.received?.(frame.payload, line);
}
