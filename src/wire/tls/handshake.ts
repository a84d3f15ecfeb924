/** Handshake messages (RFC 8446 §4) out of plain records: several in one, or one in several. */
import { concat } from '../concat.ts';
import { numberOctets } from './octets.ts';

export const HANDSHAKE_TYPES = {
  helloRequest: 0,
  clientHello: 1,
  serverHello: 2,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateStatus: 22,
} as const;

export interface HandshakeMessage {
  readonly type: number;
  readonly body: Uint8Array;
}

/** Octets of one message that are read; real chains have a few thousand. */
export const LARGEST_HANDSHAKE = 262_144;

export const encodeHandshake = ({ type, body }: HandshakeMessage): Uint8Array =>
  concat([type], numberOctets(body.length, 3), body);

export type HandshakeEvent =
  | { readonly kind: 'message'; readonly message: HandshakeMessage }
  | { readonly kind: 'too-large'; readonly announced: number };

/** Takes fragments of handshake records, gives whole messages. */
export class HandshakeReader {
  #rest: Uint8Array = new Uint8Array(0);
  #ended = false;

  get pending(): number {
    return this.#rest.length;
  }

  push(fragment: Uint8Array): HandshakeEvent[] {
    if (this.#ended) return [];
    const events: HandshakeEvent[] = [];
    let all = concat(this.#rest, fragment);
    while (all.length >= 4) {
      const [type = 0, high = 0, middle = 0, low = 0] = all;
      const length = (high * 256 + middle) * 256 + low;
      if (length > LARGEST_HANDSHAKE) {
        this.#ended = true;
        this.#rest = new Uint8Array(0);
        return [...events, { kind: 'too-large', announced: length }];
      }
      if (all.length < 4 + length) break;
      events.push({ kind: 'message', message: { type, body: all.slice(4, 4 + length) } });
      all = all.subarray(4 + length);
    }
    this.#rest = all.slice();
    return events;
  }
}
