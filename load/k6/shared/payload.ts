/** Payloads as the embedded engine has them: a header that accounts for the message, and a pattern, here without what only Node has. */
import { patchHeader, readHeader, writeHeader, type ReadHeader } from '../../engine/payload-header.ts';
import { HEADER_BYTES } from '../../profiles/profile.ts';

export type Head = ReadHeader;

/** A payload with its pattern; `lane` is undefined where it is too short for a header. */
export function newPayload(bytes: number, run: number, lane: number): Uint8Array {
  const payload = new Uint8Array(bytes);
  for (let at = HEADER_BYTES; at < bytes; at += 1) payload[at] = patternAt(at);
  if (bytes >= HEADER_BYTES) writeHeader(new DataView(payload.buffer), 0, { run, lane, length: bytes });
  return payload;
}

/** `at`: where the payload begins in the view; it ends where that does. */
export function writeHead(view: DataView, at: number, run: number, { lane, sequence, intended, actual }: Head): void {
  patchHeader(view, at, { run, lane, length: view.byteLength - at }, sequence, intended, actual);
}

/** Why a payload is none of this run, or what its header says. */
export function readHead(payload: Uint8Array, run: number, into: Head): 'ours' | 'foreign' | 'corrupted' {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const read = readHeader(view, 0, payload.length, run, into);
  return read === 'ours' && !patternHolds(payload) ? 'corrupted' : read;
}

/** Every seventh byte of a short payload, every 64th of a long one, and the last: each costs time. */
function patternHolds(payload: Uint8Array): boolean {
  const { length } = payload;
  const step = length <= 256 ? 7 : 64;
  for (let at = HEADER_BYTES; at < length; at += step) if (payload[at] !== patternAt(at)) return false;
  return length === HEADER_BYTES || payload[length - 1] === patternAt(length - 1);
}

const patternAt = (at: number): number => (at * 31) & 0xff;
