import type { FrameToSend } from './frames.ts';
import { mask } from './masking.ts';

const MOST_IN_7_BITS = 125;
const MOST_IN_16_BITS = 65_535;

/**
 * The bytes of a frame, right or wrong (RFC 6455 §5.2). A decoded `Frame` encodes to the bytes it came from.
 * Throws `RangeError` where the wanted form can't hold a value.
 */
export function encodeFrame(frame: FrameToSend): Uint8Array {
  const { payload, maskingKey: key } = frame;
  if (key !== undefined && key.length !== 4) throw new RangeError(`a masking key has 4 bytes, not ${key.length}`);
  if (!(frame.opcode >= 0 && frame.opcode <= 15)) throw new RangeError(`an opcode has 4 bits: ${frame.opcode}`);
  const announced = frame.announcedLength ?? BigInt(payload.length);
  const form = frame.lengthForm ?? shortestForm(announced);
  const headerLength = 2 + extendedLength(form) + (key === undefined ? 0 : 4);
  const bytes = new Uint8Array(headerLength + payload.length);
  bytes[0] = firstByte(frame);
  writeLength(bytes, form, announced);
  if (key !== undefined) {
    bytes[1] = (bytes[1] as number) | 0x80;
    bytes.set(key, headerLength - 4);
  }
  bytes.set(payload, headerLength);
  if (key !== undefined) mask(bytes, key, headerLength);
  return bytes;
}

function firstByte(frame: FrameToSend): number {
  return (
    (frame.fin === false ? 0 : 0x80) |
    (frame.rsv1 === true ? 0x40 : 0) |
    (frame.rsv2 === true ? 0x20 : 0) |
    (frame.rsv3 === true ? 0x10 : 0) |
    frame.opcode
  );
}

function shortestForm(length: bigint): 7 | 16 | 64 {
  if (length <= MOST_IN_7_BITS) return 7;
  return length <= MOST_IN_16_BITS ? 16 : 64;
}

function extendedLength(form: 7 | 16 | 64): number {
  if (form === 7) return 0;
  return form === 16 ? 2 : 8;
}

function writeLength(bytes: Uint8Array, form: 7 | 16 | 64, length: bigint): void {
  const largest = form === 7 ? BigInt(MOST_IN_7_BITS) : 2n ** BigInt(form) - 1n;
  if (length < 0n || length > largest) throw new RangeError(`a length of ${length} does not fit into ${form} bits`);
  const view = new DataView(bytes.buffer);
  if (form === 7) view.setUint8(1, Number(length));
  else if (form === 16) {
    view.setUint8(1, 126);
    view.setUint16(2, Number(length));
  } else {
    view.setUint8(1, 127);
    view.setBigUint64(2, length);
  }
}
