import type { Suback, Subscribe, Subscription, Unsuback, Unsubscribe } from '../packets.ts';
import { stringSize, writeString, writeU16 } from './fields.ts';
import { propertiesSize, writeProperties } from './properties.ts';

/** §3.8. */
export function subscribeSize(packet: Subscribe, five: boolean): number {
  let size = 2 + (five ? propertiesSize(packet.properties) : 0);
  for (const { filter } of packet.subscriptions) size += stringSize(filter) + 1;
  return size;
}

export function writeSubscribe(packet: Subscribe, five: boolean, into: Uint8Array, at: number): number {
  let to = writeU16(packet.packetId, into, at);
  if (five) to = writeProperties(packet.properties, into, to);
  for (const subscription of packet.subscriptions) {
    to = writeString(subscription.filter, into, to);
    into[to++] = optionsOf(subscription, five);
  }
  return to;
}

function optionsOf({ qos, noLocal, retainAsPublished, retainHandling }: Subscription, five: boolean): number {
  return five ? qos | (noLocal ? 4 : 0) | (retainAsPublished ? 8 : 0) | (retainHandling << 4) : qos;
}

/** §3.10. */
export function unsubscribeSize(packet: Unsubscribe, five: boolean): number {
  let size = 2 + (five ? propertiesSize(packet.properties) : 0);
  for (const filter of packet.filters) size += stringSize(filter);
  return size;
}

export function writeUnsubscribe(packet: Unsubscribe, five: boolean, into: Uint8Array, at: number): number {
  let to = writeU16(packet.packetId, into, at);
  if (five) to = writeProperties(packet.properties, into, to);
  for (const filter of packet.filters) to = writeString(filter, into, to);
  return to;
}

/** §3.9 and §3.11; an UNSUBACK of 3.1.1 has no codes. */
export function ackSize(packet: Suback | Unsuback, five: boolean): number {
  const codes = five || packet.type === 'SUBACK' ? packet.reasonCodes.length : 0;
  return 2 + (five ? propertiesSize(packet.properties) : 0) + codes;
}

export function writeAck(packet: Suback | Unsuback, five: boolean, into: Uint8Array, at: number): number {
  let to = writeU16(packet.packetId, into, at);
  if (five) to = writeProperties(packet.properties, into, to);
  if (five || packet.type === 'SUBACK') for (const code of packet.reasonCodes) into[to++] = code;
  return to;
}
