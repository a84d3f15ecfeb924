import { bodyStart, remainingLength, TOO_LONG } from '../fixed-header.ts';
import { PACKET_TYPES } from '../packet-types.ts';
import type { Decoding } from './decoding.ts';

/** The fixed header of a packet that must fill the input exactly. Leaves `d.at` at the body. */
export function readFrame(d: Decoding): void {
  const { bytes, end } = d;
  if (end === 0) d.fail('packet.truncated', 0, 'no bytes');
  d.packet = PACKET_TYPES[(bytes[0] as number) >> 4];
  d.at = 1;
  const body = bodyStart(bytes, 0, end);
  if (body === TOO_LONG) {
    d.fail('vbi.too-long', 1, 'header.remaining-length has more than four bytes', d.about('remaining-length'));
  }
  if (body < 0) d.fail('packet.truncated', 1, 'the remaining length is cut off');
  d.at = body;
  const remaining = remainingLength(bytes, 0, body);
  const wanted = body + remaining;
  if (wanted > end) d.fail('packet.truncated', 1, `remaining length ${remaining}, ${end - body} bytes follow`);
  if (wanted < end) {
    const surplus = `${end - wanted} bytes behind the end that the remaining length ${remaining} gives`;
    d.fail('packet.trailing-bytes', wanted, surplus);
    d.cut(wanted);
  }
}

/** 5.0 only (§1.5.5): whether the remaining length has needless bytes. Called at the body, once the version is known. */
export function checkRemainingLength(d: Decoding): void {
  if (d.version !== '5.0' || d.at - d.start === 2 || d.bytes[d.at - 1] !== 0) return;
  const length = d.at - d.start - 1;
  d.fail('vbi.not-minimal', d.start + 1, `header.remaining-length has ${length} bytes, which is more than needed`);
}
