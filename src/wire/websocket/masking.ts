const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** Masks or unmasks in place (RFC 6455 §5.3): the same step both ways. `key` has four bytes. */
export function mask(bytes: Uint8Array, key: Uint8Array, from = 0): void {
  let at = from;
  const end = bytes.length;
  if (end - from >= 32) {
    const start = at;
    while (((bytes.byteOffset + at) & 3) !== 0) at = maskOne(bytes, at, key, at - start);
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >> 2);
    const word = keyWord(key, at - start);
    for (let index = 0; index < words.length; index += 1) words[index] = (words[index] as number) ^ word;
    const done = at - start + 4 * words.length;
    for (at = start + done; at < end;) at = maskOne(bytes, at, key, at - start);
    return;
  }
  for (let index = 0; at < end; index += 1) at = maskOne(bytes, at, key, index);
}

function maskOne(bytes: Uint8Array, at: number, key: Uint8Array, index: number): number {
  bytes[at] = (bytes[at] as number) ^ (key[index & 3] as number);
  return at + 1;
}

/** The key, begun at its byte `shift`, as the machine reads four bytes. */
function keyWord(key: Uint8Array, shift: number): number {
  const at = (index: number): number => key[(shift + index) & 3] as number;
  return LITTLE_ENDIAN
    ? at(0) | (at(1) << 8) | (at(2) << 16) | (at(3) << 24)
    : (at(0) << 24) | (at(1) << 16) | (at(2) << 8) | at(3);
}
