import { encodedSize } from '#wire';
import type { Packet } from '#wire';
import type { Connection } from './state.ts';

/** Characters; what the codec says may quote a topic of 65,535 bytes. */
const LONGEST = 200;

/** The packet with a Reason String, unless that makes it too large for the client (5.0 §3.14.2.2.3 and its like). */
export function explained<P extends Packet>(connection: Connection, packet: P, reason: string): P {
  const full = { ...packet, properties: { reasonString: printable(reason) } };
  return encodedSize(full, connection.version) > connection.maximumPacketSize ? packet : full;
}

/** Strings of ours hold no control characters, non-characters or halves of pairs (5.0 §1.5.4). */
const printable = (text: string): string => text.slice(0, LONGEST).replaceAll(/[^\x20-\x7e\u00a1-\u00ff]/g, '?');
