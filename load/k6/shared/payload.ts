/** The head of each payload: what a receiver needs to account for a message without asking anybody. Big-endian, 40 bytes. */

const MAGIC = 0x4d_51_4b_36;
export const HEAD_BYTES = 40;

export interface Head {
  lane: number;
  sequence: number;
  /** Epoch milliseconds. */
  intended: number;
  sent: number;
}

/** Fills a payload with its pattern; the head is written by `writeHead` for each message. */
export function newPayload(bytes: number): Uint8Array {
  const payload = new Uint8Array(bytes);
  for (let at = HEAD_BYTES; at < bytes; at += 1) payload[at] = (at * 31) & 0xff;
  return payload;
}

/** `at`: where the payload begins in the view. */
export function writeHead(view: DataView, at: number, runId: number, head: Head): void {
  view.setUint32(at, MAGIC);
  view.setUint32(at + 4, runId);
  view.setUint32(at + 8, head.lane);
  view.setUint32(at + 12, head.sequence);
  view.setFloat64(at + 16, head.intended);
  view.setFloat64(at + 24, head.sent);
  view.setUint32(at + 32, view.byteLength - at);
  view.setUint32(at + 36, checkOf(view, at));
}

/** Why a payload is none of this run, or the head. */
export function readHead(payload: Uint8Array, runId: number, into: Head): 'ok' | 'foreign' | 'corrupted' {
  if (payload.length < HEAD_BYTES) return 'foreign';
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  if (view.getUint32(0) !== MAGIC) return 'corrupted';
  if (view.getUint32(4) !== runId) return 'foreign';
  if (view.getUint32(32) !== payload.length || view.getUint32(36) !== checkOf(view, 0)) return 'corrupted';
  into.lane = view.getUint32(8);
  into.sequence = view.getUint32(12);
  into.intended = view.getFloat64(16);
  into.sent = view.getFloat64(24);
  return patternHolds(payload) ? 'ok' : 'corrupted';
}

/** All of a short payload; of a long one every 64th byte and the last, as each costs time. */
function patternHolds(payload: Uint8Array): boolean {
  const { length } = payload;
  const step = length <= 256 ? 1 : 64;
  for (let at = HEAD_BYTES; at < length; at += step) if (payload[at] !== ((at * 31) & 0xff)) return false;
  return length === HEAD_BYTES || payload[length - 1] === (((length - 1) * 31) & 0xff);
}

function checkOf(view: DataView, at: number): number {
  let sum = 0x9e37;
  for (let word = 4; word < 36; word += 4) sum = (Math.imul(sum, 31) + view.getUint32(at + word)) | 0;
  return sum >>> 0;
}
