import { utf8Problem } from '../utf8.ts';
import { decodeCloseBody, type CloseBody } from './close.ts';
import { frameViolation, type Endpoint, type FrameViolation, type TolerateFrame } from './frame-rules.ts';
import { LARGEST_PACKET } from './frame-reader.ts';
import { OPCODES, type Frame } from './frames.ts';
import type { PerMessageDeflate } from './per-message-deflate.ts';

export interface MessageAssemblerOptions {
  /** Who sends what is read. */
  readonly from: Endpoint;
  /** Bytes, after inflating. Default: the largest MQTT packet. */
  readonly maximumMessage?: number;
  /** Where permessage-deflate was agreed. */
  readonly deflate?: Pick<PerMessageDeflate, 'decompress'>;
  readonly tolerate?: TolerateFrame;
}

export type MessageEvent =
  | {
      readonly kind: 'message';
      readonly type: 'text' | 'binary';
      /** Inflated, where it was compressed. */
      readonly payload: Uint8Array;
      readonly compressed: boolean;
      /** How many frames it came in. */
      readonly frames: number;
    }
  | { readonly kind: 'ping'; readonly payload: Uint8Array }
  | { readonly kind: 'pong'; readonly payload: Uint8Array }
  | { readonly kind: 'close'; readonly payload: Uint8Array; readonly close: CloseBody }
  | { readonly kind: 'violation'; readonly violation: FrameViolation };

interface OpenMessage {
  readonly type: 'text' | 'binary';
  readonly compressed: boolean;
  parts: Uint8Array[];
  length: number;
}

/** Joins frames, read by a `FrameReader`, to messages; control frames in between come out at once (RFC 6455 §5.4). */
export class MessageAssembler {
  readonly #options: MessageAssemblerOptions;
  readonly #maximum: number;
  #open: OpenMessage | undefined;

  constructor(options: MessageAssemblerOptions) {
    this.#options = options;
    this.#maximum = options.maximumMessage ?? LARGEST_PACKET;
  }

  /** What the frame completes; nothing where the message goes on. */
  push(frame: Frame): MessageEvent | undefined {
    switch (frame.opcode) {
      case OPCODES.ping:
        return { kind: 'ping', payload: frame.payload };
      case OPCODES.pong:
        return { kind: 'pong', payload: frame.payload };
      case OPCODES.close:
        return this.#close(frame.payload);
      case OPCODES.continuation:
      case OPCODES.text:
      case OPCODES.binary:
        return this.#data(frame);
      default:
        return undefined;
    }
  }

  #close(payload: Uint8Array): MessageEvent {
    const { close, violations } = decodeCloseBody(payload, this.#options.from);
    const violation = violations.find((each) => this.#options.tolerate?.(each) !== true);
    return violation === undefined ? { kind: 'close', payload, close } : { kind: 'violation', violation };
  }

  #data(frame: Frame): MessageEvent | undefined {
    this.#open ??= {
      type: frame.opcode === OPCODES.text ? 'text' : 'binary',
      compressed: frame.rsv1 && this.#options.deflate !== undefined && frame.opcode !== OPCODES.continuation,
      parts: [],
      length: 0,
    };
    const message = this.#open;
    message.length += frame.payload.length;
    message.parts.push(frame.payload);
    if (message.length > this.#maximum) {
      const refused = this.#refuse('message.too-large', `a message is above the limit of ${this.#maximum} bytes`);
      if (refused !== undefined) return refused;
    }
    if (!frame.fin) return undefined;
    this.#open = undefined;
    const joined = join(message);
    if (!message.compressed) return this.#complete(message, joined);
    return this.#inflate(message, joined);
  }

  #inflate(message: OpenMessage, joined: Uint8Array): MessageEvent | undefined {
    let payload: Uint8Array;
    try {
      payload = (this.#options.deflate as PerMessageDeflate).decompress(joined, this.#maximum);
    } catch (error) {
      const { code, message: text } = error as { code?: unknown; message: string };
      const tooLarge = typeof code === 'string' && code.endsWith('TOO_LARGE');
      return this.#refuse(tooLarge ? 'deflate.too-large' : 'deflate.corrupt', `a compressed message ${text}`);
    }
    return this.#complete(message, payload);
  }

  #complete(message: OpenMessage, payload: Uint8Array): MessageEvent {
    const { type, compressed, parts } = message;
    if (type === 'text' && utf8Problem(payload, 0, payload.length, true) !== undefined) {
      const refused = this.#refuse('message.not-utf8', 'a text message is not UTF-8');
      if (refused !== undefined) return refused;
    }
    return { kind: 'message', type, payload, compressed, frames: parts.length };
  }

  #refuse(name: FrameViolation['name'], message: string): MessageEvent | undefined {
    const violation = frameViolation(name, this.#options.from, 0, message);
    return this.#options.tolerate?.(violation) === true ? undefined : { kind: 'violation', violation };
  }
}

function join({ parts, length }: OpenMessage): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
