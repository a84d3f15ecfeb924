/** Cuts a stream of bytes into the WebSocket frames of a server, in place. */
import { PendingBytes } from './pending-bytes.ts';

export interface FrameSink {
  /** Payload of a binary or continuation frame: MQTT packets do not care for the bounds of messages (MQTT 6.0.0-1). False: no more. */
  data(bytes: Uint8Array, from: number, to: number): boolean;
  /** The same of a compressed message: it can be read only when its last frame is there. */
  compressed(bytes: Uint8Array, from: number, to: number, last: boolean): boolean;
  /** Close, Ping and Pong; false: nothing more is wanted. */
  control(opcode: number, bytes: Uint8Array, from: number, to: number): boolean;
  malformed(message: string): void;
}

export class FrameSplitter {
  #pending: PendingBytes | undefined;
  #open = false;
  /** The message that is open began with RSV1. */
  #compressed = false;
  readonly #deflate: boolean;

  /** `deflate`: permessage-deflate was agreed. */
  constructor(deflate = false) {
    this.#deflate = deflate;
  }

  push(bytes: Uint8Array, from: number, to: number, sink: FrameSink): void {
    const pending = this.#pending;
    if (pending === undefined) return this.#read(bytes, from, to, sink);
    pending.append(bytes, from, to);
    if (pending.length < pending.wanted) return;
    this.#pending = undefined;
    this.#read(pending.bytes, 0, pending.length, sink);
  }

  #read(bytes: Uint8Array, from: number, to: number, sink: FrameSink): void {
    let at = from;
    while (at < to) {
      if (to - at < 2) return this.#keep(bytes, at, to, 2);
      const first = bytes[at] as number;
      const second = bytes[at + 1] as number;
      const fault = this.#fault(first, second);
      if (fault !== undefined) return sink.malformed(fault);
      let length = second & 0x7f;
      let payload = at + 2;
      if (length >= 126) {
        const size = length === 126 ? 2 : 8;
        if (to - payload < size) return this.#keep(bytes, at, to, 2 + size);
        length = 0;
        for (let n = 0; n < size; n += 1) length = length * 256 + (bytes[payload + n] as number);
        payload += size;
      }
      const end = payload + length;
      if (end > to) return this.#keep(bytes, at, to, end - at);
      const opcode = first & 0x0f;
      if (opcode < 8) {
        if (opcode !== 0) this.#compressed = (first & 0x40) !== 0;
        this.#open = first < 0x80;
        const more = this.#compressed
          ? sink.compressed(bytes, payload, end, first >= 0x80)
          : sink.data(bytes, payload, end);
        if (!more) return;
      } else if (!sink.control(opcode, bytes, payload, end)) return;
      at = end;
    }
  }

  #keep(bytes: Uint8Array, from: number, to: number, wanted: number): void {
    this.#pending = new PendingBytes(bytes, from, to, wanted);
  }

  #fault(first: number, second: number): string | undefined {
    const allowed = this.#deflate && (first & 0x0f) === 2 ? 0x40 : 0;
    if ((first & 0x70 & ~allowed) !== 0) return 'a frame with a reserved bit, though no extension was agreed';
    if ((second & 0x80) !== 0) return 'a masked frame from the server';
    const opcode = first & 0x0f;
    if (opcode === 1) return 'a text frame';
    if (opcode === 0 ? !this.#open : opcode === 2 && this.#open) return 'a fragment out of turn';
    return opcode > 2 && (opcode < 8 || opcode > 10) ? `a frame with the opcode ${opcode}` : undefined;
  }
}
