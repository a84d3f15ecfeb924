/** Cuts a stream of bytes into MQTT packets, in place: nothing is copied but what is not complete at the end of a chunk. */
import { PendingBytes } from './pending-bytes.ts';

export interface PacketSink {
  /** `body` is where the variable header begins; the bytes are valid only until it returns. False: nothing more is wanted. */
  packet(bytes: Uint8Array, start: number, body: number, end: number): boolean;
  malformed(message: string): void;
}

export class PacketSplitter {
  #pending: PendingBytes | undefined;

  push(bytes: Uint8Array, from: number, to: number, sink: PacketSink): void {
    const pending = this.#pending;
    if (pending === undefined) return this.#read(bytes, from, to, sink);
    pending.append(bytes, from, to);
    if (pending.length < pending.wanted) return;
    this.#pending = undefined;
    this.#read(pending.bytes, 0, pending.length, sink);
  }

  #read(bytes: Uint8Array, from: number, to: number, sink: PacketSink): void {
    let at = from;
    while (at < to) {
      let body = at + 1;
      let length = 0;
      let shift = 0;
      for (;;) {
        if (body >= to) return this.#keep(bytes, at, to, to - at + 1);
        const byte = bytes[body] as number;
        body += 1;
        length |= (byte & 0x7f) << shift;
        if (byte < 0x80) break;
        shift += 7;
        if (shift > 21) return sink.malformed('a remaining length of more than four bytes');
      }
      const end = body + length;
      if (end > to) return this.#keep(bytes, at, to, end - at);
      if (!sink.packet(bytes, at, body, end)) return;
      at = end;
    }
  }

  #keep(bytes: Uint8Array, from: number, to: number, wanted: number): void {
    this.#pending = new PendingBytes(bytes, from, to, wanted);
  }
}
