/** Compressed messages: their frames wait for the last, then the octets come out as they were before (RFC 7692 §6.2). */
import { OPCODES, PerMessageDeflate, type DeflateAgreement, type Frame } from '#wire';
import { nodeCompression } from '#io';

/** Octets of one message after inflating; no case provokes as much. */
const MOST_INFLATED = 64 * 1024 * 1024;

export class Deflation {
  readonly agreement: DeflateAgreement;
  /** Compressed messages that came. */
  received = 0;
  readonly #codec: PerMessageDeflate;
  #parts: Uint8Array[] | undefined;

  constructor(agreement: DeflateAgreement) {
    this.agreement = agreement;
    this.#codec = new PerMessageDeflate(nodeCompression, agreement, 'client');
  }

  /** The payload of a message whose first frame has RSV1; messages must leave in the order of these calls. */
  compress(payload: Uint8Array): Uint8Array {
    return this.#codec.compress(payload);
  }

  /** True for a frame of a compressed message, the ones that continue it too. */
  takes(frame: Frame): boolean {
    return this.#parts !== undefined || (frame.rsv1 && frame.opcode !== OPCODES.continuation);
  }

  /** The whole message with its last frame, before that nothing. Throws where it doesn't inflate. */
  add(frame: Frame): Uint8Array | undefined {
    this.#parts ??= [];
    this.#parts.push(frame.payload);
    if (!frame.fin) return undefined;
    const whole = Buffer.concat(this.#parts);
    this.#parts = undefined;
    this.received += 1;
    return this.#codec.decompress(whole, MOST_INFLATED);
  }
}
