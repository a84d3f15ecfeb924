/** What a connection that offered permessage-deflate sends and gets (RFC 7692): packets to messages, compressed where that was agreed. */
import { nodeCompression } from '#io';
import { PerMessageDeflate, type DeflateAgreement } from '#wire';
import type { Packing } from '../profiles/profile.ts';
import type { OutBuffer } from './out-buffer.ts';

/** Bytes of a message after inflating: the largest MQTT packet. */
const LARGEST = 268_435_460;
const FIN = 0x80;
const RSV1 = 0x40;
const BINARY = 0x02;
const CONTINUATION = 0x00;

/** Keeps the window of both directions, at most 32 KiB each, as far as the agreement lets it. */
export class MessagePacker {
  readonly #codec: PerMessageDeflate | undefined;
  #parts: Uint8Array[] = [];
  #length = 0;

  /** Without an agreement messages leave as they are. */
  constructor(agreement: DeflateAgreement | undefined) {
    this.#codec = agreement === undefined ? undefined : new PerMessageDeflate(nodeCompression, agreement, 'client');
  }

  /** Puts the packets that stand one behind the other in `plain` into frames. */
  pack(plain: Uint8Array, packing: Packing, out: OutBuffer): void {
    if (packing === 'many') return this.#message(plain, false, out);
    for (let at = 0; at < plain.length;) {
      const end = endOfPacket(plain, at);
      this.#message(plain.subarray(at, end), packing === 'split', out);
      at = end;
    }
  }

  #message(payload: Uint8Array, split: boolean, out: OutBuffer): void {
    const bytes = this.#codec?.compress(payload) ?? payload;
    const first = this.#codec === undefined ? BINARY : BINARY | RSV1;
    const half = bytes.length >>> 1;
    if (!split || half === 0) return out.bytesInFrame(bytes, first | FIN);
    out.bytesInFrame(bytes.subarray(0, half), first);
    out.bytesInFrame(bytes.subarray(half), CONTINUATION | FIN);
  }

  /** Takes the payload of a frame of a compressed message; with its last the message, inflated. Throws where it doesn't inflate. */
  inflate(bytes: Uint8Array, from: number, to: number, last: boolean): Uint8Array | undefined {
    this.#length += to - from;
    if (this.#length > LARGEST) throw new RangeError('it is larger than any MQTT packet');
    this.#parts.push(bytes.slice(from, to));
    if (!last) return undefined;
    this.#length = 0;
    const whole = this.#parts.length === 1 ? (this.#parts[0] as Uint8Array) : Buffer.concat(this.#parts);
    this.#parts = [];
    return this.#codec?.decompress(whole, LARGEST);
  }
}

function endOfPacket(bytes: Uint8Array, start: number): number {
  let length = 0;
  let at = start + 1;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at] as number;
    at += 1;
    length |= (byte & 0x7f) << shift;
    if (byte < 0x80) return at + length;
  }
}
