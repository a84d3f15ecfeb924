/** The PUBLISH of one lane. k6's `send` keeps the buffer that it is given, so each message gets a fresh one. */
import type { MqttVersion } from '#spec';
import { encode } from '#wire';
import type { LaneFacts } from '../../profiles/topology.ts';
import { HEADER_BYTES } from '../../profiles/profile.ts';
import { newPayload, writeHead, type Head } from './payload.ts';

export class LaneTemplate {
  readonly facts: LaneFacts;
  readonly #bytes: Uint8Array;
  readonly #payloadAt: number;
  readonly #packetIdAt: number;
  readonly #runId: number;
  readonly #checked: boolean;

  constructor(facts: LaneFacts, how: { lane: number; payloadBytes: number; version: MqttVersion; runId: number }) {
    const { topic, qos, retain } = facts;
    this.facts = facts;
    const payload = newPayload(how.payloadBytes, how.runId, how.lane);
    this.#bytes = encode(
      { type: 'PUBLISH', topic, payload, qos, retain, dup: false, ...(qos === 0 ? {} : { packetId: 1 }) },
      how.version,
    );
    this.#payloadAt = this.#bytes.length - how.payloadBytes;
    // 5.0: an empty list of properties stands between them.
    this.#packetIdAt = qos === 0 ? 0 : this.#payloadAt - (how.version === '5.0' ? 3 : 2);
    this.#runId = how.runId;
    this.#checked = how.payloadBytes >= HEADER_BYTES;
  }

  packet(head: Head, packetId: number): Uint8Array {
    const bytes = this.#bytes.slice();
    const view = new DataView(bytes.buffer);
    if (this.#packetIdAt > 0) view.setUint16(this.#packetIdAt, packetId);
    if (this.#checked) writeHead(view, this.#payloadAt, this.#runId, head);
    return bytes;
  }

  /** Without the packet around it, for clients that make their own. */
  payload(head: Head): Uint8Array {
    const payload = this.#bytes.slice(this.#payloadAt);
    if (this.#checked) writeHead(new DataView(payload.buffer), 0, this.#runId, head);
    return payload;
  }
}
