/** Packets out of a stream that comes in any pieces. */
import type { MqttVersion } from '#spec';
import type { Decoded, ReaderEvent, ReaderOptions, Violation } from './codec.ts';
import { decodeFramed } from './decode.ts';
import { connectVersion } from './decode/connect-version.ts';
import { bodyStart, remainingLength, TOO_LONG } from './fixed-header.ts';
import { PacketBuffer } from './packet-buffer.ts';
import { framingViolation } from './reader-violations.ts';

/**
 * Cuts a byte stream into packets and decodes them strictly. A packet that lies whole in a chunk is not copied: it and its
 * payload are views of the chunk, so the chunk must not be reused while they are in use. Memory holds only what has come,
 * never what was announced. After a violation the next packet is read, if it can be found; `ended` says that it can't.
 */
export class PacketReader {
  /** True once the stream can't be cut into packets any more; further bytes are ignored. */
  ended = false;
  #version: MqttVersion | undefined;
  readonly #options: ReaderOptions;
  readonly #limit: number;
  readonly #buffer = new PacketBuffer();
  /** Bytes of a refused packet that are still to come. */
  #skip = 0;
  #tooLarge: Violation | undefined;

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#version = options.version;
    this.#limit = options.maximumPacketSize ?? Infinity;
  }

  /** The version that is spoken: as given, or as the first CONNECT says, also a refused one. Undefined before. */
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
      const body = bodyStart(chunk, at, chunk.length);
      if (body < 0) {
        if (body === TOO_LONG) return this.#end(chunk.subarray(at, at + 5), events);
        break;
      }
      const end = body + remainingLength(chunk, at, body);
      if (end - at > this.#limit && this.#refusesSize(chunk.slice(at, body), end - at, events)) {
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

  /** Completes the packet in the buffer; gives how far the chunk is used up. */
  #fill(chunk: Uint8Array, start: number, events: ReaderEvent[]): number {
    const buffer = this.#buffer;
    let at = start;
    let body = bodyStart(buffer.bytes, 0, buffer.length);
    while (body < 0 && at < chunk.length) {
      buffer.append(chunk, at, ++at);
      body = bodyStart(buffer.bytes, 0, buffer.length);
      if (body === TOO_LONG) return this.#end(buffer.take(), events);
      if (body < 0) continue;
      const size = body + remainingLength(buffer.bytes, 0, body);
      if (size > this.#limit && this.#refusesSize(buffer.bytes.slice(0, body), size, events)) {
        this.#skip = size - body;
        buffer.take();
        return at;
      }
    }
    if (body < 0) return at;
    const size = body + remainingLength(buffer.bytes, 0, body);
    const wanted = Math.min(size - buffer.length, chunk.length - at);
    buffer.append(chunk, at, at + wanted);
    if (buffer.length === size) this.#emit(buffer.take(), 0, body, size, events);
    return at + wanted;
  }

  #emit(bytes: Uint8Array, start: number, body: number, end: number, events: ReaderEvent[]): void {
    const { from, tolerate } = this.#options;
    const whole = start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end);
    if (this.#version === undefined) {
      if ((bytes[start] as number) >> 4 !== 1) {
        const violation = framingViolation('packet.not-connect', whole, { from, version: undefined });
        events.push({ kind: 'violation', violation, bytes: whole });
        return;
      }
      this.#version = connectVersion(bytes, body, end);
    }
    const decoded = decodeFramed(bytes, start, body, end, this.#version ?? '5.0', from, tolerate);
    events.push(
      decoded.violation === undefined
        ? this.#packetEvent(decoded, whole)
        : { kind: 'violation', violation: decoded.violation, bytes: whole },
    );
    this.#tooLarge = undefined;
  }

  #packetEvent({ packet, tolerated }: Decoded & { violation?: undefined }, bytes: Uint8Array): ReaderEvent {
    const all = this.#tooLarge === undefined ? tolerated : [this.#tooLarge, ...(tolerated ?? [])];
    return all === undefined ? { kind: 'packet', packet, bytes } : { kind: 'packet', packet, bytes, tolerated: all };
  }

  /** Whether a packet is refused for its size. A tolerated violation is told with the packet. */
  #refusesSize(header: Uint8Array, size: number, events: ReaderEvent[]): boolean {
    const { from, tolerate } = this.#options;
    const message = `a packet of ${size} bytes: ${this.#limit} is the limit`;
    const violation = framingViolation('packet.too-large', header, { from, version: this.#version }, message);
    if (tolerate?.(violation) === true) {
      this.#tooLarge = violation;
      return false;
    }
    events.push({ kind: 'violation', violation, bytes: header });
    return true;
  }

  #end(header: Uint8Array, events: ReaderEvent[]): number {
    const context = { from: this.#options.from, version: this.#version };
    this.ended = true;
    events.push({ kind: 'violation', violation: framingViolation('vbi.too-long', header, context), bytes: header });
    return 0;
  }
}
