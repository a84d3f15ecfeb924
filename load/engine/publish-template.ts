/** The bytes of a publisher's PUBLISH on one topic; for each message only identifier, sequence and times are written anew. */
import { encode, type Qos } from '#wire';
import type { MqttVersion } from '#spec';
import { HEADER_BYTES, type Packing } from '../profiles/profile.ts';
import type { OutBuffer } from './out-buffer.ts';
import { patchHeader, patternOf, writeHeader } from './payload.ts';

export interface TemplateOptions {
  readonly version: MqttVersion;
  readonly run: number;
  readonly lane: number;
  readonly topic: string;
  readonly qos: Qos;
  readonly retain: boolean;
  readonly payloadBytes: number;
}

export class PublishTemplate {
  readonly #message: { readonly run: number; readonly lane: number; readonly length: number };
  /** The whole packet. */
  readonly #view: DataView;
  readonly #identifierAt: number;
  readonly #payloadAt: number;
  readonly #checked: boolean;
  /** Bytes of the packet. */
  readonly length: number;

  constructor(options: TemplateOptions) {
    const { version, run, lane, topic, qos, retain, payloadBytes } = options;
    const payload = new Uint8Array(payloadBytes);
    this.#checked = payloadBytes >= HEADER_BYTES;
    this.#message = { run, lane, length: payloadBytes };
    const behind = Math.max(0, payloadBytes - HEADER_BYTES);
    payload.set(patternOf(behind).subarray(0, behind), payloadBytes - behind);
    if (this.#checked) writeHeader(new DataView(payload.buffer), 0, this.#message);
    const packet = encode(
      { type: 'PUBLISH', topic, payload, qos, retain, dup: false, ...(qos === 0 ? {} : { packetId: 1 }) },
      version,
    );
    this.#view = new DataView(packet.buffer, packet.byteOffset, packet.length);
    this.length = packet.length;
    this.#payloadAt = packet.length - payloadBytes;
    this.#identifierAt = qos === 0 ? -1 : this.#payloadAt - 2 - (version === '5.0' ? 1 : 0);
  }

  /** Makes it the message `sequence`. */
  patch(sequence: number, intended: number, actual: number, packetId: number): void {
    if (this.#checked) patchHeader(this.#view, this.#payloadAt, this.#message, sequence, intended, actual);
    if (this.#identifierAt > 0) this.#view.setUint16(this.#identifierAt, packetId);
  }

  append(out: OutBuffer, frames: boolean, packing: Packing): void {
    out.messages += 1;
    if (!frames) out.plain(this.#view, this.length);
    else if (packing === 'split') out.split(this.#view, this.length);
    else out.frame(this.#view, this.length);
  }

  /** Into a frame that was begun; gives the bytes that stand in it afterwards. */
  appendTo(out: OutBuffer, key: number, phase: number): number {
    out.messages += 1;
    out.packets += 1;
    out.masked(this.#view, 0, this.length, key, phase);
    return phase + this.length;
  }
}
