import { OPCODES, type FrameToSend } from './frames.ts';

/** Cuts a stream of bytes into deliveries of the given sizes; the last size repeats until the end. */
export function splitBytes(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length; index += 1) {
    const size = sizes[Math.min(index, sizes.length - 1)] ?? bytes.length;
    if (index >= sizes.length && size < 1) throw new RangeError('the last size repeats: it must be 1 or more');
    pieces.push(bytes.subarray(at, Math.min(bytes.length, at + size)));
    at += size;
  }
  return pieces;
}

/** One whole message for each piece of the bytes: packets need not be aligned with frames (MQTT-6.0.0-2). */
export function splitFrames(bytes: Uint8Array, sizes: readonly number[], maskingKey?: () => Uint8Array): FrameToSend[] {
  return splitBytes(bytes, sizes).map((payload) => ({ opcode: OPCODES.binary, payload, ...masked(maskingKey) }));
}

/** One message in fragments of the given sizes (RFC 6455 §5.4); a size of 0 makes an empty fragment. */
export function fragmentMessage(
  opcode: number,
  payload: Uint8Array,
  sizes: readonly number[],
  maskingKey?: () => Uint8Array,
): FrameToSend[] {
  const pieces = splitBytes(payload, sizes);
  if (pieces.length === 0) pieces.push(payload);
  return pieces.map((piece, index) => ({
    opcode: index === 0 ? opcode : OPCODES.continuation,
    fin: index === pieces.length - 1,
    payload: piece,
    ...masked(maskingKey),
  }));
}

function masked(maskingKey: (() => Uint8Array) | undefined): { readonly maskingKey?: Uint8Array } {
  return maskingKey === undefined ? {} : { maskingKey: maskingKey() };
}
