/** Packets out of a stream that comes in any pieces. */
import type { MqttVersion } from '#spec';
import type { Decoded, ReaderEvent, ReaderOptions, Violation } from './codec.ts';
import { decodeFramed } from './decode.ts';
import { hex } from './decode/decoding.ts';
import { PACKET_TYPES } from './packet-types.ts';
import { PacketBuffer } from './packet-buffer.ts';
import { requirementsOf, VIOLATIONS, type ViolationName } from './violations.ts';

/**
 * Cuts a byte stream into packets and decodes them strictly. A packet that lies whole in a chunk is not copied: it and its
 * payload are views of the chunk, so the chunk must not be reused while they are in use. Memory holds only what has come,
 * never what was announced. After a violation the next packet is read, if it can be found; `ended` says that it can't.
 */
export class PacketReader {
  #version: MqttVersion | undefined;
  /** True once the stream can't be cut into packets any more; further bytes are ignored. */
  ended = false;
  readonly #options: ReaderOptions;
  readonly #buffer = new PacketBuffer();
  /** Bytes of a refused packet that are still to come. */
  #skip = 0;
  #tooLarge: Violation | undefined;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#version = options.version;
  }

  /** The version that is spoken; undefined until CONNECT has said it. */
  get version(): MqttVersion | undefined {
    return this.#version;
  }

  /** Bytes of a packet that is not complete. */
  get pending(): number {
    return this.#buffer.length;
  }

  /** Takes the next bytes; gives what they complete. */
  push(chunk: Uint8Array): ReaderEvent[] {
    const events: ReaderEvent[] = [];
    let at = 0;
    while (at < chunk.length && !this.ended) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, chunk.length - at);
        this.#skip -= skipped;
        at += skipped;
      } else if (this.#buffer.length > 0) at = this.#fill(chunk, at, events);
      else at = this.#direct(chunk, at, events);
    }
    return events;
  }

  /** Reads packets straight from the chunk; what is left over goes into the buffer. */
  #direct(chunk: Uint8Array, start: number, events: ReaderEvent[]): number {
    let at = start;
    while (at < chunk.length) {
      const body = headerEnd(chunk, at, chunk.length);
      if (body < 0) {
        if (body === TOO_LONG) return this.#tooLong(chunk.subarray(at, at + 5), events);
        break;
      }
      const end = body + remainingLength(chunk, at + 1, body);
      if (this.#refusesSize(chunk.subarray(at, body), end - at, events)) {
        this.#skip = end - body;
        return body;
      }
      if (end > chunk.length) break;
      this.#emit(chunk, at, body, end, events);
      at = end;
    }
    this.#buffer.append(chunk, at, chunk.length);
    return chunk.length;
  }

  /** Completes the packet in the buffer. */
  #fill(chunk: Uint8Array, start: number, events: ReaderEvent[]): number {
    const buffer = this.#buffer;
    let at = start;
    let body = headerEnd(buffer.bytes, 0, buffer.length);
    while (body < 0 && at < chunk.length) {
      buffer.append(chunk, at, ++at);
      body = headerEnd(buffer.bytes, 0, buffer.length);
      if (body === TOO_LONG) return this.#tooLong(buffer.take(), events);
      if (body < 0) continue;
      const size = body + remainingLength(buffer.bytes, 1, body);
      if (this.#refusesSize(buffer.bytes.slice(0, body), size, events)) {
        this.#skip = size - body;
        buffer.take();
        return at;
      }
    }
    if (body < 0) return at;
    const size = body + remainingLength(buffer.bytes, 1, body);
    const wanted = Math.min(size - buffer.length, chunk.length - at);
    buffer.append(chunk, at, at + wanted);
    if (buffer.length === size) this.#emit(buffer.take(), 0, body, size, events);
    return at + wanted;
  }

  #emit(bytes: Uint8Array, start: number, body: number, end: number, events: ReaderEvent[]): void {
    const { from, tolerate } = this.#options;
    const whole = start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end);
    if (this.#version === undefined && (bytes[start] as number) >> 4 !== 1) {
      events.push({ kind: 'violation', violation: this.#violation('packet.not-connect', whole), bytes: whole });
      return;
    }
    const decoded = decodeFramed(bytes, start, body, end, this.#version ?? '5.0', from, tolerate);
    if (decoded.violation !== undefined) events.push({ kind: 'violation', violation: decoded.violation, bytes: whole });
    else events.push(this.#packetEvent(decoded, whole));
  }

  #packetEvent(decoded: Decoded & { violation?: undefined }, bytes: Uint8Array): ReaderEvent {
    const { packet } = decoded;
    if (this.#version === undefined && packet.type === 'CONNECT')
      this.#version = packet.protocolLevel >= 5 ? '5.0' : '3.1.1';
    const tolerated = this.#tooLarge === undefined ? decoded.tolerated : [this.#tooLarge, ...(decoded.tolerated ?? [])];
    this.#tooLarge = undefined;
    return tolerated === undefined ? { kind: 'packet', packet, bytes } : { kind: 'packet', packet, bytes, tolerated };
  }

  /** Whether the packet is refused for its size; a tolerated one is told with the packet. */
  #refusesSize(header: Uint8Array, size: number, events: ReaderEvent[]): boolean {
    const { maximumPacketSize = Infinity, tolerate } = this.#options;
    if (size <= maximumPacketSize) return false;
    const message = `a packet of ${size} bytes: ${maximumPacketSize} is the limit`;
    const violation = this.#violation('packet.too-large', header, message);
    if (tolerate?.(violation) === true) {
      this.#tooLarge = violation;
      return false;
    }
    events.push({ kind: 'violation', violation, bytes: header });
    return true;
  }

  #tooLong(header: Uint8Array, events: ReaderEvent[]): number {
    this.ended = true;
    events.push({ kind: 'violation', violation: this.#violation('vbi.too-long', header), bytes: header });
    return 0;
  }

  #violation(name: ViolationName, bytes: Uint8Array, message?: string): Violation {
    const first = bytes[0] as number;
    const packet = PACKET_TYPES[first >> 4];
    const context = { version: this.#version, from: this.#options.from, packet, about: ['header.remaining-length'] };
    return {
      name,
      requirements: requirementsOf(name, context),
      offset: name === 'packet.not-connect' ? 0 : 1,
      message:
        message ??
        (name === 'vbi.too-long'
          ? 'header.remaining-length has more than four bytes'
          : `the first packet is ${packet ?? 'of the reserved type 0'} (${hex(first)}), not CONNECT`),
      reasonCode: VIOLATIONS[name].reasonCode,
    };
  }
}

const INCOMPLETE = -1;
const TOO_LONG = -2;

/** Where the body begins; INCOMPLETE, or TOO_LONG. */
function headerEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x80) return at + 1;
    if (at === start + 4) return TOO_LONG;
  }
  return INCOMPLETE;
}

function remainingLength(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = end - 1; at >= start; at--) value = (value << 7) | ((bytes[at] as number) & 0x7f);
  return value;
}
