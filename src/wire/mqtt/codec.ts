/** The contract of the MQTT codec: what encode and decode take and give. */
import type { MqttVersion, RequirementKey } from '#spec';
import type { Packet } from './packets.ts';
import type { ViolationName } from './violations.ts';

/** Who sent the bytes: the same deviation breaks another requirement on each side. */
export type Sender = 'client' | 'server';

/** A broken rule of the wire format. */
export interface Violation {
  readonly name: ViolationName;
  /** The requirements that it breaks for this version and sender; the first is the most exact one. */
  readonly requirements: readonly RequirementKey[];
  /** Bytes from the start of the packet. */
  readonly offset: number;
  /** What is wrong, with the value: 'reserved flag of CONNECT is 1'. */
  readonly message: string;
  /** What a 5.0 server answers: 0x81 Malformed Packet, 0x82 Protocol Error, or a more exact one. */
  readonly reasonCode: number;
}

/** Where a field of a packet lies; filled only when asked for. */
export interface FieldSpan {
  readonly name: string;
  /** Bytes from the start of the packet. */
  readonly offset: number;
  readonly length: number;
  readonly value: string;
}

export interface DecodeOptions {
  readonly version: MqttVersion;
  readonly from: Sender;
  /** Decoding goes on over a violation for which this is true; its stated recovery applies. Nothing is tolerated without it. */
  readonly tolerate?: (violation: Violation) => boolean;
  readonly fields?: FieldSpan[];
}

export type Decoded =
  | { readonly packet: Packet; readonly violation?: undefined; readonly tolerated?: readonly Violation[] }
  | { readonly packet?: undefined; readonly violation: Violation };

/** One step of the incremental reader. `bytes` is the whole packet, a view of the input or a copy of its own. */
export type ReaderEvent =
  | {
      readonly kind: 'packet';
      readonly packet: Packet;
      readonly bytes: Uint8Array;
      readonly tolerated?: readonly Violation[];
    }
  | { readonly kind: 'violation'; readonly violation: Violation; readonly bytes: Uint8Array };

export interface ReaderOptions {
  readonly from: Sender;
  /** Absent until CONNECT says it (a broker's side): CONNECT decides. */
  readonly version?: MqttVersion;
  /** Bytes; a longer packet is the violation 'packet.too-large' as soon as its length is known. */
  readonly maximumPacketSize?: number;
  readonly tolerate?: (violation: Violation) => boolean;
}
