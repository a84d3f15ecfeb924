/** The bytes of one write: frames and packets one behind the other, in one buffer that is used again and again. */
import { maskingKey } from './masking-keys.ts';

const FIRST = 128 * 1024;

export class OutBuffer {
  #bytes = Buffer.allocUnsafeSlow(FIRST);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** PUBLISH packets among it. */
  messages = 0;
  packets = 0;

  get length(): number {
    return this.#length;
  }

  /** The packet as it is. */
  plain(packet: DataView, length: number): void {
    this.#reserve(length);
    copy(packet, length, this.#view, this.#length);
    this.#length += length;
    this.packets += 1;
  }

  /** The packet in a masked frame of its own. */
  frame(packet: DataView, length: number): void {
    this.packets += 1;
    const key = this.begin(length, 0x82);
    this.masked(packet, 0, length, key, 0);
  }

  /** The packet in two masked frames of one message. */
  split(packet: DataView, length: number): void {
    this.packets += 1;
    const half = length >>> 1;
    if (half === 0) return this.frame(packet, length);
    const first = this.begin(half, 0x02);
    this.masked(packet, 0, half, first, 0);
    const second = this.begin(length - half, 0x80);
    this.masked(packet, half, length - half, second, 0);
  }

  /** A masked frame with another first byte than that of a whole binary message. */
  bytesInFrame(bytes: Uint8Array, first: number): void {
    const key = this.begin(bytes.length, first);
    this.masked(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), 0, bytes.length, key, 0);
  }

  /** Writes the head of a client's frame for `length` bytes; gives its masking key. */
  begin(length: number, first: number): number {
    this.#reserve(length + 14);
    const bytes = this.#bytes;
    let at = this.#length;
    bytes[at] = first;
    if (length < 126) {
      bytes[at + 1] = 0x80 | length;
      at += 2;
    } else if (length < 65_536) {
      bytes[at + 1] = 0x80 | 126;
      this.#view.setUint16(at + 2, length);
      at += 4;
    } else {
      bytes[at + 1] = 0x80 | 127;
      this.#view.setUint32(at + 2, 0);
      this.#view.setUint32(at + 6, length);
      at += 10;
    }
    const key = maskingKey();
    this.#view.setUint32(at, key, true);
    this.#length = at + 4;
    return key;
  }

  /** Appends bytes of a frame that was begun; `phase` of them stand in the frame already. */
  masked(source: DataView, from: number, length: number, key: number, phase: number): void {
    const shift = (phase & 3) * 8;
    const word = shift === 0 ? key : (key >>> shift) | (key << (32 - shift));
    const view = this.#view;
    const at = this.#length;
    const whole = length & ~3;
    for (let n = 0; n < whole; n += 4) view.setUint32(at + n, source.getUint32(from + n, true) ^ word, true);
    for (let n = whole; n < length; n += 1) view.setUint8(at + n, source.getUint8(from + n) ^ (word >>> ((n & 3) * 8)));
    this.#length = at + length;
  }

  /** What is to be written; it may be a view of the buffer, see `written`. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** After the write: `taken` where the system has the bytes already. Else they belong to the socket, and there is a new buffer. */
  written(taken: boolean): void {
    if (!taken) this.#replace(FIRST);
    else if (this.#bytes.length > 16 * FIRST) this.#replace(FIRST);
    this.#length = 0;
    this.messages = 0;
    this.packets = 0;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const before = this.#bytes;
    this.#replace(Math.max(needed, 2 * before.length));
    before.copy(this.#bytes, 0, 0, this.#length);
  }

  #replace(size: number): void {
    this.#bytes = Buffer.allocUnsafeSlow(size);
    this.#view = new DataView(this.#bytes.buffer);
  }
}

function copy(source: DataView, length: number, into: DataView, at: number): void {
  const whole = length & ~3;
  for (let n = 0; n < whole; n += 4) into.setUint32(at + n, source.getUint32(n, true), true);
  for (let n = whole; n < length; n += 1) into.setUint8(at + n, source.getUint8(n));
}
