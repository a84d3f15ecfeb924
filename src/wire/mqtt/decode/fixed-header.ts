import { PACKET_TYPES } from '../packet-types.ts';
import type { Decoding } from './decoding.ts';
import { readVbi } from './strings.ts';

/** The fixed header of a packet that must fill the input exactly. Leaves `d.at` at the body. */
export function readFrame(d: Decoding): void {
  const { bytes, end } = d;
  if (d.at >= end) d.fail('packet.truncated', 0, 'no bytes');
  d.packet = PACKET_TYPES[(bytes[0] as number) >> 4];
  d.at = 1;
  const fields = d.fields?.length;
  const remaining = readVbi(d, 'remaining-length');
  // Its span is written together with that of the first byte.
  if (fields !== undefined) (d.fields as unknown[]).length = fields;
  const wanted = d.at + remaining;
  if (wanted > end) d.fail('packet.truncated', 1, `remaining length ${remaining}, ${end - d.at} bytes follow`);
  if (wanted < end) {
    d.fail(
      'packet.trailing-bytes',
      wanted,
      `${end - wanted} bytes behind the end that the remaining length ${remaining} gives`,
    );
    d.cut(wanted);
  }
}
