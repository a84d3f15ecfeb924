/** RFC 6455 §5.2: the contract of the frame codec. */
export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame as it stood on the wire; `payload` is already unmasked. */
export interface Frame {
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly opcode: number;
  readonly maskingKey?: Uint8Array;
  readonly payload: Uint8Array;
  /** How the length was written. */
  readonly lengthForm: 7 | 16 | 64;
  /** Bytes of the header. */
  readonly headerLength: number;
}

/** What to put on the wire; every field may be wrong on purpose. */
export interface FrameToSend {
  readonly opcode: number;
  readonly payload: Uint8Array;
  /** Default true. */
  readonly fin?: boolean;
  readonly rsv1?: boolean;
  readonly rsv2?: boolean;
  readonly rsv3?: boolean;
  /** Absent: not masked. */
  readonly maskingKey?: Uint8Array;
  /** Default: the shortest that fits. */
  readonly lengthForm?: 7 | 16 | 64;
  /** The length to announce, where it should lie. Default: the payload's. */
  readonly announcedLength?: bigint;
}
