import type { Auth, Disconnect, Puback, Pubcomp, Pubrec, Pubrel } from '../packets.ts';
import { writeU16 } from './fields.ts';
import { propertiesSize, writeProperties } from './properties.ts';

type Reply = Puback | Pubrec | Pubrel | Pubcomp;
type Ending = Disconnect | Auth;

/** §3.4 to §3.7: code 0 without properties is left out, properties that are absent are left out. */
export function replySize(packet: Reply, five: boolean): number {
  return 2 + endingSize(packet, five);
}

export function writeReply(packet: Reply, five: boolean, into: Uint8Array, at: number): number {
  return writeEnding(packet, five, into, writeU16(packet.packetId, into, at));
}

/** Reason code and properties, as DISCONNECT and AUTH have them (§3.14.2.1, §3.15.2.1). */
export function endingSize(packet: Reply | Ending, five: boolean): number {
  if (!five) return 0;
  if (packet.properties !== undefined) return 1 + propertiesSize(packet.properties);
  return packet.reasonCode === 0 ? 0 : 1;
}

export function writeEnding(packet: Reply | Ending, five: boolean, into: Uint8Array, at: number): number {
  if (!five || (packet.reasonCode === 0 && packet.properties === undefined)) return at;
  into[at] = packet.reasonCode;
  return packet.properties === undefined ? at + 1 : writeProperties(packet.properties, into, at + 1);
}
