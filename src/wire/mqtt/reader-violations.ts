import type { MqttVersion } from '#spec';
import type { Sender, Violation } from './codec.ts';
import { hex } from './decode/decoding.ts';
import { PACKET_TYPES } from './packet-types.ts';
import { requirementsOf, VIOLATIONS } from './violations.ts';

type Framing = 'packet.not-connect' | 'packet.too-large' | 'vbi.too-long';

/** What is wrong before a packet is decoded at all. `bytes` begins with its fixed header. */
export function framingViolation(
  name: Framing,
  bytes: Uint8Array,
  { from, version }: { readonly from: Sender; readonly version: MqttVersion | undefined },
  message = defaultMessage(name, bytes),
): Violation {
  const packet = PACKET_TYPES[(bytes[0] as number) >> 4];
  return {
    name,
    requirements: requirementsOf(name, { version, from, packet, about: ['header.remaining-length'] }),
    offset: name === 'packet.not-connect' ? 0 : 1,
    message,
    reasonCode: VIOLATIONS[name].reasonCode,
  };
}

function defaultMessage(name: Framing, bytes: Uint8Array): string {
  if (name === 'vbi.too-long') return 'header.remaining-length has more than four bytes';
  const first = bytes[0] as number;
  return `the first packet is ${PACKET_TYPES[first >> 4] ?? 'of the reserved type 0'} (${hex(first)}), not CONNECT`;
}
