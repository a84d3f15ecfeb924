/**
 * Where the payload of a PUBLISH lies. k6 runs JavaScript some fifty times slower than Node, so the strict decoder would be most of what a
 * message costs; every other packet goes through it, and so does what this does not understand.
 */
import type { MqttVersion } from '#spec';
import type { Qos } from '#wire';

export interface Scanned {
  qos: Qos;
  dup: boolean;
  packetId: number;
  topicLength: number;
  payloadAt: number;
  /** Behind the packet. */
  end: number;
}

/** False where no whole PUBLISH of a valid form begins at `at`. One object is filled again and again. */
export function scanPublish(bytes: Uint8Array, at: number, version: MqttVersion, into: Scanned): boolean {
  const first = bytes[at] as number;
  const qos = (first >> 1) & 3;
  if (first >> 4 !== 3 || qos === 3) return false;
  let next = at + 1;
  let length = (bytes[next] as number) & 0x7f;
  for (let shift = 7; ((bytes[next] as number) & 0x80) !== 0; shift += 7) {
    next += 1;
    if (shift > 21 || next >= bytes.length) return false;
    length += ((bytes[next] as number) & 0x7f) << shift;
  }
  next += 1;
  const end = next + length;
  if (end > bytes.length || length < 2) return false;
  into.topicLength = ((bytes[next] as number) << 8) | (bytes[next + 1] as number);
  next += 2 + into.topicLength;
  if (qos > 0) {
    into.packetId = ((bytes[next] as number) << 8) | (bytes[next + 1] as number);
    next += 2;
  }
  if (version === '5.0') {
    // Properties, of which ours have none; what a broker adds is for the decoder.
    if (bytes[next] !== 0) return false;
    next += 1;
  }
  if (next > end || into.topicLength === 0 || (qos > 0 && into.packetId === 0)) return false;
  into.qos = qos as Qos;
  into.dup = (first & 0x08) !== 0;
  into.payloadAt = next;
  into.end = end;
  return true;
}
