/** The fixed header as a stream has it: what comes may be only a part of it (§2.1). */

export const INCOMPLETE = -1;
export const TOO_LONG = -2;

/** Where the body of the packet at `start` begins; INCOMPLETE, or TOO_LONG where the remaining length has a fifth byte. */
export function bodyStart(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end; at++) {
    if ((bytes[at] as number) < 0x80) return at + 1;
    if (at === start + 4) return TOO_LONG;
  }
  return INCOMPLETE;
}

/** The remaining length that lies between the first byte of the packet and its body. */
export function remainingLength(bytes: Uint8Array, start: number, body: number): number {
  let value = 0;
  for (let at = body - 1; at > start; at--) value = (value << 7) | ((bytes[at] as number) & 0x7f);
  return value;
}
