/**
 * What stands in a payload: 40 bytes that say which message it is and when it was to be sent, then a pattern. All little-endian:
 *
 *      0  magic    4  run    8  lane    12  check    16  sequence (u64)    24  intended send    32  actual send (f64, ms)
 */
import { HEADER_BYTES } from '../profiles/profile.ts';

const MAGIC = 0x71_6d_73_31;
const TWO_32 = 4_294_967_296;

/** Depends on all that must not be changed by anybody on the way; times are not among it. */
function checkOf(run: number, lane: number, low: number, length: number): number {
  let hash = Math.imul(lane ^ run, 0x9e37_79b1) ^ Math.imul(low + 1, 0x85eb_ca6b) ^ Math.imul(length, 0xc2b2_ae35);
  hash ^= hash >>> 15;
  return hash >>> 0;
}

export function writeHeader(
  view: DataView,
  at: number,
  message: { readonly run: number; readonly lane: number; readonly length: number },
): void {
  view.setUint32(at, MAGIC, true);
  view.setUint32(at + 4, message.run, true);
  view.setUint32(at + 8, message.lane, true);
  patchHeader(view, at, message, 0, 0, 0);
}

/** Writes what differs from message to message. */
export function patchHeader(
  view: DataView,
  at: number,
  message: { readonly run: number; readonly lane: number; readonly length: number },
  sequence: number,
  intended: number,
  actual: number,
): void {
  const low = sequence >>> 0;
  view.setUint32(at + 12, checkOf(message.run, message.lane, low, message.length), true);
  view.setUint32(at + 16, low, true);
  view.setUint32(at + 20, (sequence / TWO_32) >>> 0, true);
  view.setFloat64(at + 24, intended, true);
  view.setFloat64(at + 32, actual, true);
}

/** What a header said. One object is filled again and again: nothing of it may be kept. */
export interface ReadHeader {
  lane: number;
  sequence: number;
  intended: number;
  actual: number;
}

/** `ours`: filled · `foreign`: of another run, or no header at all · `corrupted`: begins as ours, and is damaged. */
export function readHeader(
  view: DataView,
  at: number,
  length: number,
  run: number,
  into: ReadHeader,
): 'ours' | 'foreign' | 'corrupted' {
  if (length < HEADER_BYTES || view.getUint32(at, true) !== MAGIC) return 'foreign';
  if (view.getUint32(at + 4, true) !== run) return 'foreign';
  const lane = view.getUint32(at + 8, true);
  const low = view.getUint32(at + 16, true);
  into.lane = lane;
  into.sequence = low + view.getUint32(at + 20, true) * TWO_32;
  into.intended = view.getFloat64(at + 24, true);
  into.actual = view.getFloat64(at + 32, true);
  return view.getUint32(at + 12, true) === checkOf(run, lane, low, length) ? 'ours' : 'corrupted';
}
