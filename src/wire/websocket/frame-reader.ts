import { checkHeader, checkLength, isControl } from './frame-checks.ts';
import { LONGEST_HEADER, readHeader, readLength, type FrameHeader } from './frame-header.ts';
import type { Endpoint, FrameViolation, TolerateFrame } from './frame-rules.ts';
import { OPCODES, type Frame } from './frames.ts';
import { mask } from './masking.ts';

export interface FrameReaderOptions {
  /** Who sends what is read. */
  readonly from: Endpoint;
  /** True where permessage-deflate was agreed: RSV1 is allowed on the first frame of a message. */
  readonly deflate?: boolean;
  /** Bytes; a longer frame is the violation 'frame.too-large' as soon as its length is known. Default: the largest MQTT packet. */
  readonly maximumPayload?: number;
  readonly tolerate?: TolerateFrame;
}

export type FrameEvent =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly tolerated?: readonly FrameViolation[] }
  /** `bytes` is the header as far as it was read. Nothing is read after it. */
  | { readonly kind: 'violation'; readonly violation: FrameViolation; readonly bytes: Uint8Array };

/** Bytes of the largest MQTT packet: header, length, 256 MiB less one. */
export const LARGEST_PACKET = 268_435_460;

/** Reads frames from a stream cut anywhere. It keeps what has come, never what is only announced. */
export class FrameReader {
  readonly #from: Endpoint;
  readonly #deflate: boolean;
  readonly #maximum: number;
  readonly #tolerate: TolerateFrame | undefined;
  readonly #head = new Uint8Array(LONGEST_HEADER);
  #headLength = 0;
  #header: FrameHeader | undefined;
  /** Of the payload; known as soon as the length fields are complete. */
  #length: number | undefined;
  /** A payload that comes in pieces; it grows with what has come. */
  #buffer = new Uint8Array(0);
  #filled = 0;
  #tolerated: FrameViolation[] = [];
  #messageOpen = false;
  #broken = false;

  constructor(options: FrameReaderOptions) {
    this.#from = options.from;
    this.#deflate = options.deflate ?? false;
    this.#maximum = options.maximumPayload ?? LARGEST_PACKET;
    this.#tolerate = options.tolerate;
  }

  /** Bytes of an unfinished frame that are kept. */
  get pending(): number {
    return this.#headLength + this.#filled;
  }

  /** True where a fragmented message waits for its end. */
  get messageOpen(): boolean {
    return this.#messageOpen;
  }

  push(chunk: Uint8Array): FrameEvent[] {
    const events: FrameEvent[] = [];
    let at = 0;
    while (at < chunk.length && !this.#broken) {
      at = this.#takeHead(chunk, at, events);
      if (this.#broken || this.#header === undefined || this.#length === undefined) break;
      if (this.#headLength < this.#header.headerLength) break;
      const end = Math.min(chunk.length, at + this.#length - this.#filled);
      const piece = chunk.subarray(at, end);
      at = end;
      const payload = this.#takePayload(piece, this.#length);
      if (payload !== undefined) events.push(this.#finish(this.#header, payload));
    }
    return events;
  }

  /** Fills the header byte by byte as far as needed, and judges each part as soon as it is there. */
  #takeHead(chunk: Uint8Array, from: number, events: FrameEvent[]): number {
    let at = from;
    for (;;) {
      const wanted = this.#wantedHead();
      while (this.#headLength < wanted && at < chunk.length) this.#head[this.#headLength++] = chunk[at++] as number;
      if (this.#headLength < wanted) return at;
      if (this.#header === undefined) {
        this.#header = readHeader(this.#head[0] as number, this.#head[1] as number);
        const context = { from: this.#from, deflate: this.#deflate, messageOpen: this.#messageOpen };
        if (!this.#passes(checkHeader(this.#header, context), events)) return at;
      } else if (this.#length === undefined) {
        const form = this.#header.lengthForm;
        const announced = readLength(this.#head, form);
        if (!this.#passes(checkLength(announced, form, this.#from, this.#maximum), events)) return at;
        this.#length = announced.length;
      } else return at;
    }
  }

  #wantedHead(): number {
    if (this.#header === undefined) return 2;
    const { headerLength, masked } = this.#header;
    return this.#length === undefined && masked ? headerLength - 4 : headerLength;
  }

  #passes(violations: readonly FrameViolation[], events: FrameEvent[]): boolean {
    for (const violation of violations) {
      if (this.#tolerate?.(violation) === true) {
        this.#tolerated.push(violation);
        continue;
      }
      this.#broken = true;
      events.push({ kind: 'violation', violation, bytes: this.#head.slice(0, this.#headLength) });
      return false;
    }
    return true;
  }

  /** The payload as soon as it is whole. One that came in one piece is a view of that piece. */
  #takePayload(piece: Uint8Array, length: number): Uint8Array | undefined {
    if (this.#filled === 0 && piece.length === length) return piece;
    const filled = this.#filled + piece.length;
    if (filled > this.#buffer.length) {
      const larger = new Uint8Array(Math.min(length, Math.max(filled, 2 * this.#buffer.length)));
      larger.set(this.#buffer.subarray(0, this.#filled));
      this.#buffer = larger;
    }
    this.#buffer.set(piece, this.#filled);
    this.#filled = filled;
    return filled === length ? this.#buffer : undefined;
  }

  #finish(header: FrameHeader, raw: Uint8Array): FrameEvent {
    const { fin, rsv1, rsv2, rsv3, lengthForm, headerLength } = header;
    const maskingKey = header.masked ? this.#head.slice(headerLength - 4, headerLength) : undefined;
    // A masked payload in one piece is still the caller's array: it is unmasked in a copy.
    const payload = maskingKey !== undefined && raw !== this.#buffer ? raw.slice() : raw;
    if (maskingKey !== undefined) mask(payload, maskingKey);
    const opcode = header.opcode;
    const frame: Frame = {
      fin,
      rsv1,
      rsv2,
      rsv3,
      opcode,
      ...(maskingKey === undefined ? {} : { maskingKey }),
      payload,
      lengthForm,
      headerLength,
    };
    const tolerated = this.#tolerated;
    if (!isControl(opcode) && opcode <= OPCODES.binary) this.#messageOpen = !fin;
    this.#headLength = 0;
    this.#header = undefined;
    this.#length = undefined;
    this.#buffer = new Uint8Array(0);
    this.#filled = 0;
    this.#tolerated = [];
    return tolerated.length === 0 ? { kind: 'frame', frame } : { kind: 'frame', frame, tolerated };
  }
}
