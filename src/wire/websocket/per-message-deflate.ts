import type { CompressionPort, DeflaterPort, InflaterPort } from './ports.ts';
import type { Endpoint } from './frame-rules.ts';

/** What permessage-deflate was agreed with (RFC 7692 §7.1). */
export interface DeflateAgreement {
  readonly serverNoContextTakeover: boolean;
  readonly clientNoContextTakeover: boolean;
  /** Bits, 8 to 15. */
  readonly serverMaxWindowBits: number;
  readonly clientMaxWindowBits: number;
}

const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/** Compresses what `role` sends, and decompresses what it gets, message by message (RFC 7692 §7.2). */
export class PerMessageDeflate {
  readonly #deflater: DeflaterPort;
  readonly #inflater: InflaterPort;
  readonly #forgetsOut: boolean;
  readonly #forgetsIn: boolean;

  constructor(compression: CompressionPort, agreement: DeflateAgreement, role: Endpoint) {
    const { serverMaxWindowBits: server, clientMaxWindowBits: client } = agreement;
    this.#deflater = compression.deflater(role === 'server' ? server : client);
    this.#inflater = compression.inflater(role === 'server' ? client : server);
    const { serverNoContextTakeover, clientNoContextTakeover } = agreement;
    this.#forgetsOut = role === 'server' ? serverNoContextTakeover : clientNoContextTakeover;
    this.#forgetsIn = role === 'server' ? clientNoContextTakeover : serverNoContextTakeover;
  }

  /** The payload of a message whose first frame has RSV1. */
  compress(payload: Uint8Array): Uint8Array {
    if (this.#forgetsOut) this.#deflater.reset();
    const deflated = this.#deflater.deflate(payload);
    return deflated.subarray(0, deflated.length - TAIL.length);
  }

  /** Throws what the port throws: on corrupt input, and above `limit` bytes. */
  decompress(payload: Uint8Array, limit: number): Uint8Array {
    if (this.#forgetsIn) this.#inflater.reset();
    const whole = new Uint8Array(payload.length + TAIL.length);
    whole.set(payload);
    whole.set(TAIL, payload.length);
    return this.#inflater.inflate(whole, limit);
  }
}
