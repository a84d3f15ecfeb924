import type { Publish } from '../packets.ts';
import { stringSize, writeBytes, writeString, writeU16 } from './fields.ts';
import { propertiesSize, writeProperties } from './properties.ts';

/** §3.3. */
export function publishSize(packet: Publish, five: boolean): number {
  const head = stringSize(packet.topic) + (packet.qos > 0 ? 2 : 0);
  return head + (five ? propertiesSize(packet.properties) : 0) + packet.payload.length;
}

export function publishFlags(packet: Publish): number {
  return (packet.dup ? 8 : 0) | (packet.qos << 1) | (packet.retain ? 1 : 0);
}

/** Without a packet identifier at QoS above 0 it is 0: a case may want that. */
export function writePublish(packet: Publish, five: boolean, into: Uint8Array, at: number): number {
  let to = writeString(packet.topic, into, at);
  if (packet.qos > 0) to = writeU16(packet.packetId ?? 0, into, to);
  if (five) to = writeProperties(packet.properties, into, to);
  return writeBytes(packet.payload, into, to);
}
